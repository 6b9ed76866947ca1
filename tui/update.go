package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// Update implements tea.Model.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m, cmd := m.updated(msg)
	return m.settled(), cmd
}

func (m Model) updated(msg tea.Msg) (Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resized(msg), nil
	case tea.KeyMsg:
		return m.pressed(msg)
	case tea.MouseMsg:
		return m.pointed(tea.MouseEvent(msg)), nil
	case newsMsg:
		return m.heard(msg)
	case endedMsg:
		return m.ended(msg).caughtUp()
	case changedMsg:
		return m.changed(msg)
	case doneMsg:
		m.note = string(msg)
	}
	return m, nil
}

// resized takes the size of the terminal. One that does not know its own is taken for
// a usual one.
func (m Model) resized(size tea.WindowSizeMsg) Model {
	m.width, m.height = size.Width, size.Height
	if m.width <= 0 {
		m.width = usualWidth
	}
	if m.height <= 0 {
		m.height = usualHeight
	}
	return m
}

// pressed does what a key is for.
func (m Model) pressed(key tea.KeyMsg) (Model, tea.Cmd) {
	m.note = ""
	switch {
	case key.Type == tea.KeyCtrlC:
		return m, tea.Quit
	case m.filter.typing:
		return m.typed(key), nil
	case m.prompt.open:
		return m.answered(key)
	}
	n, ok := m.bound[key.String()]
	if !ok {
		return m, nil
	}
	return m.keys[n].act(m)
}

// settled brings what is shown in line with what changed: the window of the list,
// the text of the detail and its window.
func (m Model) settled() Model {
	l := m.layout()
	m.list.top = window(m.list.top, m.list.at, len(m.list.rows), l.rows())
	if l.detail.height > 0 {
		m.detail = m.refreshed(l.detail.width)
	}
	m.detail.top = max(min(m.detail.top, len(m.detail.lines)-l.text()), 0)
	if m.help.shown {
		m.help.top = max(min(m.help.top, len(m.helpLines())-l.height), 0)
	}
	return m
}

// window is the first line to show so that the cursor is seen, with a line around it
// where there is room, and no line is left empty without need.
func window(top, at, lines, height int) int {
	margin := 0
	if height > 4 {
		margin = 1
	}
	top = min(top, max(at-margin, 0))
	top = max(top, at-height+1+margin)
	return max(min(top, lines-height), 0)
}
