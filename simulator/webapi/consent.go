package webapi

import (
	"cmp"
	"net/url"
	"slices"
)

// A Flow is a way to install an app, by its page.
type Flow string

// The flows. FlowV1 is that of classic apps, FlowUser asks for user scopes alone, and
// FlowIdentity is Sign in with Slack.
const (
	FlowV2       Flow = "/oauth/v2/authorize"
	FlowV1       Flow = "/oauth/authorize"
	FlowUser     Flow = "/oauth/v2_user/authorize"
	FlowIdentity Flow = "/openid/connect/authorize"
)

// Flows are all of them.
func Flows() []Flow { return []Flow{FlowV2, FlowV1, FlowUser, FlowIdentity} }

// An AuthorizeRequest is what an app sends a person to Slack with.
//
// https://docs.slack.dev/authentication/installing-with-oauth
type AuthorizeRequest struct {
	Flow         Flow
	ClientID     string
	ResponseType string
	// Scope and UserScope are lists with commas.
	Scope, UserScope string
	RedirectURI      string
	State            string
	// Team is the id of the workspace that is proposed.
	Team  string
	Nonce string
	// CodeChallenge and CodeChallengeMethod are those of PKCE.
	//
	// https://www.rfc-editor.org/rfc/rfc7636
	CodeChallenge, CodeChallengeMethod string
}

// A Consent is what a person is asked for.
type Consent struct {
	AppID, AppName string
	// Scopes are what the app would be granted, the bot's first.
	Scopes []ConsentScope
	// Teams are the workspaces in which the app may be installed, the proposed one
	// first.
	Teams []ConsentTeam
	// Org is the organization that may install the app as a whole, or "".
	Org string
	// Webhook is set when the person chooses a channel.
	Webhook bool
}

// A ConsentScope is one scope that is asked for.
type ConsentScope struct {
	Name string
	// User is set for those by which the app acts for the person.
	User bool
	// Optional scopes may be declined.
	Optional bool
}

// A ConsentTeam is one workspace with the people who may install there, and its channels.
type ConsentTeam struct {
	Team
	People   []User
	Channels []ChannelInfo
}

// An Approval is what a person decided.
type Approval struct {
	// TeamID and UserID are who; "" is the first of what was asked.
	TeamID, UserID string
	// Org installs for the whole organization.
	Org bool
	// Declined are the optional scopes that are not granted.
	Declined []string
	// ChannelID is where an incoming webhook posts; "" is the first channel.
	ChannelID string
}

// asked is an AuthorizeRequest that was read.
type asked struct {
	AuthorizeRequest
	app *App
	// botScopes and userScopes are what is asked for.
	botScopes, userScopes []string
	// redirect is where it leads back to.
	redirect string
}

// Ask says what a person is asked for. The error is one that Slack's page shows: an
// *Error.
func (w *Workspace) Ask(r AuthorizeRequest) (Consent, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.ask(r)
	if err != nil {
		return Consent{}, err
	}
	c := Consent{AppID: a.app.ID, AppName: a.app.Name, Webhook: slices.Contains(a.botScopes, "incoming-webhook") || slices.Contains(a.userScopes, "incoming-webhook")}
	for i, scopes := range [][]string{a.botScopes, a.userScopes} {
		for _, s := range scopes {
			c.Scopes = append(c.Scopes, ConsentScope{Name: s, User: i == 1, Optional: slices.Contains(a.app.OptionalScopes, s)})
		}
	}
	for _, t := range w.teams {
		if w.admits(a.app, t) {
			c.Teams = append(c.Teams, t.consenting())
		}
	}
	if i := slices.IndexFunc(c.Teams, func(t ConsentTeam) bool { return t.ID == a.Team }); i > 0 {
		c.Teams[0], c.Teams[i] = c.Teams[i], c.Teams[0]
	}
	if a.app.OrgDeploy && w.enterprise != nil && a.Flow == FlowV2 {
		c.Org = w.enterprise.Name
	}
	return c, nil
}

func (t *Team) consenting() ConsentTeam {
	c := ConsentTeam{Team: t.bare()}
	for _, u := range t.users {
		if !u.IsBot && !u.Deleted {
			c.People = append(c.People, *u)
		}
	}
	for _, ch := range t.channels {
		if ch.Sort == "channel" && !ch.Archived {
			c.Channels = append(c.Channels, ch.info())
		}
	}
	return c
}

// admits reports whether an app may be installed in a workspace: one that is not
// distributed belongs to the first, and to its organization.
func (w *Workspace) admits(a *App, t *Team) bool {
	home := w.teams[0]
	return a.Distributed || t == home || home.EnterpriseID != "" && t.EnterpriseID == home.EnterpriseID
}

// Approve grants what was asked, and returns where the person's browser goes: back to the
// app, with a code. The error is one that Slack's page shows: an *Error.
func (w *Workspace) Approve(r AuthorizeRequest, by Approval) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.ask(r)
	if err != nil {
		return "", err
	}
	team := w.team(cmp.Or(by.TeamID, a.Team, w.teams[0].ID))
	if team == nil {
		return "", refuse("invalid_team")
	}
	if !w.admits(a.app, team) {
		return "", refuse("invalid_team_for_non_distributed_app")
	}
	user := team.users[0]
	if by.UserID != "" {
		user = team.user(by.UserID)
	}
	if user == nil || user.IsBot || user.Deleted {
		return "", refuse("user_not_found")
	}
	c := &authCode{asked: a, team: team, user: user, made: w.now(), org: by.Org && a.app.OrgDeploy && team.EnterpriseID != "" && a.Flow == FlowV2}
	declined := func(scope string) bool {
		return slices.Contains(by.Declined, scope) && slices.Contains(a.app.OptionalScopes, scope)
	}
	c.botScopes, c.userScopes = slices.DeleteFunc(a.botScopes, declined), slices.DeleteFunc(a.userScopes, declined)
	i := max(slices.IndexFunc(team.channels, func(ch *Channel) bool { return ch.ID == by.ChannelID }), 0)
	if len(team.channels) > 0 {
		c.channel = team.channels[i]
	}
	w.codes.keep(c)
	return withQuery(a.redirect, a.answer("code", c.value)), nil
}

// Refuse returns where the browser of a person goes who refuses: back to the app, with
// access_denied.
func (w *Workspace) Refuse(r AuthorizeRequest) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.ask(r)
	if err != nil {
		return "", err
	}
	return withQuery(a.redirect, a.answer("error", "access_denied")), nil
}

// answer are the parameters with which the browser comes back.
func (a asked) answer(name, value string) url.Values {
	return url.Values{name: {value}, "state": {a.State}}
}

// ask reads what an app asks for.
func (w *Workspace) ask(r AuthorizeRequest) (asked, error) {
	a := asked{AuthorizeRequest: r, app: w.clientApp(r.ClientID), redirect: r.RedirectURI}
	if a.app == nil {
		return a, refuse("invalid_client_id")
	}
	if a.redirect == "" && len(a.app.RedirectURLs) > 0 {
		a.redirect = a.app.RedirectURLs[0]
	}
	if !a.app.leadsTo(a.redirect) {
		return a, refuse("bad_redirect_uri")
	}
	a.botScopes, a.userScopes = splitScopes(r.Scope), splitScopes(r.UserScope)
	if r.Flow != FlowV2 {
		// The other pages ask for what a person grants alone, and a user flow may name
		// its scopes in either parameter.
		a.botScopes, a.userScopes = []string{}, splitScopes(r.Scope+","+r.UserScope)
	}
	if r.Flow == FlowV1 && slices.Contains(a.userScopes, "bot") {
		a.botScopes, a.userScopes = []string{"bot"}, slices.DeleteFunc(a.userScopes, func(s string) bool { return s == "bot" })
	}
	if err := a.check(); err != nil {
		return a, err
	}
	if t := w.team(r.Team); t != nil && !w.admits(a.app, t) {
		return a, refuse("invalid_team_for_non_distributed_app")
	}
	return a, nil
}

// check holds the scopes and the PKCE of what is asked to the rules of its flow.
func (a asked) check() error {
	all := slices.Concat(a.botScopes, a.userScopes)
	identity := func(s string) bool { return slices.Contains(identityScopes, s) }
	switch {
	case len(all) == 0:
		return refuse("invalid_scope")
	case slices.ContainsFunc(all, func(s string) bool { return !isScope(s) }):
		return refuse("invalid_scope")
	case a.Flow == FlowIdentity && (!slices.Contains(all, "openid") || slices.ContainsFunc(all, func(s string) bool { return !identity(s) })):
		return refuse("invalid_scope")
	case a.Flow != FlowIdentity && slices.ContainsFunc(all, identity) && slices.ContainsFunc(all, func(s string) bool { return !identity(s) }):
		// Those of Sign in with Slack cannot be mixed with others.
		return refuse("invalid_scope")
	case slices.Contains(a.botScopes, "bot") && !a.app.Classic:
		return refuse("invalid_scope")
	case a.desktop() && len(a.botScopes) > 0:
		// A public client on somebody's desk cannot act as a bot.
		return refuse("invalid_scope")
	case a.Flow == FlowIdentity && a.ResponseType != "code":
		return refuse("unsupported_response_type")
	case a.CodeChallenge == "" && lawful(a.redirect, false) != nil:
		// It is a URI scheme of the app's own.
		return refuse("missing_code_challenge")
	case a.CodeChallenge != "" && !slices.Contains([]string{"", "plain", "S256"}, a.CodeChallengeMethod):
		return refuse("invalid_code_challenge_method")
	}
	return nil
}

// desktop reports whether the app is a public client to which the browser comes back on
// somebody's own machine.
//
// https://docs.slack.dev/authentication/using-pkce
func (a asked) desktop() bool {
	u, err := url.Parse(a.redirect)
	return err == nil && a.app.PKCE && (isDesktop(u) || onLoopback(u))
}
