package payload

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// An Object is a JSON object or a form whose members keep their order, because
// Slack's do.
type Object []Member

// A Member is one field. Its value is a string, a Secret, a bool, an int, an int64,
// a json.Number, nil, an Object or a List.
type Member struct {
	Name  string
	Value any
}

// A List is a JSON array.
type List []any

// With returns a copy of the object in which the member has that value; it is
// appended when there is none of that name.
func (o Object) With(name string, value any) Object {
	changed := append(Object(nil), o...)
	for i := range changed {
		if changed[i].Name == name {
			changed[i].Value = value
			return changed
		}
	}
	return append(changed, Member{name, value})
}

// Value is the member's value, or nil when there is none of that name.
func (o Object) Value(name string) any {
	for _, m := range o {
		if m.Name == name {
			return m.Value
		}
	}
	return nil
}

// Has reports whether there is a member of that name.
func (o Object) Has(name string) bool {
	for _, m := range o {
		if m.Name == name {
			return true
		}
	}
	return false
}

// Text is the member's value as it stands in a form, or "".
func (o Object) Text(name string) string { return text(o.Value(name)) }

// object is the member of that name as an object, or nil.
func (o Object) object(name string) Object {
	inner, _ := o.Value(name).(Object)
	return inner
}

// list is the member of that name as a list, or nil.
func (o Object) list(name string) List {
	inner, _ := o.Value(name).(List)
	return inner
}

// appendJSON writes JSON as Slack does: no spaces, slashes escaped, everything
// beyond ASCII as \u escapes.
func appendJSON(b []byte, value any) []byte {
	switch v := value.(type) {
	case Object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, m.Name), ':')
			b = appendJSON(b, m.Value)
		}
		return append(b, '}')
	case List:
		b = append(b, '[')
		for i, element := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, element)
		}
		return append(b, ']')
	case string:
		return appendQuoted(b, v)
	case Secret:
		return appendQuoted(b, string(v))
	case nil:
		return append(b, "null"...)
	}
	return append(b, text(value)...)
}

// text is a value as it stands in a form.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case Secret:
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case json.Number:
		return v.String()
	case Object, List:
		return string(appendJSON(nil, v))
	case nil:
		return ""
	}
	panic(fmt.Sprintf("payload: a member cannot hold a %T", value))
}

// appendQuoted quotes as PHP's json_encode does, which Slack's bytes follow.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\' || r == '/':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r < 0x20 || r > 0x7f:
			b = appendEscape(b, r)
		default:
			b = append(b, byte(r))
		}
	}
	return append(b, '"')
}

// appendEscape writes the \u escape of a rune, or the two of its surrogates.
func appendEscape(b []byte, r rune) []byte {
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return appendEscape(appendEscape(b, high), low)
	}
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
