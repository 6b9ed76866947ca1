package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"belay/simulator/payload"
)

// redacted is what stands in a report in place of a secret.
const redacted = "[redacted]"

// An exchange is one of a report's evidence (docs/report.schema.json).
type exchange struct {
	Question string `json:"question"`
	// Direction is to-slack for what the app asked of Slack, which nobody replays.
	Direction string    `json:"direction"`
	SentAt    time.Time `json:"sent_at"`
	Request   *struct {
		Method string                `json:"method"`
		URL    string                `json:"url"`
		Header []payload.HeaderField `json:"header"`
		Body   string                `json:"body"`
		Cut    bool                  `json:"cut"`
	} `json:"request"`
}

// readReport reads the exchanges of a saved report, JSON or lines of JSON, wherever in
// it they stand. One that proves several things is read once. Of a report that is cut
// off, what is whole is read.
func readReport(r *reader) error {
	walk := exchanges{decoder: json.NewDecoder(bytes.NewReader(r.data))}
	type identity struct {
		question, url, body string
		at                  time.Time
	}
	seen := map[identity]bool{}
	for n := 1; ; {
		found, err := walk.next()
		for _, x := range found {
			if x.Request == nil || x.Direction == "to-slack" {
				continue
			}
			id := identity{x.Question, x.Request.URL, x.Request.Body, x.SentAt}
			if seen[id] {
				continue
			}
			seen[id] = true
			recorded := x.recording(r.file, n)
			n++
			if err := r.add(recorded); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			r.cut = "the report is cut off: this is what could be read"
			return nil
		case err != nil:
			return r.wrong(int(walk.decoder.InputOffset()), "%w", err)
		}
	}
}

// exchanges are those of a report, list by list.
type exchanges struct {
	decoder *json.Decoder
	// depth is how many objects and lists are open.
	depth int
}

// next reads up to the next list of that name. What was read before an error counts.
func (e *exchanges) next() ([]exchange, error) {
	for named := false; ; {
		token, err := e.decoder.Token()
		if errors.Is(err, io.EOF) && e.depth > 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		switch token {
		case json.Delim('['):
			if named {
				return listed(e.decoder)
			}
			e.depth++
		case json.Delim('{'):
			e.depth++
		case json.Delim(']'), json.Delim('}'):
			e.depth--
		}
		text, _ := token.(string)
		named = text == "exchanges"
	}
}

func listed(decoder *json.Decoder) ([]exchange, error) {
	var all []exchange
	for decoder.More() {
		var x exchange
		if err := decoder.Decode(&x); err != nil {
			return all, err
		}
		all = append(all, x)
	}
	_, err := decoder.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return all, err
}

func (x exchange) recording(file string, n int) Recording {
	recorded := Recording{
		At: x.SentAt, Method: x.Request.Method, URL: x.Request.URL, Header: x.Request.Header, Body: []byte(x.Request.Body),
		Source: fmt.Sprintf("%s: exchange %d", file, n),
	}
	if x.Question != "" {
		recorded.Source += fmt.Sprintf(" (%.60q)", x.Question)
	}
	if x.Request.Cut {
		recorded.Lost = append(recorded.Lost, "the body is cut: the report holds its beginning alone")
	}
	recorded.noteReplaced()
	return recorded
}
