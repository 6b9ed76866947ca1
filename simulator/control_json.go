package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"belay/simulator/payload"
)

// decodeControl reads a request's JSON into a struct. Members that it does not have
// are mistakes, and no body at all is an empty object.
func decodeControl(r *http.Request, into any) error {
	var body []byte
	var err error
	if r.ContentLength <= maxControlBody {
		body, err = io.ReadAll(r.Body)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case r.ContentLength > maxControlBody, errors.As(err, &tooLarge):
		return refusal(http.StatusRequestEntityTooLarge, "too_large", "the control API takes at most 1 MiB")
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refusal(http.StatusRequestTimeout, "timeout", "the body of the request did not come")
	case err != nil:
		return badRequest("invalid_request", "reading the body: %v", err)
	case !utf8.Valid(body):
		return badRequest("invalid_json", "the body is not UTF-8")
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if err := knownMembers(body, memberNames(reflect.TypeOf(into).Elem())); err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return badRequest("invalid_json", "%s", jsonMistake(err))
	}
	return nil
}

// jsonMistake says what is wrong in the words of JSON, not of Go.
func jsonMistake(err error) string {
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return err.Error()
	}
	want := map[reflect.Kind]string{
		reflect.String: "a text", reflect.Bool: "true or false", reflect.Slice: "a list",
		reflect.Map: "an object", reflect.Struct: "an object", reflect.Float64: "a number", reflect.Int: "a number",
	}
	return "want " + or(want[kind.Type.Kind()], kind.Type.String()) + " at " + or(kind.Field, "the top") + ", and got " + kind.Value
}

// knownMembers refuses members that are not there, or there twice.
func knownMembers(body []byte, names []string) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	token, err := decoder.Token()
	if err != nil {
		return badRequest("invalid_json", "%v", err)
	}
	if token != json.Delim('{') {
		return badRequest("invalid_json", "want an object")
	}
	var seen []string
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return badRequest("invalid_json", "%v", err)
		}
		name, _ := token.(string)
		switch {
		case !slices.Contains(names, name):
			return badRequest("unknown_field", "%v", payload.Unknown("field", name, names))
		case slices.Contains(seen, name):
			return badRequest("invalid_json", "%s is there twice", name)
		}
		seen = append(seen, name)
		var skipped json.RawMessage
		if err := decoder.Decode(&skipped); err != nil {
			return badRequest("invalid_json", "%v", err)
		}
	}
	return nil
}

// memberNames are the JSON names of a struct's fields.
func memberNames(of reflect.Type) []string {
	var names []string
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// controlQuery reads a request's parameters, each of them at most once.
func controlQuery(r *http.Request, names ...string) (map[string]string, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("invalid_query", "%v", err)
	}
	values := map[string]string{}
	for name, all := range query {
		switch {
		case !slices.Contains(names, name):
			return nil, badRequest("unknown_parameter", "%v", payload.Unknown("parameter", name, names))
		case len(all) > 1:
			return nil, badRequest("invalid_query", "%s is there %d times", name, len(all))
		}
		values[name] = all[0]
	}
	return values, nil
}

// Millis is a duration in milliseconds, as JSON has it.
type Millis time.Duration

// MarshalJSON implements json.Marshaler. It keeps microseconds.
func (m Millis) MarshalJSON() ([]byte, error) {
	return json.Marshal(math.Round(float64(m)/1e3) / 1e3)
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *Millis) UnmarshalJSON(data []byte) error {
	var ms float64
	if err := json.Unmarshal(data, &ms); err != nil {
		return err
	}
	*m = Millis(ms * 1e6)
	return nil
}
