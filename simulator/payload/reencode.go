package payload

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// reencodings are how proxies and frameworks write a body anew: the fields in
// alphabetical order, slashes and letters without their escapes, + as %20 (in JSON, a
// space behind each comma and colon). When all are applied, this is their order.
var reencodings = []string{"key-order", "slashes", "unicode", "spaces"}

// reencoded carries the signature of the body, and another body that means the same.
// Without a way it is re-encoded in every way.
func reencoded(how string) Tamper {
	ways := reencodings
	if how != "" {
		ways = []string{how}
	}
	return Tamper{Name: "reencoded", Title: "a body that was encoded anew", Wire: func(r *Request) {
		for _, way := range ways {
			r.Body = reencode(r.Body, way)
		}
	}}
}

func reencode(body []byte, way string) []byte {
	if bytes.HasPrefix(body, []byte("{")) {
		return reencodeJSON(body, way)
	}
	if way == "spaces" {
		return bytes.ReplaceAll(body, []byte("+"), []byte("%20"))
	}
	if inner, ok := bytes.CutPrefix(body, []byte("payload=")); ok && !bytes.Contains(inner, []byte("&")) {
		if plain, err := url.QueryUnescape(string(inner)); err == nil {
			return appendEscaped([]byte("payload="), string(reencodeJSON([]byte(plain), way)))
		}
	}
	return reencodeForm(body, way)
}

func reencodeForm(body []byte, way string) []byte {
	switch way {
	case "key-order":
		pairs := strings.Split(string(body), "&")
		slices.SortStableFunc(pairs, func(a, b string) int {
			nameA, _, _ := strings.Cut(a, "=")
			nameB, _, _ := strings.Cut(b, "=")
			return strings.Compare(nameA, nameB)
		})
		return []byte(strings.Join(pairs, "&"))
	case "slashes":
		return bytes.ReplaceAll(body, []byte("%2F"), []byte("/"))
	}
	plain := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] == '%' && i+2 < len(body) {
			if c, err := strconv.ParseUint(string(body[i+1:i+3]), 16, 8); err == nil && c >= 0x80 {
				plain = append(plain, byte(c))
				i += 2
				continue
			}
		}
		plain = append(plain, body[i])
	}
	return plain
}

func reencodeJSON(body []byte, way string) []byte {
	switch way {
	case "key-order":
		object, ok := parseObject(body)
		if !ok {
			return body
		}
		slices.SortStableFunc(object, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
		return appendJSON(nil, object)
	case "spaces":
		return spaced(body)
	}
	return unescaped(body, way)
}

// spaced has a space behind each comma and colon, as Python's json.dumps writes.
func spaced(body []byte) []byte {
	var again []byte
	quoted := false
	for i, c := range body {
		again = append(again, c)
		switch {
		case c == '"' && !escapedAt(body, i):
			quoted = !quoted
		case (c == ',' || c == ':') && !quoted:
			again = append(again, ' ')
		}
	}
	return again
}

// escapedAt reports an odd number of backslashes before the byte.
func escapedAt(body []byte, at int) bool {
	n := 0
	for at-n > 0 && body[at-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

// unescaped is the JSON without the escapes of slashes, or without those of letters.
func unescaped(body []byte, way string) []byte {
	var again []byte
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' || i+1 == len(body) {
			again = append(again, body[i])
			continue
		}
		r, size := letter(body[i:])
		switch {
		case way == "slashes" && body[i+1] == '/':
			again = append(again, '/')
			i++
		case way == "unicode" && size > 0:
			again = append(again, string(r)...)
			i += size - 1
		default:
			again = append(again, body[i], body[i+1])
			i++
		}
	}
	return again
}

// letter is the rune beyond ASCII whose escape the text begins with, and the length
// of the escape; 0 when there is none.
func letter(text []byte) (rune, int) {
	unit := func(at int) rune {
		if len(text) < at+6 || text[at] != '\\' || text[at+1] != 'u' {
			return -1
		}
		n, err := strconv.ParseUint(string(text[at+2:at+6]), 16, 16)
		if err != nil {
			return -1
		}
		return rune(n)
	}
	first := unit(0)
	switch {
	case first < 0x80:
		return 0, 0
	case utf16.IsSurrogate(first):
		if r := utf16.DecodeRune(first, unit(6)); r != '\ufffd' {
			return r, 12
		}
		return 0, 0
	}
	return first, 6
}
