package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"net/http"
	"time"
)

// issuerPath is where the intermediate certificate can be downloaded.
const issuerPath = "/intermediate.cer"

const day = 24 * time.Hour

// A chain is an app's certificates, from its throw-away root down.
type chain struct {
	root, intermediate *x509.Certificate
	// presented is what the app shows to its clients.
	presented tls.Certificate
}

// makeChain makes root, intermediate and leaf, and chooses what is presented.
func makeChain(s *site, issuerURL string) (chain, error) {
	now := time.Now()
	root, err := issue(authority("Belay Demo Root CA", now, 1), nil)
	if err != nil {
		return chain{}, err
	}
	intermediate, err := issue(authority("Belay Demo Intermediate CA", now, 0), root)
	if err != nil {
		return chain{}, err
	}
	template := leafTemplate(now, issuerURL)
	if s.leaf != nil {
		s.leaf(template)
	}
	issuer, rest := intermediate, [][]byte{intermediate.certificate.Raw}
	if s.selfSigned {
		issuer, rest, template.IssuingCertificateURL = nil, nil, nil
	}
	if s.leafOnly {
		rest = nil
	}
	leaf, err := issue(template, issuer)
	if err != nil {
		return chain{}, err
	}
	presented := append([][]byte{leaf.certificate.Raw}, rest...)
	return chain{
		root: root.certificate, intermediate: intermediate.certificate,
		presented: tls.Certificate{Certificate: presented, PrivateKey: leaf.key},
	}, nil
}

// authority is the template of a certificate that signs others, with that many
// authorities below it.
func authority(name string, now time.Time, below int) *x509.Certificate {
	return &x509.Certificate{
		Subject:   pkix.Name{CommonName: name, Organization: []string{"belay demo"}},
		NotBefore: now.Add(-365 * day), NotAfter: now.Add(365 * day),
		BasicConstraintsValid: true, IsCA: true,
		MaxPathLen: below, MaxPathLenZero: below == 0,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
}

// leafTemplate lasts 45 days in all: the CA/Browser Forum allows 47 from 2029 on,
// and the sample app shall be right then as well.
func leafTemplate(now time.Time, issuerURL string) *x509.Certificate {
	return &x509.Certificate{
		Subject:   pkix.Name{CommonName: host},
		DNSNames:  []string{host},
		NotBefore: now.Add(-15 * day), NotAfter: now.Add(30 * day),
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IssuingCertificateURL: []string{issuerURL},
	}
}

// A signer is a certificate with its key.
type signer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// issue makes a key and has it certified by another one, or by itself for nil.
func issue(template *x509.Certificate, by *signer) (*signer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	parent := signer{template, key}
	if by != nil {
		parent = *by
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent.certificate, key.Public(), parent.key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the certificate made: %w", err)
	}
	return &signer{certificate, key}, nil
}

func (c chain) rootPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.root.Raw})
}

// downloads serves the intermediate certificate as public authorities do (RFC 5280
// section 4.2.2.1): DER, over plain http.
func (c chain) downloads() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+issuerPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pkix-cert")
		_, _ = w.Write(c.intermediate.Raw)
	})
	return mux
}
