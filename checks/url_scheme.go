package checks

import (
	"context"

	"belay/checks/problem"
)

// urlScheme asks for https, which Slack demands of publicly distributed apps.
var urlScheme = Check{
	ID: "url.scheme", Title: "the URL is https", Needs: []string{"url.valid"},
	Problems: []string{"url.scheme"},
	Run: func(_ context.Context, s *Session) Result {
		switch {
		case s.URL.Scheme == "https":
			return pass("https")
		case s.Target.Local:
			return pass("http, which is fine for a local target")
		case s.Target.Distributed:
			return found("url.scheme", "plain http").at(problem.Fail)
		}
		return found("url.scheme", "plain http: Slack takes it only for an app of one workspace").at(problem.Warn)
	},
}
