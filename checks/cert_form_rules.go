package checks

import (
	"bytes"
	"crypto/dsa" //lint:ignore SA1019 a certificate may hold such a key, and belay says so
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// everyRules are those for every certificate.
var everyRules = []rule{
	{"RFC 5280 section 4.1.2.1", func(c *x509.Certificate) string {
		return when(c.Version != 3, fmt.Sprintf("is of version %d, not 3", c.Version))
	}},
	{"RFC 5280 section 4.1.2.2", oddSerial},
	{"RFC 5280 section 4.2.1.1", func(c *x509.Certificate) string {
		lacks := len(c.AuthorityKeyId) == 0 && defectOf(c, oidAuthorityKeyID) == nil
		return when(lacks && !signsItself(c), "has no authority key identifier")
	}},
	{"BR section 6.1.5", oddKey},
	{"RFC 5280 section 4.2", unreadablePart},
	{"RFC 5280 section 4.2", unknownPart},
}

// leafRules are those for the certificate of a server.
var leafRules = []rule{
	{"BR section 7.1.2.7.8", func(c *x509.Certificate) string { return when(c.IsCA, "is an authority's, not a server's") }},
	{"RFC 5280 section 4.2.1.9", func(c *x509.Certificate) string {
		return when(!c.IsCA && c.KeyUsage&x509.KeyUsageCertSign != 0, "may sign certificates by its key usage, and is no authority")
	}},
	{"RFC 5280 section 4.2.1.10", func(c *x509.Certificate) string {
		_, limited := extension(c, oidNameConstraints)
		return when(limited, "has name constraints, which only an authority may")
	}},
	{"BR section 7.1.2.7.10", oddUsage},
	{"RFC 5280 section 4.2.1.6", func(c *x509.Certificate) string {
		e, ok := extension(c, oidSubjectAltName)
		return when(ok && !hasSubject(c) && !e.Critical, "has no subject, and alternative names that are not critical")
	}},
	{"BR section 7.1.2.7.12", func(c *x509.Certificate) string {
		return when(hasSubject(c) && isCritical(c, oidSubjectAltName), "has a subject, and alternative names that are critical")
	}},
	{"RFC 5280 section 4.2.1.6", oddName},
	{"BR section 3.2.2.6", func(c *x509.Certificate) string { return wideWildcard(c, true) }},
	{"BR section 7.1.4.3", oddCommonName},
}

// givenLeafRules are those for a server's certificate below a root that the user
// gave. A public authority has seen to it that whoever gets a wildcard for a suffix
// such as herokuapp.com holds all of it.
var givenLeafRules = []rule{
	{"BR section 3.2.2.6", func(c *x509.Certificate) string { return wideWildcard(c, false) }},
}

// issuerRules are those for an authority.
var issuerRules = []rule{
	{"RFC 5280 section 4.1.2.6", func(c *x509.Certificate) string { return when(!hasSubject(c), "has no subject") }},
	{"RFC 5280 section 4.2.1.2", func(c *x509.Certificate) string {
		return when(len(c.SubjectKeyId) == 0 && defectOf(c, oidSubjectKeyID) == nil, "has no subject key identifier")
	}},
	{"RFC 5280 section 4.2.1.9", func(c *x509.Certificate) string {
		e, ok := extension(c, oidBasicConstraints)
		return when(ok && !e.Critical, "has basic constraints that are not critical")
	}},
	{"RFC 5280 section 4.2.1.10", oddLimits},
	{"RFC 5280 section 4.2.1.11", func(c *x509.Certificate) string {
		e, ok := extension(c, oidPolicyConstraints)
		return when(ok && !e.Critical, "has policy constraints that are not critical")
	}},
}

// givenIssuerRules are those for an authority below a root that the user gave, and
// for that root.
var givenIssuerRules = []rule{
	{"BR section 7.1.2.11.1", func(c *x509.Certificate) string {
		return when(namesIssuer(c), "has an authority key identifier that names the issuer's issuer")
	}},
	{"BR section 7.1.2.1.3", func(c *x509.Certificate) string {
		_, ok := extension(c, oidAuthorityKeyID)
		odd := ok && !bytes.Equal(c.AuthorityKeyId, c.SubjectKeyId) && signsItself(c)
		return when(odd && defectOf(c, oidAuthorityKeyID) == nil && defectOf(c, oidSubjectKeyID) == nil, "is a root whose authority key identifier is not its own")
	}},
	{"BR section 7.1.2.1.2", func(c *x509.Certificate) string {
		_, ok := extension(c, oidExtendedKeyUsage)
		return when(ok && signsItself(c), "is a root with an extended key usage")
	}},
}

func when(breach bool, text string) string {
	if breach {
		return text
	}
	return ""
}

func oddSerial(c *x509.Certificate) string {
	const mostBits = 8*20 - 1
	switch {
	case c.SerialNumber.Sign() <= 0:
		return "has a serial number that is not positive"
	case c.SerialNumber.BitLen() > mostBits:
		return "has a serial number of more than 20 bytes"
	}
	return ""
}

func oddKey(c *x509.Certificate) string {
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return when(key.N.BitLen()%8 != 0, fmt.Sprintf("has a key of RSA %d, which is no multiple of 8", key.N.BitLen()))
	case *dsa.PublicKey:
		return "has a key of DSA"
	}
	return ""
}

// unreadablePart is what was left out to read the certificate, the names and
// limits apart that are other checks' questions.
func unreadablePart(c *x509.Certificate) string {
	_, defects, _ := readCertificate(c.Raw)
	for _, d := range defects {
		if !judgedHere(d.oid) {
			return "cannot be read by crypto/x509: " + shorten(strings.TrimPrefix(d.err.Error(), "x509: "))
		}
	}
	return ""
}

// unknownPart is an extension that whoever does not know it has to refuse.
func unknownPart(c *x509.Certificate) string {
	for _, oid := range c.UnhandledCriticalExtensions {
		if !judgedHere(oid) {
			return "has a critical extension that clients do not know (" + shorten(oid.String()) + ")"
		}
	}
	return ""
}

// oddUsage judges the extended key usage of a server.
func oddUsage(c *x509.Certificate) string {
	e, ok := extension(c, oidExtendedKeyUsage)
	switch {
	case !ok:
		return "has no extended key usage"
	case e.Critical:
		return "has an extended key usage that is critical"
	case slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageAny):
		return "is for any extended key usage"
	}
	return ""
}

// oddName looks for a name that is not in the syntax of hosts.
func oddName(c *x509.Certificate) string {
	for _, name := range c.DNSNames {
		host := strings.TrimPrefix(name, "*.")
		if isAddress(host) {
			return "names the address " + shorten(name) + " as a host"
		}
		if !isDNSName(host) {
			return "names " + shorten(name) + ", which is no host name"
		}
	}
	return ""
}

// isDNSName reports a name in the preferred syntax (RFC 1034 section 3.5, RFC 1123
// section 2.1).
func isDNSName(name string) bool {
	const mostLabel, most = 63, 253
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > mostLabel || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool { return !isHostRune(r) }) {
			return false
		}
	}
	return len(name) <= most
}

func isHostRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-'
}

// wideWildcard looks for a wildcard that stands for a whole public suffix: one of a
// registry, or one under which a company lets names.
func wideWildcard(c *x509.Certificate, registry bool) string {
	for _, name := range c.DNSNames {
		domain, ok := strings.CutPrefix(strings.ToLower(name), "*.")
		if !ok {
			continue
		}
		suffix, listed := publicsuffix.PublicSuffix(domain)
		if suffix == domain && registry == (listed || !strings.Contains(domain, ".")) {
			return "stands for a whole public suffix by " + shorten(name)
		}
	}
	return ""
}

// oddCommonName looks for a common name that is not, letter by letter, one of the
// alternative names. One without any is cert.no-san.
func oddCommonName(c *x509.Certificate) string {
	name := c.Subject.CommonName
	if name == "" || len(c.DNSNames)+len(c.IPAddresses) == 0 || slices.Contains(c.DNSNames, name) {
		return ""
	}
	for _, ip := range c.IPAddresses {
		if address, ok := netip.AddrFromSlice(ip); ok && address.Unmap().String() == name {
			return ""
		}
	}
	return "has the common name " + shorten(name) + ", which is none of its alternative names"
}

// oddLimits looks for a limit of host names that begins with a period, which is for
// URIs alone.
func oddLimits(c *x509.Certificate) string {
	e, _ := extension(c, oidNameConstraints)
	limits, _ := readLimits(e.Value)
	for _, l := range slices.Concat(limits.permitted, limits.excluded) {
		if l.form == formDNS && bytes.HasPrefix(l.data, []byte(".")) {
			return "limits host names by " + shorten(string(l.data)) + ", with a period at the beginning"
		}
	}
	return ""
}
