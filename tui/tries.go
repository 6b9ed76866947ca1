package tui

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// beforeTry are the columns of a try before its bar.
const beforeTry = 61

// tries lists all exchanges on Slack's clock, one line each, with how Slack came to
// send it again.
func (a about) tries(p *page) {
	all := exchanges(a.result)
	if len(all) == 0 {
		p.wrapped(faint, "No exchange is kept of this question.")
		return
	}
	bar := min(p.width-beforeTry-2, mostBar)
	scale := listScale(deadlineOf(a.section), max(bar, 1))
	if bar >= leastBar {
		p.add(span{faint, p.column("", beforeTry) + axis(scale)})
	}
	for n, x := range all {
		if n == mostLines {
			p.rest(fmt.Sprintf("%d more are not shown", len(all)-n))
			break
		}
		r, cursor := plain, "  "
		if n == a.chosen {
			r, cursor = strong, p.cursor+" "
		}
		spans := []span{{r, cursor + p.right(since(all[0].SentAt, x.SentAt), 9) + "  " + p.column(x.Question, 22) + " " +
			p.column(outcome(x), 13) + p.right(short(x.TotalMS), 9) + "   "}}
		if bar >= leastBar {
			spans = append(spans, p.row(x, scale)...)
		}
		p.add(spans...)
		if why := retried(x); why != "" {
			p.add(span{faint, strings.Repeat(" ", 13) + why})
		}
		if x.Error != "" {
			p.add(span{bad, strings.Repeat(" ", 13) + x.Error})
		}
	}
	if a.result.Evidence.Samples != nil {
		p.samples(a.result.Evidence.Samples)
	}
	if a.chosen > 0 && a.chosen < len(all) {
		p.changes(all[a.chosen-1], all[a.chosen])
	}
	p.gap()
	if len(all) > 1 {
		p.wrapped(faint, "] and [ choose the exchange that the other tabs show.")
	}
}

// changes are what differs between an exchange and the one before it.
func (p *page) changes(before, x checks.Exchange) {
	p.heading("Beside the exchange before it")
	start := len(p.lines)
	p.changed("question", before.Question, x.Question)
	p.changed("request", before.Request.Method+" "+before.Request.URL, x.Request.Method+" "+x.Request.URL)
	p.changedHeads(before.Request, x.Request)
	p.compared("before", before.Request.Body, "then", x.Request.Body)
	p.changed("outcome", outcome(before), outcome(x))
	if before.Response != nil && x.Response != nil {
		p.changedHeads(checks.Request{Header: before.Response.Header}, checks.Request{Header: x.Response.Header})
		p.compared("before", before.Response.Body, "then", x.Response.Body)
	}
	if len(p.lines) == start {
		p.add(span{faint, "nothing but the time"})
	}
}

// changed shows a text that differs, first what it was.
func (p *page) changed(label, was, is string) {
	if was == is {
		return
	}
	p.fieldAs(faint, label, orNothing(was))
	p.fieldAs(strong, " ", orNothing(is))
}

func orNothing(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// changedHeads shows the headers that differ.
func (p *page) changedHeads(was, is checks.Request) {
	label := p.label
	defer func() { p.label = label }()
	for _, h := range is.Header {
		p.label = max(label, min(columns(clean(head(h.Name, widest)))+2, p.width/2))
		p.changed(h.Name, headerOf(was, h.Name), h.Value)
	}
	for _, h := range was.Header {
		if headerOf(is, h.Name) == "" {
			p.changed(h.Name, h.Value, "")
		}
	}
}

// since is when a try was sent, from the first.
func since(first, at time.Time) string {
	d := at.Sub(first)
	switch {
	case first.IsZero() || at.IsZero() || d < 0:
		return ""
	case d < time.Minute:
		return fmt.Sprintf("+%.1f s", d.Seconds())
	}
	return fmt.Sprintf("+%.0f min", d.Minutes())
}

// retried says which retry of Slack's an exchange is, and why it was made.
func retried(x checks.Exchange) string {
	number, reason := headerOf(x.Request, "X-Slack-Retry-Num"), headerOf(x.Request, "X-Slack-Retry-Reason")
	if number == "" {
		return ""
	}
	return strings.TrimSpace("retry " + number + " " + reason)
}

// headerOf is the value of a header of a request, or "".
func headerOf(r checks.Request, name string) string {
	for _, h := range r.Header {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}
