package checks

import (
	"context"
	"crypto/x509"
	"slices"
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
	// leaf is nil where no certificate was to be had.
	leaf *x509.Certificate
	// sent are the certificates in their order, at most maxSent of them; count is
	// how many there were.
	sent  []*x509.Certificate
	count int
	// staple is the OCSP response that came with the handshake.
	staple []byte
	// path leads from the leaf to the last issuer that was sent, by names and
	// signatures, whatever dates and constraints say.
	path []*x509.Certificate
	// trusted is a chain to a known root at some time of the leaf's validity, nil
	// where there is none, and err says why. The constraints of its issuers are
	// another question, which barrier answers.
	trusted []*x509.Certificate
	err     error
	// known is the root that path leads to although no chain is accepted: a date or
	// an old algorithm is in the way, and not trust.
	known *x509.Certificate
	// machine is a chain to a root of this machine's store, where trusted is nil.
	machine []*x509.Certificate
	// fetched are the issuers that were not sent, as --aia got them.
	fetched []*x509.Certificate
	// inspected is set when this machine's network answered in place of the app.
	inspected bool

	roots *x509.CertPool
	// now is in whole seconds, as the dates of certificates are: they end with the
	// last one (RFC 5280 section 4.1.2.5).
	now time.Time
}

// ofCertificate asks a question of the certificates that were shown, or says why
// there are none of the app's to ask of.
func ofCertificate(judge func(context.Context, *Session, *chainVerdict) Result) func(context.Context, *Session) Result {
	return func(ctx context.Context, s *Session) Result {
		if r, unseen := s.unseen(ctx); unseen {
			return r
		}
		v := s.certificates(ctx)
		if v.inspected {
			return skip("this machine's network replaced the certificate (see cert.chain)")
		}
		return judge(ctx, s, v)
	}
}

// unseen says why no certificate was seen: the handshake failed, and not over what
// crypto/x509 cannot read.
func (s *Session) unseen(ctx context.Context) (Result, bool) {
	r, blocked := s.blocked(ctx, Check{Needs: []string{"tls.handshake"}})
	if !blocked || s.unreadable() && s.certificates(ctx).leaf != nil {
		return Result{}, false
	}
	return r, true
}

// certificates judges the chain of the handshake, once.
func (s *Session) certificates(ctx context.Context) *chainVerdict {
	if s.chain != nil {
		return s.chain
	}
	sent, staple := s.shown(ctx)
	if len(sent) == 0 {
		s.chain = &chainVerdict{}
		return s.chain
	}
	v := newChainVerdict(sent, s.Target.Roots, s.Target.Clock.Now().Truncate(time.Second))
	v.staple = staple
	if v.trusted == nil && v.known == nil {
		v.machine = s.machineChain(v)
		v.inspected = s.isInspected(ctx, v)
	}
	s.chain = v
	return v
}

// shown are the certificates of the handshake and the stapled OCSP response.
func (s *Session) shown(ctx context.Context) ([]*x509.Certificate, []byte) {
	h := s.shake(ctx)
	if h.State == nil {
		return s.overheard(ctx), nil
	}
	return h.State.PeerCertificates, h.State.OCSPResponse
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

// top is the last certificate of the path.
func (v *chainVerdict) top() *x509.Certificate { return v.path[len(v.path)-1] }

// whole is the chain up to a known root, or as far as it was sent.
func (v *chainVerdict) whole() []*x509.Certificate {
	if v.trusted != nil {
		return v.trusted
	}
	return v.path
}

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

// issuer is the certificate that vouches for the leaf, or nil where it was neither
// sent nor fetched nor among the roots.
func (v *chainVerdict) issuer() *x509.Certificate {
	for _, c := range slices.Concat(v.whole()[1:], v.fetched) {
		if signedBy(v.leaf, c) {
			return c
		}
	}
	return nil
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
