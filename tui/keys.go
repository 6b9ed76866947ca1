package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// A binding is what some keys do. The table of them makes the help and the hints of
// the last line, too.
type binding struct {
	// keys are as bubbletea names them.
	keys []string
	// shown is how the keys are written and does what they do; both are "" for keys
	// that the binding before tells of. hint is both in a word or two for the last
	// line, or "".
	shown, does, hint string
	// when tells whether the hint is of use now; nil is always.
	when func(Model) bool
	act  func(Model) (Model, tea.Cmd)
}

// keymap is every key, in the order of the help.
func keymap() []binding {
	return []binding{
		{[]string{"up", "k"}, "↑/↓ k/j", "move; in the detail, scroll", "↑/↓ move", nil, by(-1)},
		{[]string{"down", "j"}, "", "", "", nil, by(1)},
		{[]string{"pgup", "ctrl+b"}, "PgUp/PgDn", "a page up, a page down", "", nil, byPage(-1)},
		{[]string{"pgdown", "ctrl+f"}, "", "", "", nil, byPage(1)},
		{[]string{"home", "g"}, "g/G", "to the top, to the end; also Home and End", "", nil, by(-far)},
		{[]string{"end", "G"}, "", "", "", nil, by(far)},
		{[]string{"left", "h"}, "←/→ h/l", "fold or go up, open or go in", "←/→ fold", Model.inList, only(Model.left)},
		{[]string{"right", "l"}, "", "", "", nil, only(Model.right)},
		{[]string{"enter"}, "Enter", "open the row, or fold it", "Enter open", Model.inList, only(Model.entered)},
		{[]string{" "}, "Space", "open or fold", "", nil, only(Model.toggled)},
		{[]string{"z"}, "z", "open or fold everything", "", nil, only(Model.foldedAll)},
		{[]string{"esc"}, "Esc", "back: from the detail, the filter, this help", "Esc back", Model.canGoBack, only(Model.back)},
		{[]string{"n"}, "n/p", "next and previous result that fails, warns or is unknown", "n next problem", nil, only(Model.next)},
		{[]string{"p", "N"}, "", "", "", nil, only(Model.previous)},
		{[]string{"tab"}, "Tab", "overview, request, response; Shift-Tab the other way", "Tab request", Model.hasExchange, only(Model.nextTab)},
		{[]string{"shift+tab"}, "", "", "", nil, only(Model.previousTab)},
		{[]string{"]"}, "]/[", "next and previous exchange, where a row has several", "] exchange", Model.hasExchanges, only(Model.nextExchange)},
		{[]string{"["}, "", "", "", nil, only(Model.previousExchange)},
		{[]string{"/"}, "/", "filter by words, or by is:fail, is:warn, is:problem …", "/ filter", nil, only(Model.search)},
		{[]string{"f"}, "f", "only what fails, warns or is unknown; again: all", "", nil, only(Model.onlyProblems)},
		{[]string{"r"}, "r", "ask again", "r ask again", Model.canAskAgain, Model.again},
		{[]string{"?"}, "?", "this help", "? help", nil, only(Model.helped)},
		{[]string{"q"}, "q", "quit; the report stays in the terminal", "q quit", nil, Model.quit},
		{[]string{"ctrl+c"}, "Ctrl-C", "quit at once", "", nil, stop},
		{[]string{"ctrl+z"}, "Ctrl-Z", "suspend", "", nil, suspend},
	}
}

// bound finds what a key does.
func (m Model) bound(key string) (binding, bool) {
	i := slices.IndexFunc(m.keys, func(b binding) bool { return slices.Contains(b.keys, key) })
	if i < 0 {
		return binding{}, false
	}
	return m.keys[i], true
}

// only is an action that starts nothing.
func only(act func(Model) Model) func(Model) (Model, tea.Cmd) {
	return func(m Model) (Model, tea.Cmd) { return act(m), nil }
}

// far is more lines than there are.
const far = 1 << 40

func by(lines int) func(Model) (Model, tea.Cmd) {
	return only(func(m Model) Model { return m.scrolled(lines) })
}

func byPage(direction int) func(Model) (Model, tea.Cmd) {
	return only(func(m Model) Model {
		l := m.layout()
		page := l.list.height
		switch {
		case m.help.shown:
			page = l.height
		case m.detail.focused:
			page = l.text()
		}
		return m.scrolled(direction * max(page-1, 1))
	})
}

// scrolled moves in what has the focus.
func (m Model) scrolled(lines int) Model {
	switch {
	case m.help.shown:
		m.help.top = max(m.help.top+lines, 0)
	case m.detail.focused:
		m.detail.top = max(m.detail.top+lines, 0)
	default:
		return m.moved(lines)
	}
	return m
}

func (m Model) inList() bool       { return !m.detail.focused }
func (m Model) canGoBack() bool    { return m.detail.focused || !m.filter.empty() }
func (m Model) canAskAgain() bool  { return m.options.Live != nil && !m.live.running }
func (m Model) next() Model        { return m.toNext(1) }
func (m Model) previous() Model    { return m.toNext(-1) }
func (m Model) nextTab() Model     { return m.toTab(1) }
func (m Model) previousTab() Model { return m.toTab(-1) }

// left folds what is open, and else goes up to what holds the row.
func (m Model) left() Model {
	if m.detail.focused {
		m.detail.focused = false
		return m
	}
	if _, open, ok := m.foldAt(); ok && open && m.filter.empty() {
		return m.toggled()
	}
	return m.toParent()
}

// right opens what is folded, and else goes into it.
func (m Model) right() Model {
	_, open, ok := m.foldAt()
	switch {
	case m.detail.focused:
		return m
	case ok && open:
		return m.moved(1)
	case ok:
		return m.toggled()
	}
	return m.entered()
}

// entered opens a row: a result in the detail.
func (m Model) entered() Model {
	if m.detail.focused {
		return m
	}
	if _, ok := m.result(); !ok {
		return m.toggled()
	}
	m.live.follow = false
	m.detail.focused = true
	return m
}

// back leaves what was entered last.
func (m Model) back() Model {
	switch {
	case m.help.shown:
		m.help.shown = false
	case m.detail.focused:
		m.detail.focused = false
	case !m.filter.empty():
		return m.unfiltered()
	}
	return m
}

func (m Model) search() Model {
	m.live.follow = false
	m.detail.focused = false
	m.help.shown = false
	m.filter.typing = true
	if at, ok := m.selected(); ok {
		m.filter.from = at
	}
	return m
}

// onlyProblems filters for what should be looked at, or shows all again.
func (m Model) onlyProblems() Model {
	m.live.follow = false
	if m.filter.text == "is:problem" {
		return m.unfiltered()
	}
	return m.filtered("is:problem")
}

func (m Model) helped() Model {
	m.help.shown = !m.help.shown
	m.help.top = 0
	return m
}

func (m Model) quit() (Model, tea.Cmd) {
	if m.help.shown {
		m.help.shown = false
		return m, nil
	}
	return m, tea.Quit
}

func stop(m Model) (Model, tea.Cmd) { return m, tea.Quit }

func suspend(m Model) (Model, tea.Cmd) { return m, tea.Suspend }
