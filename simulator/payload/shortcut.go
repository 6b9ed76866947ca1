package payload

// Shortcut is a global shortcut, which has no channel.
//
// https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
var Shortcut = Kind{
	Name: "shortcut", Title: "global shortcut",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		return join(Object{
			{"type", "shortcut"}, {"token", s.Token}, {"action_ts", s.ts()}, {"team", s.home()},
			{"user", Object{{"id", s.UserID}, {"username", s.userName()}, {"team_id", s.userTeam()}}},
		}, s.organization(), Object{{"callback_id", s.CallbackID}, {"trigger_id", s.TriggerID}})
	},
}

// join is the members of all parts, in order.
func join(parts ...[]Member) Object {
	var all Object
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}
