package playground

import (
	"fmt"
	"time"

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
		return m.keyed(msg)
	case stateMsg:
		return m.stated(state(msg))
	case entriesMsg:
		m, cmd := m.heard(msg).refreshed()
		return m, tea.Batch(cmd, m.feed.next)
	case doneMsg:
		return m.done(msg)
	case writtenMsg:
		if msg.err != nil {
			return m.warned(msg.err.Error()), nil
		}
		m.kept = msg.count
		return m.noted(fmt.Sprintf("%d steps are in %s", msg.count, msg.file)), nil
	case tickMsg:
		m.wall = time.Time(msg)
		for n := range m.jobs {
			if m.jobs[n].began.IsZero() {
				m.jobs = append([]job(nil), m.jobs...)
				m.jobs[n].began = m.wall
			}
		}
		m, cmd := m.refreshed()
		return m, tea.Batch(cmd, m.ticking())
	case endedMsg:
		m.ended = true
		return m, tea.Quit
	}
	return m, nil
}

// ticking is the next look at the clock.
func (m Model) ticking() tea.Cmd {
	if len(m.jobs) > 0 {
		return tick(busy)
	}
	return tick(idle)
}

// keyed does what a key is for.
func (m Model) keyed(key tea.KeyMsg) (Model, tea.Cmd) {
	m.note, m.wrong = "", false
	switch {
	case key.Type == tea.KeyCtrlC:
		return m, tea.Interrupt
	case m.over.kind != nothing:
		return m.answered(key)
	case m.writing.on && m.focus == talkPane && !m.paged():
		return m.written(key)
	}
	if b, ok := m.bound(key.String()); ok {
		return b.act(m)
	}
	return m, nil
}

// stated takes in a state. One of another seat is old: the right one is loaded next.
func (m Model) stated(s state) (Model, tea.Cmd) {
	m.loading = false
	stale := m.stale
	m.stale = false
	if m.seat.user == "" || m.seat.channel == "" {
		home := m.seat.home
		m.seat = s.seat
		m.seat.home = home
	}
	if s.seat.team == m.seat.team && s.seat.user == m.seat.user && s.seat.channel != m.seat.channel && !stale {
		// The channel is gone.
		m.seat.channel = s.seat.channel
	}
	if s.seat.team != m.seat.team || s.seat.user != m.seat.user || s.seat.channel != m.seat.channel {
		return m.refreshed()
	}
	opened := len(s.modals) > len(m.state.modals)
	m.state = s
	if opened {
		m.focus, m.writing.on = talkPane, false
	}
	for n, c := range s.channels {
		_, known := m.read[s.seat.user][c.ID]
		if !known || c.ID == s.seat.channel && !m.paged() {
			m = m.seen(s.seat.user, c.ID, c.last)
			s.channels[n].unread = 0
		}
	}
	if stale {
		return m.refreshed()
	}
	return m, nil
}

// settled brings what is shown in line with what changed.
func (m Model) settled() Model {
	m = m.remasked()
	l := m.layout()
	m.list.at = max(min(m.list.at, len(m.state.channels)), 0)
	m.list.top = window(m.list.top, m.list.at, len(m.state.channels)+1, l.channels.height-1)
	switch {
	case m.paged():
		room := l.talk.height
		if len(m.state.modals) > 0 {
			room -= 2
		}
		m = m.repaged(l.middle.width, max(room, 0))
	default:
		m = m.retalked(l.talk.width, l.talk.height)
	}
	m.traffic.at = max(min(m.traffic.at, m.traffic.count()-1), 0)
	m.traffic.top = window(m.traffic.top, m.traffic.at, m.traffic.count(), l.traffic.height)
	if l.detail.shown() {
		m = m.detailed(l.detail.width, l.detail.height)
	}
	return m
}
