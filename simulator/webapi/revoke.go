package webapi

import (
	"errors"
	"fmt"
	"slices"
)

// tokensRevoked is the event that an app lost tokens. It names users, not tokens.
//
// https://docs.slack.dev/reference/events/tokens_revoked
type tokensRevoked struct {
	Type   string        `json:"type"`
	Tokens revokedTokens `json:"tokens"`
}

type revokedTokens struct {
	OAuth []string `json:"oauth,omitempty"`
	Bot   []string `json:"bot,omitempty"`
}

// RevokeToken revokes a token, as auth.revoke does: with it ends what was granted, unless
// the token rotates. The app learns of it by tokens_revoked, and by app_uninstalled where
// nothing remains.
func (w *Workspace) RevokeToken(token Secret) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.tokenOf(string(token))
	if t == nil {
		return errors.New("revoking a token: nobody issued it")
	}
	w.revoke(t)
	return nil
}

// revoke ends a token.
//
// https://docs.slack.dev/reference/methods/auth.revoke
func (w *Workspace) revoke(t *Token) {
	switch {
	case t.Dead != "":
	case t.grant == nil:
		t.Dead = w.profile.OAuth.UserGone
	case !t.Expires.IsZero():
		// A rotating token ends alone: what it proves can be refreshed.
		t.Dead = w.profile.OAuth.RotatedAway
		w.tellRevoked(t.grant.in, []*grant{t.grant})
	default:
		w.end(t.grant.in, t.grant)
	}
}

// Uninstall removes an app from a workspace, as one of its members does; an
// organization's install is removed whole. Both are named by id or name; "" is the first.
// The app learns of it by tokens_revoked and app_uninstalled.
//
// https://docs.slack.dev/reference/events/app_uninstalled
func (w *Workspace) Uninstall(app, team string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	in, _, err := w.installOf(app, team)
	if err != nil {
		return fmt.Errorf("uninstalling: %w", err)
	}
	w.end(in, in.grants...)
	return nil
}

// RevokeAll revokes every token of an app, as the button "Revoke all tokens" of its
// settings does: it is uninstalled everywhere. The app is named by its id or name; "" is
// the first.
func (w *Workspace) RevokeAll(app string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.appOf(app)
	if err != nil {
		return fmt.Errorf("revoking all tokens: %w", err)
	}
	for _, in := range slices.Clone(w.installs) {
		if in.app == a && !in.over {
			w.end(in, in.grants...)
		}
	}
	return nil
}

// end takes grants back, and the install with the last of them.
func (w *Workspace) end(in *install, grants ...*grant) {
	var ended []*grant
	for _, g := range grants {
		if g.dead == "" {
			w.endGrant(g)
			ended = append(ended, g)
		}
	}
	if len(ended) > 0 {
		w.tellRevoked(in, ended)
	}
	if in.over || in.live() {
		return
	}
	in.over = true
	w.rest(in)
	w.happen(Happening{
		TeamID: in.teams(w)[0].ID, Type: "app_uninstalled", AppID: in.app.ID,
		Event: func() any {
			return struct {
				Type string `json:"type"`
			}{"app_uninstalled"}
		},
	})
}

func (w *Workspace) endGrant(g *grant) {
	g.dead = w.profile.OAuth.UserGone
	if g.user == "" {
		g.dead = w.profile.OAuth.BotGone
		w.rest(g.in)
	}
	for _, t := range g.tokens {
		if t.Dead == "" {
			t.Dead = g.dead
		}
	}
	for _, r := range g.refreshes {
		delete(w.refreshes, r.value)
	}
	g.refreshes = nil
}

// tellRevoked tells an app whose tokens were revoked.
func (w *Workspace) tellRevoked(in *install, grants []*grant) {
	event := tokensRevoked{Type: "tokens_revoked"}
	for _, g := range grants {
		switch {
		case g.user == "":
			event.Tokens.Bot = append(event.Tokens.Bot, in.app.BotUserID)
		case !slices.Contains(event.Tokens.OAuth, g.user):
			event.Tokens.OAuth = append(event.Tokens.OAuth, g.user)
		}
	}
	w.happen(Happening{TeamID: in.teams(w)[0].ID, Type: "tokens_revoked", AppID: in.app.ID, Event: func() any { return event }})
}

// rest deactivates the app's bot: it loses the channels that it was in. The bot of a
// classic app stays until the app is uninstalled.
//
// https://docs.slack.dev/reference/methods/auth.revoke
func (w *Workspace) rest(in *install) {
	if in.app.Classic && !in.over {
		return
	}
	id := in.app.BotUserID
	for _, t := range in.teams(w) {
		if other := w.installIn(in.app, t); other != nil && other != in {
			continue
		}
		if bot := t.user(id); bot != nil {
			bot.Deleted = true
		}
		for _, c := range t.channels {
			if c.Sort == "channel" || c.Sort == "group" {
				c.Members = slices.DeleteFunc(slices.Clone(c.Members), func(m string) bool { return m == id })
			}
		}
	}
}

// RevokeGrant revokes all tokens of an app's bot in a workspace, or with a user those by
// which the app acts for that person. All are named by id or name; an app or a team of ""
// is the first. The app learns of it as with RevokeToken.
func (w *Workspace) RevokeGrant(app, team, user string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	in, t, err := w.installOf(app, team)
	if err != nil {
		return fmt.Errorf("revoking tokens: %w", err)
	}
	id := ""
	if user != "" {
		u, err := w.userOf(t, user)
		if err != nil {
			return fmt.Errorf("revoking tokens: %w", err)
		}
		if id = u.ID; id == in.app.BotUserID {
			id = ""
		}
	}
	var granted []*grant
	for _, g := range in.grants {
		if g.user == id && g.dead == "" {
			granted = append(granted, g)
		}
	}
	if len(granted) == 0 {
		return fmt.Errorf("revoking tokens: the app %s has none there", in.app.Name)
	}
	w.end(in, granted...)
	return nil
}

// installOf is an app's install in a team; "" is the first of either.
func (w *Workspace) installOf(app, team string) (*install, *Team, error) {
	a, err := w.appOf(app)
	if err != nil {
		return nil, nil, err
	}
	t, err := w.teamOf(team)
	if err != nil {
		return nil, nil, err
	}
	in := w.installIn(a, t)
	if in == nil {
		return nil, nil, fmt.Errorf("the app %s is not installed in the team %s", a.Name, t.Name)
	}
	return in, t, nil
}
