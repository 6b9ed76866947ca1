package payload

import (
	"bytes"
	"strings"
)

// Encode is the body of a request of that encoding, as Slack writes it.
func Encode(encoding Encoding, fields Object) []byte {
	var b bytes.Buffer
	switch encoding {
	case JSON:
		fields.encodeJSON(&b)
	case FormPayload:
		var inner bytes.Buffer
		fields.encodeJSON(&inner)
		b.WriteString("payload=" + formEscape(inner.String()))
	default:
		for i, m := range fields {
			if i > 0 {
				b.WriteByte('&')
			}
			b.WriteString(formEscape(m.Name) + "=" + formEscape(text(m.Value)))
		}
	}
	return b.Bytes()
}

// formEscape encodes as PHP's urlencode does, which Slack's bytes follow: a space
// is +, and of the marks only - _ . stay.
func formEscape(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == ' ':
			b.WriteByte('+')
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		}
	}
	return b.String()
}
