package payload

// DialogCancellation is a dialog with notify_on_cancel that was closed.
//
// https://docs.slack.dev/legacy/legacy-dialogs
var DialogCancellation = Kind{
	Name: "dialog_cancellation", Title: "legacy dialog cancelled",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		return join(s.dialog("dialog_cancellation"), Object{
			{"callback_id", s.CallbackID}, {"response_url", s.responseURL("app")}, {"state", "belay"},
		})
	},
}
