package checks

// A Status is the outcome of a check.
type Status string

// The statuses. A pass may carry remarks.
const (
	Pass Status = "pass"
	// Warn works today and will hurt.
	Warn Status = "warn"
	// Fail is what Slack, or a MUST of its documentation, refuses, or what lets
	// someone in.
	Fail Status = "fail"
	// Inconclusive was asked, and the answer does not tell.
	Inconclusive Status = "inconclusive"
	// Skip was not asked, with the reason.
	Skip Status = "skip"
)
