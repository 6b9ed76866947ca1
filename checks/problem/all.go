package problem

import (
	"slices"
	"sync"
)

// catalogue is built when it is first asked for, so that starting the program
// costs nothing.
var catalogue = sync.OnceValue(func() []Problem {
	return slices.Concat(
		vantageProblems(),
		urlProblems(),
		dnsProblems(),
		tcpProblems(),
		tlsProblems(),
		certProblems(),
		httpProblems(),
		ackProblems(),
		appProblems(),
		teamProblems(),
		sslCheckProblems(),
		signatureProblems(),
		verificationTokenProblems(),
		clockProblems(),
		replyProblems(),
		eventsProblems(),
		eventsRecorded(),
		oauthProblems(),
		drillProblems(),
		socketProblems(),
		manifestProblems(),
		apiProblems(),
		hookProblems(),
	)
})

// recorded says of problems that the fake Slack's recorder finds them.
func recorded(all []Problem) []Problem {
	for i := range all {
		all[i].Recorded = true
	}
	return all
}

// positions tells where in the catalogue each ID stands.
var positions = sync.OnceValue(func() map[string]int {
	at := make(map[string]int, len(catalogue()))
	for i, p := range catalogue() {
		at[p.ID] = i
	}
	return at
})

// All returns every problem, family by family, from the road to the app to what
// the app says, and to what it asks of Slack. The slice is the caller's own; the maps and slices inside the
// problems are shared and must not be changed.
func All() []Problem { return slices.Clone(catalogue()) }

// IDs returns the ID of every problem, in the order of All.
func IDs() []string {
	ids := make([]string, 0, len(catalogue()))
	for _, p := range catalogue() {
		ids = append(ids, p.ID)
	}
	return ids
}
