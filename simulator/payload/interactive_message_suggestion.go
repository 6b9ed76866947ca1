package payload

// InteractiveMessageSuggestion asks an options load URL for the options of a menu in
// an attachment. Slack's type word is interactive_message here too; what tells the
// two apart is that there are no actions.
//
// https://api.slack.com/docs/message-menus
var InteractiveMessageSuggestion = Kind{
	Name: "interactive_message_suggestion", Title: "legacy menu's options request",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		return join(Object{{"name", s.ActionID}, {"value", or(s.Value, "be")}}, s.attachment()[:1],
			Object{{"type", "interactive_message"}}, s.attachment()[1:], s.organization())
	},
}
