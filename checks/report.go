package checks

import "time"

// SchemaVersion is that of the JSON report.
const SchemaVersion = 1

// A Report is everything one run learnt. Text, JSON and the terminal see nothing
// else.
type Report struct {
	SchemaVersion int       `json:"schema_version"`
	Tool          Tool      `json:"tool"`
	Command       string    `json:"command"`
	StartedAt     time.Time `json:"started_at"`
	Duration      Millis    `json:"duration_ms"`
	// Interrupted is set when the run was ended before it was through.
	Interrupted bool      `json:"interrupted"`
	Verdict     Verdict   `json:"verdict"`
	Counts      Counts    `json:"counts"`
	Sections    []Section `json:"sections"`
}

// A Tool is the program that wrote a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// A Section is the diagnosis of one URL.
type Section struct {
	Name    string     `json:"name"`
	Target  TargetInfo `json:"target"`
	Verdict Verdict    `json:"verdict"`
	Counts  Counts     `json:"counts"`
	Sent    Sent       `json:"sent"`
	// NotAsked says what was left out and how to have it asked.
	NotAsked []string `json:"not_asked"`
	// SameAs names the section that has the results, where several names in a manifest
	// have one URL; Note says what else there is to know of a URL that was not asked.
	SameAs  string   `json:"same_as,omitempty"`
	Note    string   `json:"note,omitempty"`
	Results []Result `json:"results"`
}

// TargetInfo is what the target was, without its secrets.
type TargetInfo struct {
	URL  string `json:"url"`
	Kind string `json:"kind"`
	// Named is the command, action or event that the user named.
	Named string `json:"named,omitempty"`
	// Signed is set when a signing secret was given.
	Signed bool `json:"signed"`
	Local  bool `json:"local"`
	// Probes is the set that was asked: safe or all.
	Probes   string `json:"probes,omitempty"`
	Deadline Millis `json:"deadline_ms"`
}

// Sent is what was sent to an app.
type Sent struct {
	Requests int `json:"requests"`
	// MayHaveRunAHandler counts the requests that name something real and that the
	// app may have acted on.
	MayHaveRunAHandler int `json:"may_have_run_a_handler"`
	// Refusals is how many the app's log shows as refused.
	Refusals int    `json:"refusals"`
	Team     string `json:"team"`
	User     string `json:"user"`
}

// A Verdict sums a section or a report up.
type Verdict struct {
	Status Status `json:"status"`
	// Cause is the id of the first failing problem, else "".
	Cause      string      `json:"cause"`
	Summary    string      `json:"summary"`
	SlackShows *SlackShows `json:"slack_shows,omitempty"`
}

// Counts are the results by status.
type Counts struct {
	Pass         int `json:"pass"`
	Warn         int `json:"warn"`
	Fail         int `json:"fail"`
	Inconclusive int `json:"inconclusive"`
	Skip         int `json:"skip"`
}

func count(results []Result) Counts {
	var c Counts
	for _, r := range results {
		switch r.Status {
		case Pass:
			c.Pass++
		case Warn:
			c.Warn++
		case Fail:
			c.Fail++
		case Inconclusive:
			c.Inconclusive++
		case Skip:
			c.Skip++
		}
	}
	return c
}

func (c Counts) plus(d Counts) Counts {
	return Counts{c.Pass + d.Pass, c.Warn + d.Warn, c.Fail + d.Fail, c.Inconclusive + d.Inconclusive, c.Skip + d.Skip}
}
