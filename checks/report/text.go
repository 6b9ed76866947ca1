package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"belay/checks"
)

// Text writes the report for a person: the verdict in one sentence, what Slack
// shows, what happened on the wire, the fix, the next command, and what else was
// found; or, where nothing is wrong, what was asked and what cannot be seen from
// outside. Of several sections, those that pass get a line each.
func Text(w io.Writer, r checks.Report, o TextOptions) error {
	var b bytes.Buffer
	if len(r.Sections) > 1 {
		several(&b, r, o)
	} else {
		for _, section := range r.Sections {
			t := &textReport{w: &b, o: o, r: r, s: section}
			t.section()
			t.counts(section.Counts)
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// textReport writes one section.
type textReport struct {
	w *bytes.Buffer
	o TextOptions
	r checks.Report
	s checks.Section
}

// labelWidth is the column at which rows begin.
const labelWidth = 15

func (t *textReport) section() {
	if isDelivery(t.s) {
		t.delivery()
		return
	}
	if t.s.Target.Kind == string(checks.Drilled) {
		t.drill()
		return
	}
	t.verdict()
	lead, others := t.split()
	if lead != nil {
		t.lead(*lead)
	}
	t.others(others)
	t.rest(lead, len(others))
	t.rows(lead)
	t.remarks()
	t.outlook()
	t.sent()
}

// clean makes a text safe for a terminal, and ASCII as far as it is belay's own,
// where that is wanted.
func (t *textReport) clean(text string, most int) string {
	return t.o.words(Clean(text, most))
}

// words is a text of belay's own as it is wanted.
func (o TextOptions) words(text string) string {
	if o.ASCII {
		return asciiWords.Replace(text)
	}
	return text
}

// asciiWords stand for what belay itself writes beyond ASCII.
var asciiWords = strings.NewReplacer(" · ", ", ", "·", "-", "…", "...", "→", "->", "×", "x")

// A paragraph is a text that is wrapped beside what it hangs on.
type paragraph struct {
	// head is what the first line begins with, as printed; the others are indented
	// by its width.
	head  string
	width int
	text  string
	color string
	// note stands at the right end of the last line, or below it.
	note string
}

func (t *textReport) write(p paragraph) {
	indent := strings.Repeat(" ", p.width)
	lines := wrap(p.text, t.o.width()-p.width)
	for n, line := range lines {
		begin := indent
		if n == 0 {
			begin = p.head
		}
		text := begin + t.o.paint(p.color, line)
		if n == len(lines)-1 && p.note != "" {
			text += t.note(p, p.width+columnsOf(line))
		}
		t.line(text)
	}
}

// note sets a paragraph's note beside its last line, of which that many columns are
// used, or on lines of its own.
func (t *textReport) note(p paragraph, used int) string {
	note := t.clean(p.note, 0)
	left := t.o.width() - used - columnsOf(note)
	switch {
	case t.o.Accessible && left >= 1:
		return " " + t.o.paint(dim, note)
	case !t.o.Accessible && left >= 2:
		return strings.Repeat(" ", left) + t.o.paint(dim, note)
	}
	var b strings.Builder
	for _, line := range wrap(note, t.o.width()-2) {
		indent := t.o.width() - columnsOf(line)
		if t.o.Accessible {
			indent = min(indent, p.width)
		}
		b.WriteString("\n" + strings.Repeat(" ", indent) + t.o.paint(dim, line))
	}
	return b.String()
}

func (t *textReport) line(text string) { fmt.Fprintln(t.w, text) }

// gap leaves one line empty.
func (t *textReport) gap() {
	if !bytes.HasSuffix(t.w.Bytes(), []byte("\n\n")) {
		t.line("")
	}
}

// row writes a label and a text that is wrapped beside it.
func (t *textReport) row(label, text string) { t.noted(label, text, "") }

// noted writes a row with a note at its right.
func (t *textReport) noted(label, text, note string) {
	t.write(paragraph{head: t.label(label), width: labelWidth, text: t.clean(text, 0), note: note})
}

func (t *textReport) label(label string) string {
	return "  " + t.o.paint(dim, fmt.Sprintf("%-*s", labelWidth-2, label))
}

// drawn writes lines that are drawn already, under the last label.
func (t *textReport) drawn(lines []string) {
	for _, line := range lines {
		t.line(strings.Repeat(" ", labelWidth) + line)
	}
}

// verdict is the first line, with the id of the cause at its end.
func (t *textReport) verdict() {
	v := t.s.Verdict
	if t.r.Interrupted && v.Status == checks.Pass {
		v = checks.Verdict{Status: checks.Inconclusive, Summary: "Interrupted: nothing wrong was found so far."}
	}
	id := ""
	if v.Cause != "" {
		id = "[" + v.Cause + "]"
	}
	mark := t.o.Mark(v.Status)
	t.write(paragraph{
		head: mark + " ", width: t.o.markWidth(v.Status) + 1,
		text: t.clean(v.Summary, 0), color: bold, note: id,
	})
	t.gap()
}

// split finds the result that the verdict is about, and the others that are not
// well, the failures first.
func (t *textReport) split() (*checks.Result, []checks.Result) {
	lead := t.leading()
	var others []checks.Result
	for _, status := range []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive} {
		for n, r := range t.s.Results {
			if r.Status == status && &t.s.Results[n] != lead {
				others = append(others, r)
			}
		}
	}
	return lead, others
}

// leading is the failure that is the cause, or the warning that the verdict speaks
// of, or nil.
func (t *textReport) leading() *checks.Result {
	v := t.s.Verdict
	if v.Status != checks.Fail && v.Status != checks.Warn {
		return nil
	}
	for n, r := range t.s.Results {
		if r.Problem == nil || r.Status != v.Status {
			continue
		}
		said := strings.EqualFold(strings.TrimSuffix(v.Summary, "."), r.Problem.Title)
		if r.Problem.ID == v.Cause || v.Status == checks.Warn && said {
			return &t.s.Results[n]
		}
	}
	return nil
}
