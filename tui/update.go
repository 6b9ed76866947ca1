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
		m.width, m.height = max(msg.Width, 1), max(msg.Height, 1)
	case tea.KeyMsg:
		return m.pressed(msg)
	case newsMsg:
		return m.heard(msg)
	case endedMsg:
		return m.ended(msg), nil
	}
	return m, nil
}

// pressed does what a key is for.
func (m Model) pressed(key tea.KeyMsg) (Model, tea.Cmd) {
	m.note = ""
	if m.filter.typing && key.Type != tea.KeyCtrlC {
		return m.typed(key), nil
	}
	if b, ok := m.bound(key.String()); ok {
		return b.act(m)
	}
	return m, nil
}

// settled brings what is shown in line with what changed: the window of the list,
// the text of the detail and its window.
func (m Model) settled() Model {
	l := m.layout()
	m.list.top = window(m.list.top, m.list.at, len(m.list.rows), l.list.height)
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
