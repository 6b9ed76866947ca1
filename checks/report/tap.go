package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"belay/checks"
)

// maxTAPText is where each text of a TAP report is cut, in characters.
const maxTAPText = 4000

// TAP writes the report as version 14 of the Test Anything Protocol: a test point for
// each result, with what else is known as YAML below it. The points stand side by side
// and not in subtests, of which older readers would count the sections alone. A
// warning is ok; what was not asked or could not be told is skipped.
//
// https://testanything.org/tap-version-14-specification.html
func TAP(w io.Writer, r checks.Report) error {
	var b bytes.Buffer
	t := tap{w: &b, several: len(r.Sections) > 1}
	b.WriteString("TAP version 14\n")
	if total := resultsIn(r); total > 0 {
		fmt.Fprintf(&b, "1..%d\n", total)
	} else {
		b.WriteString("1..0 # nothing was asked\n")
	}
	for _, section := range r.Sections {
		t.section(section)
	}
	if r.Interrupted {
		b.WriteString("Bail out! Interrupted: this is what was found so far.\n")
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the TAP report: %w", err)
	}
	return nil
}

func resultsIn(r checks.Report) int {
	n := 0
	for _, section := range r.Sections {
		n += len(section.Results)
	}
	return n
}

// tap is a report that is being written.
type tap struct {
	w *bytes.Buffer
	// several is set where a point has to name its section.
	several bool
	n       int
}

func (t *tap) section(s checks.Section) {
	t.comment("section", s.Name)
	t.comment("verdict", s.Verdict.Summary)
	t.comment("same as", s.SameAs)
	t.comment("note", s.Note)
	for _, result := range s.Results {
		t.point(s, result)
	}
}

// comment begins with a word of belay's own, since "# Subtest" has a meaning.
func (t *tap) comment(label, text string) {
	if text != "" {
		fmt.Fprintf(t.w, "# %s: %s\n", label, Clean(text, 1000))
	}
}

func (t *tap) point(s checks.Section, r checks.Result) {
	t.n++
	if r.Status == checks.Fail {
		t.w.WriteString("not ")
	}
	description := r.Check + ": " + r.Title
	if t.several {
		description += " (" + Clean(s.Name, 200) + ")"
	}
	fmt.Fprintf(t.w, "ok %d - %s", t.n, tapEscape(description))
	switch r.Status {
	case checks.Skip:
		fmt.Fprintf(t.w, " # SKIP %s", tapEscape(r.Reason))
	case checks.Inconclusive:
		fmt.Fprintf(t.w, " # SKIP inconclusive: %s", tapEscape(r.Reason))
	}
	t.w.WriteString("\n")
	t.diagnostics(r)
}

// tapEscape keeps a text from being read as a directive, such as # TODO.
func tapEscape(text string) string {
	return strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(strings.Join(strings.Fields(Clean(text, 500)), " "))
}

// diagnostics are the YAML block of a point.
func (t *tap) diagnostics(r checks.Result) {
	t.w.WriteString("  ---\n")
	t.field("status", string(r.Status))
	t.field("saw", r.Saw)
	if r.Problem != nil {
		t.field("problem", r.Problem.ID)
		t.field("message", r.Problem.Title)
		t.field("slack_shows", visibly(r.Problem.Shows))
		t.field("why", r.Problem.Why)
		t.field("fix", r.Problem.Fix)
		t.field("read", r.Problem.Doc)
	}
	if r.Place != nil {
		fmt.Fprintf(t.w, "  at:\n    file: %s\n    line: %d\n    column: %d\n", quoted(r.Place.File), r.Place.Line, r.Place.Column)
	}
	if len(r.Remarks) > 0 {
		t.w.WriteString("  remarks:\n")
		for _, remark := range r.Remarks {
			fmt.Fprintf(t.w, "    - %s\n", quoted(remark.Text))
		}
	}
	took, _ := r.Took.MarshalJSON()
	fmt.Fprintf(t.w, "  duration_ms: %s\n  ...\n", took)
}

func (t *tap) field(name, text string) {
	if text != "" {
		fmt.Fprintf(t.w, "  %s: %s\n", name, quoted(text))
	}
}

// quoted is a text in double quotes, as JSON and YAML have it.
func quoted(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// A string always can be encoded.
	_ = encoder.Encode(Clean(text, maxTAPText))
	return strings.TrimSpace(b.String())
}
