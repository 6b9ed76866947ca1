package checks

import (
	"context"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
)

// certKey asks whether the keys of the certificate and of its issuers are long
// enough. The measure is OpenSSL's security level 2, as Debian and others set it
// (SSL_CTX_set_security_level(3)), and with it the Baseline Requirements, section
// 6.1.5. Go itself accepts RSA from 1024 bits.
var certKey = Check{
	ID:       "cert.key",
	Title:    "the certificate's key is long enough",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.weak-key"},
	Run:      ofCertificate(func(_ context.Context, _ *Session, v *chainVerdict) Result { return v.judgeKeys() }),
}

// The shortest keys that are not weak, in bits.
const (
	leastRSA   = 2048
	leastCurve = 256
)

func (v *chainVerdict) judgeKeys() Result {
	for _, c := range append([]*x509.Certificate{v.leaf}, v.issuers()...) {
		if isWeak(c) {
			r := found("cert.weak-key", "%s has a key of %s", subjectOf(c), keyName(c))
			r.Evidence = chainEvidence(v, false)
			return r
		}
	}
	r := pass("%s", keyName(v.leaf))
	r.Evidence = leafEvidence(v)
	return r
}

func isWeak(c *x509.Certificate) bool {
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return key.N.BitLen() < leastRSA
	case *ecdsa.PublicKey:
		return key.Curve.Params().BitSize < leastCurve
	}
	return isSmallCurve(c)
}

// oidP192 is a curve that crypto/x509 does not read.
var oidP192 = asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 1}

func isSmallCurve(c *x509.Certificate) bool {
	var info struct {
		Algorithm struct{ ID, Curve asn1.ObjectIdentifier }
		Key       asn1.BitString
	}
	_, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &info)
	return c.PublicKey == nil && err == nil && info.Algorithm.Curve.Equal(oidP192)
}
