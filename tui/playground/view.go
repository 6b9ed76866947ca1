package playground

import (
	"fmt"
	"strings"
)

// View implements tea.Model. It draws what is at hand, and only what is on the screen.
func (m Model) View() string {
	l := m.layout()
	var lines []string
	if m.over.kind == helping {
		lines = m.helpLines(l.width)
		lines = lines[min(m.over.top, max(len(lines)-l.height, 0)):]
		return strings.Join(filled(lines, l.width, l.height), "\n")
	}
	if l.headed {
		lines = append(lines, m.header(l.width), m.style.padded(l.width, span{faint, strings.Repeat(m.style.across, l.width)}))
	}
	lines = append(lines, m.body(l)...)
	if l.footed {
		lines = append(lines, m.footer(l.width))
	}
	lines = filled(lines, l.width, l.height)
	if m.over.kind != nothing {
		over := m.overlayLines(l.width, max(l.height-1, 1))
		copy(lines[len(lines)-len(over):], over)
	}
	return strings.Join(lines, "\n")
}

// filled is exactly that many lines.
func filled(lines []string, width, height int) []string {
	for len(lines) < height {
		lines = append(lines, blank(width))
	}
	return lines[:height]
}

// body are the panes.
func (m Model) body(l layout) []string {
	var columns [][]string
	if l.channels.shown() {
		columns = append(columns, m.channelLines(l.channels.width, l.channels.height))
	}
	if l.middle.shown() {
		columns = append(columns, m.middleLines(l))
	}
	if l.beside {
		columns = append(columns, m.sideLines(l))
	}
	lines := m.abreast(columns)
	if !l.beside && l.side.shown() {
		lines = append(lines, m.sideLines(l)...)
	}
	return lines
}

// abreast puts columns beside each other, with a line between them.
func (m Model) abreast(columns [][]string) []string {
	if len(columns) == 0 {
		return nil
	}
	divider := m.style.paint(faint, m.style.down)
	lines := make([]string, len(columns[0]))
	for n := range lines {
		var b strings.Builder
		for i, c := range columns {
			if i > 0 {
				b.WriteString(divider)
			}
			b.WriteString(c[n])
		}
		lines[n] = b.String()
	}
	return lines
}

// header says whose Slack it is, and how the app is reached.
func (m Model) header(width int) string {
	s, t := m.style, m.state.tally
	left := []span{{strong, " belay serve  "}, say(m.masked(m.teamName()) + " as "), {strong, m.masked(m.userName())}, say("   " + m.masked(m.reach()))}
	var right []span
	now := span{plain, m.state.now.UTC().Format("15:04:05") + " "}
	if len(m.state.faults) > 0 {
		right = append(right, span{hurting, fmt.Sprintf("%s %d faults   ", s.warn, len(m.state.faults))})
	}
	if t.Failed > 0 {
		right = append(right, span{bad, fmt.Sprintf("%s %d failed  ", s.fail, t.Failed)})
	}
	found := 0
	for _, n := range t.Found {
		found += n
	}
	if found > 0 {
		right = append(right, span{hurting, fmt.Sprintf("%s %d found  ", s.warn, found)})
	}
	if m.state.now.IsZero() {
		return s.padded(width, left...)
	}
	counts := span{faint, fmt.Sprintf("%d calls  %d deliveries  ", t.Calls, t.Deliveries)}
	if full := append([]span{counts}, append(right, now)...); widthOf(left)+widthOf(full)+2 <= width {
		return s.between(width, left, full)
	}
	return s.between(width, left, append(right, now))
}

// reach says how the app gets what Slack sends.
func (m Model) reach() string {
	var all []string
	for _, u := range m.targets() {
		all = append(all, u.Scheme+"://"+u.Host)
	}
	switch {
	case m.state.sockets == 1:
		all = append(all, "Socket Mode: 1 connection")
	case m.state.sockets > 1:
		all = append(all, fmt.Sprintf("Socket Mode: %d connections", m.state.sockets))
	case all == nil:
		all = append(all, "no app is connected")
	}
	return strings.Join(all, ", ")
}

// channelLines draw the list at the left.
func (m Model) channelLines(width, height int) []string {
	s := m.style
	lines := []string{m.title(width, channelsPane, "Channels", "")}
	rows := height - 1
	for n := m.list.top; n <= len(m.state.channels) && len(lines) <= rows; n++ {
		spans, here := []span{{faint, "the app's home tab"}}, m.seat.home
		if n < len(m.state.channels) {
			c := m.state.channels[n]
			name := span{plain, m.masked(m.titled(c))}
			here = c.ID == m.seat.channel && !m.seat.home
			if here {
				name.role = strong
			}
			spans = []span{name}
			if c.unread > 0 {
				spans[0].role = strong
				spans = append(spans, span{accent, fmt.Sprintf(" %d new", c.unread)})
			}
		}
		mark := " "
		if here {
			mark = s.prompt
		}
		if n == m.list.at && m.focus == channelsPane {
			lines = append(lines, s.one(chosen, width, append([]span{say(s.cursor + mark + " ")}, spans...)...))
			continue
		}
		lines = append(lines, s.padded(width, append([]span{say(" " + mark + " ")}, spans...)...))
	}
	return filled(lines, width, height)
}

// title is the line above a pane.
func (m Model) title(width int, p pane, text, more string) string {
	look := faint
	if m.focus == p {
		look = accent
	}
	return m.style.between(width, []span{{look, " " + text}}, []span{{faint, more}})
}

// middleLines draw the conversation, or a view in its place.
func (m Model) middleLines(l layout) []string {
	var lines []string
	width := l.middle.width
	if l.talk.height < l.middle.height && l.middle.height >= 6 {
		lines = append(lines, m.title(width, talkPane, m.middleTitle(), m.underWay()))
	}
	switch {
	case m.paged():
		lines = append(lines, m.pageLines(width, l.talk.height)...)
	default:
		lines = append(lines, m.talkLines(width, l.talk.height)...)
	}
	if l.talk.height < l.middle.height {
		lines = append(lines, m.writingLines(width)...)
	}
	return filled(lines, width, l.middle.height)
}

// middleTitle says what is shown in the middle.
func (m Model) middleTitle() string {
	switch n := len(m.state.modals); {
	case n == 1:
		return "Modal"
	case n > 1:
		return fmt.Sprintf("Modal %d of a stack", n)
	case m.seat.home:
		return "The app's home tab"
	}
	c := m.channel()
	if c.ID == "" {
		return "No channel"
	}
	return m.masked(m.titled(c))
}

// underWay says what waits for the app, and how long it has for it.
func (m Model) underWay() string {
	if len(m.jobs) == 0 {
		return ""
	}
	j := m.jobs[len(m.jobs)-1]
	took := m.wall.Sub(j.began)
	if m.wall.IsZero() || j.began.IsZero() {
		took = 0
	}
	return fmt.Sprintf("%s %s %.1f s of 3 s ", m.style.running, m.masked(j.what), took.Seconds())
}

func (m Model) talkLines(width, height int) []string {
	var lines []string
	s := m.style
	for _, l := range m.talk.lines {
		edge := span{plain, " "}
		if l.selected {
			edge = span{accent, s.cursor}
			if m.focus != talkPane {
				edge.role = faint
			}
		}
		spans := []span{edge}
		if l.text != "" {
			spans = append(spans, say("  "))
		}
		lines = append(lines, s.padded(width, append(spans, l.spans...)...))
	}
	if len(lines) == 0 && height > 0 {
		text := " nothing was said here yet"
		if m.loading && len(m.state.channels) == 0 {
			text = " looking into the workspace"
		}
		lines = append(lines, s.padded(width, span{faint, text}))
	}
	return filled(lines, width, height)
}

// sideLines draw the traffic, and the detail of what is selected.
func (m Model) sideLines(l layout) []string {
	var lines []string
	width := l.side.width
	if l.traffic.height > 0 {
		lines = append(lines, m.sideTitle(l))
		lines = append(lines, m.trafficLines(width, l.traffic.height)...)
	}
	if l.detail.height > 0 {
		d := m.traffic.detail
		more := ""
		if below := len(d.lines) - d.top - l.detail.height; below > 0 {
			more = fmt.Sprintf(" %d more below ", below)
		}
		look := faint
		if d.open {
			look = accent
		}
		lines = append(lines, m.style.rule(width, []span{{faint, m.style.across + " "}, {look, "Detail "}}, []span{{faint, more}}))
		lines = append(lines, m.detailLines(width, l.detail.height)...)
	}
	return filled(lines, width, l.side.height)
}

// sideTitle is the line above the traffic, which is a rule where the conversation
// stands above it.
func (m Model) sideTitle(l layout) string {
	if !l.stacked || l.channels.height == 0 {
		return m.title(l.side.width, trafficPane, m.trafficTitle(), m.filterTitle())
	}
	look := faint
	if m.focus == trafficPane {
		look = accent
	}
	s := m.style
	return s.rule(l.side.width, []span{{faint, s.across + " "}, {look, m.trafficTitle() + " "}}, []span{{faint, " " + m.filterTitle()}})
}

func (m Model) trafficTitle() string {
	if m.traffic.dropped > 0 {
		return fmt.Sprintf("Traffic (%d forgotten)", m.traffic.dropped)
	}
	return "Traffic"
}

func (m Model) filterTitle() string {
	t := m.traffic
	var all []string
	if t.problems {
		all = append(all, "only problems")
	}
	if t.text != "" {
		all = append(all, "/"+t.text)
	}
	if all == nil {
		if t.count() == 0 {
			return ""
		}
		return fmt.Sprintf("%d of %d ", t.at+1, t.count())
	}
	return fmt.Sprintf("%s: %d of %d ", strings.Join(all, " "), t.count(), len(t.rows))
}

// footer is the last line: what has to be said, or the keys.
func (m Model) footer(width int) string {
	s := m.style
	switch {
	case m.note != "" && m.wrong:
		return s.padded(width, span{bad, " " + s.fail + " "}, span{hurting, m.masked(redacted(m.note))})
	case m.note != "":
		return s.padded(width, span{good, " " + s.pass + " "}, say(m.masked(redacted(m.note))))
	case m.writing.on:
		return s.padded(width, span{accent, " Enter"}, span{faint, " send "}, span{accent, " Tab"}, span{faint, " complete "},
			span{accent, s.keys.Replace(" ↑")}, span{faint, " recall "}, span{accent, " Esc"}, span{faint, " to the keys"})
	}
	return s.padded(width, m.hints(width)...)
}

// chosenRole is how what is selected in a pane looks.
func (m Model) chosenRole(p pane) role {
	if m.focus == p && !m.writing.on && (p != trafficPane || !m.traffic.detail.open) {
		return chosen
	}
	return kept
}
