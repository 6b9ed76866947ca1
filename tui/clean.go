package tui

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// clean makes a text that an app had a hand in safe for a terminal: one line of
// valid UTF-8 in which control characters and marks of direction show as escapes.
func clean(text string) string {
	if printable(text) {
		return text
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, "�") {
		switch {
		case r == '\t' || r == '\n':
			b.WriteByte(' ')
		case r == '\ufe0f':
			// It asks for an emoji's wide form, on which terminals do not agree.
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
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

// columns is how wide a clean text is.
func columns(text string) int {
	if printable(text) {
		return len(text)
	}
	return ansi.StringWidth(text)
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
