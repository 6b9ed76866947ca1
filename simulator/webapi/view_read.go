package webapi

import (
	"encoding/json"

	"belay/simulator/blockkit"
)

// maxView is how large a view may be as JSON.
const maxView = 250_000

// readView reads a view that an app sent, of that type, or of any for "". The error
// is Slack's.
func readView(raw json.RawMessage, sort string) (*View, error) {
	if len(raw) > maxView {
		return nil, refuse("view_too_large")
	}
	v := &View{}
	var head struct {
		Type   string          `json:"type"`
		Blocks json.RawMessage `json:"blocks"`
	}
	if json.Unmarshal(raw, &head) != nil || json.Unmarshal(raw, v) != nil {
		return nil, invalid("must provide an object [json-pointer:/view]")
	}
	surface := blockkit.Modal
	if head.Type == "home" {
		surface = blockkit.Home
	}
	if found := blockkit.ValidateView(surface, raw); len(found) > 0 {
		e := &Error{Code: "invalid_arguments"}
		for _, f := range found {
			e.Messages = append(e.Messages, f.String())
		}
		return nil, e
	}
	if sort != "" && head.Type != sort {
		return nil, invalid("must be of the type %s [json-pointer:/view/type]", sort)
	}
	return v, nil
}
