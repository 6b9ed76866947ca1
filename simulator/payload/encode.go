package payload

// Encode is the body of a request of that encoding, as Slack writes it; for Query
// it is the query of the URL.
func Encode(encoding Encoding, fields Object) []byte {
	switch encoding {
	case JSON:
		return appendJSON(make([]byte, 0, 2048), fields)
	case FormPayload:
		plain := appendJSON(make([]byte, 0, 4096), fields)
		b := append(make([]byte, 0, len("payload=")+len(plain)*3/2), "payload="...)
		return appendEscaped(b, string(plain))
	}
	b := make([]byte, 0, 512)
	for i, m := range fields {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(appendEscaped(b, m.Name), '=')
		b = appendEscaped(b, text(m.Value))
	}
	return b
}

// appendEscaped encodes as PHP's urlencode does, which Slack's bytes follow: a
// space is +, and of the marks only - _ . stay.
func appendEscaped(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
			b = append(b, c)
		case c == ' ':
			b = append(b, '+')
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}
