package webapi

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"belay/simulator/facts"
)

// otherScopes are those that the facts of methods and events do not name.
var otherScopes = []string{
	"bot", "chat:write.customize", "chat:write.public", "commands", "email", "identify", "identity.avatar", "identity.basic",
	"identity.email", "identity.team", "incoming-webhook", "links:write", "openid", "profile",
}

// identityScopes are those of Sign in with Slack, which stand alone.
//
// https://docs.slack.dev/authentication/sign-in-with-slack
var identityScopes = []string{"openid", "profile", "email"}

// knownScopes are all that are documented as what something needs.
var knownScopes = sync.OnceValue(func() []string {
	all := slices.Clone(otherScopes)
	for _, m := range facts.Methods() {
		for _, scopes := range m.Scopes {
			all = append(all, scopes...)
		}
	}
	for _, e := range facts.Events() {
		all = append(all, e.Scopes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
})

var scopeForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_.:-]{1,99}$`) })

// isScope reports whether a scope may exist. The documentation lags behind Slack, so one
// that is not documented will do, unless it looks like a slip in one that is.
func isScope(scope string) bool {
	known := knownScopes()
	if slices.Contains(known, scope) {
		return true
	}
	return scopeForm().MatchString(scope) && !slices.ContainsFunc(known, func(k string) bool { return slipped(scope, k) })
}

// slipped reports whether two texts differ by one letter that is wrong, missing, too much
// or changed places with the next.
func slipped(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(b) == 0:
		return false
	case len(b) == len(a)+1:
		return b[1:] == a
	case len(b) != len(a):
		return false
	}
	return a[1:] == b[1:] || len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}

// splitScopes reads a list of scopes: commas separate them and, as in OAuth, spaces.
func splitScopes(text string) []string {
	all := []string{}
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
