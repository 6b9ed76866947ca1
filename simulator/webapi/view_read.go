package webapi

import (
	"encoding/json"

	"belay/simulator/blockkit"
)

// readView reads a view that an app sent, of that type, or of any for "". The error
// is Slack's.
func readView(raw json.RawMessage, surface blockkit.Surface) (*View, error) {
	if found := blockkit.ValidateView(surface, raw); len(found) > 0 {
		e := &Error{Code: found[0].Code}
		for _, f := range found {
			e.Messages = append(e.Messages, f.String())
		}
		return nil, e
	}
	v := &View{}
	if json.Unmarshal(raw, v) != nil {
		return nil, invalid("must provide an object [json-pointer:/view]")
	}
	return v, nil
}
