package playground

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// writing is the line under the conversation in which a person writes.
type writing struct {
	// on is set while the keys go there.
	on     bool
	editor editor
	// thread is the ts of the thread in which it is written, or "".
	thread string
	// past are the lines that were sent, and back how far the user went into them.
	past []string
	back int
}

// mostPast bounds the lines that are remembered.
const mostPast = 100

// composing begins to write, with that text where nothing is written yet.
func (m Model) composing(text string) Model {
	if m.paged() {
		if len(m.state.modals) > 0 {
			return m.noted("close the modal first: Esc")
		}
		m.seat.home = false
	}
	m.focus, m.writing.on = talkPane, true
	if m.writing.editor.text == "" {
		m.writing.editor = typing(text)
		m.writing.thread = ""
	}
	return m
}

// replying begins to write in the thread of the selected message.
func (m Model) replying() (Model, tea.Cmd) {
	at, ok := m.selected()
	if !ok {
		return m.warned("there is no message to answer"), nil
	}
	m = m.composing("")
	m.writing.thread = at.TS
	if at.ThreadTS != "" {
		m.writing.thread = at.ThreadTS
	}
	return m, nil
}

// mentioning begins a message to the app.
func (m Model) mentioning() (Model, tea.Cmd) {
	_, name := m.bot()
	return m.composing("@" + name + " "), nil
}

// written handles a key while something is written.
func (m Model) written(key tea.KeyMsg) (Model, tea.Cmd) {
	w := m.writing
	switch key.String() {
	case "esc":
		w.on = false
	case "enter":
		return m.send()
	case "tab":
		w.editor = m.completed(w.editor)
	case "up", "ctrl+p":
		w = w.recalled(1)
	case "down", "ctrl+n":
		w = w.recalled(-1)
	case "pgup", "pgdown":
		by := 5
		if key.String() == "pgup" {
			by = -5
		}
		return m.talkMoved(by)
	default:
		w.editor, _ = w.editor.typed(key)
	}
	m.writing = w
	return m, nil
}

// send sends what is written. The keys stay, as the next line is written there.
func (m Model) send() (Model, tea.Cmd) {
	text := strings.TrimRight(m.writing.editor.text, " \n")
	if strings.TrimSpace(text) == "" {
		m.writing.on, m.writing.editor = false, editor{}
		return m, nil
	}
	if m.seat.channel == "" {
		return m.warned("there is no channel to write in"), nil
	}
	w := m.writing
	w.past = append(slices.Clone(w.past[max(len(w.past)-mostPast+1, 0):]), text)
	thread := w.thread
	w.back, w.editor, w.thread = 0, editor{}, ""
	m.writing = w
	m.talk.at, m.talk.spot, m.talk.within = "", 0, 0
	return m.sent(text, thread)
}

// recalled goes back through what was sent.
func (w writing) recalled(by int) writing {
	w.back = max(min(w.back+by, len(w.past)), 0)
	w.editor = editor{}
	if w.back > 0 {
		w.editor = typing(w.past[len(w.past)-w.back])
	}
	return w
}

// candidates are how the last word can go on: commands, people and channels.
func (m Model) candidates(e editor) []string {
	text := e.text
	if e.at != len([]rune(text)) || text == "" {
		return nil
	}
	word := text[strings.LastIndexByte(text, ' ')+1:]
	var all []string
	add := func(name string) {
		if strings.HasPrefix(strings.ToLower(name), strings.ToLower(word)) && name != word && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	switch {
	case strings.HasPrefix(text, "/") && word == text:
		for _, c := range m.options.Commands {
			add(c)
		}
		for _, past := range m.writing.past {
			command, _, _ := strings.Cut(past, " ")
			add(command)
		}
	case strings.HasPrefix(word, "@"):
		for _, u := range m.state.users {
			add("@" + u.Name)
		}
	case strings.HasPrefix(word, "#"):
		for _, c := range m.state.channels {
			if !c.direct() {
				add("#" + c.label)
			}
		}
	}
	return all
}

// completed is the line with its last word completed.
func (m Model) completed(e editor) editor {
	all := m.candidates(e)
	if len(all) == 0 {
		return e
	}
	from := strings.LastIndexByte(e.text, ' ') + 1
	return typing(e.text[:from] + all[0] + " ")
}

// writingLines draw the line and, while somebody writes there, how it can go on.
func (m Model) writingLines(width int) []string {
	s, w := m.style, m.writing
	title := ""
	if w.thread != "" {
		title = " in the thread "
	}
	candidates := ""
	if w.on {
		if all := m.candidates(w.editor); len(all) > 0 {
			candidates = " Tab " + m.masked(strings.Join(all[:min(len(all), 5)], " ")) + " "
		}
	}
	rule := s.rule(width, []span{{faint, s.across + title}, {accent, candidates}}, nil)
	prompt := span{faint, s.prompt + " "}
	switch {
	case w.on:
		prompt.role = accent
		return []string{rule, s.padded(width, append([]span{prompt}, w.editor.spans(s, width-columns(prompt.text))...)...)}
	case w.editor.text != "":
		return []string{rule, s.padded(width, prompt, say(w.editor.text))}
	}
	return []string{rule, s.padded(width, prompt, span{faint, "i write   / command   @ mention the app"})}
}
