package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/checks"
)

// certificates draws the chain that the result rests on, or else the whole one that
// another check of the same URL saw.
func (a about) certificates(p *page) {
	chain, from := chainFor(a.section, a.result)
	if len(chain) == 0 {
		p.wrapped(faint, "No certificate is known of this URL: it is not https, or nothing answered.")
		return
	}
	if from != a.result.Check {
		p.wrapped(faint, "as "+from+" saw them")
		p.gap()
	}
	p.chain(chain, a.report.StartedAt)
	if e := a.result.Evidence; e != nil && e.TLS != nil {
		p.road(checks.Evidence{TLS: e.TLS})
	}
}

// chainFor is the result's own chain, or the longest of its section, and the check
// that saw it.
func chainFor(s checks.Section, r checks.Result) ([]checks.Certificate, string) {
	if r.Evidence != nil && len(r.Evidence.Chain) > 1 {
		return r.Evidence.Chain, r.Check
	}
	var chain []checks.Certificate
	from := ""
	for _, other := range append([]checks.Result{r}, s.Results...) {
		if other.Evidence != nil && len(other.Evidence.Chain) > len(chain) {
			chain, from = other.Evidence.Chain, other.Check
		}
	}
	return chain, from
}

// chain draws certificates as a tree, from the root to the app's own.
func (p *page) chain(all []checks.Certificate, now time.Time) {
	for depth, c := range slices.Backward(all) {
		depth = len(all) - 1 - depth
		indent := ""
		if depth > 0 {
			indent = strings.Repeat("   ", min(depth, 6)-1) + p.branch
		}
		status := checks.Pass
		if c.State == "missing" {
			status = checks.Fail
		}
		p.add(span{faint, indent}, p.mark(status), say(" "), span{strong, c.Subject}, span{roleOf(status), "  " + c.State})
		under := strings.Repeat("   ", min(depth, 6)) + "  "
		dates, role := validity(c, now)
		p.under(under, role, dates)
		if c.Issuer != "" && c.Issuer != c.Subject {
			p.under(under, faint, "issued by "+c.Issuer)
		}
		if len(c.Names) > 0 {
			p.under(under, plain, "for "+strings.Join(c.Names, ", "))
		}
		p.under(under, faint, strings.TrimSpace(strings.Join([]string{c.Key, c.Signature}, "  ")))
		if c.From != "" {
			p.under(under, plain, "to be had from "+c.From)
		}
		if c.SHA256 != "" {
			p.under(under, faint, "SHA-256 "+c.SHA256)
		}
	}
}

// day is what a certificate is dated by.
const day = 24 * time.Hour

// validity is from when to when a certificate holds, and how long yet, as seen when
// the report was made.
func validity(c checks.Certificate, now time.Time) (string, role) {
	if c.NotAfter.IsZero() {
		return "", plain
	}
	text := c.NotBefore.Format(time.DateOnly) + " to " + c.NotAfter.Format(time.DateOnly)
	left := c.NotAfter.Sub(now)
	switch {
	case now.IsZero():
		return text, plain
	case now.Before(c.NotBefore):
		return text + ", not valid yet", bad
	case left < 0:
		return text + ", expired", bad
	case left < 14*day:
		return text + fmt.Sprintf(", %d days left", int(left/day)), hurting
	}
	return text + fmt.Sprintf(", %d days left", int(left/day)), plain
}

// under adds a text below something that was marked.
func (p *page) under(indent string, r role, text string) {
	if text == "" {
		return
	}
	for _, line := range wrap(text, p.width-len(indent)-2) {
		p.add(say(indent), span{r, line})
	}
}
