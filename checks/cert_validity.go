package checks

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"
)

// certValidity judges the dates: those of the leaf, and of the issuers where no
// other path is valid today.
var certValidity = Check{
	ID:       "cert.validity",
	Title:    "the certificate is valid today",
	Needs:    []string{"tcp.connect"},
	Problems: []string{"cert.expired", "cert.not-yet-valid", "cert.intermediate-expired", "cert.expires-soon"},
	Run:      ofCertificate(func(_ context.Context, _ *Session, v *chainVerdict) Result { return v.judgeDates() }),
}

// Soon is within 14 days, and within a quarter of the lifetime: certificates that
// live for six days are renewed in their last ones.
const (
	soonDays = 14
	soonPart = 4
)

func (v *chainVerdict) judgeDates() Result {
	r := v.judgeLeafDates()
	r.Evidence = leafEvidence(v)
	if r.Status != Pass && r.Status != Warn {
		return r
	}
	if late := v.lateIssuer(); late != nil {
		r = found("cert.intermediate-expired", "%s %s", subjectOf(late), datesText(late, v.now))
		r.Evidence = chainEvidence(v, false)
	}
	return r
}

func (v *chainVerdict) judgeLeafDates() Result {
	c := v.leaf
	switch {
	case v.now.After(c.NotAfter):
		return found("cert.expired", "it %s", datesText(c, v.now))
	case v.now.Before(c.NotBefore):
		return found("cert.not-yet-valid", "it %s; here it is %s", datesText(c, v.now), v.now.UTC().Format(time.RFC3339))
	}
	left, lifetime := c.NotAfter.Sub(v.now), c.NotAfter.Sub(c.NotBefore)
	if left <= soonDays*24*time.Hour && left <= lifetime/soonPart {
		return found("cert.expires-soon", "%s left, until %s", spanText(left), c.NotAfter.UTC().Format(time.RFC3339))
	}
	return pass("%s left", spanText(left))
}

// lateIssuer is an issuer, sent or known, that is out of date and in the way: no chain is valid
// today. x509's error does not say which one that is.
func (v *chainVerdict) lateIssuer() *x509.Certificate {
	for _, c := range v.issuers() {
		if within(c, v.now).Equal(v.now) {
			continue
		}
		if chain, _ := v.verify(v.anchors(), nil, []time.Time{v.now}); chain != nil {
			return nil
		}
		return c
	}
	return nil
}

// datesText says since or until when a certificate is not valid.
func datesText(c *x509.Certificate, now time.Time) string {
	if now.Before(c.NotBefore) {
		return fmt.Sprintf("is valid in %s, from %s on", spanText(c.NotBefore.Sub(now)), c.NotBefore.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("expired %s ago, on %s", spanText(now.Sub(c.NotAfter)), c.NotAfter.UTC().Format(time.RFC3339))
}

// spanText is a span in the unit that people would use.
func spanText(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case hours >= 48:
		return plural(hours/24, "day", "days")
	case hours >= 1:
		return plural(hours, "hour", "hours")
	case d < time.Minute:
		return plural(int(d.Seconds()), "second", "seconds")
	}
	return plural(int(d.Minutes()), "minute", "minutes")
}
