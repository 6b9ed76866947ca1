package report

import (
	"fmt"
	"strings"
	"unicode"
)

// Clean makes a text that an app had a hand in safe for a terminal: it is valid
// UTF-8, control characters and marks of direction show as escapes, and it is cut
// after that many runes. Zero means no limit.
func Clean(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range strings.ToValidUTF8(text, "�") {
		if most > 0 && n >= most {
			b.WriteString("…")
			break
		}
		n++
		switch {
		case r >= ' ' && r <= '~':
			b.WriteByte(byte(r))
		case r == '\ufe0f':
			// It asks for an emoji's wide form, on whose width terminals do not agree.
		case r == '\t' || r == '\n':
			b.WriteRune(' ')
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp), r == 0xfffe, r == 0xffff:
			b.WriteString(escaped(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// escaped is a character that shows what it is, and does nothing.
func escaped(r rune) string {
	if r > 0xff {
		return fmt.Sprintf(`\u{%x}`, r)
	}
	return fmt.Sprintf(`\x%02x`, r)
}

// wrap breaks a text at spaces so that no line is longer than that many columns. A
// word that is longer is broken, and a line does not begin with a dot between two
// things.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for _, word := range wordsOf(text) {
		for columnsOf(word) > columns {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			head := take(word, columns)
			lines = append(lines, head)
			word = word[len(head):]
		}
		switch {
		case line == "":
			line = word
		case columnsOf(line)+1+columnsOf(word) <= columns:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// wordsOf splits at spaces, with a dot left at the word before it.
func wordsOf(text string) []string {
	var words []string
	for _, word := range strings.Fields(text) {
		if n := len(words); word == "·" && n > 0 {
			words[n-1] += " ·"
			continue
		}
		words = append(words, word)
	}
	return words
}

// columnsOf is how wide a text is on a terminal, where East Asian characters and
// emoji take two columns.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3,
		r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60,
		r >= 0xffe0 && r <= 0xffe6, r >= 0x1f300 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}

// take is as much of a text's start as fits.
func take(text string, columns int) string {
	n := 0
	for i, r := range text {
		n += runeColumns(r)
		if n > columns && i > 0 {
			return text[:i]
		}
	}
	return text
}
