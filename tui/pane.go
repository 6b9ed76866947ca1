package tui

import (
	"fmt"
	"strings"

	"belay/checks"
)

// header is two lines: what was asked, and what came out.
func (m Model) header(width int) []string {
	s := m.style
	name := m.report.Tool.Name
	if name == "" {
		name = "belay"
	}
	left := []span{{strong, strings.TrimSpace(" " + name + " " + m.report.Command)}, say("  " + m.target())}
	left = append([]span{say(" ")}, left...)
	counts := append(tallied(m.report.Counts), say(" "))
	return []string{
		s.between(width, left, []span{{faint, m.when() + " "}}),
		s.between(width, append([]span{say(" ")}, m.verdictOf()...), counts),
	}
}

// target is the URL, or how many.
func (m Model) target() string {
	switch len(m.report.Sections) {
	case 0:
		return ""
	case 1:
		s := m.report.Sections[0]
		return strings.TrimSpace(s.Name + "  " + s.Target.Named)
	}
	return fmt.Sprintf("%d URLs", len(m.report.Sections))
}

// when is how long it took so far, or when it was and how long it took.
func (m Model) when() string {
	switch {
	case m.live.running:
		return fmt.Sprintf("%.1f s", m.live.elapsed.Seconds())
	case m.report.StartedAt.IsZero():
		return ""
	}
	if m.width < besideFrom-20 {
		return short(m.report.Duration)
	}
	text := m.report.StartedAt.UTC().Format("2006-01-02 15:04:05 MST") + "  " + short(m.report.Duration)
	if m.report.Interrupted {
		text = "interrupted  " + text
	}
	return text
}

// position says which exchange is shown, and where in a long detail the screen is.
func (m Model) position() string {
	text := ""
	if r, ok := m.result(); ok && len(exchanges(r)) > 1 {
		text = fmt.Sprintf(" exchange %d of %d ", m.detail.exchange+1, len(exchanges(r)))
	}
	if below := len(m.detail.lines) - m.detail.top - m.layout().text(); below > 0 {
		text += fmt.Sprintf(" %d more below ", below)
	}
	return text
}

// footer is the last line: what is typed, what has to be said, or the keys.
func (m Model) footer(width int) string {
	s := m.style
	filtered := span{faint, fmt.Sprintf("   %d of %d", m.matches(), total(m.report.Counts))}
	switch {
	case m.filter.typing:
		return s.between(width, []span{{accent, " /"}, say(m.filter.text), {accent, s.caret}, filtered},
			[]span{{faint, "is:fail is:warn is:problem   Enter keep   Esc clear "}})
	case m.note != "":
		return s.padded(width, span{hurting, " " + m.note})
	case m.live.running && m.height < headedFrom:
		return s.padded(width, append([]span{say(" ")}, m.verdictOf()...)...)
	case !m.filter.empty():
		left := []span{{accent, " /"}, say(m.filter.text), filtered, say("   ")}
		return s.padded(width, append(left, m.hints(width-widthOf(left))...)...)
	}
	return s.padded(width, m.hints(width)...)
}

// matches is how many results are in the list.
func (m Model) matches() int {
	n := 0
	for _, r := range m.list.rows {
		if r.result >= 0 {
			n++
		}
	}
	return n
}

func total(c checks.Counts) int { return c.Pass + c.Warn + c.Fail + c.Inconclusive + c.Skip }

// listLines draws the rows that are on the screen.
func (m Model) listLines(a area) []string {
	lines := make([]string, a.height)
	for n := range lines {
		switch i := m.list.top + n; {
		case i < len(m.list.rows):
			lines[n] = m.rowLine(m.list.rows[i], i == m.list.at, a.width)
		case n == 0:
			lines[n] = m.style.padded(a.width, span{faint, " " + m.nothing()})
		default:
			lines[n] = strings.Repeat(" ", a.width)
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

// rowLine draws a row. The selected one has a mark at its edge, too, for where there
// is neither colour nor reverse.
func (m Model) rowLine(r row, selected bool, width int) string {
	s := m.style
	spans := m.rowSpans(r, width-1)
	switch {
	case selected && m.detail.focused:
		return s.one(kept, width, append([]span{say(s.cursor)}, spans...)...)
	case selected:
		return s.one(chosen, width, append([]span{say(s.cursor)}, spans...)...)
	}
	return s.padded(width, append([]span{say(" ")}, spans...)...)
}

// familyWidth is the width of a family's name.
const familyWidth = 19

func (m Model) rowSpans(r row, width int) []span {
	section := m.report.Sections[r.section]
	indent := strings.Repeat(" ", min(len(m.tree)-1, 1)*2)
	switch {
	case r.family < 0:
		spans := []span{say(m.foldMark(!m.list.folds[fold{r.section, ""}])), m.style.mark(worst(section.Counts)),
			{strong, " " + section.Name + "  "}}
		return append(spans, tallied(section.Counts)...)
	case r.result < 0:
		f := m.tree[r.section].families[r.family]
		open := m.open(r.section, f) || !m.filter.empty()
		name := f.name + " "
		if width >= 40 {
			name = m.style.column(f.name, familyWidth)
		}
		spans := []span{say(indent + m.foldMark(open)), m.style.mark(worst(f.counts)), say(" " + name + " ")}
		return append(spans, tallied(f.counts)...)
	}
	return m.resultSpans(section.Results[r.result], indent+"    ", width)
}

func (m Model) foldMark(open bool) string {
	if open {
		return m.style.open + " "
	}
	return m.style.folded + " "
}

// The widths of the columns of a result's row, and the least of what was seen.
const (
	wordWidth = 8
	nameWidth = 25
	timeWidth = 7
	leastSaw  = 12
)

// resultSpans are the columns of a result: status, id, what was seen, and time. What
// there is no room for is left out: what was seen first, the word for the status
// last, which the detail has, too.
func (m Model) resultSpans(r checks.Result, indent string, width int) []span {
	s := m.style
	spans := []span{say(indent), s.mark(r.Status), say(" ")}
	left := width - len(indent) - 2
	if left >= nameWidth {
		spans = append(spans, span{roleOf(r.Status), s.column(words[r.Status], wordWidth)})
		left -= wordWidth
	}
	if left < nameWidth+timeWidth {
		return append(spans, say(r.Check))
	}
	spans = append(spans, say(s.column(r.Check, nameWidth)))
	left -= nameWidth + timeWidth
	if left < leastSaw {
		return append(spans, span{faint, s.right(tookOf(r), timeWidth)})
	}
	return append(spans, span{faint, s.column(gist(r), left-1)}, span{faint, s.right(tookOf(r), timeWidth)})
}

// gist is what a row says of its result: what is wrong, or what was seen, or why
// nothing was.
func gist(r checks.Result) string {
	switch {
	case r.Problem != nil && r.Status != checks.Pass:
		return r.Problem.Title
	case r.Saw != "":
		return r.Saw
	}
	return r.Reason
}
