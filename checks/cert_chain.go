package checks

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
)

// certChain asks whether the chain, as it was sent, leads to a root that Mozilla's
// list holds: the measure for what Slack trusts. Dates, name, usage and key are
// the questions of the other checks, and in the way of none of them.
var certChain = Check{
	ID:    "cert.chain",
	Title: "the chain leads to a public root",
	Needs: []string{"tcp.connect"},
	Problems: []string{
		"cert.self-signed", "cert.untrusted-root", "cert.local-root", "cert.chain-incomplete",
		"vantage.inspected",
	},
	Run: runCertChain,
}

func runCertChain(ctx context.Context, s *Session) Result {
	if r, unseen := s.unseen(ctx); unseen {
		return r
	}
	v := s.certificates(ctx)
	switch {
	case len(v.trusted) == 1:
		return pass("%s is itself among the known roots", subjectOf(v.leaf)).withChain(v)
	case v.trusted != nil:
		return pass("complete chain to %s", subjectOf(v.root())).withChain(v)
	case v.known != nil:
		return v.judgeKnown().withChain(v)
	case v.inspected:
		return found("vantage.inspected", "%s", v.inspectorText()).withChain(v)
	case v.incomplete():
		return s.chainIncomplete(ctx, v)
	}
	return s.untrusted(v).withChain(v)
}

func (r Result) withChain(v *chainVerdict) Result {
	r.Evidence = chainEvidence(v, false)
	return r
}

// judgeKnown judges a chain that leads to a known root and that x509 refuses all
// the same. Signatures and constraints are the questions of other checks.
func (v *chainVerdict) judgeKnown() Result {
	root := subjectOf(v.known)
	var unknown x509.UnknownAuthorityError
	switch {
	case isDate(v.err):
		return pass("complete chain to %s, by certificates that are not valid at the same time", root)
	case v.weaklySigned() != nil:
		return pass("the chain leads to %s, by a signature that does not count any more (see cert.signature)", root)
	case barrierOf(v.path) != nil || v.rootBarrier() != nil:
		return pass("the chain leads to %s, which the constraints of an issuer bar (see cert.constraints)", root)
	case errors.As(v.err, &unknown) && v.issuersMayIssue() && !strings.Contains(v.err.Error(), "possibly because of \"x509: "):
		return found("cert.untrusted-root", "the chain ends in %s, which the list of roots distrusts for a certificate of %s",
			root, v.leaf.NotBefore.UTC().Format("2006-01-02"))
	}
	return inconclusive("the chain leads to %s, but crypto/x509 refuses it (%s): compare openssl verify", root, shorten(v.err.Error()))
}

// issuersMayIssue reports that crypto/x509 finds nothing wrong with the issuers of
// the path, each by itself.
func (v *chainVerdict) issuersMayIssue() bool {
	for i, c := range v.path[1:] {
		if v.path[i].CheckSignatureFrom(c) != nil {
			return false
		}
	}
	return true
}

// untrusted says in which way nobody vouches for the chain. With --local that is
// no finding: an app on this machine may well have a certificate of its own.
func (s *Session) untrusted(v *chainVerdict) Result {
	id, saw := v.distrust()
	return s.untrustedAs(id, saw, v)
}

func (s *Session) untrustedAs(id, saw string, v *chainVerdict) Result {
	if s.Target.Local {
		return pass("%s", saw).remark("", "no public authority vouches for this certificate: well with --local, and refused by Slack")
	}
	r := found(id, "%s", saw)
	if name := inspectorOf(v.path); name != "" && id == "cert.untrusted-root" {
		r = r.remark("", "%s inspects TLS: if the server does not use it, this machine's network answered; run belay from another one", name)
	}
	return r
}

// distrust names the problem and describes it.
func (v *chainVerdict) distrust() (id, saw string) {
	top := v.top()
	switch {
	case signsItself(v.leaf):
		saw = "the certificate of " + subjectOf(v.leaf) + " signs itself"
		if v.machine != nil {
			saw += "; this machine trusts it, Mozilla's list of roots does not"
		}
		return "cert.self-signed", saw
	case v.machine != nil:
		root := v.machine[len(v.machine)-1]
		id = "cert.local-root"
		if looksPublic(root.Subject) {
			id = "cert.untrusted-root"
		}
		return id, fmt.Sprintf("the chain ends in %s, which this machine trusts and Mozilla's list of roots does not hold", subjectOf(root))
	case signsItself(top):
		return "cert.untrusted-root", fmt.Sprintf("the chain ends in %s, which Mozilla's list of roots does not hold", subjectOf(top))
	}
	return "cert.untrusted-root", fmt.Sprintf("the chain ends below %s, which was not sent and which Mozilla's list of roots does not hold", nameOf(top.Issuer))
}

// incomplete tells a missing intermediate from a private root that was not sent,
// which look alike: nothing issues the last certificate of the path. A public
// authority always says where its certificate is to be had (CA/Browser Forum
// Baseline Requirements section 7.1.2.7.7), a private one seldom.
func (v *chainVerdict) incomplete() bool {
	top := v.top()
	switch {
	case v.machine != nil:
		return v.completedHere()
	case signsItself(top) || isPrivate(top.Issuer):
		return false
	case len(v.path) == 1:
		return issuingURL(top) != "" || looksPublic(top.Issuer) || v.count == 1
	}
	return issuingURL(top) != "" && looksPublic(top.Issuer)
}

// completedHere reports that this machine's store (or what its operating system
// fetched) holds just the intermediate that is missing, below a known root.
func (v *chainVerdict) completedHere() bool {
	chain, _ := v.verify(v.roots, v.machine[1:], v.times())
	return chain != nil
}

// chainIncomplete names what is missing. It is proven where this machine has it or
// --aia fetched it, and probable where only the look of the issuer tells.
func (s *Session) chainIncomplete(ctx context.Context, v *chainVerdict) Result {
	if s.Target.AIA {
		return s.searched(ctx, v)
	}
	return s.notSearched(v)
}

func (s *Session) notSearched(v *chainVerdict) Result {
	top := v.top()
	if s.Target.Local && !looksPublic(top.Issuer) && v.machine == nil {
		return s.untrusted(v).withChain(v)
	}
	r := found("cert.chain-incomplete", "%s", v.missingText())
	if v.machine == nil && issuingURL(top) == "" {
		r = r.probable()
	}
	r.Evidence = chainEvidence(v, true)
	if v.machine != nil {
		chain, _ := v.verify(v.roots, v.machine[1:], v.times())
		r.Evidence.Chain = append(r.Evidence.Chain, certificateEvidence(certKnown, chain[len(chain)-1]))
	}
	return r
}

// searched judges with what --aia fetched: the chain is whole with it, or it ends in
// a root that nobody knows, and then nothing of use is missing.
func (s *Session) searched(ctx context.Context, v *chainVerdict) Result {
	got := s.fetchIssuers(ctx, v)
	v.fetched = got.fetched
	switch {
	case got.whole != nil:
		root := got.whole[len(got.whole)-1]
		r := found("cert.chain-incomplete", "%s; with what %s hands out the chain leads to %s",
			v.missingText(), shorten(got.from), subjectOf(root))
		r.Evidence = fetchedEvidence(v, got)
		return r
	case got.err == nil:
		root := got.fetched[len(got.fetched)-1]
		return s.untrustedAs("cert.untrusted-root", fmt.Sprintf("the chain ends in %s, which was fetched from where it says and which Mozilla's list of roots does not hold",
			subjectOf(root)), v).withChain(v)
	}
	return s.notSearched(v).remark("", "--aia got no further: %s", got.err)
}

// missingText counts what was sent and names what was not.
func (v *chainVerdict) missingText() string {
	missing := cmp.Or(nameOf(v.top().Issuer), "an issuer without a name")
	sent := "the server sent " + plural(v.count, "certificate", "certificates")
	if v.count > len(v.path) {
		return fmt.Sprintf("%s, and not the one that is needed: %s, is missing", sent, missing)
	}
	return fmt.Sprintf("%s, %d are needed: %s, is missing", sent, v.count+1, missing)
}
