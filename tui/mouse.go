package tui

import tea "github.com/charmbracelet/bubbletea"

// wheel is how many lines one notch of the wheel moves.
const wheel = 3

// moused turns the mouse on or off. While it is on, a terminal does not select text.
func (m Model) moused() (Model, tea.Cmd) {
	m.mouse = !m.mouse
	if m.mouse {
		m.note = "the mouse is on: wheel, rows and tabs; select text with Shift held"
		return m, tea.EnableMouseCellMotion
	}
	m.note = "the mouse is off"
	return m, tea.DisableMouse
}

// pointed does what the mouse is for: the wheel moves, a click selects a row or a
// tab, and one on the selected row opens it.
func (m Model) pointed(e tea.MouseEvent) Model {
	if !m.mouse || m.filter.typing || m.prompt.open {
		return m
	}
	l := m.layout()
	below := l.head + l.list.height
	inDetail := e.Y >= below && e.Y < below+l.detail.height
	switch {
	case e.Action == tea.MouseActionPress && e.Button == tea.MouseButtonWheelUp:
		return m.wheeled(-wheel, inDetail)
	case e.Action == tea.MouseActionPress && e.Button == tea.MouseButtonWheelDown:
		return m.wheeled(wheel, inDetail)
	case e.Action != tea.MouseActionPress || e.Button != tea.MouseButtonLeft || m.help.shown:
		return m
	case m.detail.open:
		return m.clickedTab(l, e)
	case inDetail:
		return m.entered()
	}
	return m.clickedRow(l, e.Y-l.head)
}

func (m Model) wheeled(lines int, inDetail bool) Model {
	if inDetail && !m.detail.open && !m.help.shown {
		m.detail.top = max(m.detail.top+lines, 0)
		return m
	}
	return m.scrolled(lines)
}

func (m Model) clickedTab(l layout, e tea.MouseEvent) Model {
	if e.Y != l.head {
		return m
	}
	_, stops := m.tabLine(l.detail.width)
	for _, s := range stops {
		if e.X >= s.from && e.X < s.to {
			return m.atTab(s.tab)
		}
	}
	return m
}

func (m Model) clickedRow(l layout, y int) Model {
	if l.axis {
		y--
	}
	at := m.list.top + y
	if y < 0 || y >= l.rows() || at >= len(m.list.rows) {
		return m
	}
	if at == m.list.at {
		return m.entered()
	}
	return m.moved(at - m.list.at)
}
