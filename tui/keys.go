package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// A binding is what some keys do. The table of them makes the help and the hints of
// the last line, too, and the user's file may give an action other keys.
type binding struct {
	// id is the action's, by which a user binds other keys to it.
	id string
	// keys are as bubbletea names them.
	keys []string
	// pair is the action that shares this one's line of help, or "".
	pair string
	// does is a sentence for the help, "" for one that its pair tells of; hint is a
	// word or two for the last line, or "".
	does, hint string
	// when tells whether the hint is of use now; nil is always.
	when func(Model) bool
	act  func(Model) (Model, tea.Cmd)
}

// A chapter is a part of the help.
type chapter struct {
	title    string
	bindings []binding
}

// chapters are every key, in the order of the help. Ctrl-C is none of them: it always
// quits.
func chapters() []chapter {
	return []chapter{
		{"Move", []binding{
			{"up", []string{"up", "k"}, "down", "move; in the detail, scroll", "move", nil, by(-1)},
			{"down", []string{"down", "j"}, "", "", "", nil, by(1)},
			{"page-up", []string{"pgup", "ctrl+b"}, "page-down", "a page", "", nil, byPage(-1)},
			{"page-down", []string{"pgdown", "ctrl+f"}, "", "", "", nil, byPage(1)},
			{"top", []string{"home", "g", "<"}, "bottom", "to the top, to the end", "", nil, by(-far)},
			{"bottom", []string{"end", "G", ">"}, "", "", "", nil, by(far)},
			{"scroll-down", []string{"ctrl+d", "J"}, "scroll-up", "scroll what is below the list", "", nil, byDetail(1)},
			{"scroll-up", []string{"ctrl+u", "K"}, "", "", "", nil, byDetail(-1)},
			{"next-problem", []string{"n"}, "previous-problem", "next and previous result that fails, warns or is unknown", "problem", nil, only(Model.next)},
			{"previous-problem", []string{"p", "N"}, "", "", "", nil, only(Model.previous)},
		}},
		{"Open", []binding{
			{"left", []string{"left", "h"}, "right", "fold, open; in the detail, the tab beside", "fold", Model.inList, only(Model.left)},
			{"right", []string{"right", "l"}, "", "", "", nil, only(Model.right)},
			{"open", []string{"enter"}, "", "open the row, or fold it", "open", Model.inList, only(Model.entered)},
			{"toggle", []string{" "}, "", "open or fold", "", nil, only(Model.toggled)},
			{"fold-all", []string{"z"}, "", "open or fold everything", "", nil, only(Model.foldedAll)},
			{"back", []string{"esc", "backspace"}, "", "back to the row, from the filter, from this help", "back", Model.canGoBack, only(Model.back)},
			{"next-tab", []string{"tab"}, "previous-tab", "the tab beside", "next tab", Model.inTabs, only(Model.nextTab)},
			{"previous-tab", []string{"shift+tab"}, "", "", "", nil, only(Model.previousTab)},
			{"output", []string{"o"}, "", "what the app printed in a scenario, and back", "output", Model.hasOutput, only(Model.printed)},
			{"tab-overview", []string{"1"}, "", "what it means, and the fix", "", nil, to(overviewTab)},
			{"tab-request", []string{"2"}, "", "what was sent", "", nil, to(requestTab)},
			{"tab-response", []string{"3"}, "", "what was answered", "", nil, to(responseTab)},
			{"tab-signature", []string{"4"}, "", "how the signature comes about", "", nil, to(signatureTab)},
			{"tab-certificates", []string{"5"}, "", "the chain of certificates", "", nil, to(certificatesTab)},
			{"tab-tries", []string{"6"}, "", "all the exchanges", "", nil, to(triesTab)},
			{"tab-raw", []string{"7"}, "", "the bytes", "", nil, to(rawTab)},
			{"next-exchange", []string{"]"}, "previous-exchange", "next and previous exchange of a row", "exchange", Model.hasExchanges, only(Model.nextExchange)},
			{"previous-exchange", []string{"["}, "", "", "", nil, only(Model.previousExchange)},
		}},
		{"Find", []binding{
			{"filter", []string{"/"}, "", "filter by words, is:fail is:problem, family:cert", "filter", nil, only(Model.search)},
			{"problems", []string{"f"}, "", "only what fails, warns or is unknown; again: all", "problems", nil, only(Model.onlyProblems)},
			{"sort", []string{"S"}, "", "worst first; again: in the report's order", "", nil, only(Model.sorted)},
		}},
		{"Do", []binding{
			{"rerun", []string{"r"}, "rerun-all", "ask this URL or scenario again, ask everything again", "ask again", Model.canAskAgain, Model.againOne},
			{"rerun-all", []string{"R"}, "", "", "", nil, Model.againAll},
			{"rerun-failed", []string{"F"}, "", "ask again what failed", "failed", Model.canAskFailed, Model.againFailed},
			{"watch", []string{"w"}, "", "ask again when a file changes; again: no longer", "watch", Model.canWatch, Model.watched},
			{"copy-curl", []string{"y"}, "", "copy as curl, which signs when it runs and holds no secret", "curl", Model.hasExchange, Model.copyCurl},
			{"copy-json", []string{"Y"}, "", "copy as JSON", "", nil, Model.copyJSON},
			{"save", []string{"s"}, "", "save the report: .json .ndjson .xml .md .txt", "save", nil, only(Model.asked)},
		}},
		{"Look", []binding{
			{"privacy", []string{"P"}, "", "hide hosts and names, for pictures", "", nil, only(Model.hidden)},
			{"theme", []string{"T"}, "", "the next theme", "", nil, only(Model.themed)},
			{"mouse", []string{"m"}, "", "mouse on and off", "", nil, Model.moused},
			{"redraw", []string{"ctrl+l"}, "", "draw the screen anew", "", nil, redraw},
			{"help", []string{"?"}, "", "this help", "help", nil, only(Model.helped)},
			{"suspend", []string{"ctrl+z"}, "", "suspend", "", nil, suspend},
			{"quit", []string{"q"}, "", "quit; the report stays in the terminal. Ctrl-C, too", "quit", nil, Model.quit},
		}},
	}
}

// An Action is what a key can do.
type Action struct {
	// ID is the name by which Keys binds it.
	ID string
	// Keys are those that are bound to it unless the user binds others.
	Keys []string
}

// Actions are all of them, in the order of the help.
func Actions() []Action {
	var all []Action
	for _, b := range keymap(nil) {
		all = append(all, Action{b.id, b.keys})
	}
	return all
}

// Keys binds other keys to actions, by the action's ID. A key is a letter or a name
// such as enter, pgup, f5, ctrl+n or alt+x; see KnownKey.
type Keys map[string][]string

// Conflict is the first key that two actions would share, with both.
func (k Keys) Conflict() (key, action, other string, found bool) {
	seen := map[string]string{}
	for _, b := range keymap(k) {
		for _, key := range b.keys {
			if other, ok := seen[key]; ok && other != b.id {
				return key, b.id, other, true
			}
			seen[key] = b.id
		}
	}
	return "", "", "", false
}

// KnownKey tells whether a terminal can send a key of that name. Ctrl-C is none that
// can be bound: it always quits.
func KnownKey(name string) bool {
	rest := strings.TrimPrefix(name, "alt+")
	if name == "ctrl+c" {
		return false
	}
	if r := []rune(rest); len(r) == 1 {
		return r[0] >= ' ' && clean(rest) == rest
	}
	// The first types are the control keys, the others go down from -1.
	for kind := tea.KeyF20; kind <= 127; kind++ {
		if kind != tea.KeyRunes && (tea.Key{Type: kind}).String() == rest {
			return rest != ""
		}
	}
	return false
}

// keymap is the table with the keys of the user.
func keymap(own Keys) []binding {
	var all []binding
	for _, c := range chapters() {
		all = append(all, c.bindings...)
	}
	for n, b := range all {
		if keys, ok := own[b.id]; ok {
			all[n].keys = keys
		}
	}
	return all
}

// named finds a binding by the id of its action.
func named(keys []binding) map[string]int {
	found := make(map[string]int, len(keys))
	for n, b := range keys {
		found[b.id] = n
	}
	return found
}

// index finds a binding by each of its keys.
func index(keys []binding) map[string]int {
	found := map[string]int{}
	for n, b := range keys {
		for _, key := range b.keys {
			if key == "space" {
				key = " "
			}
			found[key] = n
		}
	}
	return found
}

// binding is that of an action.
func (m *Model) binding(id string) (binding, bool) {
	n, ok := m.named[id]
	if !ok {
		return binding{}, false
	}
	return m.keys[n], true
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

func to(t tab) func(Model) (Model, tea.Cmd) {
	return only(func(m Model) Model { return m.atTab(t) })
}

func byPage(direction int) func(Model) (Model, tea.Cmd) {
	return only(func(m Model) Model {
		l := m.layout()
		page := l.rows()
		switch {
		case m.help.shown:
			page = l.height
		case m.detail.open:
			page = l.text()
		}
		return m.scrolled(direction * max(page-1, 1))
	})
}

// byDetail scrolls the detail by half of what is seen, also from the list.
func byDetail(direction int) func(Model) (Model, tea.Cmd) {
	return only(func(m Model) Model {
		m.detail.top = max(m.detail.top+direction*max(m.layout().text()/2, 1), 0)
		return m
	})
}

// printed shows what the app printed in a scenario, from edge to edge, or goes back.
func (m Model) printed() Model {
	at, ok := m.selected()
	if !ok || !m.stories() {
		m.note = "only scenarios have an app's output"
		return m
	}
	m.live.follow, m.help.shown = false, false
	if m.detail.open && m.detail.output {
		m.detail.open, m.detail.output = false, false
		return m
	}
	m.list.at = m.nearest(row{at.branch, -1, -1})
	m.detail.open, m.detail.output, m.detail.top = true, true, 0
	return m
}

// scrolled moves in what has the focus.
func (m Model) scrolled(lines int) Model {
	switch {
	case m.help.shown:
		m.help.top = max(m.help.top+lines, 0)
	case m.detail.open:
		m.detail.top = max(m.detail.top+lines, 0)
	default:
		return m.moved(lines)
	}
	return m
}

func (m Model) inList() bool { return !m.detail.open }
func (m Model) inTabs() bool {
	_, ok := m.result()
	return m.detail.open && ok
}
func (m Model) canGoBack() bool    { return m.detail.open || !m.filter.empty() }
func (m Model) canAskAgain() bool  { return m.options.Live != nil && !m.live.running }
func (m Model) canAskFailed() bool { return m.canAskAgain() && m.stories() && m.counts.Fail > 0 }
func (m Model) canWatch() bool     { return m.options.Watch != nil }
func (m Model) next() Model        { return m.toNext(1) }
func (m Model) previous() Model    { return m.toNext(-1) }
func (m Model) nextTab() Model     { return m.toTab(1) }
func (m Model) previousTab() Model { return m.toTab(-1) }

// left folds what is open, and else goes up to what holds the row.
func (m Model) left() Model {
	if m.detail.open {
		return m.toTab(-1)
	}
	if _, open, ok := m.foldAt(); ok && open && m.filter.empty() {
		return m.toggled()
	}
	return m.toParent()
}

// empty tells of a selected row that holds nothing.
func (m Model) empty() bool {
	at, ok := m.selected()
	return ok && at.family < 0 && total(m.tree[at.branch].counts) == 0
}

// right opens what is folded, and else goes into it.
func (m Model) right() Model {
	if m.detail.open {
		return m.toTab(1)
	}
	_, open, ok := m.foldAt()
	switch {
	case ok && open && m.empty():
		return m.entered()
	case ok && open:
		return m.moved(1)
	case ok:
		return m.toggled()
	}
	return m.entered()
}

// entered opens a row: a result in the detail.
func (m Model) entered() Model {
	if m.detail.open {
		return m
	}
	if at, ok := m.selected(); !ok || at.result < 0 && !m.stories() {
		return m.toggled()
	}
	m.live.follow = false
	m.detail.open, m.detail.output, m.detail.top = true, false, 0
	return m
}

// back leaves what was entered last.
func (m Model) back() Model {
	switch {
	case m.help.shown:
		m.help.shown = false
	case m.detail.open:
		m.detail.open, m.detail.output, m.detail.top = false, false, 0
	case !m.filter.empty():
		return m.unfiltered()
	}
	return m
}

func (m Model) search() Model {
	m.live.follow = false
	m.detail.open = false
	m.help.shown = false
	m.filter.typing = true
	at, _ := m.selected()
	m.filter.from = m.identify(at)
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

// themed draws with the next theme.
func (m Model) themed() Model {
	if !m.options.Color {
		m.note = "there are no themes without colours"
		return m
	}
	m.options.Theme = nextTheme(m.options.Theme)
	m.style = newStyle(m.options)
	m.epoch++
	t := themeOf(m.options.Theme)
	m.note = "theme " + t.name + ": " + t.does
	return m
}

func (m Model) quit() (Model, tea.Cmd) {
	if m.help.shown {
		m.help.shown = false
		return m, nil
	}
	return m, tea.Quit
}

func redraw(m Model) (Model, tea.Cmd) { return m, tea.ClearScreen }

func suspend(m Model) (Model, tea.Cmd) { return m, tea.Suspend }
