package playground

import (
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// What an overlay asks for.
type overlayKind int

const (
	nothing overlayKind = iota
	// picking chooses from a list, asking wants a line, confirming a yes, and helping
	// shows the keys.
	picking
	asking
	confirming
	helping
)

// A choice is one line of a list to pick from.
type choice struct{ label, value, about string }

// An overlay lies over the lower part of the screen and takes all keys until it is
// answered.
type overlay struct {
	kind        overlayKind
	title, hint string
	// lines are what a confirmation is about.
	lines   []string
	editor  editor
	choices []choice
	// found are the choices that match what is typed, and at the one the cursor is on.
	found   []int
	at, top int
	// many lets several be chosen, by value.
	many   bool
	chosen map[string]bool
	// ask asks the app for the choices to what is typed; asked is what it was asked.
	ask   func(m Model, query string) (Model, tea.Cmd)
	asked string
	waits bool
	check func(text string) string
	then  func(m Model, values []string) (Model, tea.Cmd)
}

// picked opens a list.
func (m Model) picked(title string, choices []choice, then func(Model, []string) (Model, tea.Cmd)) Model {
	m.over = overlay{kind: picking, title: title, choices: choices, then: then}.matched()
	return m
}

// asked opens a line to type.
func (m Model) asked(title, hint, text string, then func(Model, string) (Model, tea.Cmd)) Model {
	m.over = overlay{kind: asking, title: title, hint: hint, editor: typing(text), then: func(m Model, values []string) (Model, tea.Cmd) {
		return then(m, values[0])
	}}
	return m
}

// confirmed asks for a yes.
func (m Model) confirmed(title string, lines []string, then func(Model) (Model, tea.Cmd)) Model {
	m.over = overlay{kind: confirming, title: title, lines: lines, then: func(m Model, _ []string) (Model, tea.Cmd) { return then(m) }}
	return m
}

// matched finds the choices that have what is typed.
func (o overlay) matched() overlay {
	o.found = nil
	query := strings.ToLower(strings.TrimSpace(o.editor.text))
	for n, c := range o.choices {
		if o.ask != nil || strings.Contains(strings.ToLower(c.label+" "+c.about), query) {
			o.found = append(o.found, n)
		}
	}
	o.at = max(min(o.at, len(o.found)-1), 0)
	return o
}

// answered handles a key while an overlay is open.
func (m Model) answered(key tea.KeyMsg) (Model, tea.Cmd) {
	if key.Type == tea.KeyEsc {
		m.over = overlay{}
		return m, nil
	}
	switch m.over.kind {
	case helping:
		return m.helped(key), nil
	case confirming:
		switch key.String() {
		case "y", "Y", "enter":
			return m.closed(nil)
		case "n", "N", "q":
			m.over = overlay{}
		}
		return m, nil
	case asking:
		if key.Type == tea.KeyEnter && !key.Alt {
			if m.over.check != nil {
				if wrong := m.over.check(m.over.editor.text); wrong != "" {
					m.over.hint = wrong
					return m, nil
				}
			}
			return m.closed([]string{m.over.editor.text})
		}
		m.over.editor, _ = m.over.editor.typed(key)
		return m, nil
	}
	return m.pickedBy(key)
}

// closed ends an overlay with an answer.
func (m Model) closed(values []string) (Model, tea.Cmd) {
	then := m.over.then
	m.over = overlay{}
	return then(m, values)
}

func (m Model) pickedBy(key tea.KeyMsg) (Model, tea.Cmd) {
	o := m.over
	switch key.String() {
	case "up", "ctrl+p", "shift+tab":
		o.at = max(o.at-1, 0)
	case "down", "ctrl+n", "tab":
		o.at = max(min(o.at+1, len(o.found)-1), 0)
	case "pgup":
		o.at = max(o.at-mostShown, 0)
	case "pgdown":
		o.at = max(min(o.at+mostShown, len(o.found)-1), 0)
	case "enter":
		return m.pickedNow()
	case " ":
		if o.many && len(o.found) > 0 {
			value := o.choices[o.found[o.at]].value
			o.chosen = maps.Clone(o.chosen)
			if o.chosen == nil {
				o.chosen = map[string]bool{}
			}
			o.chosen[value] = !o.chosen[value]
			break
		}
		fallthrough
	default:
		editor, changed := o.editor.typed(key)
		if changed {
			o.editor = editor
			o = o.matched()
		}
	}
	m.over = o
	return m, nil
}

// pickedNow takes what the cursor is on, or first asks the app for what is typed.
func (m Model) pickedNow() (Model, tea.Cmd) {
	o := m.over
	if o.ask != nil && (o.asked != o.editor.text || len(o.choices) == 0) && !o.waits {
		o.asked, o.waits = o.editor.text, true
		m.over = o
		return o.ask(m, o.editor.text)
	}
	var values []string
	if o.many {
		for _, c := range o.choices {
			if o.chosen[c.value] {
				values = append(values, c.value)
			}
		}
		for _, value := range slices.Sorted(maps.Keys(o.chosen)) {
			if o.chosen[value] && !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		return m.closed(values)
	}
	if len(o.found) == 0 {
		return m, nil
	}
	return m.closed([]string{o.choices[o.found[o.at]].value})
}

// mostShown is how many choices are shown at once.
const mostShown = 10

// overlayLines draw the overlay, in at most that many lines.
func (m Model) overlayLines(width, height int) []string {
	s, o := m.style, m.over
	lines := []string{s.rule(width, []span{{faint, s.across + " "}, {strong, cut(clean(m.masked(o.title)), max(width-6, 1), s.more) + " "}}, nil)}
	switch o.kind {
	case confirming:
		for _, text := range o.lines {
			for _, line := range wrap(text, width-2) {
				lines = append(lines, s.padded(width, say(" "+line)))
			}
		}
		lines = append(lines, s.padded(width, say(" "), span{accent, "y"}, say(" yes   "), span{accent, "n"}, say(" no")))
	case asking:
		lines = append(lines, s.padded(width, append([]span{{accent, " " + s.prompt + " "}}, o.editor.spans(s, width-3)...)...))
		lines = append(lines, s.padded(width, span{faint, " " + o.hint + "   Enter take   Esc leave"}))
	case picking:
		lines = append(lines, m.choiceLines(width, min(mostShown, height-3))...)
	}
	if len(lines) > height {
		lines = append(lines[:max(height-1, 0):max(height-1, 0)], lines[len(lines)-1])
	}
	return lines[:min(len(lines), height)]
}

func (m Model) choiceLines(width, most int) []string {
	s, o := m.style, m.over
	left := append([]span{{accent, " " + s.prompt + " "}}, o.editor.spans(s, max(width/2-3, 4))...)
	hint := "type to find   Enter take   Esc leave"
	switch {
	case o.waits:
		hint = s.running + " asking the app"
	case o.ask != nil:
		hint = "Enter asks the app, and then takes   Esc leave"
	case o.many:
		hint = "Space mark   Enter take   Esc leave"
	}
	lines := []string{s.between(width, left, []span{{faint, hint + " "}})}
	if o.hint != "" {
		lines = append(lines, s.padded(width, span{hurting, " " + o.hint}))
	}
	most = max(most, 1)
	top := window(0, o.at, len(o.found), most)
	for n := top; n < min(top+most, len(o.found)); n++ {
		c := o.choices[o.found[n]]
		mark := ""
		if o.many {
			mark = "[ ] "
			if o.chosen[c.value] {
				mark = "[x] "
			}
		}
		spans := []span{say(mark + m.masked(c.label))}
		if c.about != "" {
			spans = append(spans, span{faint, "  " + m.masked(c.about)})
		}
		if n == o.at {
			lines = append(lines, s.one(chosen, width, append([]span{say(s.cursor)}, spans...)...))
		} else {
			lines = append(lines, s.padded(width, append([]span{say(" ")}, spans...)...))
		}
	}
	if len(o.found) == 0 && o.ask == nil {
		lines = append(lines, s.padded(width, span{faint, " nothing matches"}))
	}
	return lines
}
