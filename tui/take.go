package tui

import (
	"encoding/json"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A prompt asks for the name of a file.
type prompt struct {
	open bool
	text string
}

// doneMsg says how something ended that was started by a key.
type doneMsg string

// mostCopied is what terminals take at most through OSC 52; some take less.
const mostCopied = 100_000

// copying hands a text to the terminal's clipboard, and says so.
func (m Model) copying(what, text string) (Model, tea.Cmd) {
	if m.options.Copy == nil {
		m.note = "this terminal has no clipboard"
		return m, nil
	}
	take := m.options.Copy
	return m, func() tea.Msg {
		switch err := take(text); {
		case err != nil:
			return doneMsg("could not copy: " + err.Error())
		case len(text) > mostCopied:
			return doneMsg(fmt.Sprintf("copied %s: %d KiB, which may be too much for the terminal", what, len(text)>>10))
		}
		return doneMsg("copied " + what + ", if the terminal lets programs copy (OSC 52)")
	}
}

// copyCurl copies the exchange that is shown.
func (m Model) copyCurl() (Model, tea.Cmd) {
	r, ok := m.result()
	if !ok || m.detail.exchange >= len(exchanges(r)) {
		m.note = "no exchange is kept of this row"
		return m, nil
	}
	text, err := r.Curl(m.detail.exchange)
	if err != nil {
		m.note = err.Error()
		return m, nil
	}
	return m.copying("as curl", text)
}

// copyJSON copies the selected result, or the section that the row is of.
func (m Model) copyJSON() (Model, tea.Cmd) {
	at, ok := m.selected()
	if !ok {
		m.note = "there is nothing to copy"
		return m, nil
	}
	what, value := "the section as JSON", any(m.section(at.branch))
	if r, ok := m.resultAt(at); ok {
		what, value = r.Check+" as JSON", r
	}
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		m.note = "could not copy: " + err.Error()
		return m, nil
	}
	return m.copying(clean(what), string(text)+"\n")
}

// asked asks for the name of the file to save the report in.
func (m Model) asked() Model {
	if m.options.Save == nil {
		m.note = "there is nowhere to save"
		return m
	}
	m.help.shown = false
	m.prompt.open = true
	name := "belay"
	if c := m.full.Command; c != "" && strings.Trim(c, "abcdefghijklmnopqrstuvwxyz") == "" {
		name += "-" + c
	}
	if at := m.full.StartedAt; !at.IsZero() {
		name += "-" + at.UTC().Format("20060102-150405")
	}
	m.prompt.text = name + ".json"
	return m
}

// answered takes a key while a name is typed.
func (m Model) answered(key tea.KeyMsg) (Model, tea.Cmd) {
	switch key.Type {
	case tea.KeyEsc:
		m.prompt = prompt{}
		return m, nil
	case tea.KeyEnter:
		return m.saved()
	}
	if text, ok := edited(m.prompt.text, key); ok {
		m.prompt.text = text
	}
	return m, nil
}

// saved saves what is shown, without names under privacy.
func (m Model) saved() (Model, tea.Cmd) {
	name := strings.TrimSpace(m.prompt.text)
	m.prompt = prompt{}
	if name == "" {
		return m, nil
	}
	save, report := m.options.Save, m.report
	return m, func() tea.Msg { return savedMsg(save, name, report) }
}

func savedMsg(save func(string, checks.Report) error, name string, r checks.Report) tea.Msg {
	if err := save(name, r); err != nil {
		return doneMsg("could not save: " + err.Error())
	}
	return doneMsg("saved " + name)
}
