package checks

import (
	"context"
	"errors"
	"slices"
	"time"

	"belay/checks/problem"
)

// A Watch says how a run is watched. The zero value watches nothing.
type Watch struct {
	// Result, when set, gets each result as it is known.
	Result func(section string, r Result)
	// Section, when set, gets each section when it is through.
	Section func(Section)
	// Asking, when set, is told what is being done, in a few words.
	Asking func(what string)
	Tool   Tool
	// Command is what the user ran, such as "check".
	Command string
}

// Run diagnoses each target, one after the other. When the context ends, the
// report holds what was found so far and says that it was interrupted.
func Run(ctx context.Context, o Watch, targets ...Target) Report {
	began := time.Now()
	report := Report{SchemaVersion: SchemaVersion, Tool: o.Tool, Command: o.Command, StartedAt: began.UTC()}
	for _, t := range targets {
		section := examine(ctx, o, t)
		report.Sections = append(report.Sections, section)
		if o.Section != nil {
			o.Section(section)
		}
		report.Counts = report.Counts.plus(section.Counts)
	}
	report.Verdict = worst(report.Sections)
	report.Interrupted = errors.Is(ctx.Err(), context.Canceled)
	report.Duration = Millis(time.Since(began))
	return report
}

// examine asks every check of one target.
func examine(ctx context.Context, o Watch, t Target) Section {
	s := newSession(t.withDefaults(), o)
	run, cancel := context.WithTimeout(ctx, s.Target.Timeout)
	defer cancel()
	var results []Result
	for _, c := range All() {
		r := s.check(run, c)
		results = append(results, r)
		if o.Result != nil {
			o.Result(s.name(), r)
		}
	}
	return s.section(results)
}

// check runs one check, or says why it cannot be asked.
func (s *Session) check(ctx context.Context, c Check) Result {
	began := time.Now()
	r, blocked := s.blocked(ctx, c)
	if !blocked {
		r = c.Run(ctx, s)
	}
	r.Check, r.Title = c.ID, c.Title
	if r.Took == 0 {
		r.Took = Millis(time.Since(began))
	}
	if r.Remarks == nil {
		r.Remarks = []Remark{}
	}
	if r.Problem != nil {
		s.wordFix(r.Problem)
	}
	s.redactResult(&r)
	s.done[c.ID] = r
	return r
}

// blocked says why a check cannot be asked: something that it needs did not pass,
// or time ran out.
func (s *Session) blocked(ctx context.Context, c Check) (Result, bool) {
	for _, id := range c.Needs {
		need := s.done[id]
		if need.Status == Pass || need.Status == Warn {
			continue
		}
		if need.Status == Skip {
			return skip("%s", need.Reason), true
		}
		return skip("not asked after %s: %s", id, orText(need.Saw, need.Reason)), true
	}
	if ctx.Err() == nil || s.interview != nil {
		return Result{}, false
	}
	return skip("%s", s.outOfTime(ctx)), true
}

// outOfTime says why the context ended.
func (s *Session) outOfTime(ctx context.Context) string {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return "not reached within --timeout " + s.Target.Timeout.String()
	}
	return "interrupted"
}

// wordFix gives the fix for who answered.
func (s *Session) wordFix(f *Finding) {
	p, ok := problem.Find(f.ID)
	if !ok {
		return
	}
	for _, who := range s.answerers() {
		if fix, ok := p.Fixes[who.Who]; ok {
			f.Fix = who.Who + ": " + fix
			return
		}
	}
}

// section sums up what was found about one target.
func (s *Session) section(results []Result) Section {
	section := Section{
		Name: s.name(), Target: s.info(), Counts: count(results), Sent: s.sent(),
		NotAsked: s.notAsked(), Results: results,
	}
	section.Verdict = s.verdict(section)
	return section
}

// worst is the verdict of the section that matters most.
func worst(sections []Section) Verdict {
	order := []Status{Fail, Warn, Inconclusive, Pass}
	for _, status := range order {
		i := slices.IndexFunc(sections, func(s Section) bool { return s.Verdict.Status == status })
		if i >= 0 {
			return sections[i].Verdict
		}
	}
	return Verdict{Status: Pass}
}
