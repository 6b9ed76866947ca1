// Package checkstest makes what the tests of checks need: certificates, right and
// wrong, and servers that show them.
//
//	ca := checkstest.NewAuthority("belay test root")
//	leaf := ca.Intermediate("R13").Issue(checkstest.Leaf{Names: []string{"bot.example.com"}})
//	address := checkstest.ServeTLS(t, checkstest.Showing(leaf), handler)
package checkstest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// An Authority issues certificates for one test and is thrown away after it. Its
// methods panic where a certificate cannot be made, which only a wrong template
// causes.
type Authority struct {
	Certificate *x509.Certificate
	// above are the authorities between this one and the root, nearest first, the
	// root left out.
	above []*Authority
	key   crypto.Signer
	root  *Authority
}

// A Leaf says what a server's certificate holds. The zero value is one for
// bot.example.com, with 61 of its 90 days left and a P-256 key.
type Leaf struct {
	// Names are host names and addresses. The first is the common name as well.
	Names []string
	// NoSAN leaves them out but for the common name, and NoName that too.
	NoSAN, NoName bool
	// NotBefore and NotAfter are 29 days ago and in 61 days when zero.
	NotBefore, NotAfter time.Time
	// Key is a new P-256 key when nil; RSA makes another.
	Key crypto.Signer
	// Usages is serverAuth when nil.
	Usages []x509.ExtKeyUsage
	// IssuingURL is where the issuer's certificate is said to be.
	IssuingURL string
	// Change alters the template last.
	Change func(*x509.Certificate)
}

// NewAuthority makes a root.
func NewAuthority(name string, change ...func(*x509.Certificate)) *Authority {
	return NewAuthorityWith(ECDSA(), name, change...)
}

// NewAuthorityWith makes a root with that key.
func NewAuthorityWith(key crypto.Signer, name string, change ...func(*x509.Certificate)) *Authority {
	a := &Authority{key: key}
	a.root = a
	template := authority(name, change)
	a.Certificate = sign(template, template, a.key.Public(), a.key)
	return a
}

// Intermediate makes an authority below this one.
func (a *Authority) Intermediate(name string, change ...func(*x509.Certificate)) *Authority {
	return a.IntermediateWith(ECDSA(), name, change...)
}

// IntermediateWith makes an authority with that key below this one.
func (a *Authority) IntermediateWith(key crypto.Signer, name string, change ...func(*x509.Certificate)) *Authority {
	below := &Authority{key: key, root: a.root}
	if a != a.root {
		below.above = append([]*Authority{a}, a.above...)
	}
	below.Certificate = sign(authority(name, change), a.Certificate, below.key.Public(), a.key)
	return below
}

// CrossSign makes a second certificate for another authority, signed by this one.
func (a *Authority) CrossSign(other *Authority, change ...func(*x509.Certificate)) *x509.Certificate {
	template := authority(other.Certificate.Subject.CommonName, change)
	return sign(template, a.Certificate, other.key.Public(), a.key)
}

// Issue makes a server's certificate with the complete chain, the root left out.
func (a *Authority) Issue(l Leaf) tls.Certificate {
	key := l.key()
	leaf := sign(l.template(), a.Certificate, key.Public(), a.key)
	chain := [][]byte{leaf.Raw}
	if a != a.root {
		chain = append(chain, a.Certificate.Raw)
	}
	for _, above := range a.above {
		chain = append(chain, above.Certificate.Raw)
	}
	return tls.Certificate{Certificate: chain, PrivateKey: key, Leaf: leaf}
}

// SelfSigned makes a certificate that no authority stands behind.
func SelfSigned(l Leaf) tls.Certificate {
	key := l.key()
	template := l.template()
	leaf := sign(template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}
}

// Sending returns the certificate with another chain after the leaf.
func Sending(c tls.Certificate, chain ...*x509.Certificate) tls.Certificate {
	c.Certificate = c.Certificate[:1:1]
	for _, above := range chain {
		c.Certificate = append(c.Certificate, above.Raw)
	}
	return c
}

// Pool holds certificates as roots.
func Pool(roots ...*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, c := range roots {
		pool.AddCert(c)
	}
	return pool
}

// Pool holds the authority's root.
func (a *Authority) Pool() *x509.CertPool { return Pool(a.root.Certificate) }

// ECDSA makes a P-256 key.
func ECDSA() crypto.Signer { return onCurve(elliptic.P256()) }

// P224 makes a key that is too short.
func P224() crypto.Signer { return onCurve(elliptic.P224()) }

func onCurve(curve elliptic.Curve) crypto.Signer {
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		panic(fmt.Sprint("checkstest: make a key: ", err))
	}
	return key
}

// RSA makes a key of that many bits, at least 1024.
func RSA(bits int) crypto.Signer {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(fmt.Sprint("checkstest: make a key: ", err))
	}
	return key
}

func (l Leaf) key() crypto.Signer {
	if l.Key == nil {
		return ECDSA()
	}
	return l.Key
}

func (l Leaf) template() *x509.Certificate {
	names := l.Names
	if names == nil {
		names = []string{"bot.example.com"}
	}
	usages := l.Usages
	if usages == nil {
		usages = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	t := &x509.Certificate{
		SerialNumber: serial(), ExtKeyUsage: usages, KeyUsage: x509.KeyUsageDigitalSignature,
		NotBefore: orTime(l.NotBefore, -29), NotAfter: orTime(l.NotAfter, 61),
		BasicConstraintsValid: true,
	}
	if !l.NoName {
		t.Subject = pkix.Name{CommonName: names[0]}
	}
	if l.IssuingURL != "" {
		t.IssuingCertificateURL = []string{l.IssuingURL}
	}
	if !l.NoSAN && !l.NoName {
		nameHosts(t, names)
	}
	if l.Change != nil {
		l.Change(t)
	}
	return t
}

func nameHosts(t *x509.Certificate, names []string) {
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
			continue
		}
		t.DNSNames = append(t.DNSNames, name)
	}
}

// authority is the template of a CA that is valid for years.
func authority(name string, change []func(*x509.Certificate)) *x509.Certificate {
	t := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: name},
		NotBefore: orTime(time.Time{}, -365), NotAfter: orTime(time.Time{}, 3650),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, IsCA: true, BasicConstraintsValid: true,
	}
	for _, c := range change {
		c(t)
	}
	return t
}

// orTime is t, or so many days and half a one from now, which a slow test does not
// notice, in the whole seconds that a certificate can hold.
func orTime(t time.Time, days int) time.Time {
	if !t.IsZero() {
		return t
	}
	return time.Now().UTC().AddDate(0, 0, days).Add(12 * time.Hour).Truncate(time.Second)
}

func serial() *big.Int {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(fmt.Sprint("checkstest: make a serial number: ", err))
	}
	return n
}

func sign(template, parent *x509.Certificate, key crypto.PublicKey, signer crypto.Signer) *x509.Certificate {
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, key, signer)
	if err != nil {
		panic(fmt.Sprint("checkstest: sign a certificate: ", err))
	}
	c, err := x509.ParseCertificate(raw)
	if err != nil {
		// It is wrong on purpose.
		unread := *template
		unread.Raw, unread.PublicKey = raw, key
		return &unread
	}
	return c
}

// TB is what is needed of testing.TB, which GinkgoT has too.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, a ...any)
}

// Showing is the configuration of a server with that certificate.
func Showing(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }

// ServeTLS serves a handler on a port of loopback until the test ends. It speaks
// HTTP/1.1 alone, since HTTP/2 refuses to start with the ciphers of some tests.
func ServeTLS(t TB, config *tls.Config, handler http.Handler) netip.AddrPort {
	t.Helper()
	l := listen(t)
	server := &http.Server{
		Handler: handler, TLSConfig: config, ErrorLog: log.New(io.Discard, "", 0),
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
	go func() { _ = server.ServeTLS(l, "", "") }()
	t.Cleanup(func() { _ = server.Close() })
	return addressOf(l)
}

// Serve gives each connection to a func, and closes it after, until the test ends.
func Serve(t TB, talk func(net.Conn)) netip.AddrPort {
	t.Helper()
	l := listen(t)
	done := make(chan struct{})
	t.Cleanup(func() { close(done); _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { <-done; _ = conn.Close() }()
			go func() { defer conn.Close(); talk(conn) }()
		}
	}()
	return addressOf(l)
}

func listen(t TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen on loopback: %v", err)
	}
	return l
}

func addressOf(l net.Listener) netip.AddrPort { return l.Addr().(*net.TCPAddr).AddrPort() }
