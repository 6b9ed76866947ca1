package webapi

import (
	"net/url"
	"slices"
	"strings"
)

// oauthMethods are those of the family oauth.
var oauthMethods = map[string]serve{
	"oauth.access":         oauthAccess,
	"oauth.v2.access":      oauthV2Access,
	"oauth.v2.exchange":    oauthV2Exchange,
	"oauth.v2.user.access": oauthV2UserAccess,
}

// A named is a workspace or an organization in an answer.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// An authedUser is the person in the answer of an install.
type authedUser struct {
	ID           string `json:"id"`
	Scope        string `json:"scope,omitempty"`
	AccessToken  string `json:"access_token,omitempty"`
	TokenType    string `json:"token_type,omitempty"`
	ExpiresIn    int    `json:"expires_in,omitempty"`
	RefreshToken string `json:"refresh_token,omitempty"`
}

// An incomingWebhook is the one that an install made.
type incomingWebhook struct {
	Channel          string `json:"channel"`
	ChannelID        string `json:"channel_id"`
	ConfigurationURL string `json:"configuration_url"`
	URL              string `json:"url"`
}

// An access is the answer of oauth.v2.access. What stands at its top is the bot's, where
// there is one.
type access struct {
	AppID               string           `json:"app_id"`
	AuthedUser          *authedUser      `json:"authed_user,omitempty"`
	Scope               string           `json:"scope,omitempty"`
	TokenType           string           `json:"token_type,omitempty"`
	AccessToken         string           `json:"access_token,omitempty"`
	BotUserID           string           `json:"bot_user_id,omitempty"`
	ExpiresIn           int              `json:"expires_in,omitempty"`
	RefreshToken        string           `json:"refresh_token,omitempty"`
	Team                *named           `json:"team"`
	Enterprise          *named           `json:"enterprise"`
	IsEnterpriseInstall bool             `json:"is_enterprise_install"`
	IncomingWebhook     *incomingWebhook `json:"incoming_webhook,omitempty"`
}

// place puts where an install is into an answer.
func (a *access) place(w *Workspace, in *install) {
	a.AppID, a.IsEnterpriseInstall = in.app.ID, in.team == nil
	if in.team != nil {
		a.Team = &named{in.team.ID, in.team.Name}
	}
	if e := w.enterprise; e != nil && in.teams(w)[0].EnterpriseID != "" {
		a.Enterprise = &named{e.ID, e.Name}
	}
}

// carry puts a grant's new token at the top of an answer.
func (a *access) carry(w *Workspace, g *grant, rotates bool) {
	a.AccessToken, a.RefreshToken = w.issueTo(g, rotates)
	a.Scope, a.TokenType = strings.Join(g.scopes, ","), "user"
	if rotates {
		a.ExpiresIn = w.seconds()
	}
	if g.user == "" {
		a.TokenType, a.BotUserID = "bot", g.in.app.BotUserID
	}
}

// seconds is how long a rotating token lasts.
func (w *Workspace) seconds() int { return int(w.profile.OAuth.TokenLife.Seconds()) }

// oauthV2Access exchanges a code, or a refresh token, for tokens.
//
// https://docs.slack.dev/reference/methods/oauth.v2.access
func oauthV2Access(r *Request) (any, error) {
	switch r.text("grant_type") {
	case "", "authorization_code":
		return r.install()
	case "refresh_token":
		return r.refresh()
	}
	return nil, refuse("invalid_grant_type")
}

// install exchanges a code of the second version.
func (r *Request) install() (any, error) {
	c := r.codeOf()
	app, err := r.client(c.public)
	if err != nil {
		return nil, err
	}
	// What makes an install impossible is found before the code is used up.
	switch {
	case c == nil || c.app != app:
	case len(c.botScopes)+len(c.userScopes) == 0:
		return nil, refuse("no_scopes")
	case !c.org && slices.ContainsFunc(r.w.installs, func(in *install) bool { return in.app == app && in.team == nil && in.covers(c.team) }):
		return nil, refuse("cannot_install_an_org_installed_app")
	}
	if err := r.spend(c, app, r.w.profile.OAuth.UsedCode, FlowV2); err != nil {
		return nil, err
	}
	in := r.w.installFor(app, c.team, c.org)
	answer := access{AuthedUser: &authedUser{ID: c.user.ID}}
	answer.place(r.w, in)
	if len(c.botScopes) > 0 {
		answer.carry(r.w, r.w.grantTo(in, "", false, c.botScopes), c.rotates())
	}
	if len(c.userScopes) > 0 {
		answer.AuthedUser.carry(r.w, c.grant(r.w, in), c.rotates())
	}
	answer.IncomingWebhook = r.w.webhook(c)
	return answer, nil
}

// public reports whether a code was begun with PKCE by a public client, which has no
// secret to prove itself with.
//
// https://docs.slack.dev/authentication/using-pkce
func (c *authCode) public(app *App) bool {
	return c != nil && app.PKCE && c.CodeChallenge != ""
}

// rotates reports whether the code's tokens expire: they always do where the browser came
// back to a URI scheme of the app's own.
func (c *authCode) rotates() bool {
	u, err := url.Parse(c.redirect)
	return c.app.Rotation || err == nil && isDesktop(u)
}

// grant grants the code's user scopes to the app.
func (c *authCode) grant(w *Workspace, in *install) *grant {
	g := w.grantTo(in, c.user.ID, c.Flow == FlowIdentity, c.userScopes)
	g.public = g.public || c.public(c.app) && c.desktop()
	return g
}

// carry puts a grant's new token into the person of an answer.
func (u *authedUser) carry(w *Workspace, g *grant, rotates bool) {
	u.AccessToken, u.RefreshToken = w.issueTo(g, rotates)
	u.Scope, u.TokenType = strings.Join(g.scopes, ","), "user"
	if rotates {
		u.ExpiresIn = w.seconds()
	}
}

// webhook makes the incoming webhook that was approved, or none.
func (w *Workspace) webhook(c *authCode) *incomingWebhook {
	asks := slices.Contains(c.botScopes, "incoming-webhook") || slices.Contains(c.userScopes, "incoming-webhook")
	if !asks || c.channel == nil || w.options.Webhook == nil {
		return nil
	}
	return &incomingWebhook{
		Channel: "#" + c.channel.Name, ChannelID: c.channel.ID,
		ConfigurationURL: "https://" + c.team.Domain + ".slack.com/services/" + c.app.BotID,
		URL:              w.options.Webhook(c.app.ID, c.team.ID, c.channel.ID),
	}
}

// refresh exchanges a refresh token.
//
// https://docs.slack.dev/authentication/using-token-rotation
func (r *Request) refresh() (any, error) {
	value := r.text("refresh_token")
	app, err := r.client(func(a *App) bool {
		known := r.w.refreshes[value]
		return known != nil && known.grant != nil && known.grant.public && known.grant.in.app == a
	})
	if err != nil {
		return nil, err
	}
	g, err := r.w.refreshed(app, value)
	if err != nil {
		return nil, err
	}
	answer := access{}
	answer.place(r.w, g.in)
	answer.carry(r.w, g, true)
	return answer, nil
}

// oauthV2UserAccess exchanges the code of a flow for user scopes alone.
//
// https://docs.slack.dev/reference/methods/oauth.v2.user.access
func oauthV2UserAccess(r *Request) (any, error) {
	switch r.text("grant_type") {
	case "", "authorization_code":
	case "refresh_token":
		return r.refresh()
	default:
		return nil, refuse("invalid_grant_type")
	}
	c := r.codeOf()
	app, err := r.client(c.public)
	if err != nil {
		return nil, err
	}
	if c != nil && c.app == app && len(c.userScopes) == 0 {
		return nil, refuse("no_user_scopes")
	}
	if err := r.spend(c, app, r.w.profile.OAuth.UsedCode, FlowUser); err != nil {
		return nil, err
	}
	answer := access{AuthedUser: &authedUser{ID: c.user.ID}}
	in := r.w.installFor(app, c.team, false)
	answer.place(r.w, in)
	answer.carry(r.w, c.grant(r.w, in), c.rotates())
	return answer, nil
}

// oauthV2Exchange exchanges a token that stays for one that expires.
//
// https://docs.slack.dev/reference/methods/oauth.v2.exchange
func oauthV2Exchange(r *Request) (any, error) {
	app, err := r.client(nil)
	if err != nil {
		return nil, err
	}
	t := r.token
	switch {
	case t.grant == nil || t.AppID != app.ID || !t.Expires.IsZero():
		return nil, refuse("invalid_token")
	case !app.Rotation:
		return nil, refuse("token_rotation_not_enabled")
	case t.exchanged:
		return nil, refuse("token_already_exchanged")
	}
	t.exchanged = true
	answer := access{}
	answer.place(r.w, t.grant.in)
	answer.carry(r.w, t.grant, true)
	return answer, nil
}

// oauthAccess exchanges a code of the first version.
//
// https://docs.slack.dev/reference/methods/oauth.access
func oauthAccess(r *Request) (any, error) {
	type bot struct {
		BotUserID      string `json:"bot_user_id"`
		BotAccessToken string `json:"bot_access_token"`
	}
	type answer struct {
		AccessToken     string           `json:"access_token"`
		Scope           string           `json:"scope"`
		UserID          string           `json:"user_id"`
		TeamID          string           `json:"team_id"`
		TeamName        string           `json:"team_name"`
		EnterpriseID    *string          `json:"enterprise_id"`
		Bot             *bot             `json:"bot,omitempty"`
		IncomingWebhook *incomingWebhook `json:"incoming_webhook,omitempty"`
	}
	c := r.codeOf()
	app, err := r.client(nil)
	if err != nil {
		return nil, err
	}
	if err := r.spend(c, app, "code_already_used", FlowV1); err != nil {
		return nil, err
	}
	in := r.w.installFor(app, c.team, false)
	a := answer{UserID: c.user.ID, TeamID: c.team.ID, TeamName: c.team.Name}
	if id := c.team.EnterpriseID; id != "" {
		a.EnterpriseID = &id
	}
	c.userScopes = append([]string{"identify"}, c.userScopes...)
	g := c.grant(r.w, in)
	a.AccessToken, _ = r.w.issueTo(g, false)
	a.Scope = strings.Join(slices.Concat(g.scopes, c.botScopes), ",")
	if len(c.botScopes) > 0 {
		// The one scope of a classic bot allows it everything.
		token, _ := r.w.issueTo(r.w.grantTo(in, "", false, nil), false)
		a.Bot = &bot{app.BotUserID, token}
	}
	a.IncomingWebhook = r.w.webhook(c)
	return a, nil
}
