package webapi

import (
	"fmt"
	"slices"
	"time"
)

// A refresh is a refresh token.
//
// https://docs.slack.dev/authentication/using-token-rotation
type refresh struct {
	value string
	grant *grant
	// expires is the zero time for those that stay.
	expires time.Time
	// used is when it was exchanged, or the zero time.
	used time.Time
}

// maxHeld bounds the tokens, dead ones too, that are remembered of one grant, and the
// refresh tokens.
const maxHeld = 1000

// issueTo issues a token, and what it is refreshed with where it expires. One that does
// not expire is issued once: who installs an app again gets the same.
func (w *Workspace) issueTo(g *grant, rotates bool) (access, again string) {
	prefix, kind := "xoxb-", BotToken
	if g.user != "" {
		prefix, kind = "xoxp-", UserToken
	}
	if !rotates {
		for _, t := range g.tokens {
			if t.Dead == "" && t.issued && t.Expires.IsZero() {
				return t.value, ""
			}
		}
		access = newSecret(prefix + "belay-")
		w.hold(g, &Token{value: access, Kind: kind, Scopes: g.scopes, issued: true})
		return access, ""
	}
	access = newSecret("xoxe." + prefix + "1-")
	w.hold(g, &Token{value: access, Kind: kind, Scopes: g.scopes, issued: true, Expires: w.now().Add(w.profile.OAuth.TokenLife)})
	r := &refresh{value: newSecret("xoxe-1-"), grant: g}
	if g.in.app.PKCE {
		r.expires = w.now().Add(w.profile.OAuth.RefreshLife)
	}
	w.refreshes[r.value] = r
	g.refreshes = append(g.refreshes, r)
	w.retire(g)
	return access, r.value
}

// retire revokes the oldest of more rotating tokens than may be active, and forgets the
// oldest of all.
func (w *Workspace) retire(g *grant) {
	active := 0
	for _, t := range slices.Backward(g.tokens) {
		if t.Expires.IsZero() || t.exchanged || t.Dead != "" {
			continue
		}
		if active++; active > w.profile.OAuth.ActiveTokens {
			t.Dead = w.profile.OAuth.RotatedAway
		}
	}
	for len(g.tokens) > maxHeld {
		i := slices.IndexFunc(g.tokens, func(t *Token) bool { return t.Dead != "" && t.issued })
		if i < 0 {
			break
		}
		delete(w.tokens, g.tokens[i].value)
		g.tokens = slices.Delete(g.tokens, i, i+1)
	}
	if len(g.refreshes) > maxHeld {
		delete(w.refreshes, g.refreshes[0].value)
		g.refreshes = g.refreshes[1:]
	}
}

// refreshed finds what a refresh token of the app's refreshes, and uses it up.
func (w *Workspace) refreshed(a *App, value string) (*grant, error) {
	r, now := w.refreshes[value], w.now()
	switch {
	case r == nil || r.grant == nil || r.grant.in.app != a || r.grant.dead != "",
		!r.expires.IsZero() && !now.Before(r.expires),
		!r.used.IsZero() && now.Sub(r.used) >= w.profile.OAuth.RefreshGrace:
		return nil, refuse("invalid_refresh_token")
	}
	if r.used.IsZero() {
		r.used = now
	}
	// The first refresh ends the token that was exchanged for one that expires.
	for _, t := range r.grant.tokens {
		if t.exchanged && t.Expires.IsZero() {
			t.Expires = now
		}
	}
	return r.grant, nil
}

// ExpireTokens lets the rotating tokens of an app in a workspace expire now, as after
// their 12 hours: the next call with one is refused with token_expired, until the app
// refreshes it. Both are named by id or name; "" is the first. It returns how many
// expired.
//
// https://docs.slack.dev/authentication/using-token-rotation
func (w *Workspace) ExpireTokens(app, team string) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	in, _, err := w.installOf(app, team)
	if err != nil {
		return 0, fmt.Errorf("expiring tokens: %w", err)
	}
	expired, now := 0, w.now()
	for _, g := range in.grants {
		for _, t := range g.tokens {
			if t.Dead == "" && now.Before(t.Expires) {
				t.Expires = now
				expired++
			}
		}
	}
	if expired == 0 {
		return 0, fmt.Errorf("expiring tokens: the app %s has none that rotates; give it token_rotation: true in the seed and install it", in.app.Name)
	}
	return expired, nil
}
