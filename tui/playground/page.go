package playground

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
)

// A page is a view in the place of the conversation: a modal or the home tab. Its
// lines are drawn as a whole, since Slack bounds a view.
type page struct {
	// id is the view's.
	id    string
	lines []string
	spots []spot
	at    int
	top   int
	// seek brings what is selected in sight with the next drawing, and mend selects the
	// first input that is wrong.
	seek, mend bool
}

// paged reports whether a view is shown in place of the conversation.
func (m Model) paged() bool { return len(m.state.modals) > 0 || m.seat.home }

// repaged draws the view for a pane of that size, and keeps what is selected in sight.
func (m Model) repaged(width, height int) Model {
	v, modal := m.modal()
	if !modal && m.state.home != nil {
		v = *m.state.home
	}
	if v.ID != m.page.id {
		m.page = page{id: v.ID}
	}
	p := m.page
	p.lines, p.spots = nil, nil
	if v.ID == "" {
		m.page = p
		return m
	}
	d := m.draw(v, m.formOf(v.ID), max(width-4, 1))
	p.lines, p.spots = d.lines, d.spots
	p.at = max(min(p.at, len(p.spots)-1), 0)
	if trouble := m.formOf(v.ID).trouble; trouble != "" {
		p.lines = append([]string{wrongMark + m.masked(trouble)}, p.lines...)
		for n := range p.spots {
			p.spots[n].line++
		}
	}
	if p.mend {
		wrong := func(s spot) bool { return m.formOf(v.ID).errors[s.Element.BlockID] != "" }
		p.at, p.seek = max(slices.IndexFunc(p.spots, wrong), 0), true
	}
	if p.seek && len(p.spots) > 0 {
		p.top = window(p.top, p.spots[p.at].line, len(p.lines), height)
	}
	p.seek, p.mend = false, false
	p.top = max(min(p.top, len(p.lines)-height), 0)
	m.page = p
	return m
}

// pageMoved moves to the next thing to press, or scrolls where there is none.
func (m Model) pageMoved(by int) Model {
	p := &m.page
	switch next := max(min(p.at+by, len(p.spots)-1), 0); {
	case by <= -far:
		p.at, p.top = 0, 0
	case by >= far:
		p.at, p.top = max(len(p.spots)-1, 0), far
	case by > 1, by < -1, next == p.at:
		p.top = max(p.top+by, 0)
	default:
		p.at, p.seek = next, true
	}
	return m
}

// pageUsed uses what is selected in the view.
func (m Model) pageUsed() (Model, tea.Cmd) {
	if len(m.page.spots) == 0 || m.page.id == "" {
		return m, nil
	}
	h := holder{id: m.page.id, place: simulator.Place{View: m.page.id}}
	return m.used(h, m.page.spots[m.page.at].Spot)
}

// pageLines draw the view: a modal in a box.
func (m Model) pageLines(width, height int) []string {
	s, p := m.style, m.page
	_, modal := m.modal()
	inner := max(width-4, 1)
	var lines []string
	if !modal && p.id == "" {
		lines = append(lines, s.padded(width, span{faint, " the app has published no home tab to you yet"}))
	}
	room := height
	if modal {
		room = max(height-2, 0)
		lines = append(lines, s.padded(width, span{faint, s.corner[0] + strings.Repeat(s.across, max(width-2, 0)) + s.corner[1]}))
	}
	for n := p.top; n < min(p.top+room, len(p.lines)); n++ {
		column := -1
		if p.at < len(p.spots) && p.spots[p.at].line == n {
			column = p.spots[p.at].Column
		}
		body := s.padded(inner, bodySpans(p.lines[n], spotsOf(p.spots, n), column, m.chosenRole(talkPane))...)
		edge := " "
		if modal {
			edge = s.down
		}
		lines = append(lines, s.paint(faint, edge)+" "+body+" "+s.paint(faint, edge))
	}
	if modal {
		lines = append(lines, s.padded(width, span{faint, s.corner[2] + strings.Repeat(s.across, max(width-2, 0)) + s.corner[3]}))
	}
	if width < 6 {
		for n := range lines {
			lines[n] = blank(width)
		}
	}
	for len(lines) < height {
		lines = append(lines, blank(width))
	}
	return lines[:height]
}
