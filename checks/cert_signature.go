package checks

import (
	"context"
	"crypto/x509"
)

// certSignature asks whether the certificates are signed with a hash that still
// counts. OpenSSL refuses SHA-1 and MD5 from its security level 1 on, Go always,
// and the Baseline Requirements (section 7.1.3.2) allow neither. A root is trusted
// for its own sake, whatever its signature.
var certSignature = Check{
	ID:       "cert.signature",
	Title:    "the chain is signed with a hash that counts",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.weak-signature"},
	Run: ofCertificate(func(_ context.Context, _ *Session, v *chainVerdict) Result {
		c := v.weaklySigned()
		if c == nil {
			r := pass("%s", v.leaf.SignatureAlgorithm)
			r.Evidence = leafEvidence(v)
			return r
		}
		r := found("cert.weak-signature", "%s is signed with %s", subjectOf(c), c.SignatureAlgorithm)
		r.Evidence = chainEvidence(v, false)
		return r
	}),
}

// weaklySigned is the first certificate of the path whose signature does not count
// any more, or nil: x509 accepts no chain with one.
func (v *chainVerdict) weaklySigned() *x509.Certificate {
	if v.trusted != nil {
		return nil
	}
	for _, c := range v.path {
		switch c.SignatureAlgorithm {
		case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
			if !signsItself(c) {
				return c
			}
		}
	}
	return nil
}
