package checks

import (
	"context"
	"crypto/x509"
	"time"
)

// certLifetime asks whether a public authority could have issued the certificate
// for that long. No client refuses one that lives longer: it shows that the
// authority is not a public one, or that the certificate was made by hand.
var certLifetime = Check{
	ID:       "cert.lifetime",
	Title:    "the certificate lives no longer than a public one may",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.lifetime"},
	Run: ofCertificate(func(_ context.Context, s *Session, v *chainVerdict) Result {
		if reason := s.notPublic(v); reason != "" {
			return skip("%s", reason)
		}
		r := judgeLifetime(v.leaf)
		r.Evidence = leafEvidence(v)
		return r
	}),
}

// lifetimes are the longest that the CA/Browser Forum allows, in days, for
// certificates issued from a date on, the last first (Baseline Requirements section
// 6.3.2, with ballot SC-081; the months of the first two in days).
var lifetimes = []struct {
	from string
	days int
}{
	{"2029-03-15", 47},
	{"2027-03-15", 100},
	{"2026-03-15", 200},
	{"2020-09-01", 398},
	{"2018-03-01", 825},
	{"2015-04-01", 1188},
	{"2012-07-01", 1827},
}

func judgeLifetime(c *x509.Certificate) Result {
	const day = 24 * time.Hour
	// The last second counts (RFC 5280 section 4.1.2.5).
	lifetime := c.NotAfter.Sub(c.NotBefore) + time.Second
	issued := c.NotBefore.UTC().Format(time.DateOnly)
	days := int((lifetime + day - time.Second) / day)
	for _, l := range lifetimes {
		if issued < l.from {
			continue
		}
		if lifetime > time.Duration(l.days)*day {
			return found("cert.lifetime", "it lives for %s, where %d are allowed for one issued on %s", plural(days, "day", "days"), l.days, issued)
		}
		break
	}
	return pass("%s in all", plural(days, "day", "days"))
}

// notPublic says why the rules for public authorities do not matter, or "": with
// --local, and where nobody knows the issuer, so that another certificate has to
// come anyway. A root of --ca-file stands for a public one.
func (s *Session) notPublic(v *chainVerdict) string {
	switch {
	case s.Target.Local:
		return "with --local the rules for public authorities do not matter"
	case v.trusted == nil && v.known == nil && !v.incomplete():
		return "no public authority stands behind the certificate (see cert.chain)"
	}
	return ""
}
