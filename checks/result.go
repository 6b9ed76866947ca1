package checks

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"belay/checks/problem"
)

// A Result is one row of a report: what a check found.
type Result struct {
	Check string `json:"check"`
	// Title is the check's: a sentence that is true when it passes.
	Title  string `json:"title"`
	Status Status `json:"status"`
	// Saw is what was observed, in a few words.
	Saw string `json:"saw"`
	// Reason says why a check was skipped or is inconclusive, and what would tell.
	Reason  string   `json:"reason"`
	Remarks []Remark `json:"remarks"`
	Took    Millis   `json:"took_ms"`
	Problem *Finding `json:"problem,omitempty"`
	// Place is where in a file of the user's it was found.
	Place *Place `json:"place,omitempty"`
	// Evidence is redacted and bounded before it is stored.
	Evidence *Evidence `json:"evidence,omitempty"`
}

// A Place is a position in a file, counted from 1.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// A Remark is true, worth knowing, and no defect.
type Remark struct {
	// Problem is the id in the catalogue, or "" for what has no page.
	Problem string `json:"problem,omitempty"`
	Text    string `json:"text"`
}

// A Finding is a problem of the catalogue as it was met.
type Finding struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Why   string `json:"why"`
	// Fix is worded for the framework or intermediary that was recognised.
	Fix string `json:"fix"`
	Doc string `json:"doc"`
	// Shows is what Slack's user sees.
	Shows *SlackShows `json:"slack_shows,omitempty"`
	// Probable is set where nothing proves it.
	Probable bool `json:"probable,omitempty"`
}

// SlackShows is what becomes visible at Slack.
type SlackShows struct {
	User        string `json:"user,omitempty"`
	RetryReason string `json:"retry_reason,omitempty"`
	Words       string `json:"words,omitempty"`
	Confidence  string `json:"confidence,omitempty"`
}

// Millis is a duration that is written as milliseconds, to the microsecond.
type Millis time.Duration

// MarshalJSON implements json.Marshaler.
func (m Millis) MarshalJSON() ([]byte, error) {
	return json.Marshal(math.Round(float64(m)/1e3) / 1e3)
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *Millis) UnmarshalJSON(data []byte) error {
	var ms float64
	if err := json.Unmarshal(data, &ms); err != nil {
		return fmt.Errorf("read a duration in milliseconds: %w", err)
	}
	*m = Millis(ms * float64(time.Millisecond))
	return nil
}

// pass is a passing result with what was seen.
func pass(saw string, a ...any) Result { return Result{Status: Pass, Saw: fmt.Sprintf(saw, a...)} }

// skip is a question that was not asked.
func skip(reason string, a ...any) Result {
	return Result{Status: Skip, Reason: fmt.Sprintf(reason, a...)}
}

// inconclusive is a question whose answer does not tell; reason says what would.
func inconclusive(reason string, a ...any) Result {
	return Result{Status: Inconclusive, Reason: fmt.Sprintf(reason, a...)}
}

// found is a failing or warning result, at the first of the problem's levels.
func found(id, saw string, a ...any) Result {
	p, ok := problem.Find(id)
	if !ok {
		panic("checks: no problem " + id + " in the catalogue")
	}
	r := Result{Saw: fmt.Sprintf(saw, a...), Problem: finding(p, "")}
	return r.at(p.Levels[0])
}

// at sets the status that goes with a level. A remark is a pass that says
// something.
func (r Result) at(level problem.Level) Result {
	switch level {
	case problem.Fail:
		r.Status = Fail
	case problem.Warn:
		r.Status = Warn
	case problem.Inconclusive:
		r.Status = Inconclusive
		if r.Reason == "" {
			r.Reason = r.Problem.Fix
		}
	case problem.Remark:
		r.Status = Pass
		r.Remarks = append(r.Remarks, Remark{Problem: r.Problem.ID, Text: r.Saw})
		r.Problem = nil
	}
	return r
}

// remark adds one to a result.
func (r Result) remark(id, text string, a ...any) Result {
	r.Remarks = append(r.Remarks, Remark{Problem: id, Text: fmt.Sprintf(text, a...)})
	return r
}

// probable marks a finding that nothing proves.
func (r Result) probable() Result {
	r.Problem.Probable = true
	return r
}

// finding is a problem with its fix worded for who answered.
func finding(p problem.Problem, answerer string) *Finding {
	f := &Finding{ID: p.ID, Title: p.Title, Why: p.Why, Fix: p.FixFor(answerer), Doc: p.Doc}
	f.Shows = showsOf(p.Shows)
	return f
}

// showsOf is nil when nothing shows.
func showsOf(shows problem.Shows) *SlackShows {
	if shows == (problem.Shows{}) {
		return nil
	}
	return &SlackShows{shows.User, shows.RetryReason, shows.Words, string(shows.Confidence)}
}
