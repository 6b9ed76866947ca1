package strictyaml

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Mistake is one thing that is wrong with a file.
type Mistake struct {
	File string
	// Line and Column count from 1, columns in characters.
	Line, Column int
	Message      string
	// Path is the JSON pointer of the value, where there is one.
	Path string
}

// String is the mistake on one line, as compilers print it, without the excerpt.
func (m Mistake) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Message)
}

// An Error tells everything that is wrong with a file.
type Error struct {
	// Mistakes are in the order of the file.
	Mistakes []Mistake
	// More is how many mistakes were found beside these.
	More int

	text source
}

// excerpts is how many mistakes are shown with the line that they are about.
const excerpts = 3

// Error is one line for each mistake, with an excerpt of the file after the first ones.
func (e *Error) Error() string {
	var out strings.Builder
	for i, m := range e.Mistakes {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(m.String())
		if i < excerpts {
			out.WriteString(e.text.excerpt(m.Line, m.Column))
		}
	}
	if e.More > 0 {
		fmt.Fprintf(&out, "\nand %d more", e.More)
	}
	return out.String()
}

// sort orders the mistakes as they stand in the file.
func (e *Error) sort() {
	slices.SortStableFunc(e.Mistakes, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if len(e.Mistakes) > maxMistakes {
		e.More += len(e.Mistakes) - maxMistakes
		e.Mistakes = e.Mistakes[:maxMistakes]
	}
}

// findings collects mistakes while a file is read.
type findings struct {
	list []Mistake
	more int
}

// add notes a mistake at a node.
func (f *findings) add(at *Node, path, format string, args ...any) {
	f.note(Mistake{Line: at.Line, Column: at.Column, Path: path, Message: fmt.Sprintf(format, args...)})
}

// full reports whether further mistakes are only counted.
func (f *findings) full() bool { return len(f.list) >= maxMistakes }

// note keeps a mistake, or counts it where there are enough.
func (f *findings) note(m Mistake) {
	if f.full() {
		f.more++
		return
	}
	f.list = append(f.list, m)
}

// source is a file's text, for excerpts. YAML knows more line breaks than JSON.
type source struct {
	data []byte
	yaml bool
}

// excerpt is a line of the file with a caret under a column. It is empty where the
// line is not known.
func (s source) excerpt(line, column int) string {
	text := []rune(strings.ToValidUTF8(s.line(line), "�"))
	if len(text) == 0 || column < 1 || column > len(text)+1 {
		return ""
	}
	text = []rune(printable(string(text)))
	from, caret := 0, column-1
	const before, most = 60, 100
	if caret > before {
		from = caret - before
	}
	shown := text[from:min(len(text), from+most)]
	margin := fmt.Sprintf("%5d | ", line)
	return "\n" + strings.TrimRight(margin+string(shown), " ") +
		"\n" + strings.Repeat(" ", 6) + "| " + strings.Repeat(" ", caret-from) + "^"
}

// printable puts a blank in the place of whatever is not printed, so that a file
// cannot steer the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

// line is the text of a line, without its break.
func (s source) line(number int) string {
	rest := s.data
	for ; number > 0 && len(rest) > 0; number-- {
		end, size := s.lineBreak(rest)
		if number == 1 {
			return string(rest[:end])
		}
		rest = rest[end+size:]
	}
	return ""
}

// lineBreak is where the first line ends, and how many bytes end it.
func (s source) lineBreak(data []byte) (end, size int) {
	breaks := "\n\r"
	if s.yaml {
		breaks += "\u0085\u2028\u2029"
	}
	end = bytes.IndexAny(data, breaks)
	if end < 0 {
		return len(data), 0
	}
	if bytes.HasPrefix(data[end:], []byte("\r\n")) {
		return end, 2
	}
	_, size = utf8.DecodeRune(data[end:])
	return end, size
}

// position is the line and column of a byte.
func position(data []byte, offset int) (line, column int) {
	var c cursor
	c.move(data, offset)
	return c.line + 1, c.column + 1
}

// cursor is a place in a text that only moves on. Its line and column count from 0.
type cursor struct{ offset, line, column int }

// move goes on to a byte.
func (c *cursor) move(data []byte, offset int) {
	for c.offset < min(offset, len(data)) {
		r, size := utf8.DecodeRune(data[c.offset:])
		next := c.offset + size
		switch {
		case r == '\n', r == '\r' && (next >= len(data) || data[next] != '\n'):
			c.line, c.column = c.line+1, 0
		default:
			c.column++
		}
		c.offset = next
	}
}
