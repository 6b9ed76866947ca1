package webapi

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// eachMember calls f with the members of a JSON object, in their order, as encoding/json
// would find them but without its allocations, which are most of what a call costs. It
// reports false if the text is no JSON object.
func eachMember(object []byte, f func(name string, value argument) bool) bool {
	if !json.Valid(object) {
		return false
	}
	// What is valid needs no further checks of its form.
	at := skipSpace(object, 0)
	if object[at] != '{' {
		return false
	}
	for at = skipSpace(object, at+1); object[at] != '}'; {
		end := endOfString(object, at)
		name := stringOf(object[at:end])
		at = skipSpace(object, skipSpace(object, end)+1)
		end = endOfValue(object, at)
		raw := object[at:end:end]
		value := argument{raw: raw}
		if raw[0] == '"' {
			value.text = stringOf(raw)
		} else {
			value.text = string(raw)
		}
		if !f(name, value) {
			return true
		}
		if at = skipSpace(object, end); object[at] == ',' {
			at = skipSpace(object, at+1)
		}
	}
	return true
}

func skipSpace(b []byte, at int) int {
	for b[at] == ' ' || b[at] == '\t' || b[at] == '\n' || b[at] == '\r' {
		at++
	}
	return at
}

// endOfString is behind the string that begins there.
func endOfString(b []byte, at int) int {
	for at++; b[at] != '"'; at++ {
		if b[at] == '\\' {
			at++
		}
	}
	return at + 1
}

// endOfValue is behind the value that begins there.
func endOfValue(b []byte, at int) int {
	depth := 0
	for {
		switch b[at] {
		case '"':
			at = endOfString(b, at) - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		default:
			if depth == 0 {
				return endOfScalar(b, at)
			}
		}
		at++
		if depth == 0 {
			return at
		}
	}
}

// endOfScalar is behind the number or the word that begins there.
func endOfScalar(b []byte, at int) int {
	for at < len(b) && b[at] > ' ' && b[at] != ',' && b[at] != '}' && b[at] != ']' {
		at++
	}
	return at
}

// stringOf is the text of a JSON string.
func stringOf(quoted []byte) string {
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var text string
	_ = json.Unmarshal(quoted, &text)
	return text
}
