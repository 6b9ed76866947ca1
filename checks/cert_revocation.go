package checks

import (
	"context"
	"crypto/x509"
	"fmt"
	"slices"
	"time"
)

// certRevocation asks whether the authority took the certificate back: by the OCSP
// response that the server staples, and with --revocation by asking the authority,
// over OCSP first and else by its list. An authority that cannot be asked is no
// failure: most clients do not even ask, and since 2024 authorities may leave OCSP
// out (Baseline Requirements section 4.9.9).
var certRevocation = Check{
	ID:       "cert.revocation",
	Title:    "the certificate is not revoked",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.revoked"},
	Run: ofCertificate(func(ctx context.Context, s *Session, v *chainVerdict) Result {
		r := s.judgeRevocation(ctx, v)
		if r.Status != Skip {
			r.Evidence = leafEvidence(v)
		}
		return r
	}),
}

// A revocation is what a source says of the certificate: revoked, or good when
// revoked is empty; err says why it tells nothing.
type revocation struct {
	source, revoked string
	at              time.Time
	err             error
}

func (s *Session) judgeRevocation(ctx context.Context, v *chainVerdict) Result {
	issuer := v.issuer()
	var heard []revocation
	if len(v.staple) > 0 && issuer != nil {
		heard = append(heard, ocspSays(v, issuer, "the stapled OCSP response", v.staple))
	}
	if r, told := conclude(heard); told {
		return r
	}
	switch {
	case !s.Target.Revocation && len(heard) > 0:
		return silent(heard)
	case !s.Target.Revocation:
		return skip("no OCSP response is stapled, and only --revocation asks the authority")
	case issuer == nil:
		return skip("without the issuer's certificate no answer about revocation can be verified (see cert.chain)")
	}
	return s.askAuthority(ctx, v, issuer, heard)
}

// askAuthority asks the first sources that the certificate names, until one tells.
func (s *Session) askAuthority(ctx context.Context, v *chainVerdict, issuer *x509.Certificate, heard []revocation) Result {
	const most = 2
	for _, url := range plainURLs(v.leaf.OCSPServer, most) {
		heard = append(heard, s.askOCSP(ctx, v, issuer, url))
		if r, told := conclude(heard); told {
			return r
		}
	}
	for _, url := range plainURLs(v.leaf.CRLDistributionPoints, most) {
		heard = append(heard, s.askCRL(ctx, v, issuer, url))
		if r, told := conclude(heard); told {
			return r
		}
	}
	if len(heard) == 0 {
		return pass("the certificate names neither OCSP nor a list of the revoked over plain http")
	}
	return silent(heard)
}

// conclude judges by the first that tells.
func conclude(heard []revocation) (Result, bool) {
	i := slices.IndexFunc(heard, func(r revocation) bool { return r.err == nil })
	if i < 0 {
		return Result{}, false
	}
	r := heard[i]
	day := r.at.UTC().Format(time.DateOnly)
	if r.revoked != "" {
		return found("cert.revoked", "revoked on %s (%s), says %s", day, r.revoked, shorten(r.source)), true
	}
	return pass("not revoked, says %s of %s", shorten(r.source), day), true
}

// silent passes with the reason why nobody told.
func silent(heard []revocation) Result {
	r := pass("nothing is heard of a revocation")
	for _, h := range heard {
		r = r.remark("", "whether it is revoked could not be told: %s: %s", shorten(h.source), shorten(h.err.Error()))
	}
	return r
}

// revocationReasons are by their numbers (RFC 5280 section 5.3.1).
var revocationReasons = map[int]string{
	1: "the key was compromised", 2: "the authority was compromised", 3: "its holder's affiliation changed",
	4: "it was superseded", 5: "it is no longer used", 6: "it is on hold", 9: "a privilege was withdrawn",
}

func revocationReason(number int) string {
	if reason, ok := revocationReasons[number]; ok {
		return reason
	}
	return "no reason given"
}

// checkFresh says when an answer is of another time than now. A minute more or less
// is the clocks'.
func checkFresh(now, from, until time.Time) error {
	switch {
	case from.After(now.Add(time.Minute)):
		return fmt.Errorf("it is of %s, which is still to come", from.UTC().Format(time.RFC3339))
	case !until.IsZero() && until.Before(now.Add(-time.Minute)):
		return fmt.Errorf("it was good until %s", until.UTC().Format(time.RFC3339))
	}
	return nil
}
