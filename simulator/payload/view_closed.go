package payload

// ViewClosed is a modal with notify_on_close that was closed.
//
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
var ViewClosed = Kind{
	Name: "view_closed", Title: "modal closed",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		view := s.wholeView().With("state", Object{{"values", Object{}}}).With("notify_on_close", true)
		return join(Object{
			{"type", "view_closed"}, {"team", s.home()}, {"user", s.actor()}, {"api_app_id", s.AppID}, {"token", s.Token},
			{"view", view}, {"is_cleared", false},
		}, s.organization(), s.step())
	},
}
