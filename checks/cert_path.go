package checks

import (
	"cmp"
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"time"
)

// maxChains is how many ways to a root are compared.
const maxChains = 10

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
	return slices.ContainsFunc(in, c.Equal)
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

// verify returns the best chain that is valid at the first of the times at which
// there is any, for any use and any name: both are asked apart. The error is the
// one that says most.
func (v *chainVerdict) verify(roots *x509.CertPool, more []*x509.Certificate, times []time.Time) ([]*x509.Certificate, error) {
	intermediates := x509.NewCertPool()
	for _, c := range slices.Concat(v.sent[1:], more) {
		intermediates.AddCert(unconstrained(c))
	}
	var told error
	for _, t := range times {
		chains, err := unconstrained(v.leaf).Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: intermediates, CurrentTime: t,
			KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
		})
		if err == nil {
			return v.best(chains), nil
		}
		if told == nil || isDate(told) {
			told = err
		}
	}
	return nil, told
}

// best is the shortest chain that no constraint bars, as OpenSSL, which looks for
// roots first, would find it; or the shortest where all are barred.
func (v *chainVerdict) best(chains [][]*x509.Certificate) []*x509.Certificate {
	chains = slices.Clone(chains[:min(len(chains), maxChains)])
	for i := range chains {
		chains[i] = v.originals(chains[i])
	}
	slices.SortStableFunc(chains, func(a, b []*x509.Certificate) int { return cmp.Compare(len(a), len(b)) })
	for _, chain := range chains {
		if barrierOf(chain) == nil {
			return chain
		}
	}
	return chains[0]
}

// originals are the certificates of a chain as they were sent or given, with the
// constraints that unconstrained left out.
func (v *chainVerdict) originals(chain []*x509.Certificate) []*x509.Certificate {
	originals := make([]*x509.Certificate, len(chain))
	for i, c := range chain {
		originals[i] = v.original(c)
	}
	return originals
}

func (v *chainVerdict) original(c *x509.Certificate) *x509.Certificate {
	if i := slices.IndexFunc(v.sent, c.Equal); i >= 0 {
		return v.sent[i]
	}
	if original, _, err := readCertificate(c.Raw); err == nil {
		return original
	}
	return c
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
		for _, t := range []time.Time{within(v.leaf, c.NotBefore), within(v.leaf, c.NotAfter)} {
			if !slices.ContainsFunc(times, t.Equal) {
				times = append(times, t)
			}
		}
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
	alone := unconstrained(c)
	alone.UnhandledCriticalExtensions = nil
	chains, err := alone.Verify(x509.VerifyOptions{
		Roots: v.roots, Intermediates: x509.NewCertPool(), CurrentTime: t,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	if err == nil {
		return v.original(chains[0][len(chains[0])-1])
	}
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown) && !isCandidate(err.Error()):
		return nil
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert.Equal(c):
		return nil
	}
	return issuerStandIn(c)
}

// isCandidate reports that x509 found an authority of the issuer's name, and that it
// is not just a namesake with another key.
func isCandidate(unknown string) bool {
	return strings.Contains(unknown, "candidate authority certificate") && !strings.Contains(unknown, "verification")
}

// issuerStandIn is a certificate of which nothing is known but the subject.
func issuerStandIn(c *x509.Certificate) *x509.Certificate {
	return &x509.Certificate{Subject: c.Issuer, RawSubject: c.RawIssuer}
}
