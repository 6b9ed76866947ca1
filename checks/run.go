package checks

import (
	"context"
	"errors"
	"slices"
	"sync"
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
	// First are sections that are known before anything is asked, such as what is
	// wrong with a manifest.
	First []Section
	// AtOnce is how many targets are diagnosed at the same time; zero means one.
	AtOnce int
	Tool   Tool
	// Command is what the user ran, such as "check".
	Command string
}

// Run diagnoses the targets, as many at the same time as the watch says, and
// reports them in their order. When the context ends, the report holds what was
// found so far and says that it was interrupted.
func Run(ctx context.Context, o Watch, targets ...Target) Report {
	began := time.Now()
	report := Report{SchemaVersion: SchemaVersion, Tool: o.Tool, Command: o.Command, StartedAt: began.UTC()}
	o = o.oneAtATime()
	for _, section := range o.First {
		for _, r := range section.Results {
			o.Result(section.Name, r)
		}
		o.Section(section)
	}
	report.Sections = append(slices.Clone(o.First), examineAll(ctx, o, targets)...)
	report.sum()
	report.Interrupted = errors.Is(ctx.Err(), context.Canceled)
	report.Duration = Millis(time.Since(began))
	return report
}

// Sum is a report of sections that are known already, with their counts and verdict.
func Sum(sections []Section) Report {
	r := Report{SchemaVersion: SchemaVersion, Sections: sections}
	r.sum()
	return r
}

// sum adds up the sections.
func (r *Report) sum() {
	r.Counts = Counts{}
	for _, section := range r.Sections {
		r.Counts = r.Counts.plus(section.Counts)
	}
	r.Verdict = worst(r.Sections)
}

// oneAtATime makes every callback safe to call, from several goroutines.
func (o Watch) oneAtATime() Watch {
	var mu sync.Mutex
	result, section, asking := o.Result, o.Section, o.Asking
	o.Result = func(name string, r Result) {
		mu.Lock()
		defer mu.Unlock()
		if result != nil {
			result(name, r)
		}
	}
	o.Section = func(s Section) {
		mu.Lock()
		defer mu.Unlock()
		if section != nil {
			section(s)
		}
	}
	o.Asking = func(what string) {
		mu.Lock()
		defer mu.Unlock()
		if asking != nil {
			asking(what)
		}
	}
	return o
}

// examineAll works through the targets, some at the same time. What belay breaks
// on in one of them ends the run as it would alone.
func examineAll(ctx context.Context, o Watch, targets []Target) []Section {
	sections := make([]Section, len(targets))
	broken := make([]any, len(targets))
	slots := make(chan struct{}, max(o.AtOnce, 1))
	var running sync.WaitGroup
	for n, t := range targets {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { broken[n] = recover(); <-slots }()
			sections[n] = examine(ctx, o, t)
			o.Section(sections[n])
		})
	}
	running.Wait()
	for _, why := range broken {
		if why != nil {
			panic(why)
		}
	}
	return sections
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
		o.Result(s.name(), r)
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
