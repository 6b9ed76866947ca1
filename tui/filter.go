package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A filter is what the user typed after /: words that must all occur, statuses as
// is:fail and families as family:cert, of each of which one must be the result's.
type filter struct {
	typing   bool
	text     string
	words    []string
	is       []string
	families []string
	// from is the row that was selected before.
	from identity
}

// parsed takes the text apart.
func (f filter) parsed() filter {
	f.words, f.is, f.families = nil, nil, nil
	for _, word := range strings.Fields(strings.ToLower(f.text)) {
		if status, ok := strings.CutPrefix(word, "is:"); ok {
			f.is = append(f.is, status)
		} else if family, ok := strings.CutPrefix(word, "family:"); ok {
			f.families = append(f.families, family)
		} else {
			f.words = append(f.words, word)
		}
	}
	return f
}

func (f filter) empty() bool { return len(f.words)+len(f.is)+len(f.families) == 0 }

// lets tells whether a result is shown.
func (f filter) lets(s checks.Section, r checks.Result) bool {
	if len(f.is) > 0 && !f.letsStatus(r.Status) || len(f.families) > 0 && !f.letsFamily(r.Check) {
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
		case strings.HasPrefix("problem", is) && troubled(status):
			return true
		}
	}
	return false
}

// letsFamily does so with families.
func (f filter) letsFamily(check string) bool {
	for _, family := range f.families {
		if strings.HasPrefix(strings.ToLower(familyOf(check)), family) {
			return true
		}
	}
	return false
}

// occurs looks for a lower-case word in what the list and the overview show.
func occurs(word string, s checks.Section, r checks.Result) bool {
	if holds(r.Check, word) || holds(r.Title, word) || holds(r.Saw, word) || holds(r.Reason, word) ||
		holds(wordOf(r.Status), word) || holds(s.Name, word) {
		return true
	}
	p := r.Problem
	return p != nil && (holds(p.ID, word) || holds(p.Title, word) || holds(p.Fix, word))
}

// mostSearched bounds how much of a text is looked through.
const mostSearched = 1 << 16

// holds tells whether a lower-case word occurs in a text, in any case. It makes no
// copy of ASCII, because it runs over a whole report for each letter that is typed.
func holds(text, word string) bool {
	text = text[:min(len(text), mostSearched)]
	if !printable(text) || !printable(word) {
		return strings.Contains(strings.ToLower(text), word)
	}
	for at := 0; at+len(word) <= len(text); at++ {
		n := 0
		for n < len(word) && lower(text[at+n]) == word[n] {
			n++
		}
		if n == len(word) {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// typed takes a key while the filter is being typed.
func (m Model) typed(key tea.KeyMsg) Model {
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
	}
	if text, ok := edited(m.filter.text, key); ok {
		return m.filtered(text)
	}
	return m
}

// edited is a text after a key, if the key edits texts.
func edited(text string, key tea.KeyMsg) (string, bool) {
	runes := []rune(text)
	switch key.Type {
	case tea.KeyBackspace:
		return string(runes[:max(len(runes)-1, 0)]), true
	case tea.KeyCtrlU:
		return "", true
	case tea.KeyCtrlW:
		return text[:strings.LastIndexByte(strings.TrimRight(text, " "), ' ')+1], true
	case tea.KeyRunes, tea.KeySpace:
		runes = append(runes, []rune(clean(head(string(key.Runes), mostTyped)))...)
		return string(runes[:min(len(runes), mostTyped)]), true
	}
	return text, false
}

// unfiltered shows all rows again, and stays at the selected one. Where nothing
// matched, it goes back to where the search began.
func (m Model) unfiltered() Model {
	from := m.filter.from
	_, found := m.selected()
	m.filter = filter{}
	m = m.relisted()
	if at, ok := m.locate(from); ok && !found {
		m.list.at = m.nearest(at)
	}
	return m
}

// mostTyped bounds a filter or a name, which may be pasted.
const mostTyped = 200

func (m Model) filtered(text string) Model {
	if m.filter.empty() && !m.filter.typing {
		at, _ := m.selected()
		m.filter.from = m.identify(at)
	}
	m.filter.text = text
	m.filter = m.filter.parsed()
	return m.relisted()
}
