package payload

// DialogSuggestion asks an options load URL for the options of a dialog's menu.
//
// https://docs.slack.dev/legacy/legacy-dialogs
var DialogSuggestion = Kind{
	Name: "dialog_suggestion", Title: "legacy dialog's options request",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		return join(s.dialog("dialog_suggestion"), Object{
			{"name", s.ActionID}, {"value", or(s.Value, "be")}, {"callback_id", s.CallbackID}, {"state", "belay"},
		})
	},
}
