package webapi

import (
	"slices"
	"strings"
	"time"
)

// A TokenKind is what a token stands for.
//
// https://docs.slack.dev/authentication/tokens
type TokenKind string

// The kinds.
const (
	BotToken           TokenKind = "bot"
	UserToken          TokenKind = "user"
	AppToken           TokenKind = "app"
	ConfigurationToken TokenKind = "configuration"
	WorkflowToken      TokenKind = "workflow"
)

// kindOf tells a token's kind by its prefix, or "".
func kindOf(token string) TokenKind {
	token = strings.TrimPrefix(token, "xoxe.")
	for prefix, kind := range map[string]TokenKind{
		"xoxb-": BotToken, "xoxp-": UserToken, "xapp-": AppToken, "xwfp-": WorkflowToken,
	} {
		if strings.HasPrefix(token, prefix) && len(token) > len(prefix) {
			return kind
		}
	}
	return ""
}

// A Token is what an app proves with who it is. Its members are shared and changed
// with the workspace locked.
type Token struct {
	value string
	Kind  TokenKind
	// Scopes are those that were granted; nil grants all.
	Scopes []string
	AppID  string
	TeamID string
	// UserID is the user that acts with it: the bot's or the person's.
	UserID string
	// BotID is set for bot tokens.
	BotID string
	// Expires is the zero time for tokens that stay.
	Expires time.Time
	// Dead is the error that calls with it get, such as token_revoked; "" is alive.
	Dead string
	// OrgWide is set for an organization's install. TeamID is its first workspace then.
	OrgWide bool

	// grant is what it proves; nil for app-level and configuration tokens.
	grant *grant
	// issued tokens are those that an install made, not the seed's or the app's own.
	issued bool
	// exchanged is set when it was exchanged for one that expires.
	exchanged bool
}

// allows reports whether one of the scopes was granted.
func (t *Token) allows(scopes ...string) bool {
	return t.Scopes == nil || len(scopes) == 0 || slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(t.Scopes, s) })
}

// bearer is the token of a header. The word is case-sensitive.
func bearer(authorization string) (string, bool) {
	token, ok := strings.CutPrefix(authorization, "Bearer ")
	return strings.TrimSpace(token), ok
}

// authorize finds out who calls, and whether the method may be called so.
func (r *Request) authorize() error {
	value, inHeader := bearer(r.in.Authorization)
	if !inHeader {
		value = r.text("token")
	}
	delete(r.args, "token")
	if value == "" {
		if !r.method.Fact.Token && r.method.Fact.Verb != "" {
			return nil
		}
		return refuse("not_authed")
	}
	t := r.w.tokenOf(value)
	if t == nil {
		if !r.method.Fact.Token {
			return nil
		}
		return refuse("invalid_auth")
	}
	r.token = t
	if t.Dead == "" && !t.Expires.IsZero() && !r.w.now().Before(t.Expires) {
		return refuse("token_expired")
	}
	if t.Dead != "" {
		return refuse(t.Dead)
	}
	return r.allowed()
}

// tokenOf is the token of that value. One that is well-formed and not known becomes
// the app's own where the profile says so.
func (w *Workspace) tokenOf(value string) *Token {
	if t := w.tokens[value]; t != nil {
		return t
	}
	kind := kindOf(value)
	if !w.profile.AnyToken || kind == "" || len(w.tokens) >= maxTokens {
		return nil
	}
	return w.adopt(value, kind)
}

// maxTokens bounds the tokens that are taken for the app's own.
const maxTokens = 10_000

// adopt takes a token that nobody issued for one of the install that the seed names. It is
// dead where that install was undone.
func (w *Workspace) adopt(value string, kind TokenKind) *Token {
	t := &Token{value: value, Kind: kind}
	if kind == AppToken {
		t.AppID, t.TeamID = w.apps[0].ID, w.teams[0].ID
		w.tokens[value] = t
		return t
	}
	i := slices.IndexFunc(w.installs, func(in *install) bool { return in.adopts })
	if i < 0 {
		return nil
	}
	in, user := w.installs[i], ""
	t.Scopes = in.app.BotScopes
	if kind == UserToken {
		user, t.Scopes = in.team.users[0].ID, in.app.UserScopes
	}
	// The seed's own grant comes first, and knows whether it was taken back.
	i = slices.IndexFunc(in.grants, func(g *grant) bool { return g.user == user && !g.identity })
	switch {
	case i >= 0:
		w.hold(in.grants[i], t)
	case in.over:
		w.hold(&grant{in: in, user: user, dead: w.profile.OAuth.UserGone}, t)
	default:
		w.hold(w.grantTo(in, user, false, t.Scopes), t)
	}
	return t
}

// accepted are the scopes of which the method needs one of the caller's kind.
func (r *Request) accepted() []string {
	if r.token == nil {
		return nil
	}
	kind := r.token.Kind
	if kind == WorkflowToken {
		kind = BotToken
	}
	scopes := r.method.Fact.Scopes[string(kind)]
	if r.method.Name == "users.identity" {
		// Its page asks for identity.basic, its list of scopes for another.
		scopes = append([]string{"identity.basic"}, scopes...)
	}
	return scopes
}

// allowed checks the token's kind and scopes.
func (r *Request) allowed() error {
	t := r.token
	if !r.takes(t.Kind) {
		r.w.find("api.wrong-token-kind", "%s was called with a %s token; it takes %s", r.method.Name, t.Kind, r.kinds())
		return refuse("not_allowed_token_type")
	}
	if needed := r.accepted(); !t.allows(needed...) {
		return r.missingScope(needed)
	}
	return nil
}

// missingScope refuses a token that has none of the scopes.
func (r *Request) missingScope(needed []string) error {
	r.w.find("api.missing-scope", "%s needs %s, and the token has %s", r.method.Name, strings.Join(needed, " or "), strings.Join(r.token.Scopes, ","))
	return &Error{Code: "missing_scope", Needed: strings.Join(needed, ","), Provided: strings.Join(r.token.Scopes, ",")}
}

// appMethods are the methods that only an app-level token opens. The documentation has
// no scopes of theirs.
var appMethods = []string{"apps.connections.open", "apps.event.authorizations.list", "apps.user.connection.update"}

func (r *Request) takes(kind TokenKind) bool {
	if slices.Contains(appMethods, r.method.Name) {
		return kind == AppToken
	}
	scopes := r.method.Fact.Scopes
	switch {
	case kind == AppToken:
		return len(scopes) == 0 && r.method.Name == "auth.test"
	case len(scopes) == 0:
		return true
	case kind == WorkflowToken:
		kind = BotToken
	case kind == UserToken && scopes[string(ConfigurationToken)] != nil && strings.HasPrefix(r.token.value, "xoxe.xoxp-"):
		// A configuration token looks like a user's that is rotated.
		return true
	}
	return scopes[string(kind)] != nil
}

// kinds are the kinds of token that the method takes, in words.
func (r *Request) kinds() string {
	if slices.Contains(appMethods, r.method.Name) {
		return "an app-level token (xapp-…)"
	}
	var all []string
	for _, kind := range []TokenKind{BotToken, UserToken, ConfigurationToken} {
		if r.method.Fact.Scopes[string(kind)] != nil {
			all = append(all, string(kind))
		}
	}
	if all == nil {
		return "bot and user tokens"
	}
	return strings.Join(all, " and ") + " tokens"
}
