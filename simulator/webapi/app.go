package webapi

// An App is a Slack app and its bot.
type App struct {
	ID   string
	Name string
	// BotID and BotUserID are its bot's; "" without one.
	BotID, BotUserID string
	// BotName is the bot user's name; "" is the app's.
	BotName string
	// BotScopes and UserScopes are what an install without OAuth grants; nil grants
	// everything. Of the app of a Happening, they are what its bot was granted there.
	BotScopes, UserScopes []string
	// OptionalScopes are those that people may decline.
	OptionalScopes []string
	// Events and UserEvents are the subscriptions; nil is every event.
	Events, UserEvents []string
	// NoHomeTab is set when the home tab is switched off, and NoMessagesTab when
	// nobody can write in the app's direct message.
	NoHomeTab, NoMessagesTab bool
	// ClientID names the app in OAuth.
	ClientID string
	// RedirectURLs are where an install may lead back to; nil takes every lawful URL.
	RedirectURLs []string
	// Classic apps are from before granular permissions.
	Classic bool
	// Rotation lets tokens expire, and PKCE makes the app a public client.
	Rotation, PKCE bool
	// Distributed apps may be installed in other workspaces than the first.
	Distributed bool
	// OrgDeploy lets an organization install the app for all its workspaces.
	OrgDeploy bool

	updated       int64
	signingSecret string
	// secrets are the app's client secrets, the present one last, and secretsMade
	// counts those that replaced another.
	secrets     []clientSecret
	secretsMade int
	// profiles are those of the bot, by team.
	profiles map[string]*BotProfile
}

// app is the app of that id, or nil.
func (w *Workspace) app(id string) *App {
	for _, a := range w.apps {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// profile is what the app's messages say of its bot. It is shared and stays as it is.
func (a *App) profile(team string) *BotProfile {
	if p := a.profiles[team]; p != nil {
		return p
	}
	p := &BotProfile{
		ID: a.BotID, AppID: a.ID, UserID: a.BotUserID, Name: a.Name, TeamID: team, Updated: a.updated,
		Icons: map[string]string{
			"image_36": avatar(36), "image_48": avatar(48), "image_72": avatar(72),
		},
	}
	if a.profiles == nil {
		a.profiles = map[string]*BotProfile{}
	}
	a.profiles[team] = p
	return p
}
