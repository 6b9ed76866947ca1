package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"belay/checks"
)

// Text writes the report for a person: the verdict in one sentence, what Slack
// shows, what happened on the wire, the fix, and what else was found; or, where
// nothing is wrong, what was asked and what cannot be seen from outside.
func Text(w io.Writer, r checks.Report, o TextOptions) error {
	var b bytes.Buffer
	for n, section := range r.Sections {
		if n > 0 {
			b.WriteByte('\n')
		}
		t := &textReport{w: &b, o: o, s: section}
		if len(r.Sections) > 1 {
			t.line("", o.paint(bold, Clean(section.Name, 200)))
		}
		t.section()
	}
	if r.Interrupted {
		b.WriteString("  interrupted: this is what was found so far\n")
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
	s checks.Section
}

// labelWidth is the column at which rows begin.
const labelWidth = 15

func (t *textReport) section() {
	t.verdict()
	cause, others := t.split()
	if cause != nil {
		t.cause(*cause)
	}
	t.others(others)
	t.rows(cause)
	t.notAsked()
	t.end()
}

// line writes one line, which must not be wider than the terminal.
func (t *textReport) line(indent, text string) { fmt.Fprintf(t.w, "%s%s\n", indent, text) }

// row writes a label and a text that is wrapped beside it.
func (t *textReport) row(label, text string) {
	indent := strings.Repeat(" ", labelWidth)
	for n, line := range wrap(Clean(text, 0), t.o.width()-labelWidth) {
		if n == 0 {
			t.line("  ", t.o.paint(dim, fmt.Sprintf("%-*s", labelWidth-2, label))+line)
			continue
		}
		t.line(indent, line)
	}
}

// drawn writes lines that are drawn already under a label.
func (t *textReport) drawn(label string, lines []string) {
	for n, line := range lines {
		if n > 0 {
			label = ""
		}
		t.line("  ", t.o.paint(dim, fmt.Sprintf("%-*s", labelWidth-2, label))+line)
	}
}

// verdict is the first line, with the cause's id at its end.
func (t *textReport) verdict() {
	v := t.s.Verdict
	mark := t.o.Mark(v.Status)
	id := ""
	if v.Cause != "" {
		id = "[" + v.Cause + "]"
	}
	text := Clean(v.Summary, 0)
	markWidth := columnsOf(marks[v.Status].symbol) + 1
	if t.o.ASCII {
		markWidth = len(marks[v.Status].word) + 1
	}
	lines := wrap(text, t.o.width()-markWidth)
	for n, line := range lines {
		if n == 0 {
			line = mark + " " + t.o.paint(bold, line)
		} else {
			line = strings.Repeat(" ", markWidth) + t.o.paint(bold, line)
		}
		last := n == len(lines)-1
		used := markWidth + columnsOf(lines[n])
		switch {
		case last && id != "" && used+2+len(id) <= t.o.width():
			t.line("", line+strings.Repeat(" ", t.o.width()-used-len(id))+t.o.paint(dim, id))
		case last && id != "":
			t.line("", line)
			t.line(strings.Repeat(" ", max(t.o.width()-len(id), 0)), t.o.paint(dim, id))
		default:
			t.line("", line)
		}
	}
	t.line("", "")
}

// split finds the result that the verdict is about, and the others that are not
// well.
func (t *textReport) split() (*checks.Result, []checks.Result) {
	var cause *checks.Result
	var others []checks.Result
	for n, r := range t.s.Results {
		switch {
		case r.Problem != nil && r.Problem.ID == t.s.Verdict.Cause && r.Status == checks.Fail && cause == nil:
			cause = &t.s.Results[n]
		case r.Status == checks.Fail || r.Status == checks.Warn || r.Status == checks.Inconclusive:
			others = append(others, r)
		}
	}
	return cause, others
}

// cause explains the failure that comes first.
func (t *textReport) cause(r checks.Result) {
	t.shows(r.Problem.Shows)
	saw := r.Saw
	if r.Problem.Probable {
		saw += " (probably: nothing proves it)"
	}
	t.row("on the wire", saw)
	t.drawn("", t.evidence(r))
	t.row("why", r.Problem.Why)
	t.row("fix", r.Problem.Fix)
	t.row("read", r.Problem.Doc)
	t.line("", "")
}

// shows says what becomes visible at Slack.
func (t *textReport) shows(s *checks.SlackShows) {
	if s == nil {
		return
	}
	named := t.s.Target.Named
	var words []string
	if s.User != "" && t.s.Target.Kind == "command" {
		if named == "" {
			named = "/command"
		}
		words = append(words, fmt.Sprintf("%s failed with the error %q", named, s.User))
	}
	if s.RetryReason != "" && t.s.Target.Kind == "event" {
		words = append(words, "the event again, with X-Slack-Retry-Reason: "+s.RetryReason)
	}
	if s.Words != "" {
		words = append(words, s.Words)
	}
	if len(words) == 0 {
		return
	}
	t.row("Slack shows", strings.Join(words, "; ")+" ("+s.Confidence+")")
}

// evidence draws what belongs to a finding: the waterfall of what was late, the
// chain of what is not trusted.
func (t *textReport) evidence(r checks.Result) []string {
	switch {
	case r.Evidence == nil:
		return nil
	case len(r.Evidence.Chain) > 0:
		return t.chain(r.Evidence.Chain)
	case strings.HasPrefix(r.Check, "ack.") && len(r.Evidence.Exchanges) > 0:
		return waterfall(r.Evidence.Exchanges[0], t.s.Target.Deadline, t.o, t.o.width()-labelWidth)
	}
	return nil
}

// chain draws the certificates, with the one that is missing.
func (t *textReport) chain(all []checks.Certificate) []string {
	var lines []string
	for _, c := range all {
		line := fmt.Sprintf("%s %-8s %s", t.chainMark(c.State), c.State, Clean(c.Subject, 60))
		switch {
		case c.State == "missing" && c.From != "":
			line += ", to be had from " + Clean(c.From, 80)
		case c.State == "sent":
			line += ", until " + c.NotAfter.Format("2006-01-02") + ", issued by " + Clean(c.Issuer, 60)
		}
		lines = append(lines, wrapHanging(line, t.o.width()-labelWidth, "           ")...)
	}
	return lines
}

func (t *textReport) chainMark(state string) string {
	if state == "missing" {
		return t.o.Mark(checks.Fail)
	}
	return t.o.Mark(checks.Pass)
}

// wrapHanging wraps with an indent from the second line on.
func wrapHanging(text string, columns int, indent string) []string {
	if columnsOf(text) <= columns {
		return []string{text}
	}
	words := strings.Join(strings.Fields(text), " ")
	first := wrap(words, columns)[0]
	lines := []string{first}
	for _, line := range wrap(strings.TrimPrefix(words, first), columns-len(indent)) {
		if line != "" {
			lines = append(lines, indent+line)
		}
	}
	return lines
}

// others lists what else was found, with its fix.
func (t *textReport) others(all []checks.Result) {
	for _, r := range all {
		id, text := r.Check, r.Reason
		if r.Problem != nil {
			id, text = r.Problem.ID, r.Problem.Title+": "+r.Saw
		}
		t.found(r.Status, text, id)
		if r.Problem != nil && r.Status != checks.Inconclusive {
			t.row("", "fix: "+r.Problem.Fix)
		}
	}
	if len(all) > 0 {
		t.line("", "")
	}
}

// found writes one finding with its mark and id.
func (t *textReport) found(status checks.Status, text, id string) {
	indent := strings.Repeat(" ", labelWidth)
	word := string(status)
	if status == checks.Inconclusive {
		word = "unknown"
	}
	label := t.o.Mark(status) + " " + t.o.paint(dim, fmt.Sprintf("%-*s", labelWidth-4, word))
	if t.o.ASCII {
		label = t.o.paint(marks[status].color, fmt.Sprintf("%-*s", labelWidth-2, word))
	}
	for n, line := range wrap(Clean(text+" ["+id+"]", 0), t.o.width()-labelWidth) {
		if n == 0 {
			t.line("  ", label+line)
			continue
		}
		t.line(indent, line)
	}
}
