package recording

import (
	"encoding/base64"
	"errors"
	"fmt"
)

// An ngrokCapture is one entry of ngrok's inspection API, or the list of them.
//
// https://ngrok.com/docs/agent/api/
type ngrokCapture struct {
	Requests []ngrokCapture `json:"requests"`

	ID      string `json:"id"`
	Start   string `json:"start"`
	Request *struct {
		Raw string `json:"raw"`
	} `json:"request"`
}

// readNgrok reads what /api/requests/http of ngrok's agent answers, or one of its
// entries.
func readNgrok(r *reader) error {
	var all ngrokCapture
	if err := r.json(&all); err != nil {
		return err
	}
	if all.Request != nil {
		all.Requests = append(all.Requests, all)
	}
	for i, captured := range all.Requests {
		source := fmt.Sprintf("%s: request %d", r.file, i+1)
		if captured.ID != "" {
			source += fmt.Sprintf(" (%.40q)", captured.ID)
		}
		recorded, err := captured.recording()
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

func (c ngrokCapture) recording() (Recording, error) {
	if c.Request == nil || c.Request.Raw == "" {
		return Recording{}, errors.New("request.raw is missing: the request was not captured")
	}
	raw, err := base64.StdEncoding.DecodeString(c.Request.Raw)
	if err != nil {
		return Recording{}, fmt.Errorf("request.raw is no base64: %w", err)
	}
	recorded, err := readOne(raw)
	if err != nil {
		return Recording{}, err
	}
	recorded.At, err = moment("start", c.Start)
	return recorded, err
}

// readOne reads the bytes of a request that has a text of its own: nothing follows it.
func readOne(raw []byte) (Recording, error) {
	at := requestLine().FindIndex(raw)
	if at == nil || at[0] != 0 {
		return Recording{}, errors.New("request.raw is no HTTP request")
	}
	h := &rawRequest{r: &reader{file: "request.raw", data: raw}}
	return h.read()
}
