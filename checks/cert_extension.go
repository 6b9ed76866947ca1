package checks

import (
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"sync"

	"golang.org/x/crypto/cryptobyte"
	cryptobyteasn1 "golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// The extensions that the checks read themselves (RFC 5280 section 4.2.1).
var (
	oidSubjectKeyID      = asn1.ObjectIdentifier{2, 5, 29, 14}
	oidKeyUsage          = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidSubjectAltName    = asn1.ObjectIdentifier{2, 5, 29, 17}
	oidBasicConstraints  = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidNameConstraints   = asn1.ObjectIdentifier{2, 5, 29, 30}
	oidAuthorityKeyID    = asn1.ObjectIdentifier{2, 5, 29, 35}
	oidPolicyConstraints = asn1.ObjectIdentifier{2, 5, 29, 36}
	oidExtendedKeyUsage  = asn1.ObjectIdentifier{2, 5, 29, 37}
)

func extension(c *x509.Certificate, oid asn1.ObjectIdentifier) (pkix.Extension, bool) {
	for _, e := range c.Extensions {
		if e.Id.Equal(oid) {
			return e, true
		}
	}
	return pkix.Extension{}, false
}

// isCritical reports that the extension is there and critical.
func isCritical(c *x509.Certificate, oid asn1.ObjectIdentifier) bool {
	e, ok := extension(c, oid)
	return ok && e.Critical
}

// contextTag is the tag of a field by its number.
func contextTag(n int) cryptobyteasn1.Tag { return cryptobyteasn1.Tag(n).ContextSpecific() }

// namesIssuer reports an authority key identifier that names the issuer's issuer
// and serial number (RFC 5280 section 4.2.1.1, fields 1 and 2).
func namesIssuer(c *x509.Certificate) bool {
	e, _ := extension(c, oidAuthorityKeyID)
	outer := cryptobyte.String(e.Value)
	var fields cryptobyte.String
	if !outer.ReadASN1(&fields, cryptobyteasn1.SEQUENCE) {
		return false
	}
	for !fields.Empty() {
		var field cryptobyte.String
		var tag cryptobyteasn1.Tag
		if !fields.ReadAnyASN1(&field, &tag) {
			return false
		}
		if tag == contextTag(1).Constructed() || tag == contextTag(2) {
			return true
		}
	}
	return false
}

// publicRoots are the SHA-256 sums of Mozilla's list.
var publicRoots = sync.OnceValue(func() map[[sha256.Size]byte]bool {
	sums := map[[sha256.Size]byte]bool{}
	for root := range bundle.Roots() {
		sums[sha256.Sum256(root.Certificate)] = true
	}
	return sums
})

// isPublicRoot reports a root of Mozilla's list, as distinct from one that the user
// gave.
func isPublicRoot(c *x509.Certificate) bool { return publicRoots()[sha256.Sum256(c.Raw)] }
