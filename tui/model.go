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
	style   *style
	keys    []binding
	// bound finds a binding by a key.
	bound map[string]int
	// named finds one by the id of its action.
	named map[string]int

	width, height int

	// full is the report, and report what is shown of it: without names under privacy.
	full, report checks.Report
	private      bool
	mask         mask
	tree         []branch
	counts       checks.Counts
	// told is set for a report of scenarios.
	told bool
	// epoch rises when the report is replaced, version with each change of it.
	epoch, version int

	list   list
	detail detail
	filter filter
	prompt prompt
	live   live
	help   help
	mouse  bool
	watch  watch
	// note is said in the last line until the next key.
	note string
}

// The size of a terminal that does not tell its own.
const (
	usualWidth  = 80
	usualHeight = 24
)

// New is a model of a terminal of 80 columns and 24 lines, until it is told better.
// Live runs end with the context.
func New(ctx context.Context, o Options) Model {
	m := Model{
		ctx: ctx, options: o, style: newStyle(o), keys: keymap(o.Keys), mouse: o.Mouse,
		width: usualWidth, height: usualHeight,
	}
	m.bound, m.named = index(m.keys), named(m.keys)
	m = m.reporting(o.Report)
	if o.Live != nil {
		return m.started(nil).settled()
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
	m.full, m.report, m.told = r, r, tells(r)
	if m.private {
		m.mask = maskOf(r)
		m.report = m.mask.report(r)
	}
	m.epoch++
	return m.regrown()
}
