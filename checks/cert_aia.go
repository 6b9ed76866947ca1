package checks

import (
	"context"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
)

// maxFetches bounds how far --aia climbs.
const maxFetches = 4

// A search is what --aia found on its way from the last certificate that was sent.
type search struct {
	fetched []*x509.Certificate
	// from is where the first of them was.
	from string
	// whole is the chain to a known root, nil where there is none.
	whole []*x509.Certificate
	err   error
}

// fetchIssuers climbs from the top of the path by what the certificates say of
// where their issuers' are (RFC 5280 section 4.2.2.1), until the chain is whole.
func (s *Session) fetchIssuers(ctx context.Context, v *chainVerdict) search {
	var found search
	top := v.top()
	for range maxFetches {
		issuer, from, err := s.fetchIssuer(ctx, top)
		if err != nil {
			found.err = err
			return found
		}
		if found.from == "" {
			found.from = from
		}
		found.fetched = append(found.fetched, issuer)
		if found.whole, _ = v.verify(v.roots, found.fetched, v.times()); found.whole != nil || signsItself(issuer) {
			return found
		}
		top = issuer
	}
	found.err = errors.New("the chain goes on and on")
	return found
}

func (s *Session) fetchIssuer(ctx context.Context, c *x509.Certificate) (*x509.Certificate, string, error) {
	const most = 2
	err := fmt.Errorf("%s does not say over http where its issuer's certificate is", subjectOf(c))
	for _, url := range plainURLs(c.IssuingCertificateURL, most) {
		answer, failed := s.fetch(ctx, url, "", nil)
		if failed != nil {
			err = fmt.Errorf("%s: %w", shorten(url), failed)
			continue
		}
		for _, issuer := range readIssuers(answer) {
			if signedBy(c, issuer) {
				return issuer, url, nil
			}
		}
		err = fmt.Errorf("%s: it is not the certificate that issued %s", shorten(url), subjectOf(c))
	}
	return nil, "", err
}

// readIssuers reads what stands behind such a URL: DER or the certificates of a
// PKCS #7 message (RFC 5280 section 4.2.2.1), or by mistake PEM.
func readIssuers(answer []byte) []*x509.Certificate {
	if block, _ := pem.Decode(answer); block != nil {
		answer = block.Bytes
	}
	if c, _, err := readCertificate(answer); err == nil {
		return []*x509.Certificate{c}
	}
	var message struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(answer, &message); err != nil {
		return nil
	}
	var issuers []*x509.Certificate
	for rest := message.Content.Certificates.Bytes; len(rest) > 0 && len(issuers) < maxSent; {
		var der asn1.RawValue
		var err error
		if rest, err = asn1.Unmarshal(rest, &der); err != nil {
			break
		}
		if c, _, err := readCertificate(der.FullBytes); err == nil {
			issuers = append(issuers, c)
		}
	}
	return issuers
}

// signedData is the beginning of a PKCS #7 message (RFC 2315 section 9.1).
type signedData struct {
	Version      int
	Digests      asn1.RawValue
	Content      asn1.RawValue
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	Lists        asn1.RawValue `asn1:"optional,tag:1"`
	Signers      asn1.RawValue
}
