package webapi

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"belay/simulator/manifest"
)

// appsMethods are those of the family apps. The server opens sockets itself, and what
// changes apps follows its facts.
var appsMethods = map[string]serve{
	"apps.event.authorizations.list": appsEventAuthorizationsList,
	"apps.manifest.validate":         appsManifestValidate,
	"apps.uninstall":                 appsUninstall,
}

// An Authorization is an installation of an app through which it sees an event.
type Authorization struct {
	EnterpriseID        *string `json:"enterprise_id"`
	TeamID              string  `json:"team_id"`
	UserID              string  `json:"user_id"`
	IsBot               bool    `json:"is_bot"`
	IsEnterpriseInstall bool    `json:"is_enterprise_install"`
}

// An eventContext is what the event_context of a delivery says: Base64 of JSON, behind
// the number of its version.
type eventContext struct {
	Type      string `json:"et"`
	TeamID    string `json:"tid"`
	AppID     string `json:"aid"`
	ChannelID string `json:"cid"`
}

func readEventContext(text string) (eventContext, bool) {
	var c eventContext
	encoded, ok := strings.CutPrefix(text, "4-")
	plain, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	return c, ok && err == nil && json.Unmarshal(plain, &c) == nil && c.TeamID != "" && c.AppID != ""
}

// appsEventAuthorizationsList lists the installations that see an event.
//
// https://docs.slack.dev/reference/methods/apps.event.authorizations.list
func appsEventAuthorizationsList(r *Request) (any, error) {
	about, ok := readEventContext(r.text("event_context"))
	if !ok {
		return nil, refuse("invalid_event_context")
	}
	if about.AppID != r.token.AppID {
		return nil, refuse("auth_mismatch")
	}
	app, t := r.w.app(about.AppID), r.w.team(about.TeamID)
	if app == nil || t == nil {
		return nil, refuse("invalid_event_context")
	}
	all, err := page(r, r.w.authorizations(app, t, t.channel(about.ChannelID)), 100)
	if err != nil {
		return nil, err
	}
	return struct {
		Authorizations []Authorization `json:"authorizations"`
	}{append([]Authorization{}, all...)}, nil
}

// authorizations are an app's installations in a workspace whose users see what happens
// in a conversation; nil is no conversation. People who let the app act for them come
// after its bot.
func (w *Workspace) authorizations(a *App, t *Team, c *Channel) []Authorization {
	sees := func(user string) bool { return c == nil || !c.private() || c.has(user) }
	var users []string
	for _, token := range w.tokens {
		if token.Kind == UserToken && token.AppID == a.ID && token.TeamID == t.ID && token.Dead == "" && sees(token.UserID) {
			users = append(users, token.UserID)
		}
	}
	slices.Sort(users)
	users = slices.Compact(users)
	in := w.installIn(a, t)
	if in == nil {
		return nil
	}
	if g := in.grantOf("", false); g != nil && g.dead == "" && sees(a.BotUserID) {
		users = append([]string{a.BotUserID}, users...)
	}
	var all []Authorization
	for _, user := range users {
		one := Authorization{TeamID: t.ID, UserID: user, IsBot: user == a.BotUserID, IsEnterpriseInstall: in.team == nil}
		if t.EnterpriseID != "" {
			one.EnterpriseID = &t.EnterpriseID
		}
		all = append(all, one)
	}
	return all
}

// A manifestError is something that Slack refuses in a manifest.
type manifestError struct {
	Message string `json:"message"`
	Pointer string `json:"pointer"`
}

type manifestErrors struct {
	Errors []manifestError `json:"errors"`
}

// appsManifestValidate judges an app manifest.
//
// https://docs.slack.dev/reference/methods/apps.manifest.validate
func appsManifestValidate(r *Request) (any, error) {
	if r.has("app_id") && r.w.app(r.text("app_id")) == nil {
		return nil, refuse("invalid_app_id")
	}
	wrong := manifestErrors{[]manifestError{}}
	m, err := manifest.Parse("manifest.json", []byte(r.text("manifest")))
	if err != nil {
		wrong.Errors = append(wrong.Errors, manifestError{Message: clip(err.Error(), 500), Pointer: "/"})
		return nil, &Error{Code: "invalid_manifest", More: wrong}
	}
	for _, f := range manifest.Lint(m) {
		if refused := f.Problem == manifest.Invalid || f.Problem == manifest.URLMissing || f.Problem == manifest.RedirectURL; refused && f.Level == manifest.Fail {
			wrong.Errors = append(wrong.Errors, manifestError{Message: f.Text, Pointer: f.Pointer})
		}
	}
	if len(wrong.Errors) > 0 {
		return nil, &Error{Code: "invalid_manifest", More: wrong}
	}
	return wrong, nil
}

// appsUninstall removes an app from the workspace of its token.
//
// https://docs.slack.dev/reference/methods/apps.uninstall
func appsUninstall(r *Request) (any, error) {
	app, err := r.client(nil)
	switch {
	case err != nil:
		return nil, err
	case app.ID != r.token.AppID:
		return nil, refuse("client_id_token_mismatch")
	case r.token.grant == nil:
		return nil, refuse("no_permission")
	}
	r.w.end(r.token.grant.in, r.token.grant.in.grants...)
	return nil, nil
}
