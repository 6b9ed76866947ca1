package checks

// A Story is what a step of a scenario rests on.
type Story struct {
	// Misses are what is not as expected, a sentence each.
	Misses []string `json:"misses,omitempty"`
	// Difference is how what came nearest differs from what was wanted, as a unified
	// diff of JSON.
	Difference string `json:"difference,omitempty"`
	// Calls are what the app asked of Slack during the step, a line each.
	Calls []string `json:"calls,omitempty"`
	// Output is what the app printed during the step, its last lines.
	Output []string `json:"output,omitempty"`
	// Excerpt are the lines of the suite that say what was expected.
	Excerpt []string `json:"excerpt,omitempty"`
}
