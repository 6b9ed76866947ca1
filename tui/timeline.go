package tui

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// story draws a scenario: who called whom and when, what the app printed beside it, and
// what is not as expected.
func (p *page) story(s checks.Section) {
	file, name := storyOf(s)
	p.add(p.mark(s.Verdict.Status), say(" "), span{strong, name}, span{faint, "  " + file})
	if s.Verdict.Summary != "" {
		p.wrapped(plain, s.Verdict.Summary)
	}
	p.field("note", s.Note)
	p.gap()
	if p.width < wideFrom {
		p.timeline(s)
		p.amiss(s)
		p.output(s)
		return
	}
	left, right := p.halves(64)
	left.timeline(s)
	right.output(s)
	if len(right.lines) == 0 {
		p.timeline(s)
	} else {
		p.beside(left, right)
	}
	p.amiss(s)
}

// The columns of a line of the timeline before its bar, at least and at most.
const (
	leastEvent = 46
	mostEvent  = 84
)

// timeline lists who called whom, step by step, on one clock.
func (p *page) timeline(s checks.Section) {
	clock := clockOf(s)
	all := clock.end
	event := min(max(p.width*6/10, leastEvent), mostEvent)
	bar := min(p.width-event-timeWidth-4, mostBar)
	on := scale{width: bar, total: max(all, 1), line: -1}
	p.gap()
	head := []span{{strong, p.column("Timeline", event+timeWidth+2)}}
	if bar >= leastBar {
		end := short(all)
		head = append(head, span{faint, "0 s" + p.right(end, max(bar-3, 0))})
	} else {
		on.width = 0
	}
	p.add(head...)
	for n, r := range s.Results {
		if n == mostLines {
			p.rest(fmt.Sprintf("%d more are not shown", len(s.Results)-n))
			return
		}
		if !isStep(r) && !troubled(r.Status) {
			continue
		}
		p.happened(r, clock, clock.began[n], on, event, deadlineOf(s))
	}
}

// A clock is when the steps of a scenario began, from the first request on.
type clock struct {
	start time.Time
	began []checks.Millis
	end   checks.Millis
}

// at is when an exchange began, of a step that began then.
func (c clock) at(x checks.Exchange, began checks.Millis) checks.Millis {
	if x.SentAt.IsZero() || c.start.IsZero() {
		return began
	}
	return checks.Millis(max(x.SentAt.Sub(c.start), 0))
}

// clockOf places steps by their requests, and those without after the one before them.
func clockOf(s checks.Section) clock {
	var c clock
	for _, r := range s.Results {
		for _, x := range exchanges(r) {
			if !x.SentAt.IsZero() && (c.start.IsZero() || x.SentAt.Before(c.start)) {
				c.start = x.SentAt
			}
		}
	}
	next := checks.Millis(0)
	for _, r := range s.Results {
		began := next
		for n, x := range exchanges(r) {
			at := c.at(x, began)
			if n == 0 {
				began = max(began, at)
			}
			c.end = max(c.end, at+max(x.TotalMS, 0))
		}
		next = began + max(r.Took, 0)
		c.began = append(c.began, began)
		c.end = max(c.end, next)
	}
	return c
}

// happened is one step: what Slack sent, and what the app called then.
func (p *page) happened(r checks.Result, c clock, began checks.Millis, on scale, event int, deadline checks.Millis) {
	p.event(span{roleOf(r.Status), p.marks[r.Status] + " "}, strong, nameOf(r), r.Took, began, on, event, faint)
	calls := callsOf(r)
	for _, x := range exchanges(r) {
		if x.Direction == checks.ToSlack {
			p.event(span{accent, "  " + p.came + " "}, plain, x.Question+"  "+outcome(x), x.TotalMS, c.at(x, began), on, event, road)
			calls = nil
			continue
		}
		text := strings.TrimSpace(x.Request.Method+" "+pathOf(x.Request.URL)) + "  " + outcome(x)
		look := pause
		if x.GaveUp || deadline > 0 && x.TotalMS > deadline {
			look = late
		}
		p.event(span{accent, "  " + p.sent + " "}, plain, text, x.TotalMS, c.at(x, began), on, event, look)
	}
	for _, call := range calls {
		p.event(span{accent, "  " + p.came + " "}, plain, call, 0, began, on, event, plain)
	}
}

// event is one line of the timeline.
func (p *page) event(mark span, r role, text string, took, began checks.Millis, on scale, width int, look role) {
	spans := []span{mark, {r, p.column(text, width-columns(mark.text))}, {faint, p.right(short(took), timeWidth)}, say("  ")}
	if on.width > 0 && took > 0 {
		c := p.canvas(on)
		fill := p.waiting
		if look == faint {
			fill = p.style.road
		}
		c.bar(stage{took: took, fill: fill, role: look}, began)
		spans = append(spans, c.spans()...)
	}
	p.add(spans...)
}

// pathOf is a URL without its host.
func pathOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if at := strings.IndexByte(rest, '/'); ok && at >= 0 {
		return rest[at:]
	}
	return url
}

// output is what the app printed, by step.
func (p *page) output(s checks.Section) {
	for _, r := range s.Results {
		lines := storyIn(r).Output
		if len(lines) == 0 {
			continue
		}
		if len(p.lines) == 0 || p.lines[len(p.lines)-1] != "" {
			p.gap()
		}
		p.add(span{strong, "The app printed"}, span{faint, "  " + nameOf(r)})
		p.raw(plain, strings.Join(lines, "\n"))
	}
}

// amiss is what is not as expected, with the line of the suite that expects it.
func (p *page) amiss(s checks.Section) {
	for _, r := range s.Results {
		if r.Status != checks.Fail && r.Status != checks.Warn {
			continue
		}
		p.gap()
		head := []span{p.mark(r.Status), say(" ")}
		if r.Place != nil {
			head = append(head, span{strong, placeOf(*r.Place)}, say("   "))
		}
		p.add(append(head, span{roleOf(r.Status), nameOf(r)})...)
		p.wrapped(plain, r.Saw)
		p.excerpts(storyIn(r).Excerpt)
		p.expected(storyIn(r))
	}
}

func placeOf(at checks.Place) string { return fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Column) }

// excerpts are lines of a suite, of which one is marked.
func (p *page) excerpts(lines []string) {
	if len(lines) > 0 {
		p.gap()
	}
	for _, line := range lines {
		r := faint
		if strings.HasPrefix(line, ">") {
			r = strong
		}
		p.add(span{r, line})
	}
	if len(lines) > 0 {
		p.gap()
	}
}

// expected is what else was missed, and how what came nearest differs.
func (p *page) expected(story checks.Story) {
	for n, miss := range story.Misses {
		if n == 0 {
			p.gap()
			continue // it is what was seen
		}
		p.field("also", miss)
	}
	if story.Difference == "" {
		return
	}
	p.gap()
	for line := range strings.SplitSeq(strings.TrimSuffix(story.Difference, "\n"), "\n") {
		p.raw(differs(line), line)
	}
}

// differs is the look of a line of a difference: what was wanted, and what came.
func differs(line string) role {
	switch {
	case strings.HasPrefix(line, "-"):
		return good
	case strings.HasPrefix(line, "+"):
		return bad
	}
	return faint
}

// tale is what a step rests on, beside its exchanges.
func (p *page) tale(story *checks.Story) {
	if story == nil {
		return
	}
	if len(story.Calls) > 0 {
		p.heading("The app called")
		for _, call := range story.Calls {
			p.add(span{accent, p.came + " "}, say(call))
		}
	}
	if story.Difference != "" {
		p.heading("How it differs")
	}
	p.expected(*story)
	if len(story.Output) > 0 {
		p.heading("The app printed")
		p.raw(plain, strings.Join(story.Output, "\n"))
	}
}

// soFar is how long a run takes, as a clock shows it.
func soFar(d time.Duration) string {
	return fmt.Sprintf("%02d:%04.1f", int(d.Minutes()), d.Seconds()-60*float64(int(d.Minutes())))
}
