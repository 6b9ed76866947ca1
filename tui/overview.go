package tui

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// overview says what a result means and what it rests on.
func (p *page) overview(s checks.Section, r checks.Result, exchange int) {
	p.headline(r)
	p.gap()
	if r.Problem != nil {
		p.field("asked", "whether "+r.Title)
	}
	p.field("saw", r.Saw)
	p.field("reason", r.Reason)
	if r.Problem != nil {
		p.problem(s, *r.Problem)
	}
	for _, remark := range r.Remarks {
		text := remark.Text
		if remark.Problem != "" {
			text += " [" + remark.Problem + "]"
		}
		p.field("remark", text)
	}
	p.exchanges(s, r, exchange)
	if r.Evidence != nil {
		p.evidence(*r.Evidence)
	}
}

// headline is the status, the id and the problem or the sentence that is so.
func (p *page) headline(r checks.Result) {
	p.add(p.mark(r.Status), say(" "), span{roleOf(r.Status), words[r.Status]}, say("  "), say(r.Check),
		span{faint, "  " + tookOf(r)})
	p.gap()
	if r.Problem == nil {
		p.wrapped(strong, upperFirst(r.Title))
		return
	}
	p.wrapped(strong, r.Problem.Title)
}

// problem says what the user of Slack sees, why it matters, and the fix.
func (p *page) problem(s checks.Section, f checks.Finding) {
	p.field("Slack shows", shows(s.Target, f.Shows))
	p.field("why", f.Why)
	p.gap()
	p.fieldAs(strong, "fix", f.Fix)
	p.gap()
	if f.Probable {
		p.field("certainty", "probably: nothing proves it")
	}
	p.field("problem", f.ID)
	p.field("read", f.Doc)
}

// shows words what becomes visible at Slack, for what the URL is for.
func shows(t checks.TargetInfo, s *checks.SlackShows) string {
	if s == nil {
		return ""
	}
	var said []string
	surface := checks.Kind(t.Kind).Surface()
	if s.User != "" && surface == checks.Command {
		named := t.Named
		if named == "" {
			named = "/command"
		}
		said = append(said, fmt.Sprintf("%s failed with the error %q", named, s.User))
	}
	if s.RetryReason != "" && surface == checks.Events {
		said = append(said, "the event again, with X-Slack-Retry-Reason: "+s.RetryReason)
	}
	if s.Words != "" {
		said = append(said, s.Words)
	}
	if len(said) == 0 {
		return ""
	}
	text := strings.Join(said, "; ")
	if s.Confidence != "" {
		text += " (" + s.Confidence + ")"
	}
	return text
}

// section sums up a URL.
func (p *page) section(s checks.Section) {
	p.add(p.mark(s.Verdict.Status), say(" "), span{strong, s.Name})
	p.gap()
	p.wrapped(strong, s.Verdict.Summary)
	p.gap()
	p.field("problem", s.Verdict.Cause)
	p.field("Slack shows", shows(s.Target, s.Verdict.SlackShows))
	p.field("for", strings.TrimSpace(s.Target.Kind+" "+s.Target.Named))
	p.field("deadline", short(s.Target.Deadline))
	if s.Sent.Requests > 0 {
		p.field("sent", fmt.Sprintf("%d requests as user %s of team %s; %d may have run a handler; the app's log shows %d refusals",
			s.Sent.Requests, s.Sent.User, s.Sent.Team, s.Sent.MayHaveRunAHandler, s.Sent.Refusals))
	}
	for _, text := range s.NotAsked {
		p.field("not asked", text)
	}
}

// mostOfFamily bounds the overview of a family.
const mostOfFamily = 500

// family lists its results with what they saw.
func (p *page) family(s checks.Section, f family) {
	p.add(append([]span{p.mark(worst(f.counts)), say(" "), span{strong, f.name}, say("   ")}, tallied(f.counts)...)...)
	p.gap()
	for n, i := range f.results {
		if n == mostOfFamily {
			p.add(span{faint, fmt.Sprintf("and %d more", len(f.results)-n)})
			return
		}
		r := s.Results[i]
		main, detail := r.Title, gist(r)
		if r.Problem != nil {
			main, detail = gist(r), r.Saw
		}
		p.add(p.mark(r.Status), say(" "), span{roleOf(r.Status), p.column(words[r.Status], wordWidth)}, say(upperFirst(main)))
		if detail != "" {
			p.add(say(strings.Repeat(" ", wordWidth+2)), span{faint, detail})
		}
	}
}

// tallied are the counts in words, without the zeroes.
func tallied(c checks.Counts) []span {
	var spans []span
	for _, status := range bySeverity {
		n := count(c, status)
		if n == 0 {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, say("  "))
		}
		spans = append(spans, span{roleOf(status), fmt.Sprintf("%d %s", n, words[status])})
	}
	return spans
}

// tookOf is the time to show of a result: that of the slowest exchange, if it keeps
// one.
func tookOf(r checks.Result) string {
	slowest := checks.Millis(0)
	for _, x := range exchanges(r) {
		slowest = max(slowest, x.TotalMS)
	}
	if slowest == 0 && r.Took < checks.Millis(time.Millisecond) {
		return "" // it only looked at what another one asked
	}
	return short(max(slowest, r.Took))
}

func upperFirst(text string) string {
	if text == "" {
		return ""
	}
	runes := []rune(text)
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}
