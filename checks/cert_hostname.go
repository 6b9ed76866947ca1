package checks

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// certHostname compares the host of the URL with the names of the certificate, as
// RFC 6125 section 6.4 has it: a wildcard stands for one whole label. A server's
// placeholder is recognised here, because it names no host of anybody's.
var certHostname = Check{
	ID:       "cert.hostname",
	Title:    "the certificate names the host",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.hostname", "cert.no-san", "cert.default"},
	Run: ofCertificate(func(_ context.Context, s *Session, v *chainVerdict) Result {
		r := judgeHostname(v.leaf, s.URL.Hostname())
		if r.Status == Fail || r.Status == Warn {
			r = orPlaceholder(r, v.leaf)
		}
		r.Evidence = leafEvidence(v)
		return r
	}),
}

func judgeHostname(c *x509.Certificate, host string) Result {
	name := c.Subject.CommonName
	unreadable := defectOf(c, oidSubjectAltName)
	switch {
	case unreadable != nil:
		return found("cert.hostname", "its alternative names cannot be read (%s)", shorten(strings.TrimPrefix(unreadable.Error(), "x509: ")))
	case c.VerifyHostname(host) == nil && onlyTopLevel(c, host):
		return found("cert.hostname", "for %s: OpenSSL and curl take no wildcard for all of a top-level domain", matchingName(c, host))
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

// onlyTopLevel reports that nothing covers the host but wildcards such as *.com.
func onlyTopLevel(c *x509.Certificate, host string) bool {
	if isAddress(host) {
		return false
	}
	for _, name := range c.DNSNames {
		domain, wildcard := strings.CutPrefix(name, "*.")
		if covers(name, host) && (!wildcard || strings.Contains(strings.Trim(domain, "."), ".")) {
			return false
		}
	}
	return true
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
	if isAddress(host) && slices.Contains(c.DNSNames, host) {
		return saw + " as an address: it is entered as a host name"
	}
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
