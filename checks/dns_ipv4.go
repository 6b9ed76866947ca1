package checks

import (
	"context"

	"belay/simulator/payload"
)

// dnsIPv4 asks for an address that every client can use.
var dnsIPv4 = Check{
	ID: "dns.ipv4", Title: "the name has an IPv4 address", Needs: []string{"dns.resolve"},
	Problems: []string{"dns.ipv6-only"},
	Run: func(ctx context.Context, s *Session) Result {
		r := s.lookUp(ctx)
		if public, ok := s.lookUpPublic(ctx); ok && public.Err == nil {
			r = public
		}
		if r.Source == payload.SourceGiven {
			return pass("given with --resolve, and not judged")
		}
		for _, address := range r.Addresses {
			if address.Is4() || s.Target.Local {
				return pass("%s", address)
			}
		}
		return found("dns.ipv6-only", "only AAAA: %s", describeAddresses(r))
	},
}
