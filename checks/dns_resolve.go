package checks

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"belay/simulator/payload"
)

// dnsResolve asks whether the host's name leads to an address.
var dnsResolve = Check{
	ID: "dns.resolve", Title: "the host's name leads to an address", Needs: []string{"url.valid"},
	Problems: []string{"dns.nxdomain", "dns.servfail", "dns.timeout", "dns.no-address"},
	Run: func(ctx context.Context, s *Session) Result {
		r := s.lookUp(ctx)
		result := judgeResolution(ctx, s, r)
		result.Took = Millis(r.Took)
		result.Evidence = &Evidence{Resolution: resolutionOf(r)}
		return result
	},
}

func judgeResolution(ctx context.Context, s *Session, r payload.Resolution) Result {
	asked := ""
	if r.Server != "" {
		asked = ", says " + r.Server
	}
	switch {
	case r.Err == nil:
		return pass("%s", describeAddresses(r))
	case ctx.Err() != nil:
		return skip("%s", s.outOfTime(ctx))
	case errors.Is(r.Err, payload.ErrNXDomain):
		return found("dns.nxdomain", "%s does not exist%s", s.URL.Hostname(), asked)
	case errors.Is(r.Err, payload.ErrNoAddress):
		return found("dns.no-address", "%s has neither A nor AAAA records%s", s.URL.Hostname(), asked)
	case errors.Is(r.Err, payload.ErrDNSNoTime):
		return found("dns.timeout", "no answer about %s from %s", s.URL.Hostname(), orText(r.Server, "the name server"))
	}
	return found("dns.servfail", "%v%s", r.Err, asked)
}

// describeAddresses is what a lookup found, in a few words.
func describeAddresses(r payload.Resolution) string {
	var texts []string
	for _, a := range r.Addresses[:min(len(r.Addresses), 4)] {
		texts = append(texts, a.String())
	}
	text := strings.Join(texts, ", ")
	if more := len(r.Addresses) - len(texts); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	if len(r.CNAMEs) > 0 {
		text += " by way of " + cutAt(r.CNAMEs[len(r.CNAMEs)-1], 80)
	}
	switch r.Source {
	case payload.SourceGiven:
		text += " (given with --resolve)"
	case payload.SourceHosts:
		text += " (known to this machine alone)"
	}
	return text
}

func resolutionOf(r payload.Resolution) *Resolution {
	e := &Resolution{
		Host: r.Host, Addresses: []string{}, CNAMEs: r.CNAMEs, TTL: int(r.TTL.Seconds()),
		Source: string(r.Source), Server: r.Server, RCode: r.RCode, Took: Millis(r.Took),
	}
	for _, a := range r.Addresses[:min(len(r.Addresses), 50)] {
		e.Addresses = append(e.Addresses, a.String())
	}
	return e
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
