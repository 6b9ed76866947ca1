package checks

import (
	"context"
	"strings"
)

// The checks of TLS and of the certificate, for the specs of each.
var (
	TLSHandshake = tlsHandshake
	TLSVersions  = tlsVersions
	CertChain    = certChain
	CertValidity = certValidity
	CertHostname = certHostname
	CertUsage    = certUsage
	CertKey      = certKey
)

// RunCheck asks one check of a target as though everything that it needs had
// passed. What the network's stages measure for the others is measured before.
func RunCheck(ctx context.Context, c Check, t Target) Result {
	s := newSession(t.withDefaults(), Watch{})
	for _, id := range c.Needs {
		s.done[id] = Result{Check: id, Status: Pass}
		if strings.HasPrefix(id, "tcp.") || strings.HasPrefix(id, "tls.") || strings.HasPrefix(id, "http.") {
			s.connect(ctx)
		}
	}
	return s.check(ctx, c)
}

// RunAfter asks one check of a target after others, whose outcome decides whether
// it is asked at all.
func RunAfter(ctx context.Context, c Check, t Target, before ...Check) Result {
	s := newSession(t.withDefaults(), Watch{})
	s.connect(ctx)
	s.done["tcp.connect"] = Result{Check: "tcp.connect", Status: Pass}
	for _, b := range before {
		s.check(ctx, b)
	}
	return s.check(ctx, c)
}
