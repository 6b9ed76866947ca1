package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A Bound is a binding, for the specs to look at.
type Bound struct {
	Keys              []string
	Shown, Does, Hint string
}

// Keymap is the table of keys.
func Keymap() []Bound {
	var all []Bound
	for _, b := range keymap() {
		all = append(all, Bound{b.keys, b.shown, b.does, b.hint})
	}
	return all
}

// News is the message that brings results of a model's run.
func News(m Model, asking, section string, results ...checks.Result) tea.Msg {
	news := newsMsg{run: m.live.run, asking: asking, elapsed: 1200 * time.Millisecond}
	for _, r := range results {
		news.arrivals = append(news.arrivals, arrival{section, r})
	}
	return news
}

// Ended is the message that ends a model's run.
func Ended(m Model, r checks.Report) tea.Msg { return endedMsg{m.live.run, r} }

// Clean is clean.
func Clean(text string) string { return clean(text) }

// Wrap is wrap.
func Wrap(text string, width int) []string { return wrap(text, width) }
