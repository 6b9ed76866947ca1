package checks

import (
	"context"
	"errors"
	"net/netip"
	"strings"

	"belay/simulator/payload"
)

// dnsPublic asks whether the name leads somewhere that Slack's servers can reach.
var dnsPublic = Check{
	ID: "dns.public", Title: "the address is one that Slack can reach", Needs: []string{"dns.resolve"},
	Problems: []string{"dns.private-address", "dns.split-horizon", "vantage.fake-ip"},
	Run: func(ctx context.Context, s *Session) Result {
		if s.Target.Local {
			return pass("not asked of a local target")
		}
		r := s.lookUp(ctx)
		if r.Source == payload.SourceGiven {
			return pass("given with --resolve, and not judged")
		}
		if public, ok := s.lookUpPublic(ctx); ok {
			if errors.Is(public.Err, payload.ErrDNSNoTime) {
				return judgeAddresses(s, r).remark("", "the public resolver %s did not answer", public.Server)
			}
			return judgePublic(s, r, public)
		}
		return judgeAddresses(s, r)
	},
}

// judgePublic judges by what a public resolver says.
func judgePublic(s *Session, here, public payload.Resolution) Result {
	private, _ := firstPrivate(public.Addresses)
	switch {
	case public.Err != nil:
		return found("dns.split-horizon", "this machine's resolver knows %s; for %s: %v", describeAddresses(here), public.Server, public.Err)
	case private.IsValid() && sameAddresses(here, public):
		return found("dns.private-address", "%s is %s, also for %s", s.URL.Hostname(), private, public.Server)
	case private.IsValid():
		return found("dns.split-horizon", "here %s, for %s %s", describeAddresses(here), public.Server, describeAddresses(public))
	}
	result := pass("%s, says %s", describeAddresses(public), public.Server)
	if local, why := firstPrivate(here.Addresses); local.IsValid() {
		return result.remark("", "this machine's resolver says %s (%s); the app was asked there", local, why)
	}
	return result
}

// judgeAddresses judges by what this machine's resolver says.
func judgeAddresses(s *Session, r payload.Resolution) Result {
	address, why := firstPrivate(r.Addresses)
	switch {
	case !address.IsValid():
		return pass("public")
	case r.Source == payload.SourceDNS && isFakeIP(address):
		return found("vantage.fake-ip", "%s is %s: a local proxy's or VPN's answer, not the name's", s.URL.Hostname(), address)
	case r.Source == payload.SourceLiteral:
		return found("dns.private-address", "%s is %s", address, why)
	case isLocalName(s.URL.Hostname()):
		return found("dns.private-address", "%s is this machine: Slack's servers call your app, not the Slack client on your desk", s.URL.Hostname())
	}
	return found("dns.private-address", "%s leads to %s (%s); only this machine's resolver was asked, --public-dns asks another", s.URL.Hostname(), address, why)
}

func isLocalName(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func sameAddresses(a, b payload.Resolution) bool {
	return describeAddresses(payload.Resolution{Addresses: a.Addresses}) == describeAddresses(payload.Resolution{Addresses: b.Addresses})
}

// A block of addresses that Slack cannot reach, with what it is for.
type addressBlock struct {
	prefix netip.Prefix
	why    string
}

// unreachable are the blocks of IANA's registries of special-purpose addresses
// that are not globally reachable (RFC 6890).
var unreachable = []addressBlock{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private network"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a carrier's shared network (CGNAT)"},
	{netip.MustParsePrefix("127.0.0.0/8"), "this machine"},
	{netip.MustParsePrefix("169.254.0.0/16"), "a link-local address"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private network"},
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved"},
	{netip.MustParsePrefix("192.0.2.0/24"), "for documentation"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private network"},
	{netip.MustParsePrefix("198.18.0.0/15"), "for benchmarks, and what local proxies make up"},
	{netip.MustParsePrefix("198.51.100.0/24"), "for documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "for documentation"},
	{netip.MustParsePrefix("224.0.0.0/3"), "multicast or reserved"},
	{netip.MustParsePrefix("::/127"), "this machine"},
	{netip.MustParsePrefix("100::/64"), "a black hole"},
	{netip.MustParsePrefix("2001:db8::/32"), "for documentation"},
	{netip.MustParsePrefix("3fff::/20"), "for documentation"},
	{netip.MustParsePrefix("fc00::/7"), "a private network (ULA)"},
	{netip.MustParsePrefix("fe80::/10"), "a link-local address"},
	{netip.MustParsePrefix("ff00::/8"), "multicast"},
}

// firstPrivate is the first address that Slack cannot reach, and why.
func firstPrivate(addresses []netip.Addr) (netip.Addr, string) {
	for _, address := range addresses {
		for _, block := range unreachable {
			if block.prefix.Contains(address.Unmap().WithZone("")) {
				return address, block.why
			}
		}
	}
	return netip.Addr{}, ""
}

// fakeRanges are what local proxies and VPN clients answer with in a name's place.
var fakeRanges = []netip.Prefix{
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("fdfe:dcba:9876::/48"),
}

func isFakeIP(address netip.Addr) bool {
	for _, prefix := range fakeRanges {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}
