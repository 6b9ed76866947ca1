package checks

import (
	"context"
	"time"
)

// dnsSpeed asks whether the look-up leaves the app its time.
var dnsSpeed = Check{
	ID: "dns.speed", Title: "the name server answers quickly", Needs: []string{"dns.resolve"},
	Problems: []string{"dns.slow"},
	Run: func(ctx context.Context, s *Session) Result {
		r := s.lookUp(ctx)
		result := pass("%d ms", r.Took.Milliseconds())
		result.Took = Millis(r.Took)
		if r.Took > s.Target.Deadline/6 {
			return result.remark("dns.slow", "the look-up took %d ms of Slack's %.0f s", r.Took.Milliseconds(), s.Target.Deadline.Round(time.Second).Seconds())
		}
		return result
	},
}
