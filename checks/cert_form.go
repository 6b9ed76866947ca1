package checks

import (
	"context"
	"crypto/x509"
	"fmt"
	"strings"

	"belay/checks/problem"
)

// certForm asks whether the certificates are what a public authority issues: what
// RFC 5280 and the CA/Browser Forum's Baseline Requirements forbid, and Go and
// OpenSSL accept all the same. A certificate that was made by hand shows so.
var certForm = Check{
	ID:       "cert.form",
	Title:    "the certificate is as public authorities issue them",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.nonconforming"},
	Run: ofCertificate(func(_ context.Context, s *Session, v *chainVerdict) Result {
		if reason := s.notPublic(v); reason != "" {
			return skip("%s", reason)
		}
		r := v.judgeForm()
		r.Evidence = chainEvidence(v, false)
		return r
	}),
}

// A rule is what a certificate has to be like.
type rule struct {
	// section is where it stands: BR are the Baseline Requirements.
	section string
	// breach completes "the certificate …", or is "".
	breach func(c *x509.Certificate) string
}

func (v *chainVerdict) judgeForm() Result {
	breaches := v.breaches()
	if len(breaches) > 0 {
		const most = 3
		text := strings.Join(breaches[:min(len(breaches), most)], "; ")
		if more := len(breaches) - most; more > 0 {
			text += fmt.Sprintf("; and %d more", more)
		}
		return found("cert.nonconforming", "%s", text)
	}
	r := pass("nothing odd")
	for _, c := range v.whole()[1:] {
		// The Baseline Requirements allow what RFC 5280 forbids (section 7.1.2.5.2).
		if e, ok := extension(c, oidNameConstraints); ok && !e.Critical {
			r = found("cert.nonconforming", "the name constraints of %s are not critical, as RFC 5280 section 4.2.1.10 has them", subjectOf(c))
			r = r.at(problem.Remark)
		}
	}
	return r
}

// breaches are the rules that the certificates break. A root of Mozilla's list is
// not judged, and the issuers below one only by RFC 5280: the Baseline Requirements
// changed while they lived.
func (v *chainVerdict) breaches() []string {
	chain := v.whole()
	public := v.trusted == nil || isPublicRoot(chain[len(chain)-1])
	breaches := breachesOf(v.leaf, everyRules, leafRules)
	if !public {
		breaches = append(breaches, breachesOf(v.leaf, givenLeafRules)...)
	}
	for _, c := range chain[1:] {
		switch {
		case isPublicRoot(c):
		case public:
			breaches = append(breaches, breachesOf(c, everyRules, issuerRules)...)
		default:
			breaches = append(breaches, breachesOf(c, everyRules, issuerRules, givenIssuerRules)...)
		}
	}
	return breaches
}

func breachesOf(c *x509.Certificate, sets ...[]rule) []string {
	var breaches []string
	for _, rules := range sets {
		for _, r := range rules {
			if text := r.breach(c); text != "" {
				breaches = append(breaches, fmt.Sprintf("%s %s (%s)", subjectOf(c), text, r.section))
			}
		}
	}
	return breaches
}
