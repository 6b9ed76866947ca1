package checks

import (
	"context"
	"crypto/x509"
	"slices"

	"belay/checks/problem"
)

// certOrder asks whether the server sends what belongs to the chain and nothing
// else, each certificate followed by its issuer (RFC 5246 section 7.4.2). RFC 8446
// section 4.4.2 lets clients look for the issuer anywhere, and most do.
var certOrder = Check{
	ID:       "cert.order",
	Title:    "the chain is sent in order",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.chain-order"},
	Run: ofCertificate(func(_ context.Context, _ *Session, v *chainVerdict) Result {
		r := v.judgeOrder()
		r.Evidence = chainEvidence(v, false)
		return r
	}),
}

func (v *chainVerdict) judgeOrder() Result {
	related := v.related()
	for _, c := range v.sent[1:] {
		if signedBy(c, v.leaf) && !c.Equal(v.leaf) {
			return found("cert.chain-order", "the first certificate is that of %s, and what it issued comes after it: %s",
				subjectOf(v.leaf), subjectOf(c))
		}
	}
	for i, c := range v.sent {
		if !containsCertificate(related, c) {
			return found("cert.chain-order", "%s is sent, which has nothing to do with the chain", subjectOf(c))
		}
		if i > 0 && v.misplaced(i) {
			return found("cert.chain-order", "%s is sent before what it issued", subjectOf(c))
		}
	}
	sent := plural(v.count, "certificate", "certificates")
	if c := v.superfluous(); c != nil {
		r := found("cert.chain-order", "%s is sent besides, which clients do not need", subjectOf(c))
		r = r.at(problem.Remark)
		r.Saw = sent + ", in order"
		return r
	}
	return pass("%s, in order", sent)
}

// related are the certificates that the leaf leads to, by any signature.
func (v *chainVerdict) related() []*x509.Certificate {
	related := []*x509.Certificate{v.leaf}
	for i := 0; i < len(related); i++ {
		for _, c := range v.sent {
			if !containsCertificate(related, c) && signedBy(related[i], c) {
				related = append(related, c)
			}
		}
	}
	return related
}

// misplaced reports a certificate that stands before all those that it issued.
func (v *chainVerdict) misplaced(i int) bool {
	c := v.sent[i]
	issued := func(child *x509.Certificate) bool { return !child.Equal(c) && signedBy(child, c) }
	return !slices.ContainsFunc(v.sent[:i], issued) && slices.ContainsFunc(v.sent[i+1:], issued)
}

// superfluous is a certificate that a known root makes unnecessary: the root, a
// cross-signed one in its place, or one that is sent twice.
func (v *chainVerdict) superfluous() *x509.Certificate {
	for i, c := range v.sent {
		twice := containsCertificate(v.sent[:i], c)
		root := i > 0 && signsItself(c)
		beside := v.trusted != nil && !containsCertificate(v.trusted, c)
		if twice || root || beside {
			return c
		}
	}
	return nil
}
