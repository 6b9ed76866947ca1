package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"belay/checks"
)

// maxHTMLCalls is how many calls a timeline shows.
const maxHTMLCalls = 500

type (
	htmlTimeline struct {
		Span     string
		Ticks    []htmlTick
		Rows     []htmlCall
		Deadline string
		LeftOut  string
	}
	htmlCall struct {
		Begins, Who, What, Answer, Took string
		// Result is the id of the result that the call belongs to.
		Result           string
		Class, At, Width string
		Late             *htmlBar
		// Deadline is where Slack stops waiting, or "".
		Deadline string
	}
)

// A call is an exchange with the result that it is evidence of.
type call struct {
	exchange checks.Exchange
	result   string
	title    string
}

// htmlTimelineOf draws who called whom in a scenario, or in whatever else the app asked
// something of Slack. It is nil where nobody did.
func htmlTimelineOf(r checks.Report, section int, plan *htmlPlan) *htmlTimeline {
	s := r.Sections[section]
	calls := callsOf(s, section, plan)
	toSlack := slices.ContainsFunc(calls, func(c call) bool { return c.exchange.Direction == checks.ToSlack })
	if len(calls) == 0 || r.Command != "test" && !toSlack {
		return nil
	}
	t := htmlTimeline{}
	if more := len(calls) - maxHTMLCalls; more > 0 {
		calls = calls[:maxHTMLCalls]
		t.LeftOut = plural(more, "later call") + " left out."
	}
	began := calls[0].exchange.SentAt
	deadline := min(max(s.Target.Deadline, 0), longestDrawn)
	a := axis{max(deadline*4/3, 1)}
	for _, c := range calls {
		a.span = min(max(a.span, checks.Millis(c.exchange.SentAt.Sub(began))+max(c.exchange.TotalMS, 0)), longestDrawn)
	}
	t.Span, t.Ticks = htmlTook(a.span), a.ticks(0)
	if deadline > 0 && slices.ContainsFunc(calls, func(c call) bool { return c.exchange.Direction == checks.ToApp }) {
		t.Deadline = htmlTook(deadline)
	}
	for _, c := range calls {
		t.Rows = append(t.Rows, a.call(c, began, deadline))
	}
	return &t
}

// callsOf are a section's exchanges in the order of their beginning, each once: one may
// be evidence of several results.
func callsOf(s checks.Section, section int, plan *htmlPlan) []call {
	type identity struct {
		question, url string
		at            time.Time
	}
	seen := map[identity]bool{}
	var calls []call
	for n := range s.Results {
		r := &s.Results[n]
		if r.Evidence == nil || !plan.rows[r] {
			continue
		}
		for _, x := range r.Evidence.Exchanges {
			id := identity{x.Question, x.Request.URL, x.SentAt}
			if x.SentAt.IsZero() || seen[id] {
				continue
			}
			seen[id] = true
			calls = append(calls, call{x, htmlID(section, n), r.Title})
		}
	}
	slices.SortStableFunc(calls, func(a, b call) int { return a.exchange.SentAt.Compare(b.exchange.SentAt) })
	return calls
}

func (a axis) call(c call, began time.Time, deadline checks.Millis) htmlCall {
	x := c.exchange
	at := checks.Millis(x.SentAt.Sub(began))
	row := htmlCall{
		Begins: fmt.Sprintf("+%.3f s", time.Duration(at).Seconds()), Who: who(x.Direction),
		What: Clean(cmp.Or(x.Question, c.title, "request"), 200), Answer: outcome(x), Took: htmlTook(x.TotalMS),
		Result: c.result, Class: "to-app", At: a.at(at), Width: a.wide(at, at+max(x.TotalMS, 0)),
	}
	if x.Direction == checks.ToSlack {
		row.Class = "to-slack"
		return row
	}
	if deadline > 0 && at+deadline <= a.span {
		row.Deadline = a.at(at + deadline)
	}
	if deadline > 0 && x.TotalMS > deadline {
		row.Late = &htmlBar{"", a.at(at + deadline), a.wide(at+deadline, at+x.TotalMS)}
	}
	return row
}
