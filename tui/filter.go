package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A filter is what the user typed after /: words that must all occur, and statuses
// as is:fail, of which one must be the result's.
type filter struct {
	typing bool
	text   string
	words  []string
	is     []string
	// from is the row that was selected before.
	from row
}

// parsed takes the text apart.
func (f filter) parsed() filter {
	f.words, f.is = nil, nil
	for _, word := range strings.Fields(strings.ToLower(f.text)) {
		if status, ok := strings.CutPrefix(word, "is:"); ok {
			f.is = append(f.is, status)
			continue
		}
		f.words = append(f.words, word)
	}
	return f
}

func (f filter) empty() bool { return len(f.words)+len(f.is) == 0 }

// lets tells whether a result is shown.
func (f filter) lets(s checks.Section, r checks.Result) bool {
	if len(f.is) > 0 && !f.letsStatus(r.Status) {
		return false
	}
	for _, word := range f.words {
		if !occurs(word, s, r) {
			return false
		}
	}
	return true
}

// letsStatus understands the beginning of a word too, so that the list follows the
// typing.
func (f filter) letsStatus(status checks.Status) bool {
	for _, is := range f.is {
		switch {
		case strings.HasPrefix(words[status], is), strings.HasPrefix(string(status), is):
			return true
		case is == "problem" && troubled(status):
			return true
		}
	}
	return false
}

// occurs looks for a lower-case word in what the list and the overview show.
func occurs(word string, s checks.Section, r checks.Result) bool {
	texts := []string{r.Check, r.Title, r.Saw, r.Reason, words[r.Status], s.Name}
	if r.Problem != nil {
		texts = append(texts, r.Problem.ID, r.Problem.Title, r.Problem.Fix)
	}
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), word) {
			return true
		}
	}
	return false
}

// typed takes a key while the filter is being typed.
func (m Model) typed(key tea.KeyMsg) Model {
	text := []rune(m.filter.text)
	switch key.Type {
	case tea.KeyEnter:
		m.filter.typing = false
		return m
	case tea.KeyEsc:
		return m.unfiltered()
	case tea.KeyUp:
		return m.moved(-1)
	case tea.KeyDown:
		return m.moved(1)
	case tea.KeyBackspace:
		text = text[:max(len(text)-1, 0)]
	case tea.KeyCtrlU:
		text = nil
	case tea.KeyRunes, tea.KeySpace:
		text = append(text, key.Runes...)
	default:
		return m
	}
	return m.filtered(string(text))
}

// unfiltered shows all rows again, and stays at the selected one. Where nothing
// matched, it goes back to where the search began.
func (m Model) unfiltered() Model {
	from := m.filter.from
	_, found := m.selected()
	m.filter = filter{}
	m = m.relisted()
	if !found {
		m.list.at = m.nearest(from)
	}
	return m
}

// mostTyped bounds a filter, which may be pasted.
const mostTyped = 200

func (m Model) filtered(text string) Model {
	runes := []rune(clean(text))
	m.filter.text = string(runes[:min(len(runes), mostTyped)])
	m.filter = m.filter.parsed()
	return m.relisted()
}
