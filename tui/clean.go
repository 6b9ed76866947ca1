package tui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// mostMarks is how many combining marks stand over one letter. More would make a
// screen of no width and of any size.
const mostMarks = 3

// clean makes a text that an app had a hand in safe for a terminal: one line of
// valid UTF-8 in which control characters and marks of direction show as escapes.
func clean(text string) string {
	if _, ok := narrow(text); ok {
		return text
	}
	var b strings.Builder
	marks := mostMarks // none before the first letter
	for _, r := range strings.ToValidUTF8(text, "�") {
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks <= mostMarks && !unicode.Is(unicode.Variation_Selector, r) {
				b.WriteRune(r)
			}
			continue
		}
		marks = 0
		switch {
		case r == '\t' || r == '\n':
			b.WriteByte(' ')
		case r >= '🏻' && r <= '🏿':
			// A tone of skin is drawn over its emoji, or beside it: terminals do not
			// agree on how wide both are.
			marks = mostMarks
		case r >= '🇦' && r <= '🇿':
			// Two letters of a flag, likewise.
			b.WriteRune('A' + r - '🇦')
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cleanLines is clean for a text of several lines.
func cleanLines(text string) []string {
	lines := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	for n, line := range lines {
		lines[n] = clean(strings.TrimSuffix(line, "\r"))
	}
	return lines
}

// printable tells whether a text is of printable ASCII only, which needs no cleaning
// and takes one column per byte.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// narrow counts the columns of a text of which every character takes one, and whose
// characters need no cleaning. Most are such, and to look them up would take longer than
// all the rest of a frame.
func narrow(text string) (int, bool) {
	n := 0
	for _, r := range text {
		if r > '~' && !isNarrow(r) || r < ' ' {
			return 0, false
		}
		n++
	}
	return n, true
}

// isNarrow tells of letters of western languages, and of what the screen is drawn with.
func isNarrow(r rune) bool {
	switch {
	case r >= 0xC0 && r <= 0x17F, r >= 0x2500 && r <= 0x259F:
		return true
	}
	switch r {
	case '·', '»', '…', '→', '←', '↑', '↓', '✓', '✗', '○', '⟳', '▲', '▸', '▾':
		return true
	}
	return false
}

// columns is how wide a clean text is.
func columns(text string) int {
	if n, ok := narrow(text); ok {
		return n
	}
	return ansi.StringWidth(text)
}

// head is the beginning of a text that fills that many columns, whatever is in it: a
// column takes a letter with its marks. It keeps a long text from being read for
// each frame.
func head(text string, width int) string {
	most := (max(width, 0) + 4) * utf8.UTFMax * (1 + mostMarks)
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// cut shortens a clean text to that many columns. What was cut shows as more.
func cut(text string, width int, more string) string {
	switch {
	case width <= 0:
		return ""
	case columns(text) <= width:
		return text
	case width <= columns(more):
		return ansi.Truncate(text, width, "")
	}
	return ansi.Truncate(text, width, more)
}

// fit cleans a text and shortens it to that many columns.
func fit(text string, width int, more string) string {
	text, _ = fitted(text, width, more)
	return text
}

// fitted is fit with the columns that the text takes.
func fitted(text string, width int, more string) (string, int) {
	if len(text) <= 4*widest {
		if n, ok := narrow(text); ok && n <= width {
			return text, n
		}
	}
	text = shortened(text, width, more)
	return text, columns(text)
}

func shortened(text string, width int, more string) string {
	start := head(text, width)
	if len(start) == len(text) {
		return cut(clean(text), width, more)
	}
	return cut(clean(start)+more, width, more)
}

// wrap breaks a text at spaces so that no line is wider than that. A word that is
// wider is broken. There is always at least one line.
func wrap(text string, width int) []string {
	width = max(width, 1)
	var lines []string
	line := ""
	for _, word := range strings.Fields(clean(text)) {
		if line != "" && columns(line)+1+columns(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		parts := broken(word, width)
		lines = append(lines, parts[:len(parts)-1]...)
		line = parts[len(parts)-1]
	}
	return append(lines, line)
}

// broken breaks a clean text anywhere, and keeps its spaces.
func broken(text string, width int) []string {
	if columns(text) <= width {
		return []string{text}
	}
	return strings.Split(ansi.Hardwrap(text, max(width, 1), true), "\n")
}
