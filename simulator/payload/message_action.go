package payload

// MessageAction is a shortcut in the menu of a message.
//
// https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
var MessageAction = Kind{
	Name: "message_action", Title: "message shortcut",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		message := s.message()
		return join(Object{
			{"type", "message_action"}, {"token", s.Token}, {"action_ts", s.ts()}, {"team", s.home()},
			{"user", Object{{"id", s.UserID}, {"username", s.userName()}, {"team_id", s.userTeam()}, {"name", s.userName()}}},
			{"channel", s.channel()},
		}, s.organization(), Object{
			{"callback_id", s.CallbackID}, {"trigger_id", s.TriggerID}, {"response_url", s.responseURL("app")},
			{"message_ts", message.Value("ts")}, {"message", message},
		})
	},
}
