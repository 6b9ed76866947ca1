package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/checks"
)

// Of one result, so many exchanges, and of one message so many headers are shown.
const (
	maxHTMLExchanges = 100
	maxHTMLHeaders   = 100
)

type (
	htmlResult struct {
		ID, Title, Saw, Took string
		Mark                 htmlMark
		Open                 bool
		// Detail is nil where the row says all.
		Detail *htmlDetail
	}
	htmlDetail struct {
		Problem        *htmlProblem
		Notes          []string
		ExchangesTitle string
		Exchanges      []htmlExchange
		Tables         []htmlPairs
		Chain          []htmlCertificate
		Steps          []htmlPair
		LeftOut        string
	}
	htmlProblem struct {
		ID, Title, Shows, Why, Fix, Doc string
		Probable                        bool
	}
	htmlPairs struct {
		Title string
		Rows  []htmlPair
	}
	htmlPair        struct{ Name, Value string }
	htmlCertificate struct {
		Mark                            htmlMark
		Subject, Issuer, Valid, Details string
	}
)

func (p *htmlPlan) result(s checks.Section, r *checks.Result, id string) htmlResult {
	title, saw := orText(Clean(r.Title, 300), Clean(r.Check, 100)), r.Saw
	switch {
	case saw == "":
		saw = r.Reason
	case r.Place != nil:
		saw = placed(*r)
	}
	h := htmlResult{
		ID: id, Title: title, Saw: Clean(saw, 1000), Mark: htmlMarkOf(r.Status), Open: p.open[r],
		Detail: p.detail(s, r),
	}
	if r.Took > 0 {
		h.Took = htmlTook(r.Took)
	}
	return h
}

// detail is what else there is to say, or nil.
func (p *htmlPlan) detail(s checks.Section, r *checks.Result) *htmlDetail {
	d := htmlDetail{Problem: htmlProblemOf(s, r.Problem)}
	if r.Saw != "" && r.Reason != "" {
		d.Notes = append(d.Notes, Clean(r.Reason, 1000))
	}
	for _, remark := range r.Remarks {
		d.Notes = append(d.Notes, "Remark: "+Clean(remark.Text, 1000))
	}
	switch {
	case r.Evidence == nil:
		if d.Problem == nil && d.Notes == nil {
			return nil
		}
	case p.evidence[r]:
		d.evidence(s, *r.Evidence)
	default:
		d.LeftOut = "The evidence was left out to keep the page small."
	}
	return &d
}

func htmlProblemOf(s checks.Section, f *checks.Finding) *htmlProblem {
	if f == nil {
		return nil
	}
	p := htmlProblem{
		ID: Clean(f.ID, 200), Title: Clean(f.Title, 500), Why: Clean(f.Why, 2000), Fix: Clean(f.Fix, 2000),
		Doc: absolute(f.Doc), Probable: f.Probable,
	}
	if f.Shows != nil {
		p.Shows = showsWords(s.Target, f.Shows)
		if p.Shows != "" && f.Shows.Confidence != "" {
			p.Shows += " (" + f.Shows.Confidence + ")"
		}
		p.Shows = Clean(p.Shows, 1000)
	}
	return &p
}

func (d *htmlDetail) evidence(s checks.Section, e checks.Evidence) {
	d.ExchangesTitle = "Request and response"
	if n := len(e.Exchanges); n > 1 {
		d.ExchangesTitle = plural(n, "exchange")
		if n > maxHTMLExchanges {
			d.ExchangesTitle += fmt.Sprintf(", the first %d", maxHTMLExchanges)
		}
	}
	for n, x := range e.Exchanges[:min(len(e.Exchanges), maxHTMLExchanges)] {
		h := htmlExchangeOf(s, x)
		h.Open = n == 0
		d.Exchanges = append(d.Exchanges, h)
	}
	for _, table := range []htmlPairs{samplesPairs(e.Samples), resolutionPairs(e.Resolution), connectionPairs(e.Connections), tlsPairs(e.TLS), fingerprintPairs(e.Fingerprint)} {
		if len(table.Rows) > 0 {
			d.Tables = append(d.Tables, table)
		}
	}
	missing := slices.ContainsFunc(e.Chain, func(c checks.Certificate) bool { return c.State == "missing" })
	for _, c := range e.Chain {
		d.Chain = append(d.Chain, htmlCertificateOf(c, missing))
	}
	for _, step := range e.SignatureSteps {
		d.Steps = append(d.Steps, htmlPair{Clean(step.Name, 200), cleanLines(step.Value, maxHTMLBody)})
	}
}

// pairs are rows of a table; those without a value are left out.
func pairs(title string, namesAndValues ...string) htmlPairs {
	p := htmlPairs{Title: title}
	for n := 0; n+1 < len(namesAndValues); n += 2 {
		if value := Clean(namesAndValues[n+1], 1000); value != "" {
			p.Rows = append(p.Rows, htmlPair{Clean(namesAndValues[n], 200), value})
		}
	}
	return p
}

func samplesPairs(s *checks.Samples) htmlPairs {
	if s == nil || len(s.Times) < 2 {
		return htmlPairs{}
	}
	return pairs(fmt.Sprintf("Asked %d times", len(s.Times)),
		"first", htmlTook(s.First), "half within", htmlTook(s.P50), "95% within", htmlTook(s.P95),
		"slowest", htmlTook(s.Worst), "Slack waits", htmlTook(s.Deadline))
}

func resolutionPairs(r *checks.Resolution) htmlPairs {
	if r == nil {
		return htmlPairs{}
	}
	return pairs("Name", "host", r.Host, "aliases", strings.Join(r.CNAMEs, ", "), "addresses", strings.Join(r.Addresses, ", "),
		"code", r.RCode, "asked", strings.TrimSpace(r.Source+" "+r.Server), "took", htmlTook(r.Took))
}

func connectionPairs(all []checks.Connection) htmlPairs {
	var rows []string
	for _, c := range all[:min(len(all), 50)] {
		rows = append(rows, c.Address, orText(c.Error, "connected in "+htmlTook(c.Took)))
	}
	return pairs("Connections", rows...)
}

func tlsPairs(t *checks.TLS) htmlPairs {
	if t == nil {
		return htmlPairs{}
	}
	return pairs("TLS", "version", t.Version, "cipher", t.Cipher, "name", t.ServerName, "took", htmlTook(t.Took))
}

func fingerprintPairs(f *checks.Fingerprint) htmlPairs {
	if f == nil {
		return htmlPairs{}
	}
	framework := f.Framework
	if framework != "" && !f.Sure {
		framework += " (probably)"
	}
	return pairs("Who answered", "framework", framework, "on the way", strings.Join(f.Intermediaries, ", "), "signs", strings.Join(f.Signs, "; "))
}

// htmlCertificateOf praises one that is there only where another is missing: elsewhere
// it is not for that a good one.
func htmlCertificateOf(c checks.Certificate, missing bool) htmlCertificate {
	mark := htmlMark{"skip", "", Clean(c.State, 20)}
	switch {
	case c.State == "missing":
		mark.Status, mark.Symbol = "fail", "✗"
	case missing:
		mark.Status, mark.Symbol = "pass", "✓"
	}
	h := htmlCertificate{Mark: mark, Subject: Clean(c.Subject, 300), Issuer: Clean(c.Issuer, 300)}
	day := func(t time.Time) string { return t.UTC().Format("2006-01-02") }
	switch {
	case !c.NotBefore.IsZero() && !c.NotAfter.IsZero():
		h.Valid = day(c.NotBefore) + " to " + day(c.NotAfter)
	case !c.NotAfter.IsZero():
		h.Valid = "until " + day(c.NotAfter)
	}
	var details []string
	for _, part := range []struct{ name, text string }{
		{"for ", strings.Join(c.Names, ", ")}, {"", c.Key}, {"", c.Signature}, {"serial ", c.Serial},
		{"SHA-256 ", c.SHA256}, {"to be had from ", c.From},
	} {
		if part.text != "" {
			details = append(details, part.name+Clean(part.text, 500))
		}
	}
	h.Details = strings.Join(details, " · ")
	return h
}
