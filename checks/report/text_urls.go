package report

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// several writes a line for each section, and opens those that do not pass.
func several(b *bytes.Buffer, r checks.Report, o TextOptions) {
	t := &textReport{w: b, o: o, r: r}
	t.write(paragraph{
		head: o.Mark(r.Verdict.Status) + " ", width: o.markWidth(r.Verdict.Status) + 1,
		text: overall(r), color: bold,
	})
	t.gap()
	beside := 0
	for _, s := range r.Sections {
		beside = max(beside, columnsOf(t.clean(s.Name, 200))+2)
	}
	for _, s := range r.Sections {
		t.overview(s, beside)
	}
	for _, s := range r.Sections {
		if s.Verdict.Status == checks.Pass && !r.Interrupted || s.SameAs != "" {
			continue
		}
		t.gap()
		t.write(paragraph{text: t.clean(s.Name, 200), color: bold})
		opened := &textReport{w: b, o: o, r: r, s: s}
		opened.section()
	}
	t.gap()
	t.counts(r.Counts)
}

// overall counts the URLs by how they came out, worst first, and says what is wrong
// with the manifest that they are from.
func overall(r checks.Report) string {
	if len(r.Sections) > 0 && isDelivery(r.Sections[0]) {
		return overallDeliveries(r)
	}
	n, all, notes := map[checks.Status]int{}, 0, 0
	for _, s := range r.Sections {
		if s.Target.Kind == "manifest" {
			notes += s.Counts.Fail + s.Counts.Warn
			continue
		}
		all++
		n[s.Verdict.Status]++
	}
	text := ""
	switch {
	case n[checks.Fail] == 1:
		text = fmt.Sprintf("1 of %d URLs does not work", all)
	case n[checks.Fail] > 0:
		text = fmt.Sprintf("%d of %d URLs do not work", n[checks.Fail], all)
	case n[checks.Warn] > 0:
		text = fmt.Sprintf("None of %d URLs fails, %d with a warning", all, n[checks.Warn])
	case n[checks.Inconclusive] > 0:
		text = fmt.Sprintf("None of %d URLs fails, and of %d it could not be told", all, n[checks.Inconclusive])
	default:
		text = fmt.Sprintf("Nothing is wrong with any of %d URLs", all)
	}
	if notes > 0 {
		text += "; " + plural(notes, "note") + " on the manifest"
	}
	return text + "."
}

// overview is one section in one line: its mark, its name and what to know of it.
func (t *textReport) overview(s checks.Section, beside int) {
	mark := "  " + t.o.Mark(s.Verdict.Status) + strings.Repeat(" ", max(t.o.widestMark()-t.o.markWidth(s.Verdict.Status), 0)+1)
	name, text := t.clean(s.Name, 200), t.clean(inBrief(s), 0)
	width := 2 + t.o.widestMark() + 1
	if width+beside+columnsOf(text) <= t.o.width() && !t.o.Accessible {
		name += strings.Repeat(" ", beside-columnsOf(name)) + text
		t.line(mark + name)
		return
	}
	t.write(paragraph{head: mark, width: width, text: name + ": " + text})
}

// inBrief is a section in a few words: where its results are, the cause, or how long
// the app took.
func inBrief(s checks.Section) string {
	switch {
	case s.SameAs != "":
		return "(the same URL)"
	case s.Note != "":
		return s.Note
	case s.Verdict.Cause != "":
		return s.Verdict.Cause
	}
	if isDelivery(s) && s.Verdict.Status == checks.Pass {
		if e := s.Results[0].Evidence; e != nil && len(e.Exchanges) > 0 {
			return ended(e.Exchanges[0])
		}
		return string(s.Verdict.Status)
	}
	t := &textReport{s: s}
	if lead := t.leading(); lead != nil {
		return lead.Problem.ID
	}
	r, ok := t.result("ack.deadline")
	if s.Verdict.Status != checks.Pass || !ok || r.Evidence == nil || r.Evidence.Samples == nil {
		return string(s.Verdict.Status)
	}
	return briefly(time.Duration(r.Evidence.Samples.Worst))
}

// briefly is a duration as the checks print it: 45 ms, 4.1 s.
func briefly(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.0f ms", d.Seconds()*1000)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
