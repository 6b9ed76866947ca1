package playground

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// An editor is a line that is typed, in which a newline may stand.
type editor struct {
	text string
	// at is where the caret is, counted in letters.
	at int
}

// mostTyped bounds what is typed or pasted; Slack takes 40,000 letters in a message.
const mostTyped = 40000

func typing(text string) editor { return editor{text, len([]rune(text))} }

// typed is the editor after a key, and whether the key was for it.
func (e editor) typed(key tea.KeyMsg) (editor, bool) {
	letters := []rune(e.text)
	at := min(e.at, len(letters))
	switch key.String() {
	case "left", "ctrl+b":
		at = max(at-1, 0)
	case "right", "ctrl+f":
		at = min(at+1, len(letters))
	case "home", "ctrl+a":
		at = 0
	case "end", "ctrl+e":
		at = len(letters)
	case "backspace", "ctrl+h":
		if at > 0 {
			letters, at = slices.Delete(letters, at-1, at), at-1
		}
	case "delete":
		if at < len(letters) {
			letters = slices.Delete(letters, at, at+1)
		}
	case "ctrl+u":
		letters, at = letters[at:], 0
	case "ctrl+k":
		letters = letters[:at]
	case "ctrl+w":
		from := len([]rune(strings.TrimRight(string(letters[:at]), " ")))
		for from > 0 && letters[from-1] != ' ' {
			from--
		}
		letters, at = slices.Delete(letters, from, at), from
	case "alt+enter", "ctrl+j":
		letters, at = slices.Insert(letters, at, '\n'), at+1
	default:
		if key.Type != tea.KeyRunes && key.Type != tea.KeySpace || key.Alt {
			return e, false
		}
		more := []rune(strings.ReplaceAll(strings.ToValidUTF8(string(key.Runes), ""), "\r", "\n"))
		if key.Type == tea.KeySpace && len(more) == 0 {
			more = []rune{' '}
		}
		more = more[:min(len(more), max(mostTyped-len(letters), 0))]
		letters, at = slices.Insert(letters, at, more...), at+len(more)
	}
	return editor{string(letters), at}, true
}

// spans draw the line around its caret in at most that many columns.
func (e editor) spans(s style, width int) []span {
	letters := []rune(e.text)
	at := min(e.at, len(letters))
	width = max(width, 0)
	// What is far from the caret is not seen.
	before := clean(strings.ReplaceAll(string(letters[max(at-width, 0):at]), "\n", s.line))
	after := clean(strings.ReplaceAll(string(letters[at:min(at+width, len(letters))]), "\n", s.line))
	room := max(width-columns(s.caret), 0)
	for columns(before) > max(room-min(columns(after), 8), 1) {
		_, size := firstLetter(before)
		before = before[size:]
	}
	return []span{say(before), {accent, s.caret}, say(cut(after, room-columns(before), ""))}
}

func firstLetter(text string) (rune, int) {
	for n, r := range text {
		if n > 0 {
			return r, n
		}
	}
	return 0, len(text)
}
