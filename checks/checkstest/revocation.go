package checkstest

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/ocsp"
)

// OCSP signs a response about a certificate of this authority: that it is good, from
// an hour ago until in a day, unless change says otherwise.
func (a *Authority) OCSP(c *x509.Certificate, change ...func(*ocsp.Response)) []byte {
	template := ocsp.Response{
		Status: ocsp.Good, SerialNumber: c.SerialNumber,
		ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(24 * time.Hour),
	}
	for _, c := range change {
		c(&template)
	}
	return a.respond(template, a.Certificate, a.key)
}

// OCSPBy has a certificate of this authority sign the response with its key.
func (a *Authority) OCSPBy(responder *x509.Certificate, key crypto.Signer, c *x509.Certificate) []byte {
	return a.respond(ocsp.Response{
		Status: ocsp.Good, SerialNumber: c.SerialNumber, Certificate: responder,
		ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(24 * time.Hour),
	}, responder, key)
}

func (a *Authority) respond(template ocsp.Response, responder *x509.Certificate, key crypto.Signer) []byte {
	der, err := ocsp.CreateResponse(a.Certificate, responder, template, key)
	if err != nil {
		panic(fmt.Sprint("checkstest: sign an OCSP response: ", err))
	}
	return der
}

// CRL signs the authority's list of the revoked, from an hour ago until in a day,
// unless change says otherwise.
func (a *Authority) CRL(change func(*x509.RevocationList), revoked ...*x509.Certificate) []byte {
	template := &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(24 * time.Hour),
	}
	for _, c := range revoked {
		template.RevokedCertificateEntries = append(template.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: time.Now().Add(-48 * time.Hour), ReasonCode: 1})
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, a.Certificate, a.key)
	if err != nil {
		panic(fmt.Sprint("checkstest: sign a list of the revoked: ", err))
	}
	return der
}
