package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/payload"
)

// payloadField is the name of the form field that holds an interaction as JSON.
const payloadField = "payload"

// A pair is one field of a form, with where its value stands in the body.
type pair struct {
	name       string
	start, end int
}

// pairs takes a form apart.
func pairs(body []byte) ([]pair, error) {
	var all []pair
	for start := 0; start <= len(body); {
		end := len(body)
		if at := bytes.IndexByte(body[start:], '&'); at >= 0 {
			end = start + at
		}
		name, value, _ := bytes.Cut(body[start:end], []byte("="))
		plain, err := url.QueryUnescape(string(name))
		if err == nil {
			_, err = url.QueryUnescape(string(value))
		}
		if err != nil {
			return nil, fmt.Errorf("the form cannot be read: %w", err)
		}
		all = append(all, pair{plain, min(start+len(name)+1, end), end})
		start = end + 1
	}
	return all, nil
}

func (p pair) value(body []byte) string {
	plain, _ := url.QueryUnescape(string(body[p.start:p.end]))
	return plain
}

// bodyObject is a body of JSON, with its members in order.
func bodyObject(body []byte) (payload.Object, bool) {
	object, err := payload.ParseObject("body", body)
	return object, err == nil
}

// An edit puts a text in place of the bytes from start to end. The text is written as
// its place wants it.
type edit struct {
	start, end int
	text       string
}

// edited is the body with the edits, which are in order and do not overlap.
func edited(body []byte, edits []edit) []byte {
	if len(edits) == 0 {
		return body
	}
	var again []byte
	at := 0
	for _, e := range edits {
		again = append(append(again, body[at:e.start]...), e.text...)
		at = e.end
	}
	return append(again, body[at:]...)
}

// A change says what becomes of the text at a path, and whether anything does.
type change func(path []string, text string) (string, bool)

// editBody makes the changes in a body of that encoding, and leaves every other byte
// as it is.
func editBody(encoding payload.Encoding, body []byte, by change) []byte {
	if encoding == payload.JSON {
		return edited(body, editJSON(body, by))
	}
	// A body that cannot be read was not identified.
	all, _ := pairs(body)
	var edits []edit
	for _, p := range all {
		if _, isJSON := bodyObject([]byte(p.value(body))); isJSON && p.name == payloadField {
			edits = append(edits, editPayload(body, p, by)...)
			continue
		}
		if text, ok := by([]string{p.name}, p.value(body)); ok {
			edits = append(edits, edit{p.start, p.end, escaped(text)})
		}
	}
	return edited(body, edits)
}

// editPayload makes the changes in the JSON of a field of a form.
func editPayload(body []byte, p pair, by change) []edit {
	plain, at := unescape(body[p.start:p.end])
	edits := editJSON(plain, by)
	for i, e := range edits {
		edits[i] = edit{p.start + at[e.start], p.start + at[e.end], escaped(e.text)}
	}
	return edits
}

// unescape decodes the value of a form's field, and says where each byte of it came
// from; the last of these is the end.
func unescape(value []byte) (plain []byte, at []int) {
	for i := 0; i < len(value); i++ {
		at = append(at, i)
		switch c := value[i]; {
		case c == '+':
			plain = append(plain, ' ')
		case c == '%' && i+2 < len(value):
			n, _ := number(value[i+1:], 16, 2)
			plain = append(plain, byte(n))
			i += 2
		default:
			plain = append(plain, c)
		}
	}
	return plain, append(at, len(value))
}

// escaped is a text as Slack writes it in a form.
func escaped(text string) string {
	return strings.TrimPrefix(string(payload.Encode(payload.Form, payload.Object{{Name: "", Value: text}})), "=")
}

// quoted is a text as Slack writes it in JSON.
func quoted(text string) string {
	object := string(payload.Encode(payload.JSON, payload.Object{{Name: "", Value: text}}))
	return strings.TrimSuffix(strings.TrimPrefix(object, `{"":`), "}")
}

// editJSON finds the strings that are changed. The text is JSON, perhaps behind a byte
// order mark.
func editJSON(text []byte, by change) []edit {
	plain := bytes.TrimPrefix(text, []byte("\ufeff"))
	w := &jsonWalk{decoder: json.NewDecoder(bytes.NewReader(plain)), text: plain, by: by}
	for w.token() {
		continue
	}
	for i := range w.edits {
		w.edits[i].start += len(text) - len(plain)
		w.edits[i].end += len(text) - len(plain)
	}
	return w.edits
}

// A jsonWalk goes through JSON token by token, without recursion.
type jsonWalk struct {
	decoder *json.Decoder
	text    []byte
	by      change
	edits   []edit
	// path leads to what is open, with an empty name for the elements of lists, and
	// inObject says which of it are objects.
	path     []string
	inObject []bool
	// named is set between a member's name and its value.
	named bool
}

// token takes the next one, and reports whether there may be another.
func (w *jsonWalk) token() bool {
	from := int(w.decoder.InputOffset())
	token, err := w.decoder.Token()
	if err != nil {
		return false
	}
	top := len(w.inObject) - 1
	name, isText := token.(string)
	switch {
	case token == json.Delim('{'), token == json.Delim('['):
		w.path, w.inObject, w.named = append(w.path, ""), append(w.inObject, token == json.Delim('{')), false
	case token == json.Delim('}'), token == json.Delim(']'):
		w.path, w.inObject, w.named = w.path[:top], w.inObject[:top], false
	case top >= 0 && w.inObject[top] && !w.named:
		w.path[top], w.named = name, true
	default:
		if isText {
			w.change(name, from, int(w.decoder.InputOffset()))
		}
		w.named = false
	}
	return true
}

// change asks about a string that ends there, and begins behind what separates it from
// what is before it.
func (w *jsonWalk) change(value string, from, end int) {
	start := from + len(w.text[from:end]) - len(bytes.TrimLeft(w.text[from:end], " \t\r\n:,"))
	if text, ok := w.by(slices.Clone(w.path), value); ok {
		w.edits = append(w.edits, edit{start, end, quoted(text)})
	}
}
