package checks

import "context"

// vantageProxy says whether a proxy of this machine is between belay and the app.
var vantageProxy = Check{
	ID: "vantage.proxy", Title: "no proxy of this machine is in the way", Needs: []string{"url.valid"},
	Problems: []string{"vantage.proxy"},
	Run: func(_ context.Context, s *Session) Result {
		if s.Target.Proxy == "" {
			return pass("no proxy is set")
		}
		return pass("asked directly").remark("vantage.proxy", "%s is set and was not used: belay asks directly, as Slack does", s.Target.Proxy)
	},
}
