package checks

import "context"

// sslCheckAnswer asks for the answer that Slack wants when a command is saved.
var sslCheckAnswer = Check{
	ID: "ssl-check.answer", Title: "ssl_check is answered with 200", Needs: []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"ssl-check.refused"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		a, ok := i.answer(qSSLCheck)
		switch {
		case !ok:
			return skip("%s", i.why(qSSLCheck))
		case a.Status == 200:
			return pass("200")
		case s.Target.Distributed:
			return found("ssl-check.refused", "an unsigned ssl_check gets %s", s.inShort(a)).with(s, asked{qSSLCheck, a})
		}
		return pass("%s", s.inShort(a)).
			remark("ssl-check.refused", "an unsigned ssl_check gets %s, not 200; Slack sends it to publicly distributed apps", s.inShort(a))
	},
}
