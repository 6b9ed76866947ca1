package blockkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ErrBlocksFormat is that blocks are not a list, in JSON or as it was decoded. Slack
// answers "invalid_blocks_format".
var ErrBlocksFormat = errors.New("invalid_blocks_format")

// ParseBlocks reads blocks as the Web API takes them: JSON in a form's field ([]byte,
// json.RawMessage or string), or the list that a JSON body held ([]any, or a string with
// JSON in it). No blocks are none. The error is an ErrBlocksFormat. That the blocks are
// right is not said: see Validate.
func ParseBlocks(blocks any) ([]any, error) {
	list, err := parseList(blocks)
	if err != nil {
		return nil, fmt.Errorf("%w: blocks must be a JSON array: %w", ErrBlocksFormat, err)
	}
	return list, nil
}

// ParseAttachments reads the attachments of a message, given as ParseBlocks takes blocks.
func ParseAttachments(attachments any) ([]any, error) {
	list, err := parseList(attachments)
	if err != nil {
		return nil, fmt.Errorf("attachments must be a JSON array: %w", err)
	}
	return list, nil
}

// ParseObject reads a view, a dialog or a message, given as JSON ([]byte,
// json.RawMessage or string) or as it was decoded (map[string]any). Numbers of JSON are
// json.Number.
func ParseObject(object any) (map[string]any, error) {
	value, err := valueOf(object)
	if err != nil {
		return nil, err
	}
	if object, ok := value.(map[string]any); ok {
		return object, nil
	}
	return nil, fmt.Errorf("got %s, want a JSON object", sortOf(value))
}

func parseList(list any) ([]any, error) {
	value, err := valueOf(list)
	if err != nil || value == nil {
		return nil, err
	}
	if list, ok := value.([]any); ok {
		return list, nil
	}
	return nil, fmt.Errorf("got %s", sortOf(value))
}

// valueOf is what JSON decodes to. It takes JSON, what was decoded from it, and anything
// that can be written as JSON. No bytes are no value.
func valueOf(given any) (any, error) {
	switch given := given.(type) {
	case nil, map[string]any, []any:
		return given, nil
	case json.RawMessage:
		return decode(given)
	case []byte:
		return decode(given)
	case string:
		return decode([]byte(given))
	}
	raw, err := json.Marshal(given)
	if err != nil {
		return nil, fmt.Errorf("encoding as JSON: %w", err)
	}
	return decode(raw)
}

// decode reads JSON. Slack also takes it encoded twice, as a string.
func decode(raw []byte) (any, error) {
	value, err := decodeOnce(raw)
	if text, ok := value.(string); ok {
		return decodeOnce([]byte(text))
	}
	return value, err
}

// decodeOnce reads JSON, with its numbers as they were written.
func decodeOnce(raw []byte) (any, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("decoding JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("decoding JSON: there is more after the value")
	}
	return value, nil
}

// sortOf names what a value is.
func sortOf(value any) string {
	switch value.(type) {
	case nil:
		return "nothing"
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	case string:
		return "text"
	case bool:
		return "a boolean"
	}
	return "a number"
}
