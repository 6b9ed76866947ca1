package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// formatOf is the format of that name, or the one that the text shows.
func formatOf(file string, data []byte, name string) (format, error) {
	if name == "" {
		var err error
		if name, err = recognise(data); err != nil {
			return format{}, fmt.Errorf("%s: %w", file, err)
		}
	}
	at := slices.IndexFunc(formats(), func(f format) bool { return f.name == name })
	if at < 0 {
		return format{}, fmt.Errorf("there is no format %q of recordings: want %s", name, strings.Join(Formats(), ", "))
	}
	return formats()[at], nil
}

// curlCommand is how a line begins that calls curl, perhaps behind a prompt or an
// assignment.
var curlCommand = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:[$%>] +)?(?:[A-Za-z_]\w*=\S* +)*(?:\S*/)?curl(?:\.exe)?[ \t\\]`)
})

// recognise tells the format from the text.
func recognise(data []byte) (string, error) {
	text := bytes.TrimSpace(data)
	switch {
	case len(text) == 0:
		return "", errEmpty
	case text[0] == '{' || text[0] == '[':
		return recogniseJSON(text)
	case requestLine().Match(text):
		return "http", nil
	case curlCommand().Match(text):
		return "curl", nil
	}
	return "", errors.New("this is no recording that belay knows: want a saved report of belay's, a curl command line, a HAR file, a capture of ngrok's or a raw HTTP request")
}

// recogniseJSON looks at the names of the members, until one tells.
func recogniseJSON(text []byte) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return "", errors.New("this JSON is no recording: want a HAR file, a capture of ngrok's or a saved report of belay's")
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		switch name, _ := token.(string); name {
		case "log":
			return "har", nil
		case "requests", "request":
			return "ngrok", nil
		case "schema_version", "report", "result":
			return "report", nil
		}
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			break
		}
	}
	if object, ok := bodyObject(text); ok {
		if _, err := kindOfJSON(object); err == nil {
			return "", errors.New("this is the body of a request alone: where it went and its headers are not in it; want a whole request, such as a curl command line")
		}
	}
	return "", errors.New("this JSON is no recording: want a HAR file (log.entries), a capture of ngrok's (requests) or a saved report of belay's (schema_version)")
}
