package tui

import (
	"belay/checks"
)

// A detail is what the detail pane shows of the selected row.
type detail struct {
	// focused lets the keys move in the detail, which a narrow screen shows in place
	// of the list.
	focused bool
	tab     tab
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
	tabs
)

func (t tab) String() string { return [...]string{"Overview", "Request", "Response"}[t] }

// A subject is what the lines of a detail follow from.
type subject struct {
	version  int
	row      row
	tab      tab
	exchange int
	width    int
}

// refreshed makes the lines anew when they are of something else.
func (m Model) refreshed(width int) detail {
	d := m.detail
	at, ok := m.selected()
	if !ok {
		at = row{-1, -1, -1}
	}
	if at != d.of.row {
		d.exchange, d.top = 0, 0
	}
	of := subject{m.version, at, d.tab, d.exchange, width}
	if of == d.of {
		return d
	}
	d.of = of
	d.lines = m.detailLines(at, d, width)
	return d
}

// detailLines draws the tab of a row.
func (m Model) detailLines(at row, d detail, width int) []string {
	p := &page{style: m.style, width: width}
	switch {
	case at.section < 0:
		return nil
	case at.family < 0:
		p.section(m.report.Sections[at.section])
	case at.result < 0:
		p.family(m.report.Sections[at.section], m.tree[at.section].families[at.family])
	default:
		s := m.report.Sections[at.section]
		p.result(s, s.Results[at.result], d)
	}
	return p.lines
}

// result draws one tab of a result.
func (p *page) result(s checks.Section, r checks.Result, d detail) {
	x, ok := exchangeOf(r, d.exchange)
	switch {
	case d.tab == overviewTab:
		p.overview(s, r, d.exchange)
	case !ok:
		p.wrapped(faint, "No exchange is kept of this question.")
	case d.tab == requestTab:
		p.request(x)
	default:
		p.response(x)
	}
}

// exchanges are those of a result, if it has any.
func exchanges(r checks.Result) []checks.Exchange {
	if r.Evidence == nil {
		return nil
	}
	return r.Evidence.Exchanges
}

func exchangeOf(r checks.Result, n int) (checks.Exchange, bool) {
	all := exchanges(r)
	if n >= len(all) {
		return checks.Exchange{}, false
	}
	return all[n], true
}

func (m Model) hasExchange() bool {
	r, ok := m.result()
	return ok && len(exchanges(r)) > 0
}

func (m Model) hasExchanges() bool {
	r, ok := m.result()
	return ok && len(exchanges(r)) > 1
}

// toTab goes to another tab. On a narrow screen it goes into the detail first.
func (m Model) toTab(step tab) Model {
	m.live.follow = false
	if m.layout().detail.height == 0 {
		m.detail.focused = true
		return m
	}
	m.detail.tab = (m.detail.tab + step + tabs) % tabs
	m.detail.top = 0
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
