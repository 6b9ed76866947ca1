package tui

import (
	"fmt"
	"strings"

	"belay/checks"
)

// exchanges draws the exchange that is chosen on Slack's clock, and lists them when
// there are several.
func (p *page) exchanges(s checks.Section, r checks.Result, chosen int) {
	all := exchanges(r)
	if len(all) == 0 {
		return
	}
	if len(all) > 1 {
		p.heading(fmt.Sprintf("%d exchanges", len(all)))
		from := window(0, chosen, len(all), mostExchanges)
		for n := from; n < min(from+mostExchanges, len(all)); n++ {
			p.exchange(all[n], n == chosen)
		}
	}
	if chosen < len(all) {
		p.waterfall(all[chosen], s.Target.Deadline)
	}
}

// mostExchanges bounds the list of them.
const mostExchanges = 12

func (p *page) exchange(x checks.Exchange, chosen bool) {
	r, cursor := plain, "  "
	if chosen {
		r, cursor = strong, p.cursor+" "
	}
	p.add(span{r, cursor + p.column(x.Question, 22) + "  " + p.column(outcome(x), 12) + " " + p.right(short(x.TotalMS), 7)})
}

// outcome is how an exchange ended.
func outcome(x checks.Exchange) string {
	switch {
	case x.Response != nil:
		return fmt.Sprint(x.Response.Status)
	case x.GaveUp:
		return "no answer"
	}
	return "dropped"
}

// evidence draws what a result rests on besides exchanges.
func (p *page) evidence(e checks.Evidence) {
	p.samples(e.Samples)
	p.road(e)
	p.chain(e.Chain)
	p.signature(e.SignatureSteps)
	p.fingerprint(e.Fingerprint)
}

func (p *page) samples(s *checks.Samples) {
	if s == nil || len(s.Times) < 2 {
		return
	}
	p.heading(fmt.Sprintf("Asked %d times", len(s.Times)))
	p.field("first", short(s.First))
	p.field("half within", short(s.P50))
	p.field("95% within", short(s.P95))
	p.field("slowest", short(s.Worst))
}

// road is how the app was reached.
func (p *page) road(e checks.Evidence) {
	if r := e.Resolution; r != nil {
		p.heading("Name")
		p.field("host", r.Host)
		p.field("aliases", strings.Join(r.CNAMEs, " · "))
		p.field("addresses", strings.Join(r.Addresses, " · "))
		p.field("code", r.RCode)
		p.field("asked", strings.TrimSpace(r.Source+" "+r.Server))
	}
	if len(e.Connections) > 0 {
		p.heading("Connections")
	}
	for _, c := range e.Connections {
		if c.Error != "" {
			p.fieldAs(bad, c.Address, c.Error)
			continue
		}
		p.add(say(c.Address), span{faint, "  " + short(c.Took)})
	}
	if t := e.TLS; t != nil {
		p.heading("TLS")
		p.field("version", t.Version)
		p.field("cipher", t.Cipher)
		p.field("name", t.ServerName)
		p.field("took", short(t.Took))
	}
}

// chain lists the certificates from the app's to the root.
func (p *page) chain(all []checks.Certificate) {
	if len(all) == 0 {
		return
	}
	p.heading("Certificates")
	for _, c := range all {
		state := checks.Pass
		if c.State == "missing" {
			state = checks.Fail
		}
		p.add(p.mark(state), say(" "), span{roleOf(state), p.column(c.State, wordWidth)}, span{strong, c.Subject})
		if c.Issuer != "" {
			p.under("issued by " + c.Issuer)
		}
		if !c.NotAfter.IsZero() {
			p.under(c.NotBefore.Format("2006-01-02") + " to " + c.NotAfter.Format("2006-01-02"))
		}
		if len(c.Names) > 0 {
			p.under("for " + strings.Join(c.Names, ", "))
		}
		if c.From != "" {
			p.under("to be had from " + c.From)
		}
	}
}

// under adds a text below something that was marked.
func (p *page) under(text string) {
	for _, line := range wrap(text, p.width-wordWidth-4) {
		p.add(say(strings.Repeat(" ", wordWidth+2)), span{faint, line})
	}
}

func (p *page) signature(steps []checks.SignatureStep) {
	if len(steps) == 0 {
		return
	}
	p.heading("How the signature comes about")
	for _, step := range steps {
		p.field(step.Name, step.Value)
	}
}

func (p *page) fingerprint(f *checks.Fingerprint) {
	if f == nil {
		return
	}
	p.heading("Who answered")
	framework := f.Framework
	if framework != "" && !f.Sure {
		framework = "probably " + framework
	}
	p.field("framework", framework)
	p.field("in front", strings.Join(f.Intermediaries, " · "))
	for _, sign := range f.Signs {
		p.field("sign", sign)
	}
}
