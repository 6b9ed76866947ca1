package payload

// AppRateLimited tells an app that events are being dropped, because more than
// 30,000 an hour happen in a workspace. It is not wrapped in an event_callback.
//
// https://docs.slack.dev/reference/events/app_rate_limited
var AppRateLimited = Kind{
	Name: "app_rate_limited", Title: "app_rate_limited",
	Encoding: JSON, Accept: "*/*",
	Fields: func(s Scene) Object {
		s = s.filled()
		return Object{
			{"token", s.Token}, {"type", "app_rate_limited"}, {"team_id", s.TeamID},
			{"minute_rate_limited", s.Time.Unix() / 60 * 60}, {"api_app_id", s.AppID},
		}
	},
}
