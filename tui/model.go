package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A Model is the state of the program. Update returns a new one, and View only
// draws: all that it needs is at hand.
type Model struct {
	ctx     context.Context
	options Options
	style   style
	keys    []binding

	width, height int

	report checks.Report
	tree   []branch
	// version rises with each change of the report.
	version int

	list   list
	detail detail
	filter filter
	live   live
	help   help
	// note is said in the last line until the next key.
	note string
}

// New is a model of a terminal of 80 columns and 24 lines, until it is told better.
// Live runs end with the context.
func New(ctx context.Context, o Options) Model {
	m := Model{
		ctx: ctx, options: o, style: newStyle(o.Color, o.ASCII), keys: keymap(),
		width: 80, height: 24,
	}
	m = m.reporting(o.Report)
	if o.Live != nil {
		return m.started().settled()
	}
	m.live.follow = true
	m = m.followed()
	m.live.follow = false
	return m.settled()
}

// Init implements tea.Model.
func (m Model) Init() tea.Cmd {
	if m.options.Live == nil {
		return nil
	}
	return m.watching()
}

// reporting replaces the report.
func (m Model) reporting(r checks.Report) Model {
	m.report = r
	m.tree = grow(r)
	m.version++
	return m.relisted()
}
