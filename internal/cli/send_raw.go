package cli

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"belay/simulator/payload"
)

// readFields reads the fields of a payload from a file: JSON, or a form as Slack
// posts it.
func readFields(world IO, file string, kind payload.Kind) (payload.Object, error) {
	name, data, err := readInput(world, file)
	if err != nil {
		return nil, fmt.Errorf("--raw: %w", err)
	}
	fields, err := parseFields(name, data, kind)
	if err != nil {
		return nil, fmt.Errorf("--raw: %w", err)
	}
	return fields, nil
}

// parseFields takes for a form what looks like one, and anything else for JSON, so
// that an error says where the JSON is wrong.
func parseFields(name string, data []byte, kind payload.Kind) (payload.Object, error) {
	form := bytes.TrimRight(data, "\r\n")
	if !isForm(form) {
		return payload.ParseObject(name, data)
	}
	fields, err := parseForm(name, string(form))
	if err != nil || kind.Encoding != payload.FormPayload && kind.Encoding != payload.JSON {
		return fields, err
	}
	if !fields.Has("payload") {
		return nil, fmt.Errorf("%s:1:1: a form without the field payload: %s is JSON", name, kind.Name)
	}
	return payload.ParseObject(name+" (its field payload)", []byte(fields.Text("payload")))
}

// isForm reports one line of name=value pairs.
func isForm(data []byte) bool {
	start := bytes.TrimLeft(data, "\ufeff \t\r\n")
	return len(start) > 0 && start[0] != '{' && start[0] != '[' && bytes.ContainsRune(data, '=') && !bytes.ContainsAny(data, "\n{\"")
}

func parseForm(name, text string) (payload.Object, error) {
	var fields payload.Object
	at := 0
	for _, pair := range strings.Split(text, "&") {
		key, value, _ := strings.Cut(pair, "=")
		plainKey, err := url.QueryUnescape(key)
		plain, valueErr := url.QueryUnescape(value)
		if err == nil {
			err = valueErr
		}
		if err != nil {
			return nil, fmt.Errorf("%s:1:%d: %w", name, utf8.RuneCountInString(text[:at])+1, err)
		}
		if plainKey != "" {
			fields = append(fields, payload.Member{Name: plainKey, Value: plain})
		}
		at += len(pair) + 1
	}
	return fields, nil
}
