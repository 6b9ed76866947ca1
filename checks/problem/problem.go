// Package problem is the catalogue of everything belay can find wrong, with the
// page that explains each: what it is, why it matters, how to mend it, and what
// Slack's user sees.
//
//	p, ok := problem.Find("ack.timeout")
//	fmt.Println(p.Title, p.FixFor("Bolt for JavaScript"))
//
// A problem's ID never changes meaning and is never reused: CI configurations
// and saved reports name it.
package problem

import "strings"

// A Level says how much a problem weighs.
type Level string

const (
	// Fail is what Slack, or a MUST of its documentation, refuses, or what lets
	// someone in.
	Fail Level = "fail"
	// Warn works today and will hurt.
	Warn Level = "warn"
	// Inconclusive means that the answer does not tell, and says what would.
	Inconclusive Level = "inconclusive"
	// Remark is true and worth knowing, and no defect.
	Remark Level = "remark"
)

// Confidence says how sure belay is of what Slack shows.
type Confidence string

const (
	// Confirmed by a public report or by Slack's documentation.
	Confirmed Confidence = "confirmed"
	// Probable is an inference from how Slack treats similar failures.
	Probable Confidence = "probable"
)

// Shows is what becomes visible at Slack when an app has a problem.
type Shows struct {
	// User is the code in «/deploy failed with the error "…"», such as
	// operation_timeout.
	User string
	// RetryReason is the X-Slack-Retry-Reason of an event's next delivery.
	RetryReason string
	// Words are other words that the user or the app's owner reads, where there
	// is no code.
	Words      string
	Confidence Confidence
}

// A Problem is a known way to go wrong, with its page. It is owned by exactly one
// check, or by the recorder of the fake Slack.
type Problem struct {
	// ID is family.fact in lower case, such as cert.chain-incomplete.
	ID string
	// Levels are those that the problem may come with, worst first.
	Levels []Level
	// Title is one line, without a full stop.
	Title string
	// Why is one sentence with the consequence.
	Why string
	// Fix is one imperative sentence.
	Fix string
	// Fixes are worded for who answered, by the name in the table of answerers,
	// such as "Bolt for JavaScript" or "nginx".
	Fixes map[string]string
	// Doc is a page of Slack's documentation.
	Doc   string
	Shows Shows
	// SSLLabs is what the test of SSL Labs calls it, where it looks at the same.
	SSLLabs string
	// Recorded problems are found by the fake Slack, in what a connected app does and
	// asks of it; the others by a check.
	Recorded bool
	// Cases are public issue threads in which it happened, as owner/repo#n.
	Cases []string
}

// Family is the part of the ID before its first dot.
func (p Problem) Family() string {
	family, _, _ := strings.Cut(p.ID, ".")
	return family
}

// FixFor is the fix worded for the named framework or intermediary, or the
// general one.
func (p Problem) FixFor(answerer string) string {
	if fix, ok := p.Fixes[answerer]; ok {
		return fix
	}
	return p.Fix
}

// May reports whether the problem may come with that level.
func (p Problem) May(level Level) bool {
	for _, l := range p.Levels {
		if l == level {
			return true
		}
	}
	return false
}

// Find returns the problem with that ID.
func Find(id string) (Problem, bool) {
	i, ok := positions()[id]
	if !ok {
		return Problem{}, false
	}
	return catalogue()[i], true
}
