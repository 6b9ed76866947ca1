package recording

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"belay/simulator/payload"
)

// A harFile is what of an HTTP archive tells about requests.
//
// http://www.softwareishard.com/blog/har-12-spec/
type harFile struct {
	Log *struct {
		Entries []struct {
			Started string      `json:"startedDateTime"`
			Request *harRequest `json:"request"`
		} `json:"entries"`
	} `json:"log"`
}

type harRequest struct {
	Method  string                `json:"method"`
	URL     string                `json:"url"`
	Headers []payload.HeaderField `json:"headers"`
	Size    *int                  `json:"bodySize"`
	Data    *struct {
		Text     string                `json:"text"`
		Encoding string                `json:"encoding"`
		Params   []payload.HeaderField `json:"params"`
	} `json:"postData"`
}

// readHAR reads the entries of an HTTP archive.
func readHAR(r *reader) error {
	var file harFile
	if err := r.json(&file); err != nil {
		return err
	}
	if file.Log == nil {
		return fmt.Errorf("%s: want a HAR file: log.entries is missing", r.file)
	}
	for i, entry := range file.Log.Entries {
		source := fmt.Sprintf("%s: entry %d", r.file, i+1)
		if entry.Request == nil {
			return fmt.Errorf("%s: it has no request", source)
		}
		recorded, err := entry.Request.recording()
		if err == nil {
			recorded.At, err = moment("startedDateTime", entry.Started)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
		recorded.Source = source
		if err := r.add(recorded); err != nil {
			return err
		}
	}
	return nil
}

func (h *harRequest) recording() (Recording, error) {
	recorded := Recording{Method: strings.ToUpper(h.Method), URL: h.URL}
	for _, field := range h.Headers {
		// HTTP/2 has its request line in fields that begin with a colon.
		if !strings.HasPrefix(field.Name, ":") {
			recorded.Header = append(recorded.Header, field)
		}
	}
	if h.Data == nil {
		if h.Size != nil && *h.Size > 0 {
			recorded.Lost = append(recorded.Lost, fmt.Sprintf("the body of %d bytes was not recorded", *h.Size))
		}
		return recorded, nil
	}
	switch body := h.Data; {
	case body.Encoding == "base64":
		decoded, err := base64.StdEncoding.DecodeString(body.Text)
		if err != nil {
			return recorded, fmt.Errorf("postData.text is no base64: %w", err)
		}
		recorded.Body = decoded
	case body.Encoding != "":
		return recorded, fmt.Errorf("postData has the encoding %.40q: want base64 or none", body.Encoding)
	case body.Text == "" && len(body.Params) > 0:
		fields := payload.Object{}
		for _, p := range body.Params {
			fields = append(fields, payload.Member{Name: p.Name, Value: p.Value})
		}
		recorded.Body = payload.Encode(payload.Form, fields)
		recorded.Lost = append(recorded.Lost, "the body was recorded as fields: it is encoded as Slack does, whatever it was")
	default:
		recorded.Body = []byte(body.Text)
		recorded.noteReplaced()
	}
	return recorded, nil
}

// noteReplaced notes bytes that were no UTF-8 when they were written into JSON.
func (r *Recording) noteReplaced() {
	if bytes.ContainsRune(r.Body, '\ufffd') {
		r.Lost = append(r.Lost, "bytes of the body were not UTF-8, and were replaced where it was recorded")
	}
}

// moment reads a time of RFC 3339; none is the zero time.
func moment(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is %.60q: want a time such as 2026-11-23T18:00:00.250Z", name, text)
	}
	return at, nil
}

// json decodes the file, and says where it is broken.
func (r *reader) json(into any) error {
	err := json.Unmarshal(r.data, into)
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return r.wrong(int(syntax.Offset)-1, "%w", err)
	case errors.As(err, &mistyped):
		return r.wrong(int(mistyped.Offset)-1, "want %s at %s, and there is a %s", wanted(mistyped), mistyped.Field, mistyped.Value)
	case err != nil:
		return fmt.Errorf("%s: %w", r.file, err)
	}
	return nil
}

// wanted is the JSON word for a type of Go's.
func wanted(err *json.UnmarshalTypeError) string {
	switch err.Type.Kind().String() {
	case "string":
		return "a string"
	case "slice":
		return "a list"
	case "int":
		return "a number"
	}
	return "an object"
}
