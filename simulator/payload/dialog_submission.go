package payload

// DialogSubmission is a dialog that was submitted: the forerunner of
// view_submission.
//
// https://docs.slack.dev/legacy/legacy-dialogs
var DialogSubmission = Kind{
	Name: "dialog_submission", Title: "legacy dialog submitted",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		return join(s.dialog("dialog_submission"), Object{
			{"submission", Object{{s.ActionID, or(s.Value, "belay")}, {"belay_optional", nil}}},
			{"callback_id", s.CallbackID}, {"response_url", s.responseURL("app")}, {"state", "belay"},
		})
	},
}

// dialog is the members with which the payloads of dialogs begin.
func (s Scene) dialog(sort string) Object {
	return join(Object{
		{"type", sort}, {"token", s.Token}, {"action_ts", s.ts()}, {"team", s.home()},
		{"user", s.namedUser()}, {"channel", s.channel()},
	}, s.organization())
}
