package payload

// Command is a slash command.
//
// https://docs.slack.dev/interactivity/implementing-slash-commands
var Command = Kind{
	Name: "command", Title: "slash command",
	Encoding: Form, Accept: "application/json,*/*",
	Fields: func(s Scene) Object {
		s = s.filled()
		return Object{
			{"token", s.Token},
			{"team_id", s.TeamID}, {"team_domain", "belay-probe"},
			{"channel_id", StandInChannel}, {"channel_name", "belay-probe"},
			{"user_id", s.UserID}, {"user_name", "belay"},
			{"command", s.Command}, {"text", s.Text},
			{"api_app_id", StandInApp}, {"is_enterprise_install", "false"},
			{"response_url", responseURL}, {"trigger_id", triggerID},
		}
	},
}
