package payload

import "fmt"

// Event is an event_callback of the Events API.
//
// https://docs.slack.dev/apis/events-api
var Event = Kind{
	Name: "event", Title: "event",
	Encoding: JSON, Accept: "*/*",
	Fields: func(s Scene) Object {
		s = s.filled()
		ts := fmt.Sprintf("%d.%06d", s.Time.Unix(), s.Sequence)
		return Object{
			{"token", s.Token}, {"team_id", s.TeamID}, {"api_app_id", StandInApp},
			{"event", Object{
				{"type", s.EventType}, {"user", s.UserID}, {"text", s.Text},
				{"ts", ts}, {"channel", StandInChannel}, {"event_ts", ts},
			}},
			{"type", "event_callback"},
			{"event_id", fmt.Sprintf("EvBELAY%05d", s.Sequence)}, {"event_time", s.Time.Unix()},
			{"authorizations", List{Object{
				{"enterprise_id", nil}, {"team_id", s.TeamID}, {"user_id", s.UserID},
				{"is_bot", true}, {"is_enterprise_install", false},
			}}},
			{"is_ext_shared_channel", false},
			{"event_context", "4-belay-probe"},
		}
	},
}
