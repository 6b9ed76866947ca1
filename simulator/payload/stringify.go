package payload

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Stringify writes an object as JavaScript's JSON.stringify does: no spaces,
// nothing escaped that need not be. Apps that hash a parsed body compute their
// signature over this.
func Stringify(o Object) []byte {
	var b bytes.Buffer
	stringify(&b, o)
	return b.Bytes()
}

func stringify(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case Object:
		b.WriteByte('{')
		for i, m := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			stringify(b, m.Name)
			b.WriteByte(':')
			stringify(b, m.Value)
		}
		b.WriteByte('}')
	case List:
		b.WriteByte('[')
		for i, element := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			stringify(b, element)
		}
		b.WriteByte(']')
	case Secret:
		stringify(b, string(v))
	case string:
		var quoted strings.Builder
		encoder := json.NewEncoder(&quoted)
		encoder.SetEscapeHTML(false)
		// A string always encodes.
		_ = encoder.Encode(v)
		b.WriteString(strings.TrimSuffix(quoted.String(), "\n"))
	case nil:
		b.WriteString("null")
	default:
		b.WriteString(text(v))
	}
}
