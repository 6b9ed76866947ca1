package tui

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
	"belay/checks/problem"
)

// longest is how wide a text is for which somebody's eye need not travel.
const longest = 110

// overview says what a result means and what it rests on, beside each other where
// there is room.
func (a about) overview(p *page) {
	if p.width < wideFrom {
		a.meaning(p)
		a.grounds(p)
		return
	}
	left, right := p.halves(52)
	a.grounds(right)
	if len(right.lines) == 0 {
		wide := &page{style: p.style, width: min(p.width, longest)}
		a.meaning(wide)
		p.lines = append(p.lines, wide.lines...)
		return
	}
	a.meaning(left)
	p.beside(left, right)
}

// meaning is what is so, why it matters, and what to do.
func (a about) meaning(p *page) {
	r := a.result
	p.headline(r)
	p.gap()
	if r.Problem != nil && !isTold(r) {
		p.field("asked", "whether "+r.Title)
	}
	p.field("saw", r.Saw)
	p.field("reason", r.Reason)
	if r.Place != nil {
		p.field("where", placeOf(*r.Place))
	}
	p.excerpts(storyIn(r).Excerpt)
	if r.Problem != nil {
		p.problem(a.section, *r.Problem)
	}
	p.remarks(r.Remarks)
	if r.Problem != nil {
		a.toldElsewhere(p)
	}
}

// headline is the status, the id and the problem or the sentence that is so.
func (p *page) headline(r checks.Result) {
	p.add(p.mark(r.Status), say(" "), span{roleOf(r.Status), wordOf(r.Status)}, say("  "), say(nameOf(r)),
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
	p.fix(f)
	p.gap()
	if f.Probable {
		p.field("certainty", "probably: nothing proves it")
	}
}

// fix is the one for who answered, under its name.
func (p *page) fix(f checks.Finding) {
	known, _ := problem.Find(f.ID)
	for who, fix := range known.Fixes {
		if f.Fix == who+": "+fix {
			p.fieldAs(strong, "fix", fix)
			p.field("", "This is for "+who+", which answered.")
			return
		}
	}
	p.fieldAs(strong, "fix", f.Fix)
}

func (p *page) remarks(all []checks.Remark) {
	for _, remark := range all {
		text := remark.Text
		if remark.Problem != "" {
			text += " [" + remark.Problem + "]"
		}
		p.field("remark", text)
	}
}

// toldElsewhere says where there is more to read, and how to ask once more.
func (a about) toldElsewhere(p *page) {
	id := a.result.Problem.ID
	p.field("problem", id)
	if _, ok := problem.Find(id); ok {
		p.field("more", "belay explain "+id)
	}
	p.field("read", a.result.Problem.Doc)
	p.field("repeat", a.repeat())
}

// repeat is the command that asks the same once more, where it is known.
func (a about) repeat() string {
	t := a.section.Target
	if a.report.Command != "check" || t.URL == "" {
		return ""
	}
	command := "belay check " + t.URL
	if t.Local {
		command += " --local"
	}
	if t.Kind != "" && t.Kind != string(checks.Command) {
		command += " --kind " + t.Kind
	}
	if t.Named != "" && t.Kind == string(checks.Command) {
		command += " --command " + t.Named
	}
	return command
}

// grounds are what the result rests on.
func (a about) grounds(p *page) {
	p.exchanges(a.result, a.chosen, deadlineOf(a.section))
	if a.result.Evidence != nil {
		p.evidence(*a.result.Evidence, a.report.StartedAt)
	}
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
		text := fmt.Sprintf("%d requests; %d may have run a handler", s.Sent.Requests, s.Sent.MayHaveRunAHandler)
		if s.Sent.User != "" {
			text = fmt.Sprintf("%d requests as user %s of team %s; %d may have run a handler; the app's log shows %d refusals",
				s.Sent.Requests, s.Sent.User, s.Sent.Team, s.Sent.MayHaveRunAHandler, s.Sent.Refusals)
		}
		p.field("sent", text)
	}
	p.field("note", s.Note)
	p.field("results", s.SameAs)
	for _, text := range s.NotAsked {
		p.field("not asked", text)
	}
}

// mostOfFamily bounds the overview of a family.
const mostOfFamily = 200

// family lists its results with what they saw.
func (p *page) family(s checks.Section, f family) {
	p.add(append([]span{p.mark(worst(f.counts)), say(" "), {strong, f.name}, say("   ")}, tallied(f.counts)...)...)
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
		p.add(p.mark(r.Status), say(" "), span{roleOf(r.Status), p.column(wordOf(r.Status), wordWidth)}, say(upperFirst(main)))
		if detail != "" {
			p.add(say(strings.Repeat(" ", wordWidth+2)), span{faint, detail})
		}
	}
}

// tookOf is the time to show of a result: that of the slowest exchange, if it keeps
// one.
func tookOf(r checks.Result) string {
	longest := checks.Millis(0)
	for _, x := range exchanges(r) {
		if x.Direction == checks.ToApp {
			longest = max(longest, x.TotalMS)
		}
	}
	if longest == 0 && r.Took < checks.Millis(time.Millisecond) {
		return "" // it only looked at what another one asked
	}
	return short(max(longest, r.Took))
}

func upperFirst(text string) string {
	for n := range text {
		if n > 0 {
			return strings.ToUpper(text[:n]) + text[n:]
		}
	}
	return strings.ToUpper(text)
}
