package checks

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/crypto/ocsp"
)

// askOCSP asks a responder about the leaf (RFC 6960 appendix A).
func (s *Session) askOCSP(ctx context.Context, v *chainVerdict, issuer *x509.Certificate, url string) revocation {
	request, err := ocsp.CreateRequest(v.leaf, issuer, nil)
	if err != nil {
		return revocation{source: url, err: err}
	}
	answer, err := s.fetch(ctx, url, "application/ocsp-request", request)
	if err != nil {
		return revocation{source: url, err: err}
	}
	return ocspSays(v, issuer, url, answer)
}

// ocspSays reads a response, which anybody may have written: it counts when the
// issuer signed it or the responder that it appointed (RFC 6960 section 4.2.2.2).
func ocspSays(v *chainVerdict, issuer *x509.Certificate, source string, answer []byte) revocation {
	said := revocation{source: source}
	r, err := ocsp.ParseResponseForCert(answer, v.leaf, issuer)
	if err != nil {
		said.err = err
		return said
	}
	if err := appointed(r.Certificate, issuer); err != nil {
		said.err = err
		return said
	}
	said.at = r.ThisUpdate
	switch r.Status {
	case ocsp.Revoked:
		said.revoked, said.at = revocationReason(r.RevocationReason), r.RevokedAt
	case ocsp.Good:
		said.err = checkFresh(v.now, r.ThisUpdate, r.NextUpdate)
	default:
		said.err = errors.New("it does not know this certificate")
	}
	return said
}

// appointed reports who else than the issuer signed a response without the right to.
func appointed(responder, issuer *x509.Certificate) error {
	if responder == nil || responder.Equal(issuer) || slices.Contains(responder.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) {
		return nil
	}
	return fmt.Errorf("%s signed it, which is not appointed to", subjectOf(responder))
}
