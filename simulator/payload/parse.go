package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxDepth bounds how deep a parsed text may be nested.
const maxDepth = 100

var errTooDeep = errors.New("nested too deep")

// ParseObject reads the fields of a payload from a JSON object, in their order. An
// error names the file, the line and the column, counted in characters from 1.
func ParseObject(file string, data []byte) (Object, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	wrong := func(offset int, format string, args ...any) error {
		line, column := position(data, offset)
		return fmt.Errorf("%s:%d:%d: %s", file, line, column, fmt.Sprintf(format, args...))
	}
	if at := invalidUTF8(data); at >= 0 {
		return nil, wrong(at, "this is not UTF-8")
	}
	start := len(data) - len(bytes.TrimLeft(data, " \t\r\n"))
	if start == len(data) {
		return nil, wrong(start, `there is nothing here: want the fields as a JSON object, such as {"text":"hello"}`)
	}
	if data[start] != '{' {
		return nil, wrong(start, `want the fields as a JSON object, such as {"text":"hello"}`)
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, new(json.RawMessage)); errors.As(err, &syntax) {
		at := int(syntax.Offset) - 1
		if int(syntax.Offset) >= len(data) && !bytes.HasSuffix(data, []byte("}")) {
			at = len(data)
		}
		return nil, wrong(at, "%v", syntax)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	value, err := parseValue(decoder, 0)
	if err != nil {
		return nil, wrong(int(decoder.InputOffset())-1, "%v: at most %d levels are allowed", err, maxDepth)
	}
	return value.(Object), nil
}

// position counts lines and columns from 1.
func position(data []byte, offset int) (line, column int) {
	before := data[:max(0, min(offset, len(data)))]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// invalidUTF8 is where the first such byte is, or -1.
func invalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// parseObject reads a JSON object with its members in order.
func parseObject(text []byte) (Object, bool) {
	value, _ := parseJSON(text)
	object, ok := value.(Object)
	return object, ok
}

// parseJSON reads one JSON value, with the members of objects in order and numbers
// as they are written.
func parseJSON(text []byte) (any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	value, err := parseValue(decoder, 0)
	if err != nil {
		return nil, false
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	return value, true
}

func parseValue(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	delimiter, ok := token.(json.Delim)
	switch {
	case depth > maxDepth:
		return nil, errTooDeep
	case !ok:
		return token, nil
	case delimiter == '[':
		return parseList(decoder, depth)
	}
	return parseMembers(decoder, depth)
}

func parseList(decoder *json.Decoder, depth int) (any, error) {
	list := List{}
	for decoder.More() {
		element, err := parseValue(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, element)
	}
	_, err := decoder.Token()
	return list, err
}

func parseMembers(decoder *json.Decoder, depth int) (any, error) {
	object := Object{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		value, err := parseValue(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		text, _ := name.(string)
		object = append(object, Member{text, value})
	}
	_, err := decoder.Token()
	return object, err
}
