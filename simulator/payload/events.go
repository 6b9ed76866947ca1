package payload

import (
	"slices"
	"strings"
)

// An EventType is one sort of event of the Events API.
//
// https://docs.slack.dev/reference/events
type EventType struct {
	// Name is what an app subscribes to, or message/SUBTYPE.
	Name string
	// Scopes are those of which an app needs one.
	Scopes []string
	// Full is set when the event has Slack's own shape, not a general one.
	Full bool
	// Unlisted types are delivered, and missing in Slack's list.
	Unlisted bool

	shape func(Scene) Object
	// unauthorized events come without authorizations.
	unauthorized bool
}

// EventTypes are those that the Events API delivers, in the order of their names,
// without the subtypes of message.
func EventTypes() []EventType {
	all := slices.Concat(eventFamilies()...)
	slices.SortFunc(all, func(a, b EventType) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// eventFamilies are the tables, a file each.
func eventFamilies() [][]EventType {
	return [][]EventType{messageEvents, appEvents, agentEvents, channelEvents, groupEvents, fileEvents,
		itemEvents, teamEvents, userEvents, connectEvents, unlistedEvents}
}

// MessageSubtypes are the types of the form message/SUBTYPE.
//
// https://docs.slack.dev/reference/events/message
func MessageSubtypes() []EventType {
	var all []EventType
	for _, subtype := range messageSubtypes {
		all = append(all, messageType("message", subtype.name))
	}
	return all
}

// FindEventType finds a type by its name, and message/SUBTYPE and
// message.channels/SUBTYPE.
func FindEventType(name string) (EventType, error) {
	if of := eventType(name); of.Name != "" {
		return of, nil
	}
	return EventType{}, unknown("event type", name, eventNames())
}

func eventNames() []string {
	var names []string
	for _, e := range slices.Concat(EventTypes(), MessageSubtypes()) {
		names = append(names, e.Name)
	}
	return names
}

// eventType is the type of that name, or the zero one.
func eventType(name string) EventType {
	base, subtype, has := strings.Cut(name, "/")
	if has {
		return messageType(base, subtype)
	}
	for _, family := range eventFamilies() {
		for _, e := range family {
			if e.Name == name {
				return e
			}
		}
	}
	return EventType{}
}

// Kind is the kind that delivers the type.
func (e EventType) Kind() Kind {
	for _, k := range []Kind{URLVerification, AppRateLimited} {
		if k.Name == e.Name {
			return k
		}
	}
	kind := Event
	kind.Name, kind.Title = "event "+e.Name, e.Name+" event"
	kind.Fields = func(s Scene) Object {
		s.EventType = e.Name
		return eventFields(s)
	}
	return kind
}

// inner is the event itself. Every one has its type and its time.
func (e EventType) inner(s Scene) Object {
	shape := e.shape
	if shape == nil {
		shape = generalEvent
	}
	event := shape(s)
	if !event.Has("type") {
		event = join(Object{{"type", or(e.Name, s.EventType)}}, event)
	}
	if !event.Has("event_ts") {
		event = append(event, Member{"event_ts", s.ts()})
	}
	return event
}

// generalEvent stands for the shapes that are not known.
func generalEvent(s Scene) Object {
	return Object{{"user", s.UserID}, {"text", s.Text}, {"ts", s.ts()}, {"channel", s.ChannelID}}
}

// full is a type whose shape is Slack's. The scopes are separated by spaces.
func full(name, scopes string, shape func(Scene) Object) EventType {
	return EventType{Name: name, Scopes: strings.Fields(scopes), Full: true, shape: shape}
}

// general is a type of which only the name and the scopes are known.
func general(name, scopes string) EventType {
	return EventType{Name: name, Scopes: strings.Fields(scopes)}
}

// bare is a type whose envelope names no authorization: there is none any more, or
// the event brings its own token.
func bare(e EventType) EventType {
	e.unauthorized = true
	return e
}

// unlisted is a type that Slack's list lacks.
func unlisted(e EventType) EventType {
	e.Unlisted = true
	return e
}
