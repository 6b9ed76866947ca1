package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A Bound is a binding, for the specs to look at.
type Bound struct {
	ID, Pair, Does, Hint string
	Keys                 []string
}

// Keymap is the table of keys.
func Keymap() []Bound {
	var all []Bound
	for _, b := range keymap(nil) {
		all = append(all, Bound{b.id, b.pair, b.does, b.hint, b.keys})
	}
	return all
}

// KeysPage is the table of keys as docs/keys.md has it.
func KeysPage() string { return keysPage() }

// News is the message that brings results of a model's run.
func News(m Model, asking, section string, results ...checks.Result) tea.Msg {
	var told run
	told.ask(asking)
	news := newsMsg{run: m.live.run, asking: asking, doing: told.doing, elapsed: 1200 * time.Millisecond}
	for _, r := range results {
		news.arrivals = append(news.arrivals, arrival{section: section, result: r})
	}
	return news
}

// Through is the message that ends a section of a model's run.
func Through(m Model, s checks.Section) tea.Msg {
	return newsMsg{run: m.live.run, arrivals: []arrival{{section: s.Name, end: &s}}}
}

// Ended is the message that ends a model's run.
func Ended(m Model, r checks.Report) tea.Msg { return endedMsg{m.live.run, r} }

// Clean is clean.
func Clean(text string) string { return clean(text) }

// Wrap is wrap.
func Wrap(text string, width int) []string { return wrap(text, width) }

// Only are the sections that a model's run is of.
func Only(m Model) []string { return m.live.run.only }

// IsWord tells of the words for statuses.
func IsWord(text string) bool {
	for _, word := range words {
		if word == text {
			return true
		}
	}
	return false
}

// Narrow is narrow.
func Narrow(text string) (int, bool) { return narrow(text) }
