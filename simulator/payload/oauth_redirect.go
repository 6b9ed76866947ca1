package payload

// OAuthRedirect is how the browser of whoever installs an app comes back to it: a
// GET that nobody signs. A refusal has the error access_denied in place of a code.
//
// https://docs.slack.dev/authentication/installing-with-oauth
var OAuthRedirect = Kind{
	Name: "oauth_redirect", Title: "OAuth redirect",
	Encoding: Query, Unsigned: true,
	Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
	Agent:  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	Fields: func(s Scene) Object {
		outcome := Member{"code", or(s.Code, "0000000000.0000000000.be1a000000000000000000000000000000000000000000000000000000000000")}
		if s.Error != "" {
			outcome = Member{"error", s.Error}
		}
		return Object{outcome, {"state", s.State}}
	},
}
