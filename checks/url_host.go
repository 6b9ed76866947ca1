package checks

import (
	"context"
	"net/netip"
)

// urlHost asks for a name in place of an address.
var urlHost = Check{
	ID: "url.host", Title: "the URL names a host", Needs: []string{"url.valid"},
	Problems: []string{"url.ip-literal"},
	Run: func(_ context.Context, s *Session) Result {
		if _, err := netip.ParseAddr(s.URL.Hostname()); err != nil {
			return pass("%s", s.URL.Hostname())
		}
		if s.Target.Local {
			return pass("an address, which is fine for a local target")
		}
		return found("url.ip-literal", "the host is the address %s", s.URL.Hostname())
	},
}
