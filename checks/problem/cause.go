package problem

import (
	"strings"
	"sync"
)

// causeOrder says which failure explains the others: first what keeps Slack
// from the app, on the road's order, then what the app does. An entry is an ID,
// or a family with its dot. Of two that match, the ID counts.
var causeOrder = [...]string{
	"url.", "vantage.", "dns.", "tcp.", "tls.", "cert.",

	// Somebody before the app answered, or nobody has a route to it.
	"http.auth-required", "http.csrf", "http.host-refused", "http.bot-challenge",
	"http.tunnel-offline", "http.rate-limited", "http.bad-gateway",
	"http.redirect", "http.redirect-loop", "http.not-found", "http.method-not-allowed",

	"app.died",

	// A known reason comes before the bare fact that it replaces.
	"signature.parsed-body", "clock.skew", "verification-token.rejects-valid", "signature.rejects-valid",

	"http.", "ack.", "reply.", "events.", "oauth.", "client-secret.", "socket.",

	// The app works, and lets others in.
	"signature.accepts-unsigned", "signature.accepts-forged", "signature.accepts-tampered", "signature.accepts-stale",
	"verification-token.accepts-wrong", "ssl-check.bypass",

	// What drills find.
	"revocation.", "uninstall.", "rotation.", "workspace.", "team.accepts-foreign", "tls.client-unverified", "outage.",

	// What the app's settings say, after whatever the app itself was seen to do.
	"team.", "signature.", "manifest.",

	// What the app asks of Slack.
	"api.", "response-url.", "webhook.", "follow-up.",
}

// causeGroups tells at which entry of causeOrder each ID or family stands.
var causeGroups = sync.OnceValue(func() map[string]int {
	groups := make(map[string]int, len(causeOrder))
	for i, entry := range causeOrder {
		groups[entry] = i
	}
	return groups
})

// CauseRank says how early the problem with that ID stands among the causes: of
// several failures the one with the lowest rank explains the others, and is the
// cause of the diagnosis. Ranks differ between the catalogue's problems; within
// a group its order decides. An ID that is not in the catalogue comes last in its
// family, or last of all.
func CauseRank(id string) int {
	groups := causeGroups()
	group, ok := groups[id]
	if !ok {
		family, _, _ := strings.Cut(id, ".")
		if group, ok = groups[family+"."]; !ok {
			group = len(causeOrder)
		}
	}
	known := positions()
	at, ok := known[id]
	if !ok {
		at = len(known)
	}
	return group*(len(known)+1) + at
}
