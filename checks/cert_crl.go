package checks

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	cryptobyteasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidDeltaCRL                 = asn1.ObjectIdentifier{2, 5, 29, 27}
	oidIssuingDistributionPoint = asn1.ObjectIdentifier{2, 5, 29, 28}
)

// askCRL looks the leaf up in the authority's list of the revoked (RFC 5280 section
// 5). Some serve it as PEM.
func (s *Session) askCRL(ctx context.Context, v *chainVerdict, issuer *x509.Certificate, url string) revocation {
	answer, err := s.fetch(ctx, url, "", nil)
	if err != nil {
		return revocation{source: url, err: err}
	}
	if block, _ := pem.Decode(answer); block != nil {
		answer = block.Bytes
	}
	return crlSays(v, issuer, url, answer)
}

func crlSays(v *chainVerdict, issuer *x509.Certificate, url string, der []byte) revocation {
	said := revocation{source: url}
	list, err := x509.ParseRevocationList(der)
	if err == nil {
		err = checkList(list, issuer)
	}
	if err != nil {
		said.err = err
		return said
	}
	said.at = list.ThisUpdate
	for _, entry := range list.RevokedCertificateEntries {
		if entry.SerialNumber.Cmp(v.leaf.SerialNumber) == 0 {
			said.revoked, said.at = revocationReason(entry.ReasonCode), entry.RevocationTime
			return said
		}
	}
	if said.err = checkFresh(v.now, list.ThisUpdate, list.NextUpdate); said.err == nil {
		said.err = checkScope(list, url)
	}
	return said
}

// checkList reports a list that is not the issuer's own.
func checkList(list *x509.RevocationList, issuer *x509.Certificate) error {
	if !bytes.Equal(list.RawIssuer, issuer.RawSubject) {
		return fmt.Errorf("the list is of %s", nameOf(list.Issuer))
	}
	if err := list.CheckSignatureFrom(issuer); err != nil {
		return fmt.Errorf("the list is not signed by %s: %w", subjectOf(issuer), err)
	}
	return nil
}

// checkScope reports a list in which a server's certificate need not stand even if
// it is revoked: one of changes only, of authorities, of some reasons, of another
// authority, or of another part of the certificates (RFC 5280 section 5.2.5).
func checkScope(list *x509.RevocationList, url string) error {
	for _, e := range list.Extensions {
		if e.Id.Equal(oidDeltaCRL) {
			return errors.New("the list holds only what changed")
		}
		if !e.Id.Equal(oidIssuingDistributionPoint) {
			continue
		}
		outer := cryptobyte.String(e.Value)
		var fields cryptobyte.String
		if !outer.ReadASN1(&fields, cryptobyteasn1.SEQUENCE) {
			return errors.New("the list does not say which certificates it covers")
		}
		for !fields.Empty() {
			var field cryptobyte.String
			var tag cryptobyteasn1.Tag
			if !fields.ReadAnyASN1(&field, &tag) {
				return errors.New("the list does not say which certificates it covers")
			}
			switch tag {
			case contextTag(0).Constructed():
				if !bytes.Contains(field, []byte(url)) {
					return errors.New("the list is of another part of the certificates")
				}
			case contextTag(2), contextTag(3), contextTag(4), contextTag(5):
				return errors.New("the list is not of all servers' certificates")
			}
		}
	}
	return nil
}
