package playground

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// A binding is what some keys do while nothing is written. The table of them makes the
// help and the hints of the last line, too.
type binding struct {
	// id is the action's.
	id string
	// keys are as bubbletea names them.
	keys []string
	// shown is how the keys are written and does what they do; both are "" for keys
	// that the binding before tells of. hint is a word or two for the last line, or "".
	shown, does, hint string
	// when tells whether the hint is of use now; nil is always.
	when func(Model) bool
	act  func(Model) (Model, tea.Cmd)
}

// A chapter is a part of the help.
type chapter struct {
	title    string
	bindings []binding
}

// chapters are every key, in the order of the help.
func chapters() []chapter {
	return []chapter{
		{"Move", []binding{
			{"up", []string{"up", "k"}, "↑/↓ k/j", "move: channels, messages, buttons of a modal, traffic", "", nil, by(-1)},
			{"down", []string{"down", "j"}, "", "", "", nil, by(1)},
			{"page-up", []string{"pgup", "ctrl+b"}, "PgUp/PgDn", "a page", "", nil, byPage(-1)},
			{"page-down", []string{"pgdown", "ctrl+f"}, "", "", "", nil, byPage(1)},
			{"top", []string{"home", "g"}, "g/G", "to the first, to the last; also Home and End", "", nil, by(-far)},
			{"bottom", []string{"end", "G"}, "", "", "", nil, by(far)},
			{"left", []string{"left", "h"}, "←/→ h/l", "the button before, the button after", "←/→ button", Model.hasSpots, only(Model.left)},
			{"right", []string{"right", "l"}, "", "", "", nil, only(Model.right)},
			{"next-pane", []string{"tab"}, "Tab", "channels, conversation, traffic; Shift-Tab the other way", "Tab pane", nil, only(func(m Model) Model { return m.paneBeside(1) })},
			{"previous-pane", []string{"shift+tab"}, "", "", "", nil, only(func(m Model) Model { return m.paneBeside(-1) })},
			{"scroll-down", []string{"ctrl+d", "J"}, "ctrl-d/u", "scroll the detail of the traffic", "", nil, byDetail(1)},
			{"scroll-up", []string{"ctrl+u", "K"}, "", "", "", nil, byDetail(-1)},
		}},
		{"In Slack", []binding{
			{"open", []string{"enter", " "}, "Enter", "press, choose or fill in what is selected; open a channel, or a row of the traffic", "Enter press", Model.hasSpots, Model.entered},
			{"write", []string{"i"}, "i", "write a message; Enter sends it, Esc leaves, Tab completes, ↑ recalls", "i write", Model.inTalk, only(func(m Model) Model { return m.composing("") })},
			{"slash", []string{"/"}, "/", "write a command; in the traffic, filter it", "/ command", Model.inTalk, Model.slash},
			{"mention", []string{"@"}, "@", "mention the app", "", nil, Model.mentioning},
			{"reply", []string{"t"}, "t", "write in the thread of the message", "", nil, Model.replying},
			{"react", []string{"+"}, "+", "react to the message", "", nil, Model.react},
			{"shortcut", []string{"s"}, "s/S", "use a global shortcut, one on the message", "", nil, Model.shortcut},
			{"message-shortcut", []string{"S"}, "", "", "", nil, Model.messageShortcut},
			{"home-tab", []string{"H"}, "H", "open the app's home tab", "", nil, Model.homed},
			{"channel", []string{"c"}, "c", "go to a channel", "", nil, Model.toChannel},
			{"invite", []string{"b"}, "b", "bring the app into the channel", "", nil, Model.invited},
			{"user", []string{"u"}, "u", "act as somebody else", "u user", nil, Model.switched},
			{"close-all", []string{"X"}, "X", "close the whole stack of modals", "", nil, func(m Model) (Model, tea.Cmd) { return m.closedModal(true) }},
			{"back", []string{"esc"}, "Esc", "back: close the modal, leave the home tab, the detail, the filter", "Esc back", Model.canGoBack, Model.back},
		}},
		{"Traffic", []binding{
			{"next-problem", []string{"n"}, "n/p", "next and previous one that went wrong", "n next problem", Model.inTraffic, only(func(m Model) Model { return m.toTraffic().toProblem(1) })},
			{"previous-problem", []string{"p", "N"}, "", "", "", nil, only(func(m Model) Model { return m.toTraffic().toProblem(-1) })},
			{"problems", []string{"f"}, "f", "only what went wrong; again: all", "f problems", Model.inTraffic, only(Model.onlyProblems)},
			{"again", []string{"r"}, "r", "send the delivery again", "r again", Model.inTraffic, func(m Model) (Model, tea.Cmd) { return m.again() }},
			{"tamper", []string{"x"}, "x", "send it again, tampered with", "x tamper", Model.inTraffic, Model.tampered},
		}},
		{"Slack itself", []binding{
			{"fault", []string{"F"}, "F/C", "let Slack misbehave, let it behave again", "", nil, Model.faulted},
			{"clear", []string{"C"}, "", "", "", nil, Model.cleared},
			{"advance", []string{"A"}, "A", "advance Slack's clock", "", nil, Model.advanced},
			{"revoke", []string{"R"}, "R", "revoke the app's tokens", "", nil, Model.revoked},
			{"scenario", []string{"w"}, "w", "write what was done as a scenario", "w write scenario", Model.hasActs, Model.recorded},
		}},
		{"Look", []binding{
			{"privacy", []string{"P"}, "P", "hide names and hosts, for pictures", "", nil, only(Model.hidden)},
			{"theme", []string{"T"}, "T", "the next theme", "", nil, only(Model.themed)},
			{"redraw", []string{"ctrl+l"}, "Ctrl-L", "draw the screen anew", "", nil, func(m Model) (Model, tea.Cmd) { return m, tea.ClearScreen }},
			{"help", []string{"?"}, "?", "this help", "? help", nil, only(func(m Model) Model { m.over = overlay{kind: helping, title: "Keys"}; return m })},
			{"quit", []string{"q"}, "q", "quit; Slack ends with it. Ctrl-C, too, at once", "q quit", nil, Model.quit},
			{"suspend", []string{"ctrl+z"}, "Ctrl-Z", "suspend", "", nil, func(m Model) (Model, tea.Cmd) { return m, tea.Suspend }},
		}},
	}
}

// keymap is the table without its chapters.
func keymap() []binding {
	var all []binding
	for _, c := range chapters() {
		all = append(all, c.bindings...)
	}
	return all
}

// bound finds what a key does.
func (m Model) bound(key string) (binding, bool) {
	n := slices.IndexFunc(m.keys, func(b binding) bool { return slices.Contains(b.keys, key) })
	if n < 0 {
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
	return func(m Model) (Model, tea.Cmd) { return m.moved(lines) }
}

func byPage(direction int) func(Model) (Model, tea.Cmd) {
	return func(m Model) (Model, tea.Cmd) {
		l := m.layout()
		page := l.talk.height / 3
		switch {
		case m.focus == channelsPane:
			page = l.channels.height
		case m.focus == trafficPane && m.traffic.detail.open:
			page = l.detail.height
		case m.focus == trafficPane:
			page = l.traffic.height
		case m.paged():
			page = l.talk.height
		}
		return m.moved(direction * max(page-1, 2))
	}
}

func byDetail(direction int) func(Model) (Model, tea.Cmd) {
	return only(func(m Model) Model {
		m.traffic.detail.top = max(m.traffic.detail.top+direction*max(m.layout().detail.height/2, 1), 0)
		return m
	})
}

// moved moves in what has the focus.
func (m Model) moved(lines int) (Model, tea.Cmd) {
	switch {
	case m.focus == channelsPane:
		m.list.at = max(min(m.list.at+lines, len(m.state.channels)), 0)
		return m, nil
	case m.focus == trafficPane && m.traffic.detail.open:
		m.traffic.detail.top = max(m.traffic.detail.top+lines, 0)
		return m, nil
	case m.focus == trafficPane:
		return m.trafficMoved(lines), nil
	case m.paged():
		return m.pageMoved(lines), nil
	}
	return m.talkMoved(lines)
}

func (m Model) inTalk() bool    { return m.focus == talkPane && !m.paged() }
func (m Model) inTraffic() bool { return m.focus == trafficPane }
func (m Model) hasActs() bool   { return len(m.acts) > m.kept && m.options.Write != nil }
func (m Model) canGoBack() bool {
	return m.paged() || m.traffic.detail.open || m.traffic.filtered()
}

// hasSpots reports whether something can be pressed in the conversation.
func (m Model) hasSpots() bool {
	if m.focus != talkPane {
		return false
	}
	if m.paged() {
		return len(m.page.spots) > 0
	}
	return len(m.talk.spots) > 0
}

func (m Model) left() Model  { return m.beside(-1) }
func (m Model) right() Model { return m.beside(1) }

// beside selects the button before or after; at the edge of the screen's other panes it
// goes to the pane beside.
func (m Model) beside(by int) Model {
	switch {
	case m.focus == trafficPane && m.traffic.detail.open && by < 0:
		m.traffic.detail.open = false
	case m.focus == trafficPane && by > 0:
		m.traffic.detail.open = m.traffic.count() > 0
	case m.focus != talkPane:
		return m.paneBeside(by)
	case m.paged():
		m.page.at, m.page.seek = max(min(m.page.at+by, len(m.page.spots)-1), 0), true
	default:
		m.talk.spot = max(min(m.talk.spot+by, len(m.talk.spots)-1), 0)
	}
	return m
}

// paneBeside moves the focus.
func (m Model) paneBeside(by int) Model {
	m.focus = (m.focus + pane(by) + panes) % panes
	if m.focus != trafficPane {
		m.traffic.detail.open = false
	}
	return m
}

func (m Model) toTraffic() Model {
	m.focus = trafficPane
	return m
}

// entered opens or uses what is selected.
func (m Model) entered() (Model, tea.Cmd) {
	switch {
	case m.focus == channelsPane && m.list.at >= len(m.state.channels):
		return m.homed()
	case m.focus == channelsPane:
		return m.inChannel(m.state.channels[m.list.at].ID)
	case m.focus == trafficPane:
		m.traffic.detail.open = m.traffic.count() > 0
		return m, nil
	case m.paged():
		return m.pageUsed()
	}
	return m.talkUsed()
}

// inChannel shows a channel.
func (m Model) inChannel(id string) (Model, tea.Cmd) {
	if id != m.seat.channel {
		m.talk = talk{most: firstMessages, slackbot: m.talk.slackbot}
		m.state.messages = nil
		m.writing.thread = ""
	}
	m.seat.channel, m.seat.home, m.focus = id, false, talkPane
	return m.refreshed()
}

// toChannel asks for a channel.
func (m Model) toChannel() (Model, tea.Cmd) {
	var choices []choice
	for _, c := range m.state.channels {
		choices = append(choices, choice{m.titled(c), c.ID, ""})
	}
	return m.picked("Go to", choices, func(m Model, values []string) (Model, tea.Cmd) { return m.inChannel(values[0]) }), nil
}

// slash begins a command, or filters the traffic.
func (m Model) slash() (Model, tea.Cmd) {
	if m.focus != trafficPane {
		return m.composing("/"), nil
	}
	return m.asked("Filter the traffic", "by a word; an empty line shows all", m.traffic.text, func(m Model, text string) (Model, tea.Cmd) {
		return m.filteredBy(strings.TrimSpace(text), m.traffic.problems), nil
	}), nil
}

func (m Model) onlyProblems() Model {
	return m.toTraffic().filteredBy(m.traffic.text, !m.traffic.problems)
}

func (m Model) filteredBy(text string, problems bool) Model {
	e, _ := m.traffic.chosen()
	m.traffic.text, m.traffic.problems = text, problems
	return m.refiltered(e.ID)
}

// back leaves what was entered last.
func (m Model) back() (Model, tea.Cmd) {
	switch {
	case m.traffic.detail.open:
		m.traffic.detail.open = false
	case len(m.state.modals) > 0 && m.focus == talkPane:
		return m.closedModal(false)
	case m.focus == trafficPane && m.traffic.filtered():
		return m.filteredBy("", false), nil
	case m.seat.home:
		m.seat.home = false
	case m.focus != talkPane:
		m.focus = talkPane
	default:
		m.talk.at, m.talk.spot, m.talk.within = "", 0, 0
	}
	return m, nil
}

// themed draws with the next theme.
func (m Model) themed() Model {
	if !m.options.Color {
		return m.warned("there are no themes without colours")
	}
	m.options.Theme = nextTheme(m.options.Theme)
	m.style = newStyle(m.options)
	return m.noted("theme " + m.options.Theme)
}

// quit ends the program, and asks first while something is written.
func (m Model) quit() (Model, tea.Cmd) {
	if strings.TrimSpace(m.writing.editor.text) == "" {
		return m, tea.Quit
	}
	return m.confirmed("Quit?", []string{"What is written was not sent."}, func(m Model) (Model, tea.Cmd) { return m, tea.Quit }), nil
}

// helped handles a key in the help.
func (m Model) helped(key tea.KeyMsg) Model {
	switch key.String() {
	case "up", "k":
		m.over.top--
	case "down", "j":
		m.over.top++
	case "pgup", "ctrl+b":
		m.over.top -= m.height
	case "pgdown", "ctrl+f", " ":
		m.over.top += m.height
	case "home", "g":
		m.over.top = 0
	case "end", "G":
		m.over.top = far
	case "q", "?", "enter":
		m.over = overlay{}
		return m
	}
	m.over.top = max(min(m.over.top, len(m.helpLines(m.width))-m.height), 0)
	return m
}

// helpLines are the help: the table of keys.
func (m Model) helpLines(width int) []string {
	s := m.style
	var lines []string
	for _, c := range chapters() {
		lines = append(lines, s.padded(width, span{strong, " " + c.title}))
		for _, b := range c.bindings {
			if b.does == "" {
				continue
			}
			for n, text := range wrap(s.keys.Replace(b.does), max(width-16, 12)) {
				shown := ""
				if n == 0 {
					shown = s.keys.Replace(b.shown)
				}
				lines = append(lines, s.padded(width, span{accent, "   " + s.column(shown, 12)}, say(" "+text)))
			}
		}
		lines = append(lines, blank(width))
	}
	return append(lines, s.padded(width, span{faint, " Esc leaves the help"}))
}

// hints are the keys that are of use now.
func (m Model) hints(width int) []span {
	var spans []span
	for _, b := range m.keys {
		if b.hint == "" || b.when != nil && !b.when(m) {
			continue
		}
		keys, does, _ := strings.Cut(m.style.keys.Replace(b.hint), " ")
		more := []span{{accent, " " + keys}, {faint, " " + does + " "}}
		if widthOf(spans)+widthOf(more) > width {
			break
		}
		spans = append(spans, more...)
	}
	return spans
}
