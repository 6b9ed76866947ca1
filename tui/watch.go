package tui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// A watch runs sections again when files change.
type watch struct {
	on bool
	// turn tells an older wait, whose news are late, from the present one.
	turn int
	// end ends the wait.
	end context.CancelFunc
	// due is what changed while a run was under way: the sections to run again after
	// it, all of them where there are none.
	due  []string
	owed bool
}

// changedMsg says that files changed, or why it cannot be told.
type changedMsg struct {
	turn int
	only []string
	err  error
}

// watched begins to watch, or ends it.
func (m Model) watched() (Model, tea.Cmd) {
	switch {
	case m.options.Watch == nil:
		m.note = "there is nothing to watch"
		return m, nil
	case m.watch.on:
		m.watch.end()
		m.watch = watch{turn: m.watch.turn}
		m.note = "nothing is watched any longer"
		return m, nil
	}
	m.watch.on = true
	m.note = "watching: what uses a file that changes is asked again"
	return m.waiting()
}

// waiting waits for the next change.
func (m Model) waiting() (Model, tea.Cmd) {
	ctx, end := context.WithCancel(m.ctx)
	m.watch.end = end
	m.watch.turn++
	turn, wait := m.watch.turn, m.options.Watch
	return m, func() tea.Msg {
		defer end()
		only, err := wait(ctx)
		return changedMsg{turn, only, err}
	}
}

// changed runs again what a change is about, or keeps it for after the present run.
func (m Model) changed(msg changedMsg) (Model, tea.Cmd) {
	if !m.watch.on || msg.turn != m.watch.turn {
		return m, nil
	}
	if msg.err != nil {
		m.watch = watch{turn: m.watch.turn}
		m.note = "could not watch: " + msg.err.Error()
		return m, nil
	}
	m, wait := m.waiting()
	if m.live.running {
		m.watch.due = joinedNames(m.watch, msg.only)
		m.watch.owed = true
		return m, wait
	}
	m, run := m.again(msg.only)
	return m, tea.Batch(wait, run)
}

// joinedNames are the sections that are owed with more of them; none are all.
func joinedNames(w watch, more []string) []string {
	if len(more) == 0 || w.owed && len(w.due) == 0 {
		return nil
	}
	names := slices.Concat(w.due, more)
	slices.Sort(names)
	return slices.Compact(names)
}

// caughtUp runs what changed while a run was under way.
func (m Model) caughtUp() (Model, tea.Cmd) {
	if !m.watch.owed || m.live.running {
		return m, nil
	}
	only := m.watch.due
	m.watch.due, m.watch.owed = nil, false
	return m.again(only)
}
