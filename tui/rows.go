package tui

import (
	"fmt"
	"slices"

	"belay/checks"
)

// listLines draws the rows that are on the screen, under the scale of their bars.
func (m Model) listLines(l layout) []string {
	lines := make([]string, 0, l.list.height)
	c := columnsFor(l)
	switch {
	case l.axis && m.stories():
		lines = append(lines, m.storyHead(l.list.width))
		c = cols{left: l.list.width - 1}
	case l.axis:
		lines = append(lines, m.scaleLine(l.list.width, c))
	}
	for n := range l.rows() {
		switch i := m.list.top + n; {
		case i < len(m.list.rows):
			lines = append(lines, m.rowLine(m.list.rows[i], i == m.list.at, l.list.width, c))
		case n == 0:
			lines = append(lines, m.style.padded(l.list.width, span{faint, " " + m.nothing()}))
		default:
			lines = append(lines, "")
		}
	}
	return lines
}

// nothing says why the list is empty.
func (m Model) nothing() string {
	switch {
	case !m.filter.empty():
		return "nothing matches /" + m.filter.text
	case m.live.running:
		return "nothing is known yet"
	}
	return "the report is empty"
}

// The widths of the columns of a result's row, and the least of what was seen.
const (
	wordWidth   = 8
	nameWidth   = 25
	timeWidth   = 8
	leastSaw    = 12
	familyWidth = 19
)

// cols are the columns of the list.
type cols struct {
	// bar is the width of the waterfall, 0 without.
	bar int
	// left is what remains for the rest of a row.
	left int
}

func columnsFor(l layout) cols {
	c := cols{left: l.list.width - 1}
	if l.axis {
		c.bar = min((l.list.width-48)/2, 80)
		c.left -= c.bar + 2
	}
	return c
}

// usualDeadline is how long Slack waits, where the report does not say.
const usualDeadline = checks.Millis(3e9)

// deadlineOf is the one that a section is held to.
func deadlineOf(s checks.Section) checks.Millis {
	if s.Target.Deadline > 0 {
		return s.Target.Deadline
	}
	return usualDeadline
}

// listScale is the scale of the bars of all rows: it ends a third after the deadline,
// so that rows can be compared.
func listScale(deadline checks.Millis, width int) scale {
	s := scale{width: width, total: deadline * 4 / 3, deadline: deadline}
	s.line = s.at(deadline)
	return s
}

// scaleLine names the columns, and the times of the bars.
func (m Model) scaleLine(width int, c cols) string {
	deadline := usualDeadline
	if at, ok := m.selected(); ok {
		deadline = deadlineOf(m.section(at.branch))
	}
	s := m.style
	left := s.column("     RESULT   CHECK", c.left-timeWidth) + s.right("TIME", timeWidth)
	return s.padded(width, span{faint, left + "   " + axis(listScale(deadline, c.bar))})
}

// rowLine draws a row. The selected one has a mark at its edge, too, for where there
// is neither colour nor reverse.
func (m *Model) rowLine(r row, selected bool, width int, c cols) string {
	s := m.style
	spans, bar := m.rowSpans(r, c)
	if !selected {
		return " " + s.line(width-1, append(spans, bar...)...)
	}
	edge := width
	if bar != nil {
		edge = c.left + 1
	}
	line := s.one(chosen, edge, slices.Insert(spans, 0, say(s.cursor))...)
	if bar == nil {
		return line
	}
	return line + s.line(width-edge, bar...)
}

// rowSpans are a row and the bar after it, nil for none.
func (m *Model) rowSpans(r row, c cols) ([]span, []span) {
	indent := ""
	if m.several() {
		indent = "  "
	}
	b := m.tree[r.branch]
	switch {
	case r.family < 0 && m.stories():
		return m.storySpans(r.branch, c.left), nil
	case r.family < 0:
		return m.sectionSpans(r.branch, c.left), nil
	case r.result < 0:
		return m.familySpans(r, indent, c.left), nil
	}
	section := m.section(r.branch)
	result := section.Results[b.families[r.family].results[r.result]]
	name := nameOf(result)
	switch {
	case m.alone(r.branch):
		name, indent = section.Name, ""
	case b.flat:
		indent = ""
	}
	if c.bar > 0 && tookOf(result) == "" {
		// There is neither time nor bar: what was seen takes their place.
		return m.resultSpans(result, indent+"    ", name, c.left+c.bar+2), nil
	}
	spans := m.resultSpans(result, indent+"    ", name, c.left)
	x, ok := slowest(result)
	if c.bar == 0 || !ok {
		return spans, nil
	}
	bar := m.style.row(x, listScale(deadlineOf(section), c.bar))
	return spans, append([]span{say("  ")}, bar...)
}

// sectionSpans sum a section up.
func (m *Model) sectionSpans(b int, width int) []span {
	section := m.section(b)
	status := worst(m.tree[b].counts)
	if status == "" {
		status = section.Verdict.Status
	}
	spans := []span{say(m.foldMark(m.openBranch(b) || !m.filter.empty())), m.style.mark(status), {strong, " " + section.Name + "  "}}
	if total(m.tree[b].counts) > 0 {
		return append(spans, tallied(m.tree[b].counts)...)
	}
	spans[0] = say("  ")
	switch {
	case section.SameAs != "":
		return append(spans, span{faint, "as " + section.SameAs})
	case section.Note != "":
		return append(spans, span{faint, section.Note})
	}
	return append(spans, span{faint, "nothing is known"})
}

func (m *Model) familySpans(r row, indent string, width int) []span {
	f := m.tree[r.branch].families[r.family]
	name := f.name + " "
	if width >= 40 {
		name = m.style.column(f.name, familyWidth)
	}
	open := m.open(r.branch, f) || !m.filter.empty()
	spans := []span{say(indent + m.foldMark(open)), m.style.mark(worst(f.counts)), say(" " + name + " ")}
	return append(spans, tallied(f.counts)...)
}

func (m *Model) foldMark(open bool) string {
	if open {
		return m.style.open + " "
	}
	return m.style.folded + " "
}

// resultSpans are the columns of a result: status, id, what was seen, and time. What
// there is no room for is left out: what was seen first, the word for the status
// last, which the detail has, too.
func (m *Model) resultSpans(r checks.Result, indent, name string, width int) []span {
	s := m.style
	spans := append(make([]span, 0, 20), say(indent), s.mark(r.Status), say(" "))
	left := width - len(indent) - 2
	if left >= nameWidth {
		spans = s.inColumn(spans, roleOf(r.Status), wordOf(r.Status), wordWidth)
		left -= wordWidth
	}
	if left < nameWidth+timeWidth {
		return append(spans, say(name))
	}
	named := nameWidth - 1
	if isTold(r) {
		named = max(named, left*9/20)
	} else if n := columns(clean(head(name, widest))); n > named {
		named = min(n, max(named, left*2/5))
	}
	spans = append(s.inColumn(spans, plain, name, named), say(" "))
	left -= named + 1 + timeWidth
	if left < leastSaw {
		return s.atRight(append(spans, say(spaces(left))), faint, tookOf(r), timeWidth)
	}
	return s.atRight(s.inColumn(spans, faint, gist(r), left), faint, tookOf(r), timeWidth)
}

// gist is what a row says of its result: what is wrong, or what was seen, or why
// nothing was.
func gist(r checks.Result) string {
	switch {
	case isTold(r) && r.Saw != "":
		return r.Saw
	case r.Problem != nil && r.Status != checks.Pass:
		return r.Problem.Title
	case r.Saw != "":
		return r.Saw
	}
	return r.Reason
}

// slowest is the exchange of a result that took the longest.
func slowest(r checks.Result) (checks.Exchange, bool) {
	all := exchanges(r)
	at := -1
	for n, x := range all {
		if x.TotalMS > 0 && x.Direction == checks.ToApp && (at < 0 || x.TotalMS > all[at].TotalMS) {
			at = n
		}
	}
	if at < 0 {
		return checks.Exchange{}, false
	}
	return all[at], true
}

// marked are the counts as symbols, for where there is no room for words.
func (s *style) marked(c checks.Counts) []span {
	var spans []span
	for _, status := range bySeverity {
		if n := count(c, status); n > 0 {
			spans = append(spans, span{roleOf(status), fmt.Sprintf("%s%d ", s.marks[status], n)})
		}
	}
	return spans
}

// tallied are the counts in words, without the zeroes.
func tallied(c checks.Counts) []span {
	var spans []span
	for _, status := range bySeverity {
		n := count(c, status)
		if n == 0 {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, say("  "))
		}
		spans = append(spans, span{roleOf(status), fmt.Sprintf("%d %s", n, words[status])})
	}
	return spans
}
