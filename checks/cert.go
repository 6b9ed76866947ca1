package checks

import (
	"context"
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"time"
)

// The bounds of what is judged of a chain. A handshake can carry hundreds of
// certificates, and each costs signatures to verify.
const (
	maxSent = 20
	maxPath = 10
)

// A chainVerdict holds what is true of the certificates of the handshake, each
// fact apart. x509 has one and the same UnknownAuthorityError for a self-signed
// leaf, a private root and a missing intermediate, so the chain is looked at
// several ways: with every known root, with this machine's, with the clock moved,
// and along its signatures alone.
type chainVerdict struct {
	leaf *x509.Certificate
	// sent are the certificates in their order, at most maxSent of them; count is
	// how many there were.
	sent  []*x509.Certificate
	count int
	// path leads from the leaf to the last issuer that was sent, by names and
	// signatures, whatever dates and constraints say.
	path []*x509.Certificate
	// trusted is a chain to a known root at some time of the leaf's validity, nil
	// where there is none, and err says why.
	trusted []*x509.Certificate
	err     error
	// known is the root that path leads to although no chain is accepted: a date,
	// a constraint or an old algorithm is in the way, and not trust.
	known *x509.Certificate
	// machine is a chain to a root of this machine's store, where trusted is nil.
	machine []*x509.Certificate
	// inspected is set when this machine's network answered in place of the app.
	inspected bool

	roots *x509.CertPool
	// now is in whole seconds, as the dates of certificates are: they end with the
	// last one (RFC 5280 section 4.1.2.5).
	now time.Time
}

// certificates judges the chain of the handshake, once.
func (s *Session) certificates(ctx context.Context) *chainVerdict {
	if s.chain != nil {
		return s.chain
	}
	sent := s.shake(ctx).State.PeerCertificates
	v := newChainVerdict(sent, s.Target.Roots, s.Target.Clock.Now().Truncate(time.Second))
	if v.trusted == nil && v.known == nil {
		v.machine = s.machineChain(v)
		v.inspected = s.isInspected(ctx, v)
	}
	s.chain = v
	return v
}

func newChainVerdict(sent []*x509.Certificate, roots *x509.CertPool, now time.Time) *chainVerdict {
	if roots == nil {
		roots = x509.NewCertPool()
	}
	v := &chainVerdict{
		leaf: sent[0], sent: sent[:min(len(sent), maxSent)], count: len(sent), roots: roots, now: now,
	}
	v.path = climb(v.sent)
	v.trusted, v.err = v.verify(roots, nil, v.times())
	if v.trusted == nil {
		v.known = v.knownRoot()
	}
	return v
}

// climb follows the signatures from the leaf through what was sent.
func climb(sent []*x509.Certificate) []*x509.Certificate {
	path := []*x509.Certificate{sent[0]}
	for len(path) < maxPath {
		top := path[len(path)-1]
		if signsItself(top) {
			break
		}
		next := issuerAmong(sent, top, path)
		if next == nil {
			break
		}
		path = append(path, next)
	}
	return path
}

func issuerAmong(sent []*x509.Certificate, child *x509.Certificate, but []*x509.Certificate) *x509.Certificate {
	for _, c := range sent {
		if !containsCertificate(but, c) && signedBy(child, c) {
			return c
		}
	}
	return nil
}

func containsCertificate(in []*x509.Certificate, c *x509.Certificate) bool {
	for _, other := range in {
		if other.Equal(c) {
			return true
		}
	}
	return false
}

func signsItself(c *x509.Certificate) bool { return signedBy(c, c) }

// signedBy reports that parent issued child, by name and signature. It asks
// nothing else, as CheckSignatureFrom would: whether parent may issue is another
// question. CheckSignature verifies SHA-1 and refuses MD5, for which the name has
// to do.
func signedBy(child, parent *x509.Certificate) bool {
	if string(child.RawIssuer) != string(parent.RawSubject) {
		return false
	}
	err := parent.CheckSignature(child.SignatureAlgorithm, child.RawTBSCertificate, child.Signature)
	var insecure x509.InsecureAlgorithmError
	return err == nil || errors.As(err, &insecure)
}

// verify returns the first chain that is valid at one of the times, for any use
// and any name: both are asked apart. The error is the one that says most.
func (v *chainVerdict) verify(roots *x509.CertPool, more []*x509.Certificate, times []time.Time) ([]*x509.Certificate, error) {
	intermediates := x509.NewCertPool()
	for _, c := range v.sent[1:] {
		intermediates.AddCert(c)
	}
	for _, c := range more {
		intermediates.AddCert(c)
	}
	var told error
	for _, t := range times {
		chains, err := v.leaf.Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: intermediates, CurrentTime: t,
			KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
		})
		if err == nil {
			return chains[0], nil
		}
		if told == nil || isDate(told) {
			told = err
		}
	}
	return nil, told
}

// isDate reports an error that says only that a certificate has expired or is not
// valid yet, which share a reason.
func isDate(err error) bool {
	var invalid x509.CertificateInvalidError
	return errors.As(err, &invalid) && invalid.Reason == x509.Expired
}

// times are moments of the leaf's validity, now first where it is one of them, at
// which the rest of the path may be valid as well.
func (v *chainVerdict) times() []time.Time {
	times := []time.Time{within(v.leaf, v.now)}
	for _, c := range v.path {
		times = append(times, within(v.leaf, c.NotBefore), within(v.leaf, c.NotAfter))
	}
	return times
}

// within is the moment of a certificate's validity that is nearest to t.
func within(c *x509.Certificate, t time.Time) time.Time {
	if t.Before(c.NotBefore) {
		return c.NotBefore
	}
	if t.After(c.NotAfter) {
		return c.NotAfter
	}
	return t
}

// knownRoot looks from the top of the path down for a certificate that one of the
// known roots issued, each at a time of its own: the dates of two certificates of
// a path need not even meet.
func (v *chainVerdict) knownRoot() *x509.Certificate {
	for i := len(v.path) - 1; i >= 0; i-- {
		c := v.path[i]
		for _, t := range []time.Time{within(c, v.now), c.NotBefore, c.NotAfter} {
			if root := v.rootOf(c, t); root != nil {
				return root
			}
		}
	}
	return nil
}

// rootOf is the known root that issued a certificate, or nil. Where x509 found one
// and refuses it, it keeps it to itself, and a stand-in has to do.
func (v *chainVerdict) rootOf(c *x509.Certificate, t time.Time) *x509.Certificate {
	alone := *c
	alone.UnhandledCriticalExtensions = nil
	chains, err := alone.Verify(x509.VerifyOptions{
		Roots: v.roots, Intermediates: x509.NewCertPool(), CurrentTime: t,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	if err == nil {
		return chains[0][len(chains[0])-1]
	}
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown) && !strings.Contains(err.Error(), "candidate authority certificate"):
		return nil
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert.Equal(c):
		return nil
	}
	return issuerStandIn(c)
}

// issuerStandIn is a certificate of which nothing is known but the subject.
func issuerStandIn(c *x509.Certificate) *x509.Certificate {
	return &x509.Certificate{Subject: c.Issuer, RawSubject: c.RawIssuer}
}

// top is the last certificate of the path.
func (v *chainVerdict) top() *x509.Certificate { return v.path[len(v.path)-1] }

// issuers are those of the path, and those up to a known root that were not sent.
func (v *chainVerdict) issuers() []*x509.Certificate {
	issuers := slices.Clone(v.path[1:])
	for _, c := range v.trusted {
		if c != v.leaf && !containsCertificate(issuers, c) {
			issuers = append(issuers, c)
		}
	}
	return issuers
}

// anchors are the roots by which the dates of the chain are judged: the known
// ones, or where they do not count the top of the path.
func (v *chainVerdict) anchors() *x509.CertPool {
	if v.trusted != nil || v.known != nil {
		return v.roots
	}
	pool := x509.NewCertPool()
	pool.AddCert(v.top())
	return pool
}

// notTheApps says why the certificate cannot be judged, or "".
func (s *Session) notTheApps(ctx context.Context) string {
	if s.certificates(ctx).inspected {
		return "this machine's network replaced the certificate (see cert.chain)"
	}
	return ""
}
