package checks

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/netip"
	"strings"
)

// certHostname compares the host of the URL with the names of the certificate, as
// RFC 6125 section 6.4 has it: a wildcard stands for one whole label.
var certHostname = Check{
	ID:       "cert.hostname",
	Title:    "the certificate names the host",
	Needs:    []string{"tls.handshake"},
	Problems: []string{"cert.hostname", "cert.no-san"},
	Run: func(ctx context.Context, s *Session) Result {
		if reason := s.notTheApps(ctx); reason != "" {
			return skip("%s", reason)
		}
		v := s.certificates(ctx)
		r := judgeHostname(v.leaf, s.URL.Hostname())
		r.Evidence = leafEvidence(v)
		return r
	},
}

func judgeHostname(c *x509.Certificate, host string) Result {
	name := c.Subject.CommonName
	switch {
	case c.VerifyHostname(host) == nil:
		return pass("for %s", matchingName(c, host))
	case len(hostNames(c)) > 0:
		return found("cert.hostname", "%s", mismatchText(c, host))
	case name == "":
		return found("cert.hostname", "the certificate names no host at all")
	case !isAddress(host) && covers(name, host):
		return found("cert.no-san", "only the common name is %s, and there is no subject alternative name", shorten(name))
	}
	return found("cert.hostname", "the certificate names no host (its common name is %s)", shorten(name))
}

// covers reports that a name or wildcard stands for the host.
func covers(name, host string) bool {
	return (&x509.Certificate{DNSNames: []string{name}}).VerifyHostname(host) == nil
}

// matchingName is the one that covers the host.
func matchingName(c *x509.Certificate, host string) string {
	for _, name := range c.DNSNames {
		if covers(name, host) {
			return shorten(name)
		}
	}
	return host
}

// mismatchText lists the names, and explains a wildcard that does not reach.
func mismatchText(c *x509.Certificate, host string) string {
	saw := "for " + listNames(hostNames(c)) + ", not for " + shorten(host)
	for _, name := range c.DNSNames[:min(len(c.DNSNames), maxNames)] {
		if why := wildcardShort(name, host); why != "" {
			return saw + ": " + why
		}
	}
	return saw
}

// wildcardShort says why a wildcard whose domain the host is in does not cover it.
func wildcardShort(name, host string) string {
	domain, ok := strings.CutPrefix(strings.ToLower(name), "*.")
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	switch {
	case !ok:
		return ""
	case host == domain:
		return shorten(name) + " does not cover " + shorten(domain) + " itself"
	case strings.HasSuffix(host, "."+domain):
		labels := strings.Count(strings.TrimSuffix(host, domain), ".")
		return fmt.Sprintf("%s covers one label, the host has %d", shorten(name), labels)
	}
	return ""
}

// listNames is at most ten of them in a row.
func listNames(names []string) string {
	const most = 10
	if len(names) > most {
		return fmt.Sprintf("%s and %s", strings.Join(names[:most], ", "), plural(len(names)-most, "more", "more"))
	}
	return strings.Join(names, ", ")
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
