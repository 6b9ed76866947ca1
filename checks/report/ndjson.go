package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"belay/checks"
)

// A line of the ndjson report. Only what belongs to its type is set.
type line struct {
	// Type is start, result, section or end.
	Type string `json:"type"`
	// Section is the name of the section that a result belongs to.
	Section string `json:"section,omitempty"`
	// Report is the report without its sections, at the start and at the end.
	Report *checks.Report `json:"report,omitempty"`
	Result *checks.Result `json:"result,omitempty"`
	// Summary is a section without its results, which came before.
	Summary *checks.Section `json:"summary,omitempty"`
}

// An NDJSON writes a report as lines of JSON while it runs. Its methods keep the
// first error, which End returns.
type NDJSON struct {
	w   io.Writer
	err error
}

// NewNDJSON writes to w.
func NewNDJSON(w io.Writer) *NDJSON { return &NDJSON{w: w} }

// Start writes what is known before anything is asked.
func (n *NDJSON) Start(r checks.Report) {
	r.Sections = []checks.Section{}
	n.line(line{Type: "start", Report: &r})
}

// Result writes a result as it is known.
func (n *NDJSON) Result(section string, r checks.Result) {
	n.line(line{Type: "result", Section: section, Result: &r})
}

// Section writes what a section sums up to.
func (n *NDJSON) Section(s checks.Section) {
	s.Results = []checks.Result{}
	n.line(line{Type: "section", Summary: &s})
}

// End writes the verdict.
func (n *NDJSON) End(r checks.Report) error {
	r.Sections = []checks.Section{}
	n.line(line{Type: "end", Report: &r})
	return n.err
}

func (n *NDJSON) line(l line) {
	if n.err != nil {
		return
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(l); err != nil {
		n.err = fmt.Errorf("encode a line of the report: %w", err)
		return
	}
	if _, err := n.w.Write(escapeControls(b.Bytes())); err != nil {
		n.err = fmt.Errorf("write a line of the report: %w", err)
	}
}

// Lines writes a whole report as lines of JSON.
func Lines(w io.Writer, r checks.Report) error {
	n := NewNDJSON(w)
	n.Start(checks.Report{SchemaVersion: r.SchemaVersion, Tool: r.Tool, Command: r.Command, StartedAt: r.StartedAt})
	for _, section := range r.Sections {
		for _, result := range section.Results {
			n.Result(section.Name, result)
		}
		n.Section(section)
	}
	return n.End(r)
}
