package checks

import (
	"crypto/dsa" //lint:ignore SA1019 a certificate may hold such a key, and belay says so
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"strings"
)

// The bounds of what a certificate may put into a report: it says what its holder
// likes.
const (
	maxName  = 200
	maxNames = 100
)

// shorten cuts a text after maxName runes.
func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= maxName {
		return text
	}
	return string(runes[:maxName-1]) + "…"
}

// nameOf is the common name and the organisation, as people call a certificate:
// "R13, Let's Encrypt".
func nameOf(n pkix.Name) string {
	var parts []string
	if n.CommonName != "" {
		parts = append(parts, n.CommonName)
	}
	for _, o := range n.Organization {
		if o != n.CommonName {
			parts = append(parts, o)
			break
		}
	}
	if len(parts) == 0 {
		parts = append(parts, n.String())
	}
	return shorten(strings.Join(parts, ", "))
}

// subjectOf names a certificate, by what it is for where it has no subject.
func subjectOf(c *x509.Certificate) string {
	if name := nameOf(c.Subject); name != "" {
		return name
	}
	if names := hostNames(c); len(names) > 0 {
		return names[0]
	}
	return "a certificate without a name"
}

// hostNames are the subject alternative names that a host can match, cut to
// maxNames.
func hostNames(c *x509.Certificate) []string {
	var names []string
	for _, name := range c.DNSNames {
		names = append(names, shorten(name))
	}
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names[:min(len(names), maxNames)]
}

// The states of a certificate in the evidence.
const (
	certSent    = "sent"
	certMissing = "missing"
	certKnown   = "known"
)

func certificateEvidence(state string, c *x509.Certificate) Certificate {
	sum := sha256.Sum256(c.Raw)
	return Certificate{
		State: state, Subject: subjectOf(c), Issuer: nameOf(c.Issuer), Names: hostNames(c),
		NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(),
		Key: keyName(c), Signature: c.SignatureAlgorithm.String(),
		Serial: shorten(c.SerialNumber.Text(16)), SHA256: hex.EncodeToString(sum[:]),
	}
}

// leafEvidence is the certificate alone, for the checks that judge it alone.
func leafEvidence(v *chainVerdict) *Evidence {
	return &Evidence{Chain: []Certificate{certificateEvidence(certSent, v.leaf)}}
}

// chainEvidence is what was sent, in its order, and what completes it.
func chainEvidence(v *chainVerdict, missing bool) *Evidence {
	var chain []Certificate
	for _, c := range v.sent {
		chain = append(chain, certificateEvidence(certSent, c))
	}
	if missing {
		chain = append(chain, Certificate{
			State: certMissing, Subject: nameOf(v.top().Issuer), From: issuingURL(v.top()),
		})
	}
	if root := v.root(); root != nil && root.Raw != nil && !containsCertificate(v.sent, root) {
		chain = append(chain, certificateEvidence(certKnown, root))
	}
	return &Evidence{Chain: chain}
}

// fetchedEvidence is what was sent, what --aia fetched, and the root that completes
// it.
func fetchedEvidence(v *chainVerdict, got search) *Evidence {
	e := chainEvidence(v, false)
	for i, c := range got.fetched {
		if containsCertificate(got.whole[:len(got.whole)-1], c) {
			missing := certificateEvidence(certMissing, c)
			if i == 0 {
				missing.From = shorten(got.from)
			}
			e.Chain = append(e.Chain, missing)
		}
	}
	e.Chain = append(e.Chain, certificateEvidence(certKnown, got.whole[len(got.whole)-1]))
	return e
}

// root is the one that is known, or nil.
func (v *chainVerdict) root() *x509.Certificate {
	if v.trusted != nil {
		return v.trusted[len(v.trusted)-1]
	}
	return v.known
}

// issuingURL is where a certificate says that its issuer's is to be had
// (RFC 5280 section 4.2.2.1, caIssuers), over http as public authorities do it.
func issuingURL(c *x509.Certificate) string {
	for _, url := range c.IssuingCertificateURL {
		if strings.HasPrefix(strings.ToLower(url), "http") {
			return shorten(url)
		}
	}
	return ""
}

// keyName says what sort of key a certificate holds, and how long it is.
func keyName(c *x509.Certificate) string {
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d", key.N.BitLen())
	case *ecdsa.PublicKey:
		return "ECDSA " + key.Curve.Params().Name
	case ed25519.PublicKey:
		return "Ed25519"
	case *dsa.PublicKey:
		return fmt.Sprintf("DSA %d", key.P.BitLen())
	}
	if isSmallCurve(c) {
		return "ECDSA P-192"
	}
	return c.PublicKeyAlgorithm.String()
}
