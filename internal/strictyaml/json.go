package strictyaml

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// parseJSON reads JSON. It returns a mistake where no tree can be had.
func parseJSON(data []byte, found *findings) (*Node, *Mistake) {
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, jsonMistake(data, err)
	}
	r := jsonReader{data: data, tokens: json.NewDecoder(bytes.NewReader(data)), found: found}
	r.tokens.UseNumber()
	root, _ := r.read("", 0)
	return root, nil
}

// jsonReader reads a text that is known to be JSON, token by token.
type jsonReader struct {
	data   []byte
	tokens *json.Decoder
	at     cursor
	found  *findings
}

// next is the next token and the place of its first character. It reports whether there
// was one.
func (r *jsonReader) next() (json.Token, *Node, bool) {
	start := int(r.tokens.InputOffset())
	for start < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[start]) >= 0 {
		start++
	}
	r.at.move(r.data, start)
	token, err := r.tokens.Token()
	return token, &Node{Line: r.at.line + 1, Column: r.at.column + 1}, err == nil
}

// read reads one value, and what it holds. It reports whether there was one: after the
// last item of a list comes its end.
func (r *jsonReader) read(path string, depth int) (*Node, bool) {
	token, node, ok := r.next()
	switch token := token.(type) {
	case json.Delim:
		if token == ']' || token == '}' {
			return node, false
		}
		r.inside(token, node, path, depth)
	case bool:
		node.Kind, node.Value = Bool, strconv.FormatBool(token)
	case json.Number:
		node.Kind, node.Value = Int, token.String()
		if strings.ContainsAny(node.Value, ".eE") {
			node.Kind = Float
		}
	case string:
		node.Kind, node.Value = Text, token
	}
	return node, ok
}

// inside reads a list or an object up to its end. What is nested too deep is passed
// over.
func (r *jsonReader) inside(opening json.Delim, node *Node, path string, depth int) {
	if depth > maxDepth {
		r.found.add(node, path, "lists and objects are nested more than %d levels deep", maxDepth)
		r.skip()
		return
	}
	if opening == '{' {
		node.Kind = Object
		r.members(node, path, depth)
		return
	}
	node.Kind = List
	for i := 0; ; i++ {
		item, ok := r.read(Child(path, strconv.Itoa(i)), depth+1)
		if !ok {
			return
		}
		node.Items = append(node.Items, item)
	}
}

// members reads an object's members up to its end.
func (r *jsonReader) members(node *Node, path string, depth int) {
	first := map[string]*Node{}
	for {
		key, ok := r.read("", depth)
		if !ok {
			return
		}
		at := Child(path, key.Value)
		value, _ := r.read(at, depth+1)
		if earlier := first[key.Value]; earlier != nil {
			r.found.add(key, at, "the key %q is given twice, first on line %d", Short(key.Value), earlier.Line)
			continue
		}
		first[key.Value] = key
		node.Members = append(node.Members, Member{key, value})
	}
}

// skip passes over the rest of a list or object.
func (r *jsonReader) skip() {
	for open := 1; open > 0; {
		token, _, ok := r.next()
		switch {
		case !ok:
			return
		case token == json.Delim('{') || token == json.Delim('['):
			open++
		case token == json.Delim('}') || token == json.Delim(']'):
			open--
		}
	}
}

// jsonMistake words what is wrong with the syntax.
func jsonMistake(data []byte, err error) *Mistake {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return &Mistake{Line: 1, Column: 1, Message: "reading JSON: " + err.Error()}
	}
	offset := min(max(int(syntax.Offset)-1, 0), len(data))
	message := syntax.Error()
	if message == "unexpected end of JSON input" || offset == len(data) {
		offset = len(bytes.TrimRight(data, " \t\r\n"))
		message = "the file ends here, before the JSON does"
	} else {
		message = jsonMessage(message, data[:offset], data[offset])
	}
	line, column := position(data, offset)
	return &Mistake{Line: line, Column: column, Message: message}
}

// jsonMessage says what is wrong in words that help, where we have some. The character
// is the one at which reading ended.
func jsonMessage(message string, before []byte, char byte) string {
	before = bytes.TrimRight(before, " \t\r\n")
	switch {
	case len(before) == 0:
		return "this is no JSON: it begins with { or [, or the file is YAML and should be called .yaml"
	case (char == '}' || char == ']') && before[len(before)-1] == ',':
		return "a comma stands before this " + string(char)
	case char == '/' || char == '#':
		return "JSON has no comments"
	case char == '\'':
		return "JSON wants double quotes"
	case strings.Contains(message, "in string literal"):
		return "a line break or tab within quotes: write it as \\n or \\t"
	case strings.Contains(message, "after object key:value pair"), strings.Contains(message, "after array element"):
		return "a comma is missing before this"
	case strings.Contains(message, "beginning of object key"):
		return "a key in double quotes is missing here"
	case strings.Contains(message, "exceeded max depth"):
		return "lists and objects are nested too deep"
	case strings.Contains(message, "after top-level value"):
		return "something follows the JSON"
	default:
		return message
	}
}
