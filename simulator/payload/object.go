package payload

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// An Object is a JSON object or a form whose members keep their order, because
// Slack's do.
type Object []Member

// A Member is one field. Its value is a string, a Secret, a bool, an int, a
// json.Number, nil, an Object or a List.
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

// Text is the member's value as it stands in a form, or "".
func (o Object) Text(name string) string {
	for _, m := range o {
		if m.Name == name {
			return text(m.Value)
		}
	}
	return ""
}

// encodeJSON writes JSON as Slack does: no spaces, slashes escaped, everything
// beyond ASCII as \u escapes.
func (o Object) encodeJSON(b *bytes.Buffer) {
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		writeString(b, m.Name)
		b.WriteByte(':')
		writeValue(b, m.Value)
	}
	b.WriteByte('}')
}

func writeValue(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case Object:
		v.encodeJSON(b)
	case List:
		b.WriteByte('[')
		for i, element := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeValue(b, element)
		}
		b.WriteByte(']')
	case string:
		writeString(b, v)
	case Secret:
		writeString(b, string(v))
	case nil:
		b.WriteString("null")
	default:
		b.WriteString(text(v))
	}
}

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
	case nil:
		return ""
	}
	panic(fmt.Sprintf("payload: a member cannot hold a %T", value))
}

func writeString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\' || r == '/':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r > 0x7e:
			writeEscape(b, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

func writeEscape(b *bytes.Buffer, r rune) {
	if r1, r2 := utf16.EncodeRune(r); r1 != '�' {
		fmt.Fprintf(b, `\u%04x\u%04x`, r1, r2)
		return
	}
	fmt.Fprintf(b, `\u%04x`, r)
}
