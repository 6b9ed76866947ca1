package payload

import "fmt"

// BlockActions is the press of a button in a message.
//
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
var BlockActions = Kind{
	Name: "block_actions", Title: "action",
	Encoding: FormPayload, Accept: "application/json,*/*",
	Fields: func(s Scene) Object {
		s = s.filled()
		ts := fmt.Sprintf("%d.000000", s.Time.Unix())
		return Object{
			{"type", "block_actions"},
			{"user", actor(s)}, {"api_app_id", StandInApp}, {"token", s.Token},
			{"container", Object{
				{"type", "message"}, {"message_ts", ts}, {"channel_id", StandInChannel}, {"is_ephemeral", false},
			}},
			{"trigger_id", triggerID}, {"team", home(s)}, {"enterprise", nil}, {"is_enterprise_install", false},
			{"channel", Object{{"id", StandInChannel}, {"name", "belay-probe"}}},
			{"message", Object{
				{"type", "message"}, {"user", s.UserID}, {"ts", ts}, {"text", s.Text},
			}},
			{"state", Object{{"values", Object{}}}},
			{"response_url", responseURL},
			{"actions", List{Object{
				{"action_id", s.ActionID}, {"block_id", "belay"},
				{"text", Object{{"type", "plain_text"}, {"text", "belay"}, {"emoji", true}}},
				{"value", "belay"}, {"type", "button"}, {"action_ts", ts},
			}}},
		}
	},
}

func actor(s Scene) Object {
	return Object{{"id", s.UserID}, {"username", "belay"}, {"name", "belay"}, {"team_id", s.TeamID}}
}

func home(s Scene) Object { return Object{{"id", s.TeamID}, {"domain", "belay-probe"}} }
