// Package checks asks questions about an app that serves Slack, and says what is
// wrong, why, and how to mend it.
//
//	report := checks.Run(ctx, checks.Watch{}, checks.Target{URL: "https://bot.example.com/slack/events"})
//	fmt.Println(report.Verdict.Summary)
//
// A check is one file, named by its family; all.go lists them in the report's
// order. Asking and judging are apart: the requests that reach the app are sent
// once, by the interview, in an order that does no harm; the checks judge its
// transcript.
package checks

import "context"

// A Check asks one question of a target.
type Check struct {
	// ID is family.fact, such as cert.chain.
	ID string
	// Title is a sentence that is true when the check passes.
	Title string
	// Needs are the checks without whose passing (or warning) this one cannot be
	// asked. They stand earlier in the report.
	Needs []string
	// Problems are the ids that the check may find, remarks among them. No other
	// check finds them.
	Problems []string
	// Records are the ids that the fake Slack finds by itself while the check provokes
	// the app, and that the check reports.
	Records []string
	// Run never returns an error: belay's own failure panics, the app's is a
	// result.
	Run func(ctx context.Context, s *Session) Result
}
