package checks

import (
	"context"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
)

// certConstraints asks whether the issuers may issue what stands below them: that
// they are authorities at all, with that many others below them (RFC 5280 section
// 4.2.1.9), for these names (section 4.2.1.10). Of several chains to a root one
// without a barrier is enough.
var certConstraints = Check{
	ID:       "cert.constraints",
	Title:    "its issuers may issue this certificate",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.name-constraint", "cert.path-length"},
	Run: ofCertificate(func(_ context.Context, _ *Session, v *chainVerdict) Result {
		r := v.judgeConstraints()
		r.Evidence = chainEvidence(v, false)
		return r
	}),
}

func (v *chainVerdict) judgeConstraints() Result {
	chain := v.whole()
	if b := barrierOf(chain); b != nil {
		return found(b.problem, "%s", b.saw)
	}
	if b := v.rootBarrier(); v.trusted == nil && b != nil {
		return *b
	}
	for _, c := range chain[1:] {
		if _, limited := extension(c, oidNameConstraints); limited {
			return pass("within the names that %s may issue for", subjectOf(c))
		}
	}
	return pass("nothing is in its way")
}

// rootBarrier is what x509 says of a root that it keeps to itself. It counts
// self-issued certificates, which RFC 5280 does not (sections 4.2.1.9, 4.2.1.10).
func (v *chainVerdict) rootBarrier() *Result {
	var invalid x509.CertificateInvalidError
	if v.known == nil || !errors.As(v.err, &invalid) {
		return nil
	}
	var r Result
	switch {
	case invalid.Reason != x509.TooManyIntermediates && invalid.Reason != x509.CANotAuthorizedForThisName:
		return nil
	case slices.ContainsFunc(v.path[1:], selfIssued):
		r = inconclusive("crypto/x509 counts the self-issued certificates of the chain and refuses it (%s), which RFC 5280 does not: compare openssl verify",
			shorten(invalid.Error()))
	case invalid.Reason == x509.TooManyIntermediates:
		r = found("cert.path-length", "%s allows fewer authorities below it than the chain holds", subjectOf(v.known))
	default:
		r = found("cert.name-constraint", "%s may not issue for this name: %s", subjectOf(v.known), shorten(invalid.Detail))
	}
	return &r
}

// A barrier is what an issuer may not do.
type barrier struct{ problem, saw string }

// barrierOf is the first barrier of a chain, from the leaf up, or nil.
func barrierOf(chain []*x509.Certificate) *barrier {
	for i, c := range chain {
		if i == 0 {
			continue
		}
		if why := mayNotIssue(c); why != "" {
			return &barrier{"cert.path-length", fmt.Sprintf("%s %s, and has issued %s", subjectOf(c), why, subjectOf(chain[i-1]))}
		}
		if below := authoritiesBelow(chain[:i]); limitsPath(c) && below > c.MaxPathLen {
			return &barrier{"cert.path-length", fmt.Sprintf("%s allows %s below it, and the chain has %d",
				subjectOf(c), plural(c.MaxPathLen, "other authority", "other authorities"), below)}
		}
	}
	return namesBarrier(chain)
}

// mayNotIssue says why a certificate may not sign others, or "". Of the roots in
// Mozilla's list that was judged by others.
func mayNotIssue(c *x509.Certificate) string {
	_, limited := extension(c, oidKeyUsage)
	switch {
	case isPublicRoot(c):
		return ""
	case c.Version == 3 && !c.BasicConstraintsValid || c.BasicConstraintsValid && !c.IsCA:
		return "is no authority"
	case limited && c.KeyUsage&x509.KeyUsageCertSign == 0:
		return "may not sign certificates by its key usage"
	}
	return ""
}

func limitsPath(c *x509.Certificate) bool {
	return c.BasicConstraintsValid && (c.MaxPathLen > 0 || c.MaxPathLen == 0 && c.MaxPathLenZero)
}

// authoritiesBelow counts the issuers of a chain that does not go up to the one
// that is asked about, those left out that issued themselves a new certificate.
func authoritiesBelow(chain []*x509.Certificate) int {
	below := 0
	for _, c := range chain[1:] {
		if !selfIssued(c) {
			below++
		}
	}
	return below
}

// selfIssued certificates have the subject as issuer, whosever key signed them.
func selfIssued(c *x509.Certificate) bool { return string(c.RawSubject) == string(c.RawIssuer) }

// unconstrained is a copy of a certificate for x509 to verify, which judges by
// fewer forms of names than OpenSSL does, counts self-issued certificates, and says
// of no constraint whose it is.
func unconstrained(c *x509.Certificate) *x509.Certificate {
	u := *c
	u.MaxPathLen, u.MaxPathLenZero = -1, false
	u.PermittedDNSDomains, u.ExcludedDNSDomains = nil, nil
	u.PermittedIPRanges, u.ExcludedIPRanges = nil, nil
	u.PermittedEmailAddresses, u.ExcludedEmailAddresses = nil, nil
	u.PermittedURIDomains, u.ExcludedURIDomains = nil, nil
	u.Extensions = nil
	for _, e := range c.Extensions {
		if !e.Id.Equal(oidNameConstraints) {
			u.Extensions = append(u.Extensions, e)
		}
	}
	u.UnhandledCriticalExtensions = nil
	for _, oid := range c.UnhandledCriticalExtensions {
		if !judgedHere(oid) {
			u.UnhandledCriticalExtensions = append(u.UnhandledCriticalExtensions, oid)
		}
	}
	return &u
}

// judgedHere reports a critical extension that x509 leaves to its caller, and that
// the checks read themselves.
func judgedHere(oid asn1.ObjectIdentifier) bool {
	return oid.Equal(oidNameConstraints) || oid.Equal(oidSubjectAltName)
}
