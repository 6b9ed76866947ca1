package strictyaml

import (
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// yamlMistake words what the library found wrong with the syntax.
func yamlMistake(data []byte, err error) *Mistake {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return &Mistake{Line: 1, Column: 1, Message: "reading YAML: " + err.Error()}
	}
	m := &Mistake{Line: load.Mark.Line, Column: max(load.Mark.Column, 1)}
	if m.Line == 0 {
		m.Line, m.Column = position(data, unprintable(data))
	}
	m.Message = yamlMessage(load, charAt(data, m.Line, m.Column))
	return m
}

// yamlMessage says what is wrong in words that help, where we have some. The character
// is the one at which the library gave up.
func yamlMessage(load *yaml.LoadError, char rune) string {
	switch message := load.Message; {
	case char == '\t' && (strings.Contains(message, "cannot start any token") || strings.Contains(message, "tab character")):
		return "a tab indents this line: YAML takes spaces only"
	case strings.Contains(message, "cannot start any token"):
		return "a value cannot begin with " + string(char) + ": put it in quotes"
	case strings.HasPrefix(message, "mapping values are not allowed"):
		return "a key is not expected here: mend the indentation, or put a value that holds \": \" in quotes"
	case strings.HasPrefix(message, "unknown anchor"):
		return message + ": an alias (*name) needs an anchor (&name) before it"
	case strings.HasPrefix(message, "control characters"):
		return "a control character stands here: write it as an escape, within double quotes"
	case strings.HasPrefix(message, "exceeded max depth"):
		return "lists and objects are nested too deep"
	case load.ContextMsg != "":
		return message + ", " + load.ContextMsg
	default:
		return message
	}
}

// charAt is the character at a line and column.
func charAt(data []byte, line, column int) rune {
	text := []rune(source{data: data, yaml: true}.line(line))
	if column < 1 || column > len(text) {
		return 0
	}
	return text[column-1]
}

// unprintable is where the first character stands that YAML does not allow.
func unprintable(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r',
			r >= 0x7f && r < 0xa0 && r != 0x85,
			r == 0xfffe, r == 0xffff:
			return i
		}
		i += size
	}
	return 0
}
