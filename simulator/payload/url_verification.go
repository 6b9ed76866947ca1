package payload

// URLVerification is the challenge that Slack sends when an events URL is saved.
//
// https://docs.slack.dev/apis/events-api/using-http-request-urls
var URLVerification = Kind{
	Name: "url_verification", Title: "url_verification",
	Encoding: JSON, Accept: "*/*",
	Fields: func(s Scene) Object {
		s = s.filled()
		return Object{{"token", s.Token}, {"challenge", s.Challenge}, {"type", "url_verification"}}
	},
}
