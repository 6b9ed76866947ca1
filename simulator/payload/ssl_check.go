package payload

// SSLCheck is how Slack tries a command's certificate when the command is saved:
// an unsigned form without a command in it.
//
// https://docs.slack.dev/interactivity/implementing-slash-commands
var SSLCheck = Kind{
	Name: "ssl_check", Title: "ssl_check",
	Encoding: Form, Accept: "*/*", Unsigned: true,
	Fields: func(s Scene) Object {
		s = s.filled()
		return Object{{"ssl_check", "1"}, {"token", s.Token}}
	},
}
