package payload

import (
	"encoding/base64"
)

// Event is an event_callback of the Events API, about the scene's EventType. A type
// that Slack does not list is wrapped around a general shape.
//
// https://docs.slack.dev/apis/events-api
var Event = Kind{
	Name: "event", Title: "event",
	Encoding: JSON, Accept: "*/*",
	Fields: eventFields,
}

func eventFields(s Scene) Object {
	s = s.filled()
	of := eventType(s.EventType)
	event := s.Event
	if event == nil {
		event = of.inner(s)
	}
	fields := Object{{"token", s.Token}, {"team_id", s.userTeam()}}
	if s.Persona == PersonaEnterprise {
		fields = append(fields, Member{"enterprise_id", StandInEnterprise})
	}
	fields = append(fields, Object{
		{"context_team_id", s.TeamID}, {"context_enterprise_id", s.enterpriseID()}, {"api_app_id", s.AppID},
		{"event", event}, {"type", "event_callback"},
		{"event_id", eventID(s.Sequence)}, {"event_time", s.Time.Unix()},
	}...)
	if of.unauthorized {
		return fields
	}
	return append(fields, Object{
		{"authorizations", List{s.authorization()}},
		{"is_ext_shared_channel", s.Persona == PersonaSharedChannel},
		{"event_context", s.eventContext(text(event.Value("type")), channelOf(event))},
	}...)
}

func eventID(sequence int) string {
	return string(appendPadded([]byte("EvBELAY"), sequence, 5))
}

func (s Scene) enterpriseID() any {
	if s.Persona == PersonaEnterprise {
		return StandInEnterprise
	}
	return nil
}

// authorization is the installation through which the app sees the event; an
// organization's has no workspace.
func (s Scene) authorization() Object {
	team := any(s.TeamID)
	if s.Persona == PersonaEnterprise {
		team = nil
	}
	return Object{
		{"enterprise_id", s.enterpriseID()}, {"team_id", team}, {"user_id", StandInBotUser},
		{"is_bot", true}, {"is_enterprise_install", s.Persona == PersonaEnterprise},
	}
}

// eventContext is opaque to apps, which hand it to apps.event.authorizations.list.
// Slack's is the same JSON in Base64.
func (s Scene) eventContext(sort, channel string) string {
	about := Object{{"et", sort}, {"tid", s.TeamID}, {"aid", s.AppID}}
	if channel != "" {
		about = append(about, Member{"cid", channel})
	}
	return "4-" + base64.RawURLEncoding.EncodeToString(appendJSON(nil, about))
}

// channelOf is the channel that an event is about, or "".
func channelOf(event Object) string {
	for _, name := range []string{"channel", "channel_id"} {
		if id, ok := event.Value(name).(string); ok {
			return id
		}
	}
	return or(event.object("channel").Text("id"), event.object("item").Text("channel"))
}
