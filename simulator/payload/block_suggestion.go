package payload

import "fmt"

// BlockSuggestion asks an options load URL for the options of a menu.
//
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
var BlockSuggestion = Kind{
	Name: "block_suggestion", Title: "options request",
	Encoding: FormPayload, Accept: "application/json,*/*",
	Fields: func(s Scene) Object {
		s = s.filled()
		ts := fmt.Sprintf("%d.000000", s.Time.Unix())
		return Object{
			{"type", "block_suggestion"},
			{"user", actor(s)},
			{"container", Object{
				{"type", "message"}, {"message_ts", ts}, {"channel_id", StandInChannel}, {"is_ephemeral", false},
			}},
			{"api_app_id", StandInApp}, {"token", s.Token},
			{"action_id", s.ActionID}, {"block_id", "belay"}, {"value", "be"},
			{"team", home(s)}, {"enterprise", nil}, {"is_enterprise_install", false},
			{"channel", Object{{"id", StandInChannel}, {"name", "belay-probe"}}},
			{"message", Object{{"type", "message"}, {"user", s.UserID}, {"ts", ts}, {"text", ""}}},
		}
	},
}
