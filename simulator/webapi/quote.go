package webapi

import (
	"bytes"
	"unicode/utf8"
)

// appendQuoted appends a text as JSON, with < and > as they are.
func appendQuoted(b []byte, text string) []byte {
	plain := true
	for i := range len(text) {
		c := text[i]
		if c < 0x20 || c == '"' || c == '\\' || c == 0x7f {
			return appendEscaped(b, text)
		}
		plain = plain && c < utf8.RuneSelf
	}
	if !plain && !utf8.ValidString(text) {
		return appendEscaped(b, text)
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}

func appendEscaped(b []byte, text string) []byte {
	buffer := bytes.NewBuffer(b)
	write(buffer, text)
	return buffer.Bytes()
}

// quoted is a text as JSON.
func quoted(text string) string { return string(appendQuoted(nil, text)) }
