package playground

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

// clean makes a text that an app had a hand in safe for a terminal: one line of valid
// UTF-8 in which control characters and marks of direction show as escapes.
func clean(text string) string {
	if printable(text) {
		return text
	}
	var b strings.Builder
	marks := mostMarks // none before the first letter
	for _, r := range strings.ToValidUTF8(text, "\ufffd") {
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
		case r >= '\U0001F3FB' && r <= '\U0001F3FF':
			// A tone of skin is drawn over its emoji or beside it: terminals do not
			// agree on how wide both are.
			marks = mostMarks
		case r >= '\U0001F1E6' && r <= '\U0001F1FF':
			// Two letters of a flag, likewise.
			b.WriteRune('A' + r - '\U0001F1E6')
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
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

// columns is how wide a clean text is.
func columns(text string) int {
	if printable(text) {
		return len(text)
	}
	return ansi.StringWidth(text)
}

// head is the beginning of a text that fills that many columns, whatever is in it. It
// keeps a long text from being read for each frame.
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
	start := head(text, width)
	if len(start) == len(text) {
		return cut(clean(text), width, more)
	}
	return cut(clean(start)+more, width, more)
}

// wrap breaks a text at spaces so that no line is wider than that, and keeps the
// spaces at its start. A word that is wider is broken. There is at least one line.
func wrap(text string, width int) []string {
	width = max(width, 1)
	text = clean(text)
	if columns(text) <= width {
		return []string{text}
	}
	indent := strings.Repeat(" ", min(len(text)-len(strings.TrimLeft(text, " ")), width/2))
	var lines []string
	line, filled := indent, false
	for _, word := range strings.Fields(text) {
		gap := ""
		if filled {
			gap = " "
		}
		if columns(line)+len(gap)+columns(word) <= width {
			line, filled = line+gap+word, true
			continue
		}
		if filled {
			lines = append(lines, line)
			line = indent
		}
		parts := strings.Split(ansi.Hardwrap(line+word, width, true), "\n")
		lines = append(lines, parts[:len(parts)-1]...)
		line, filled = parts[len(parts)-1], true
	}
	return append(lines, line)
}

// between are the columns of a clean text from one up to another.
func between(text string, from, to int) string {
	if to <= from {
		return ""
	}
	if printable(text) {
		return text[min(from, len(text)):min(to, len(text))]
	}
	return ansi.Cut(text, from, to)
}
