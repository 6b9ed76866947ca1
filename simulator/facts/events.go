package facts

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

// An Event is a type of event that Slack documents.
type Event struct {
	// Name is the type as an app subscribes to it, such as message.im.
	Name string `json:"event"`
	// Scopes are those of which one lets an app have the event. An app needs none where
	// there are none.
	Scopes []string `json:"scopes"`
	// APIs are the ways by which Slack sends it: "Events", which includes Socket Mode,
	// and "RTM".
	APIs []string `json:"apis"`
}

// Subscribable reports whether an app can subscribe to the event. The others come over
// the old RTM API alone.
func (e Event) Subscribable() bool { return slices.Contains(e.APIs, "Events") }

// eventsJSON is made from the reference pages of docs.slack.dev, one event a line.
//
//go:embed events.json
var eventsJSON []byte

// events is read when it is first asked for, and ordered by name.
var events = sync.OnceValue(func() []Event {
	var all []Event
	if err := json.Unmarshal(eventsJSON, &all); err != nil {
		panic("facts: events.json: " + err.Error())
	}
	return all
})

// Events returns every event, by name. The slice is the caller's own; the slices inside
// the events are shared and must not be changed.
func Events() []Event { return slices.Clone(events()) }

// FindEvent returns the event of that name.
func FindEvent(name string) (Event, bool) {
	for _, e := range events() {
		if e.Name == name {
			return e, true
		}
	}
	return Event{}, false
}
