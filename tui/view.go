package tui

import (
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
	var lines []string
	if l.headed {
		lines = append(lines, m.header(l.width)...)
		lines = append(lines, m.rule(l, m.style.tee))
	}
	lines = append(lines, m.panes(l)...)
	if l.headed {
		lines = append(lines, m.rule(l, m.style.bottom))
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

// rule is a line across the screen, which meets the one between list and detail.
func (m Model) rule(l layout, meet string) string {
	across := strings.Repeat(m.style.across, l.width)
	if l.beside {
		across = strings.Repeat(m.style.across, l.list.width) + meet + strings.Repeat(m.style.across, l.detail.width)
	}
	return m.style.line(l.width, span{faint, across})
}

// panes are the list and the detail, below or beside each other.
func (m Model) panes(l layout) []string {
	list := m.listLines(l.list)
	if l.detail.height == 0 {
		return list
	}
	fillWith := " "
	if l.list.height > 0 && !l.beside {
		fillWith = m.style.across
	}
	text := append([]string{m.tabs(l.detail.width, fillWith)}, fill(m.detail.lines, m.detail.top, l.text())...)
	if !l.beside {
		return append(list, text...)
	}
	divider := m.style.paint(faint, m.style.down)
	for n := range list {
		list[n] += divider + text[n]
	}
	return list
}

// tabs is the line above the detail.
func (m Model) tabs(width int, fillWith string) string {
	edge := span{faint, strings.Repeat(fillWith, 2)}
	left := []span{{faint, fillWith}}
	for t := range tabs {
		switch {
		case t == m.detail.tab && m.detail.focused:
			left = append(left, span{chosen, "[" + t.String() + "]"})
		case t == m.detail.tab:
			left = append(left, span{strong, "[" + t.String() + "]"})
		case m.hasExchange():
			left = append(left, say(" "+t.String()+" "))
		default:
			left = append(left, span{faint, " " + t.String() + " "})
		}
		left = append(left, edge)
	}
	right := []span{{faint, m.position() + fillWith}}
	middle := width - widthOf(left) - widthOf(right)
	if middle < 0 {
		return m.style.padded(width, left...)
	}
	left = append(left, span{faint, strings.Repeat(fillWith, middle)})
	return m.style.padded(width, append(left, right...)...)
}

// verdictOf is the line that sums up.
func (m Model) verdictOf() []span {
	s := m.style
	if m.live.running {
		asking := m.live.asking
		if asking == "" {
			asking = "starting"
		}
		return []span{{accent, s.running}, say(" " + asking)}
	}
	v := m.report.Verdict
	if v.Status == "" {
		return nil
	}
	summary := v.Summary
	if summary == "" {
		summary = map[checks.Status]string{
			checks.Pass: "Nothing is wrong.", checks.Fail: "Something is wrong.",
		}[v.Status]
	}
	return []span{s.mark(v.Status), {strong, " " + summary}}
}
