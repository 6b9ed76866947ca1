package recording

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxWords bounds the words of one command.
const maxWords = 10_000

// A word is one word of a command line, without its quotation marks.
type word struct {
	text string
	// at is the byte of the file where it begins.
	at     int
	quoted bool
	// variable is set when the shell would have put something in place of a part of it.
	variable bool
}

// A shell takes command lines apart as a POSIX shell does, with the $'…' of bash. It
// runs nothing: what only a shell knows is a mistake, or is left as it is.
type shell struct {
	r   *reader
	pos int
	// text is the word under way, and in is set while there is one.
	text     []byte
	in       bool
	current  word
	words    []word
	finished [][]word
}

// commands are the simple commands of the file.
func (s *shell) commands() ([][]word, error) {
	for s.pos < len(s.r.data) {
		if err := s.next(); err != nil {
			return nil, err
		}
		if len(s.words) > maxWords {
			return nil, s.r.wrong(s.pos, "this command has more than %d words", maxWords)
		}
	}
	s.endCommand()
	return s.finished, nil
}

// next takes the next character, and what belongs to it.
func (s *shell) next() error {
	c := s.r.data[s.pos]
	switch c {
	case ' ', '\t', '\r':
		s.endWord()
	case '\n', ';', '&', '|', '(', ')':
		s.endCommand()
	case '\'':
		return s.single()
	case '"':
		return s.double()
	case '\\':
		s.backslash()
		return nil
	case '$':
		return s.dollar(false)
	case '`':
		return s.r.wrong(s.pos, "`…` needs a shell: write what it gives")
	case '^':
		if s.peek(1) == '"' || s.peek(1) == '\n' || s.peek(1) == '\r' {
			return s.r.wrong(s.pos, "this line is quoted for cmd of Windows: copy it as cURL (bash)")
		}
		s.put(c)
	case '>', '<':
		// At the beginning of a line it is a pasted prompt.
		if len(s.words) > 0 || s.in {
			s.redirect()
			return nil
		}
		s.put(c)
	case '#':
		if !s.in {
			s.comment()
			return nil
		}
		s.put(c)
	default:
		s.put(c)
	}
	s.pos++
	return nil
}

func (s *shell) peek(ahead int) byte {
	if s.pos+ahead < len(s.r.data) {
		return s.r.data[s.pos+ahead]
	}
	return 0
}

func (s *shell) begin() {
	if !s.in {
		s.in, s.current = true, word{at: s.pos}
	}
}

func (s *shell) put(text ...byte) {
	s.begin()
	s.text = append(s.text, text...)
}

func (s *shell) endWord() {
	if s.in {
		s.current.text = string(s.text)
		s.words = append(s.words, s.current)
	}
	s.text, s.in = s.text[:0], false
}

func (s *shell) endCommand() {
	s.endWord()
	if len(s.words) > 0 {
		s.finished = append(s.finished, s.words)
	}
	s.words = nil
}

// redirect drops what leads output elsewhere, with the number before it.
func (s *shell) redirect() {
	if s.in && !s.current.quoted && strings.Trim(string(s.text), "0123456789") == "" {
		s.text, s.in = s.text[:0], false
	}
	s.endWord()
	for s.pos < len(s.r.data) && strings.IndexByte("<>& \t", s.r.data[s.pos]) >= 0 {
		s.pos++
	}
	for s.pos < len(s.r.data) && strings.IndexByte(" \t\r\n;|&", s.r.data[s.pos]) < 0 {
		s.pos++
	}
}

func (s *shell) comment() {
	if end := bytes.IndexByte(s.r.data[s.pos:], '\n'); end >= 0 {
		s.pos += end
		return
	}
	s.pos = len(s.r.data)
}

// backslash makes the next character ordinary, and joins lines.
func (s *shell) backslash() {
	s.pos++
	if s.pos == len(s.r.data) {
		return
	}
	switch c := s.r.data[s.pos]; {
	case c == '\n':
	case c == '\r' && s.peek(1) == '\n':
		s.pos++
	default:
		s.begin()
		s.current.quoted = true
		s.text = append(s.text, c)
	}
	s.pos++
}

func (s *shell) single() error {
	s.begin()
	s.current.quoted = true
	end := bytes.IndexByte(s.r.data[s.pos+1:], '\'')
	if end < 0 {
		return s.r.wrong(s.pos, "the quotation mark ' is not closed")
	}
	s.text = append(s.text, s.r.data[s.pos+1:s.pos+1+end]...)
	s.pos += end + 2
	return nil
}

func (s *shell) double() error {
	s.begin()
	s.current.quoted = true
	opened := s.pos
	for s.pos++; s.pos < len(s.r.data); {
		switch c := s.r.data[s.pos]; c {
		case '"':
			s.pos++
			return nil
		case '`':
			return s.r.wrong(s.pos, "`…` needs a shell: write what it gives")
		case '$':
			if err := s.dollar(true); err != nil {
				return err
			}
		case '\\':
			switch next := s.peek(1); {
			case next == '\n':
			case next == '\r' && s.peek(2) == '\n':
				s.pos++
			case next != 0 && strings.IndexByte("$`\"\\", next) >= 0:
				s.text = append(s.text, next)
			default:
				s.text = append(s.text, c, next)
			}
			s.pos += 2
		default:
			s.text = append(s.text, c)
			s.pos++
		}
	}
	return s.r.wrong(opened, `the quotation mark " is not closed`)
}

// dollar is $'…', $"…", a variable, which is left as it is, or an ordinary dollar sign.
func (s *shell) dollar(inQuotes bool) error {
	next := s.peek(1)
	switch {
	case next == '(':
		return s.r.wrong(s.pos, "$(…) needs a shell: write what it gives")
	case !inQuotes && next == '\'':
		return s.ansi()
	case !inQuotes && next == '"':
		s.begin()
		s.pos++
		return s.double()
	}
	s.put('$')
	if next == '{' || next == '_' || next >= 'A' && next <= 'Z' || next >= 'a' && next <= 'z' {
		s.current.variable = true
	}
	s.pos++
	return nil
}

// ansi is $'…' of bash.
//
// https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
func (s *shell) ansi() error {
	s.begin()
	s.current.quoted = true
	opened := s.pos
	for s.pos += 2; s.pos < len(s.r.data); {
		c := s.r.data[s.pos]
		switch {
		case c == '\'':
			s.pos++
			return nil
		case c == '\\' && s.pos+1 < len(s.r.data):
			s.pos++
			s.ansiEscape()
		default:
			s.text = append(s.text, c)
			s.pos++
		}
	}
	return s.r.wrong(opened, "the quotation mark $' is not closed")
}

// ansiEscape takes the letter behind the backslash, and the digits that belong to it.
func (s *shell) ansiEscape() {
	const letters, plain = `nrtabeEfv\'"?`, "\n\r\t\a\b\x1b\x1b\f\v\\'\"?"
	c := s.r.data[s.pos]
	if at := strings.IndexByte(letters, c); at >= 0 {
		s.text = append(s.text, plain[at])
		s.pos++
		return
	}
	if c >= '0' && c <= '7' {
		n, size := number(s.r.data[s.pos:], 8, 3)
		s.text = append(s.text, byte(n))
		s.pos += size
		return
	}
	digits := strings.IndexByte("__x_u___U", c)
	n, size := number(s.r.data[s.pos+1:], 16, max(digits, 0))
	switch {
	case size == 0:
		s.text = append(s.text, '\\', c)
	case c == 'x':
		s.text = append(s.text, byte(n))
	default:
		r, more := s.surrogates(rune(n), s.r.data[s.pos+1+size:])
		s.text = utf8.AppendRune(s.text, r)
		size += more
	}
	s.pos += 1 + size
}

// surrogates joins the two escapes with which Firefox writes a character beyond the
// first plane.
func (s *shell) surrogates(first rune, rest []byte) (rune, int) {
	second, ok := bytes.CutPrefix(rest, []byte(`\u`))
	if !ok || !utf16.IsSurrogate(first) {
		return first, 0
	}
	low, size := number(second, 16, 4)
	if joined := utf16.DecodeRune(first, rune(low)); joined != utf8.RuneError {
		return joined, len(`\u`) + size
	}
	return first, 0
}

// number reads at most so many digits, and how many there were.
func number(text []byte, base, most int) (n uint32, size int) {
	for size < most && size < len(text) {
		digit, err := strconv.ParseUint(string(text[size]), base, 8)
		if err != nil {
			break
		}
		n = n*uint32(base) + uint32(digit)
		size++
	}
	return n, size
}
