package tui

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// exchanges draws the exchange that is chosen on Slack's clock, and lists them when
// there are several.
func (p *page) exchanges(r checks.Result, chosen int, deadline checks.Millis) {
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
	if chosen < len(all) && all[chosen].Direction == checks.ToSlack {
		p.waterfall(all[chosen], 0) // nobody waits for an app's calls
	} else if chosen < len(all) {
		p.waterfall(all[chosen], deadline)
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
	case x.Reached == "done" && x.Error == "":
		return "acknowledged"
	}
	return "dropped"
}

// evidence draws what a result rests on besides exchanges.
func (p *page) evidence(e checks.Evidence, now time.Time) {
	p.tale(e.Story)
	p.samples(e.Samples)
	p.road(e)
	if len(e.Chain) > 0 {
		p.heading("Certificates")
		p.chain(e.Chain, now)
	}
	p.steps(e.SignatureSteps)
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

// steps lists how a signature comes about, in short: its tab has the whole.
func (p *page) steps(all []checks.SignatureStep) {
	if len(all) == 0 {
		return
	}
	p.heading("How the signature comes about")
	for _, step := range all {
		p.field(step.Name, fit(step.Value, 3*p.width, p.more))
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
