package webapi

import (
	"cmp"
	"fmt"
	"slices"
)

// install is an app in a workspace or, where team is nil, in all of the organization.
type install struct {
	app  *App
	team *Team
	// grants are those to the bot and to people, dead ones too.
	grants []*grant
	// adopts is set for a seed's install, whose tokens nobody issued.
	adopts bool
	// over is set once it is uninstalled.
	over bool
}

// A grant is what an install allows the app's bot, or the app for one person: scopes,
// and the tokens that prove them.
type grant struct {
	in *install
	// user is the person; "" is the bot.
	user string
	// identity is set for those of Sign in with Slack, which stand beside the others.
	identity bool
	// scopes of nil are all.
	scopes []string
	// tokens are those that prove it, oldest first, and refreshes what they are
	// refreshed with.
	tokens    []*Token
	refreshes []*refresh
	// public is set where the app is a public client, which refreshes without a
	// secret.
	public bool
	// dead is the error of its tokens once it is taken back, or "".
	dead string
}

// covers reports whether the install holds in a workspace.
func (in *install) covers(t *Team) bool {
	return !in.over && (in.team == t || in.team == nil && t.EnterpriseID != "")
}

// teams are the workspaces in which the install holds. The first is that in which its
// tokens act when they name none.
func (in *install) teams(w *Workspace) []*Team {
	if in.team != nil {
		return []*Team{in.team}
	}
	return w.teams
}

// installIn is the app's install in a workspace, or nil. The workspace's own comes before
// the organization's.
func (w *Workspace) installIn(a *App, t *Team) *install {
	var wide *install
	for _, in := range w.installs {
		if in.app != a || !in.covers(t) {
			continue
		}
		if in.team != nil {
			return in
		}
		wide = in
	}
	return wide
}

// installFor is the app's install in a workspace, or in its organization, which is made
// where there is none.
func (w *Workspace) installFor(a *App, t *Team, org bool) *install {
	if org {
		t = nil
	}
	for _, in := range w.installs {
		if in.app == a && !in.over && in.team == t {
			return in
		}
	}
	in := &install{app: a, team: t}
	// A seed's install that was undone still tells whose the unknown tokens were.
	w.installs = append(slices.DeleteFunc(w.installs, func(old *install) bool { return old.over && !old.adopts }), in)
	return in
}

// seedInstall installs an app with all that its seed names, for tokens that nobody
// issued.
func (w *Workspace) seedInstall(a *App, t *Team) {
	in := w.installFor(a, t, false)
	in.adopts = true
	w.grantTo(in, "", false, a.BotScopes)
}

// grantOf is what was granted last to the bot, for "", or to a user; nil is nothing.
func (in *install) grantOf(user string, identity bool) *grant {
	for _, g := range slices.Backward(in.grants) {
		if g.user == user && g.identity == identity {
			return g
		}
	}
	return nil
}

// live reports whether anything is granted still.
func (in *install) live() bool {
	return slices.ContainsFunc(in.grants, func(g *grant) bool { return g.dead == "" })
}

// grantTo grants scopes to the bot, for "", or to a user. What was granted before stays.
//
// https://docs.slack.dev/authentication/installing-with-oauth
func (w *Workspace) grantTo(in *install, user string, identity bool, scopes []string) *grant {
	g := in.grantOf(user, identity)
	if g == nil || g.dead != "" {
		if g != nil && !in.adopts {
			in.grants = slices.DeleteFunc(in.grants, func(old *grant) bool { return old == g })
		}
		g = &grant{in: in, user: user, identity: identity, scopes: scopes}
		in.grants = append(in.grants, g)
	} else {
		g.add(scopes)
	}
	if user == "" {
		w.wake(in)
	}
	return g
}

// add widens a grant. One that a seed made without naming scopes becomes what is named:
// only the tokens that nobody issued stay without bounds.
func (g *grant) add(scopes []string) {
	all := slices.Clone(g.scopes)
	for _, s := range scopes {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if scopes == nil {
		all = nil
	}
	g.scopes = all
	for _, t := range g.tokens {
		if t.issued {
			t.Scopes = all
		}
	}
}

// wake lets the app's bot user be there.
func (w *Workspace) wake(in *install) {
	for _, t := range in.teams(w) {
		if bot := t.user(in.app.BotUserID); bot != nil {
			bot.Deleted = false
		} else {
			t.users = append(t.users, w.newBotUser(t, in.app))
		}
	}
}

// grantedIn puts into a happening what the app was granted in its workspace, and why the
// app may not learn of it. That it lost its tokens it learns although it is gone.
func (w *Workspace) grantedIn(h *Happening, a *App) {
	t := w.team(h.TeamID)
	if t == nil || h.Type == "tokens_revoked" || h.Type == "app_uninstalled" {
		return
	}
	in := w.installIn(a, t)
	if in == nil || !slices.ContainsFunc(in.grants, func(g *grant) bool { return g.dead == "" && !g.identity }) {
		h.Barred = "the app is not installed"
		return
	}
	switch g := in.grantOf("", false); {
	case g == nil:
	case g.dead != "":
		h.Barred = "the app's bot was deactivated when its token was revoked"
	default:
		h.App.BotScopes = g.scopes
	}
}

// An InstallRequest is an installation without OAuth, as by the button "Install to
// workspace" of an app's settings.
type InstallRequest struct {
	// App, Team and User are named by id or name; "" is the first.
	App, Team, User string
	// Org installs for all workspaces of the organization.
	Org bool
	// BotScopes and UserScopes are what is granted; nil is what the app's seed names.
	BotScopes, UserScopes []string
}

// An Installation is an app's presence in a workspace or an organization.
type Installation struct {
	AppID string `json:"app_id"`
	// TeamID is "" for an organization's, and EnterpriseID for a workspace that is in
	// none.
	TeamID       string `json:"team_id,omitempty"`
	EnterpriseID string `json:"enterprise_id,omitempty"`
	// BotScopes of nil are all; without Bot there is none.
	Bot       bool     `json:"bot"`
	BotScopes []string `json:"bot_scopes,omitempty"`
	// Users are the ids of those for whom the app acts.
	Users []string `json:"users,omitempty"`
	// The tokens that Install issued. A refresh token is "" where tokens do not rotate.
	BotToken         Secret `json:"-"`
	BotRefreshToken  Secret `json:"-"`
	UserToken        Secret `json:"-"`
	UserRefreshToken Secret `json:"-"`
}

// Install installs an app, or widens what it was granted, and issues its tokens. A user
// token is issued only where user scopes are granted by name.
func (w *Workspace) Install(r InstallRequest) (Installation, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.appOf(r.App)
	if err != nil {
		return Installation{}, fmt.Errorf("installing: %w", err)
	}
	t, err := w.teamOf(r.Team)
	if err != nil {
		return Installation{}, fmt.Errorf("installing: %w", err)
	}
	if r.Org && t.EnterpriseID == "" {
		return Installation{}, fmt.Errorf("installing: team %s is in no organization", t.Name)
	}
	user := t.users[0]
	if r.User != "" {
		if user, err = w.userOf(t, r.User); err != nil {
			return Installation{}, fmt.Errorf("installing: %w", err)
		}
	}
	if r.BotScopes == nil {
		r.BotScopes = a.BotScopes
	}
	if r.UserScopes == nil {
		r.UserScopes = a.UserScopes
	}
	if r.BotScopes != nil && len(r.BotScopes)+len(r.UserScopes) == 0 {
		return Installation{}, fmt.Errorf("installing: the app %s asks for no scopes", a.Name)
	}
	in := w.installFor(a, t, r.Org)
	var bot, botAgain, person, personAgain string
	if r.BotScopes == nil || len(r.BotScopes) > 0 {
		bot, botAgain = w.issueTo(w.grantTo(in, "", false, r.BotScopes), a.Rotation)
	}
	if len(r.UserScopes) > 0 {
		person, personAgain = w.issueTo(w.grantTo(in, user.ID, false, r.UserScopes), a.Rotation)
	}
	done := in.installation(w)
	done.BotToken, done.BotRefreshToken = Secret(bot), Secret(botAgain)
	done.UserToken, done.UserRefreshToken = Secret(person), Secret(personAgain)
	return done, nil
}

// Installations are where an app is installed. The app is named by its id or name; "" is
// the first. They hold no token.
func (w *Workspace) Installations(app string) ([]Installation, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.appOf(app)
	if err != nil {
		return nil, err
	}
	return w.installations(a), nil
}

func (w *Workspace) installations(a *App) []Installation {
	all := []Installation{}
	for _, in := range w.installs {
		if in.app == a && !in.over {
			all = append(all, in.installation(w))
		}
	}
	return all
}

func (in *install) installation(w *Workspace) Installation {
	i := Installation{AppID: in.app.ID, EnterpriseID: in.teams(w)[0].EnterpriseID}
	if in.team != nil {
		i.TeamID = in.team.ID
	}
	for _, g := range in.grants {
		switch {
		case g.dead != "":
		case g.user == "":
			i.Bot, i.BotScopes = true, g.scopes
		case !slices.Contains(i.Users, g.user):
			i.Users = append(i.Users, g.user)
		}
	}
	return i
}

// hold makes a token one of a grant's.
func (w *Workspace) hold(g *grant, t *Token) {
	t.grant, t.AppID, t.TeamID = g, g.in.app.ID, g.in.teams(w)[0].ID
	t.UserID, t.OrgWide, t.Dead = cmp.Or(g.user, g.in.app.BotUserID), g.in.team == nil, g.dead
	if g.user == "" {
		t.BotID = g.in.app.BotID
	}
	g.tokens = append(g.tokens, t)
	w.tokens[t.value] = t
}
