package tui

import (
	"fmt"
	"strings"

	"belay/checks"
)

// View implements tea.Model. It draws what is at hand, and only the rows that are on
// the screen.
func (m Model) View() string {
	l := m.layout()
	if m.help.shown {
		return strings.Join(fill(m.helpLines(), m.help.top, l.height), "\n")
	}
	lines := make([]string, 0, l.height)
	if l.head > 0 {
		lines = append(lines, m.header(l.width)...)
	}
	if l.list.height > 0 {
		lines = append(lines, m.listLines(l)...)
	}
	if l.detail.height > 0 {
		lines = append(lines, m.above(l.detail.width))
		lines = append(lines, fill(m.detail.lines, m.detail.top, l.text())...)
	}
	if l.head > 0 {
		lines = append(lines, m.rule(l.width))
	}
	if l.footed {
		lines = append(lines, m.footer(l.width))
	}
	return strings.Join(lines, "\n")
}

// fill is a window of lines, with empty ones at its end where there are too few.
func fill(lines []string, top, height int) []string {
	shown := make([]string, max(height, 0))
	if top < len(lines) {
		copy(shown, lines[top:])
	}
	return shown
}

// rule is a line across the screen.
func (m Model) rule(width int) string {
	return m.style.line(width, span{faint, strings.Repeat(m.style.across, width)})
}

// header is what was asked, and what came out, and what is wrong with the report.
func (m Model) header(width int) []string {
	s := m.style
	name := m.report.Tool.Name
	if name == "" {
		name = "belay"
	}
	left := []span{say(" "), {strong, strings.TrimSpace(name + " " + m.report.Command)}, say("  " + m.target())}
	verdict := append([]span{say(" ")}, m.verdictOf()...)
	counts := append(tallied(m.counts), say(" "))
	fewer := m.counts
	if m.stories() {
		counts = append(m.storyCounts(), say(" "))
		fewer, _, _ = m.outcomes()
	}
	if widthOf(verdict)+2+widthOf(counts) > width {
		counts = s.marked(fewer)
	}
	lines := []string{
		s.between(width, left, []span{{faint, m.when() + " "}}),
		s.between(width, verdict, counts),
	}
	if m.options.Notice != "" {
		lines = append(lines, s.padded(width, span{hurting, " ! " + m.options.Notice}))
	}
	return append(lines, m.rule(width))
}

// target is the URL, or how many there are.
func (m Model) target() string {
	if m.stories() {
		return m.suites()
	}
	switch len(m.report.Sections) {
	case 0:
		return ""
	case 1:
		s := m.report.Sections[0]
		if strings.Contains(s.Name, s.Target.Named) {
			return s.Name
		}
		return s.Name + "  " + s.Target.Named
	}
	seen := map[string]bool{}
	for _, s := range m.report.Sections {
		seen[s.Target.URL] = true
	}
	if url := m.report.Sections[0].Target.URL; len(seen) == 1 && url != "" {
		return fmt.Sprintf("%s  %d times", url, len(m.report.Sections))
	}
	return fmt.Sprintf("%d sections", len(m.report.Sections))
}

// suites are the files that scenarios are of, and how many there are.
func (m Model) suites() string {
	if len(m.report.Sections) == 0 {
		return ""
	}
	files := map[string]bool{}
	first := ""
	for _, s := range m.report.Sections {
		file, _ := storyOf(s)
		if first == "" {
			first = file
		}
		files[file] = true
	}
	scenarios := fmt.Sprintf("%d scenarios", len(m.report.Sections))
	if len(m.report.Sections) == 1 {
		scenarios = "1 scenario"
	}
	if len(files) > 1 {
		return fmt.Sprintf("%s  of %d suites", scenarios, len(files))
	}
	return strings.TrimSpace(scenarios + "  " + first)
}

// when is how long it took so far, or when it was and how long it took.
func (m Model) when() string {
	text := short(m.report.Duration)
	switch {
	case m.live.running && m.stories():
		return m.mode() + soFar(m.live.elapsed)
	case m.live.running:
		return m.mode() + fmt.Sprintf("%.1f s", m.live.elapsed.Seconds())
	case m.width >= 100 && !m.report.StartedAt.IsZero():
		text = m.report.StartedAt.UTC().Format("2006-01-02 15:04:05 MST") + "  " + text
	}
	if m.report.Interrupted {
		text = "interrupted  " + text
	}
	return m.mode() + text
}

// mode is what is out of the ordinary.
func (m Model) mode() string {
	text := ""
	if m.private {
		text += "names hidden  "
	}
	if m.watch.on {
		text += "watching  "
	}
	return text
}

// verdictOf is the line that sums up.
func (m Model) verdictOf() []span {
	s := m.style
	if m.live.running && m.stories() {
		return m.progress(m.width)
	}
	if m.live.running {
		asking := m.live.asking
		if asking == "" {
			asking = "starting"
		}
		switch {
		case m.private && len(m.full.Sections) == 0:
			asking = "asking" // nothing is known yet of what to hide
		case m.private:
			asking = m.mask.text(asking)
		}
		if all := m.options.Total; all > 0 && len(m.live.run.only) == 0 {
			asking = fmt.Sprintf("%d of %d  %s", total(m.counts), all, asking)
		}
		return []span{{accent, s.running}, say(" " + asking)}
	}
	v := m.report.Verdict
	if v.Status == "" {
		v.Status = worst(m.counts)
	}
	if v.Status == "" {
		return nil
	}
	summary := v.Summary
	if summary == "" {
		summary = map[checks.Status]string{
			checks.Pass: "Nothing is wrong.", checks.Fail: "Something is wrong.", checks.Warn: "Something will hurt.",
		}[v.Status]
	}
	return []span{s.mark(v.Status), {strong, " " + summary}}
}

// above is the line over the detail: the tabs, or what is shown below the list.
func (m Model) above(width int) string {
	if !m.detail.open {
		edge := span{faint, strings.Repeat(m.style.across, 2)}
		return m.spread(width, []span{edge, {strong, " " + m.subjectName() + " "}}, m.style.across)
	}
	if _, ok := m.result(); !ok {
		return m.spread(width, []span{say(" "), {hit, "[" + m.subjectName() + "]"}, say(" ")}, " ")
	}
	spans, _ := m.tabLine(width)
	return m.spread(width, spans, " ")
}

// spread puts spans at the left of a line and the position at its right.
func (m Model) spread(width int, left []span, fillWith string) string {
	right := []span{{faint, m.position() + fillWith}}
	middle := width - widthOf(left) - widthOf(right)
	if middle < 0 {
		return m.style.padded(width, left...)
	}
	left = append(left, span{faint, strings.Repeat(fillWith, middle)})
	return m.style.padded(width, append(left, right...)...)
}

// subjectName is what the detail below the list is about.
func (m Model) subjectName() string {
	at, ok := m.selected()
	switch {
	case !ok:
		return "nothing"
	case at.family < 0:
		if m.stories() {
			_, name := storyOf(m.section(at.branch))
			return name
		}
		return m.section(at.branch).Name
	case at.result < 0:
		return m.tree[at.branch].families[at.family].name
	}
	r, _ := m.resultAt(at)
	return nameOf(r)
}

// A stop is where a tab stands in the line of tabs.
type stop struct {
	tab      tab
	from, to int
}

// tabLine is all tabs, or the one that is shown where there is no room.
func (m Model) tabLine(width int) ([]span, []stop) {
	long := m.tabSpans(true)
	if widthOf(long) <= width {
		return long, stopsOf(long)
	}
	if short := m.tabSpans(false); widthOf(short) <= width {
		return short, stopsOf(short)
	}
	t := m.detail.tab
	return []span{say(" "), {hit, fmt.Sprintf("[%d %s]", t+1, t)}, {faint, fmt.Sprintf(" of %d ", tabs)}}, nil
}

// tabSpans has two spans for each tab.
func (m Model) tabSpans(numbered bool) []span {
	var spans []span
	for t := range tabs {
		name := t.String()
		if numbered {
			name = fmt.Sprintf("%d %s", t+1, name)
		}
		switch {
		case t == m.detail.tab:
			spans = append(spans, span{hit, "[" + name + "]"})
		case m.hasTab(t):
			spans = append(spans, say(" "+name+" "))
		default:
			spans = append(spans, span{faint, " " + name + " "})
		}
		spans = append(spans, say(" "))
	}
	return spans
}

func stopsOf(spans []span) []stop {
	var stops []stop
	column := 0
	for n, s := range spans {
		if n%2 == 0 {
			stops = append(stops, stop{tab(n / 2), column, column + columns(s.text)})
		}
		column += columns(s.text)
	}
	return stops
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
	found := span{faint, fmt.Sprintf("   %d of %d", m.list.results, total(m.counts))}
	switch {
	case m.prompt.open:
		return s.between(width, []span{{accent, " save as "}, say(m.prompt.text), {accent, s.caret}},
			[]span{{faint, "Enter saves   Esc leaves "}})
	case m.filter.typing:
		return s.between(width, []span{{accent, " /"}, say(m.filter.text), {accent, s.caret}, found},
			[]span{{faint, "is:fail is:problem family:cert   Enter keep   Esc clear "}})
	case m.note != "":
		return s.padded(width, span{hurting, " " + m.note})
	case m.live.running && m.height < headedFrom:
		return s.padded(width, append([]span{say(" ")}, m.verdictOf()...)...)
	case m.options.Notice != "" && m.height < headedFrom:
		return s.padded(width, span{hurting, " ! " + m.options.Notice})
	case !m.filter.empty():
		left := []span{{accent, " /"}, say(m.filter.text), found, say("   ")}
		return s.padded(width, append(left, m.hints(width-widthOf(left))...)...)
	}
	return s.padded(width, m.hints(width)...)
}
