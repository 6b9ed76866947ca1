package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// parseObject reads a JSON object with its members in order.
func parseObject(text []byte) (Object, bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	value, err := parseValue(decoder, 0)
	if err != nil {
		return nil, false
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	object, ok := value.(Object)
	return object, ok
}

// maxDepth bounds how deep a parsed text may be nested.
const maxDepth = 100

func parseValue(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	delimiter, ok := token.(json.Delim)
	switch {
	case depth > maxDepth:
		return nil, errors.New("nested too deep")
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
