package checks

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math/big"
	"sync"

	"golang.org/x/crypto/cryptobyte"
	cryptobyteasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// The bounds of what is read of one certificate.
const (
	maxCertificate = 1 << 20
	maxExtensions  = 100
)

// A defect is a part of a certificate that crypto/x509 cannot read. OpenSSL reads
// many of them.
type defect struct {
	// oid is the extension, nil for another part.
	oid asn1.ObjectIdentifier
	err error
}

// ReadRoots reads the roots of a PEM file and passes over whatever else stands
// there. What crypto/x509 would make of their constraints is left out: the checks
// apply these themselves, since it knows fewer than OpenSSL does.
func ReadRoots(text []byte) []*x509.Certificate {
	var roots []*x509.Certificate
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		if c, _, err := readCertificate(block.Bytes); err == nil {
			roots = append(roots, unconstrained(c))
		}
	}
	return roots
}

// readCertificate reads a certificate as crypto/x509 does, and where that refuses
// it without the parts at fault, which it returns. The handshake is over before
// anybody could judge such a certificate, and its holder would not learn why.
func readCertificate(der []byte) (*x509.Certificate, []defect, error) {
	if len(der) > maxCertificate {
		return nil, nil, errors.New("the certificate is larger than 1 MiB")
	}
	c, err := x509.ParseCertificate(der)
	if err == nil {
		return c, nil, nil
	}
	p, ok := takeApart(der)
	if !ok {
		return nil, nil, err
	}
	defects := append(p.mend(), p.sift()...)
	if c, err = p.parse(p.extensions...); err != nil {
		return nil, nil, err
	}
	p.restore(c, der)
	return c, defects, nil
}

// defectOf is what is wrong with that extension, or nil.
func defectOf(c *x509.Certificate, oid asn1.ObjectIdentifier) error {
	_, defects, _ := readCertificate(c.Raw)
	for _, d := range defects {
		if d.oid.Equal(oid) {
			return d.err
		}
	}
	return nil
}

// pieces are the elements of a certificate (RFC 5280 section 4.1), as they stand.
type pieces struct {
	whole, version, serial, algorithm, issuer, validity, subject, key []byte
	extensions                                                        [][]byte
	outer, signature                                                  []byte
	// all are the extensions as they were, number the serial number, and spki the
	// public key.
	all    []pkix.Extension
	number *big.Int
	spki   []byte
}

func takeApart(der []byte) (*pieces, bool) {
	var p pieces
	var certificate, tbs, extensions cryptobyte.String
	input := cryptobyte.String(der)
	if !input.ReadASN1(&certificate, cryptobyteasn1.SEQUENCE) {
		return nil, false
	}
	whole := certificate
	if !certificate.ReadASN1(&tbs, cryptobyteasn1.SEQUENCE) {
		return nil, false
	}
	p.whole = whole[:len(whole)-len(certificate)]
	version := cryptobyteasn1.Tag(0).Constructed().ContextSpecific()
	if tbs.PeekASN1Tag(version) && !element(&tbs, &p.version) {
		return nil, false
	}
	for _, part := range []*[]byte{&p.serial, &p.algorithm, &p.issuer, &p.validity, &p.subject, &p.key} {
		if !element(&tbs, part) {
			return nil, false
		}
	}
	number := cryptobyteasn1.Tag(3).Constructed().ContextSpecific()
	for !tbs.Empty() && !tbs.PeekASN1Tag(number) {
		if !element(&tbs, new([]byte)) {
			return nil, false
		}
	}
	if !tbs.Empty() && (!tbs.ReadASN1(&extensions, number) || !extensions.ReadASN1(&extensions, cryptobyteasn1.SEQUENCE)) {
		return nil, false
	}
	return &p, element(&certificate, &p.outer) && element(&certificate, &p.signature) && p.takeExtensions(extensions)
}

// element reads the next one whole, whatever it is.
func element(from *cryptobyte.String, into *[]byte) bool {
	var e cryptobyte.String
	var tag cryptobyteasn1.Tag
	ok := from.ReadAnyASN1Element(&e, &tag)
	*into = e
	return ok
}

func (p *pieces) takeExtensions(from cryptobyte.String) bool {
	for !from.Empty() {
		var raw []byte
		if len(p.extensions) == maxExtensions || !element(&from, &raw) {
			return false
		}
		var e pkix.Extension
		if _, err := asn1.Unmarshal(raw, &e); err != nil {
			return false
		}
		p.extensions, p.all = append(p.extensions, raw), append(p.all, e)
	}
	p.number, p.spki = new(big.Int), p.key
	_, err := asn1.Unmarshal(p.serial, &p.number)
	return err == nil
}

// parse has crypto/x509 read the certificate with these extensions.
func (p *pieces) parse(extensions ...[]byte) (*x509.Certificate, error) {
	var b cryptobyte.Builder
	b.AddASN1(cryptobyteasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(cryptobyteasn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(bytes.Join([][]byte{p.version, p.serial, p.algorithm, p.issuer, p.validity, p.subject, p.key}, nil))
			if len(extensions) > 0 {
				b.AddASN1(cryptobyteasn1.Tag(3).Constructed().ContextSpecific(), func(b *cryptobyte.Builder) {
					b.AddASN1(cryptobyteasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(bytes.Join(extensions, nil)) })
				})
			}
		})
		b.AddBytes(p.outer)
		b.AddBytes(p.signature)
	})
	der, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// mend replaces what stands outside the extensions and cannot be read.
func (p *pieces) mend() []defect {
	var defects []defect
	for _, part := range []struct {
		at          *[]byte
		replacement []byte
	}{
		{&p.serial, []byte{2, 1, 1}},
		{&p.outer, p.algorithm},
		{&p.key, readableKey()},
	} {
		_, before := p.parse()
		if before == nil {
			break
		}
		was := *part.at
		*part.at = part.replacement
		if _, after := p.parse(); after != nil && after.Error() == before.Error() {
			*part.at = was
			continue
		}
		defects = append(defects, defect{err: before})
	}
	return defects
}

// sift keeps the extensions that can be read, each once (RFC 5280 section 4.2).
func (p *pieces) sift() []defect {
	var defects []defect
	var good [][]byte
	seen := map[string]bool{}
	for i, raw := range p.extensions {
		oid := p.all[i].Id
		_, err := p.parse(raw)
		if err == nil && seen[oid.String()] {
			err = errors.New("the extension stands there twice")
		}
		if err != nil {
			defects = append(defects, defect{oid: oid, err: err})
			continue
		}
		seen[oid.String()] = true
		good = append(good, raw)
	}
	p.extensions = good
	return defects
}

// restore gives back what was left out to have the certificate read, so that its
// signature can be verified and its extensions judged.
func (p *pieces) restore(c *x509.Certificate, der []byte) {
	c.Raw, c.RawTBSCertificate = bytes.Clone(der), bytes.Clone(p.whole)
	c.Extensions, c.SerialNumber = p.all, p.number
	if !bytes.Equal(c.RawSubjectPublicKeyInfo, p.spki) {
		c.RawSubjectPublicKeyInfo, c.PublicKey = bytes.Clone(p.spki), nil
	}
}

// readableKey stands in for a public key that cannot be read: the generator of
// P-256, which is nobody's.
var readableKey = sync.OnceValue(func() []byte {
	curve := elliptic.P256().Params()
	point := append([]byte{4}, curve.Gx.FillBytes(make([]byte, 32))...)
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(point, curve.Gy.FillBytes(make([]byte, 32))...))
	if err != nil {
		panic("checks: read the generator of P-256: " + err.Error())
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic("checks: write the generator of P-256: " + err.Error())
	}
	return der
})
