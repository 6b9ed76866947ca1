package tui

import (
	"belay/checks"
)

// A detail is what is shown of the selected row: its overview below the list, or a
// tab in place of the list.
type detail struct {
	// open is set while it stands in place of the list.
	open bool
	tab  tab
	// output shows what the app printed in a scenario, and nothing else.
	output bool
	// exchange is the one that is shown, counted from 0.
	exchange int
	top      int
	// lines are made once for what of says.
	lines []string
	of    subject
}

// A tab is a side of a result.
type tab int

const (
	overviewTab tab = iota
	requestTab
	responseTab
	signatureTab
	certificatesTab
	triesTab
	rawTab
	tabs
)

func (t tab) String() string {
	return [...]string{"Overview", "Request", "Response", "Signature", "Certificates", "Tries", "Raw"}[t]
}

// A subject is what the lines of a detail follow from.
type subject struct {
	epoch int
	// version counts only for what sums several results up.
	version  int
	row      identity
	tab      tab
	output   bool
	exchange int
	width    int
}

// refreshed makes the lines anew when they are of something else.
func (m Model) refreshed(width int) detail {
	d := m.detail
	at, ok := m.selected()
	if !ok {
		at = nowhere
	}
	id := m.identify(at)
	if id != d.of.row {
		d.exchange, d.top = 0, 0
	}
	shown := overviewTab
	if d.open {
		shown = d.tab
	}
	of := subject{m.epoch, 0, id, shown, d.open && d.output, d.exchange, width}
	if d.open || at.result < 0 {
		of.version = m.version
	}
	if of == d.of {
		return d
	}
	d.of = of
	d.lines = m.detailLines(at, of)
	return d
}

// detailLines draws the tab of a row.
func (m Model) detailLines(at row, of subject) []string {
	p := &page{style: m.style, width: of.width}
	switch {
	case at.branch < 0:
		return nil
	case at.family < 0 && m.stories() && of.output:
		p.output(m.section(at.branch))
		if len(p.lines) == 0 {
			p.wrapped(faint, "Nothing is kept of what the app printed: a report has it of steps that fail.")
		}
	case at.family < 0 && m.stories():
		p.story(m.section(at.branch))
	case at.family < 0:
		p.section(m.section(at.branch))
	case at.result < 0:
		p.family(m.section(at.branch), m.tree[at.branch].families[at.family])
	default:
		r, _ := m.resultAt(at)
		about{m.report, m.section(at.branch), r, of.exchange}.draw(p, of.tab)
	}
	return p.lines
}

// An about is a result with what it is seen in.
type about struct {
	report  checks.Report
	section checks.Section
	result  checks.Result
	// chosen is the exchange that is shown, counted from 0.
	chosen int
}

// draw adds one tab to a page.
func (a about) draw(p *page, t tab) {
	switch t {
	case overviewTab:
		a.overview(p)
	case signatureTab:
		a.signature(p)
	case certificatesTab:
		a.certificates(p)
	case triesTab:
		a.tries(p)
	case rawTab:
		a.raw(p)
	default:
		a.exchange(p, t)
	}
}

// shown is the exchange that is shown, if the result has any.
func (a about) shown() (checks.Exchange, bool) {
	all := exchanges(a.result)
	if a.chosen >= len(all) {
		return checks.Exchange{}, false
	}
	return all[a.chosen], true
}

// exchange draws a request or a response, and where there is room both.
func (a about) exchange(p *page, t tab) {
	x, ok := a.shown()
	switch {
	case !ok:
		p.wrapped(faint, "No exchange is kept of this question.")
	case t == responseTab:
		p.response(x)
	case p.width >= wideFrom:
		left, right := p.halves(50)
		left.request(x)
		right.response(x)
		p.beside(left, right)
	default:
		p.request(x)
	}
}

// exchanges are those of a result, if it has any.
func exchanges(r checks.Result) []checks.Exchange {
	if r.Evidence == nil {
		return nil
	}
	return r.Evidence.Exchanges
}

func (m Model) hasExchange() bool {
	r, ok := m.result()
	return ok && len(exchanges(r)) > 0
}

func (m Model) hasExchanges() bool {
	r, ok := m.result()
	return ok && len(exchanges(r)) > 1
}

// hasTab tells whether a tab says something of the selected row.
func (m Model) hasTab(t tab) bool {
	r, ok := m.result()
	switch {
	case !ok:
		return t == overviewTab
	case t == overviewTab, t == rawTab:
		return true
	case t == certificatesTab:
		at, _ := m.selected()
		chain, _ := chainFor(m.section(at.branch), r)
		return len(chain) > 0
	case t == signatureTab && r.Evidence != nil && len(r.Evidence.SignatureSteps) > 0:
		return true
	}
	return len(exchanges(r)) > 0
}

// toTab goes to the tab beside, and from the list into the detail.
func (m Model) toTab(step tab) Model {
	if !m.detail.open {
		return m.entered()
	}
	return m.atTab((m.detail.tab + step + tabs) % tabs)
}

// atTab shows a tab of the selected row.
func (m Model) atTab(t tab) Model {
	if _, ok := m.result(); !ok {
		m.note = "select a result first: this row sums up several"
		return m
	}
	m.live.follow = false
	m.help.shown = false
	m.detail.open, m.detail.tab, m.detail.top = true, t, 0
	return m
}

func (m Model) nextExchange() Model     { return m.toExchange(1) }
func (m Model) previousExchange() Model { return m.toExchange(-1) }

// toExchange goes to another exchange of the result, and around at the end.
func (m Model) toExchange(step int) Model {
	r, _ := m.result()
	n := len(exchanges(r))
	if n < 2 {
		m.note = "this row has no other exchange"
		return m
	}
	m.detail.exchange = (m.detail.exchange + step + n) % n
	m.detail.top = 0
	return m
}
