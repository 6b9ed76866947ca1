package playground

import (
	"regexp"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
)

// Loaded is what the model gets of its server now.
func (m Model) Loaded() tea.Msg { return m.loaded()() }

// Entries are news of the server's.
func Entries(entries ...simulator.Entry) tea.Msg { return entriesMsg{entries: entries} }

// IsNews tells whether a message is of Entries.
func IsNews(msg tea.Msg) bool {
	_, is := msg.(entriesMsg)
	return is
}

// Tick is the time on the wall.
func Tick(t time.Time) tea.Msg { return tickMsg(t) }

// A Key is a row of the table of keys.
type Key struct {
	ID, Shown, Does string
	Keys            []string
}

// Keymap is the table of keys.
func Keymap() []Key {
	var all []Key
	for _, b := range keymap() {
		all = append(all, Key{b.id, b.shown, b.does, b.keys})
	}
	return all
}

// Acts are what was done.
func (m Model) Acts() []Act { return m.acts }

// Heard gives the model everything that its server remembers after an entry.
func (m Model) Heard(slack *simulator.Server, after uint64) Model {
	var all []simulator.Entry
	for _, a := range slack.Attempts() {
		all = append(all, simulator.Entry{Attempt: &a})
	}
	for _, c := range slack.Calls() {
		all = append(all, simulator.Entry{Call: &c})
	}
	for n := range all {
		all[n].ID = after + uint64(n) + 1
	}
	return m.heard(entriesMsg{entries: all}).settled()
}

// escapes are those of the looks.
var escapes = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// Looks are the escape sequences that the playground writes itself.
func Looks() *regexp.Regexp { return escapes }
