package checks

import (
	"context"
	"crypto/x509"
	"slices"
)

// certUsage asks whether the certificate, and each issuer that limits what it
// issues for, allows for server authentication (RFC 5280 section 4.2.1.12). One
// without the extension allows for everything.
var certUsage = Check{
	ID:       "cert.usage",
	Title:    "the certificate is meant for servers",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.usage"},
	Run:      ofCertificate(func(_ context.Context, _ *Session, v *chainVerdict) Result { return v.judgeUsage() }),
}

func (v *chainVerdict) judgeUsage() Result {
	for _, c := range v.path {
		if allowsServer(c) || c != v.leaf && signsItself(c) {
			continue
		}
		r := found("cert.usage", "%s is only for %s", subjectOf(c), listNames(usages(c)))
		r.Evidence = chainEvidence(v, false)
		return r
	}
	r := pass("for %s", listNames(usages(v.leaf)))
	r.Evidence = leafEvidence(v)
	return r
}

// serverUsages are those with which OpenSSL takes a certificate for a server's:
// the two older names are of the time of export cryptography.
var serverUsages = []x509.ExtKeyUsage{
	x509.ExtKeyUsageAny, x509.ExtKeyUsageServerAuth,
	x509.ExtKeyUsageMicrosoftServerGatedCrypto, x509.ExtKeyUsageNetscapeServerGatedCrypto,
}

func allowsServer(c *x509.Certificate) bool {
	if _, limited := extension(c, oidExtendedKeyUsage); !limited {
		return true
	}
	return slices.ContainsFunc(c.ExtKeyUsage, func(u x509.ExtKeyUsage) bool {
		return slices.Contains(serverUsages, u)
	})
}

// usages are the extended key usages by their names in RFC 5280.
func usages(c *x509.Certificate) []string {
	var names []string
	for _, u := range c.ExtKeyUsage {
		names = append(names, u.String())
	}
	for _, oid := range c.UnknownExtKeyUsage {
		names = append(names, shorten(oid.String()))
	}
	if _, limited := extension(c, oidExtendedKeyUsage); !limited {
		return []string{"every use"}
	}
	if len(names) == 0 {
		return []string{"nothing: its list of uses is empty"}
	}
	return names[:min(len(names), maxNames)]
}
