package checks

import (
	"context"
	"strings"

	"belay/simulator/payload"
)

// tcpAddresses asks whether every address of the name connects, for Slack picks any.
var tcpAddresses = Check{
	ID: "tcp.addresses", Title: "every address of the name connects", Needs: []string{"tcp.connect"},
	Problems: []string{"tcp.partial"},
	Run: func(ctx context.Context, s *Session) Result {
		dials := s.connect(ctx)
		var closed, unknown []string
		for _, d := range dials {
			switch {
			case isNoRoute(d.err):
				unknown = append(unknown, d.address.Addr().String())
			case d.err != nil:
				closed = append(closed, d.address.Addr().String()+" ("+dialError(d.err)+")")
			}
		}
		if len(closed) > 0 && s.lookUp(ctx).Source == payload.SourceHosts {
			return pass("%d of %d", len(dials)-len(closed), len(dials)).
				remark("", "not on %s", strings.Join(closed, ", "))
		}
		if len(closed) > 0 {
			return found("tcp.partial", "no connection to %s", strings.Join(closed, ", "))
		}
		result := pass("%d of %d", len(dials)-len(unknown), len(dials))
		if len(unknown) > 0 {
			return result.remark("", "this machine has no route to %s", strings.Join(unknown, ", "))
		}
		return result
	},
}
