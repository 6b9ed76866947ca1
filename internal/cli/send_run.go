package cli

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator/payload"
)

// A planned delivery is one that will be made.
type planned struct {
	Delivery payload.Delivery
	// Name is what its section of the report is called. Neighbours of one name are
	// repetitions of one another, and share a section.
	Name string
	// After is how long to wait since the one before was sent.
	After time.Duration
	// Remarks are added to those of the first result.
	Remarks []string
	// Secrets are what else of the delivery no output may hold.
	Secrets []payload.Secret
}

// A sender sends deliveries one after the other, and reports what came of them.
type sender struct {
	// target is the road to the app, and what it is held to. Its URL and what is
	// named come from each delivery.
	target checks.Target
	output *output
}

// newSender makes a sender of the flags of whatever sends, after they were parsed.
func newSender(f *sending, o *output, world IO, roots *x509.CertPool) *sender {
	return &sender{output: o, target: checks.Target{
		Secret: payload.Secret(f.secret), Token: payload.Secret(f.token), OtherSecrets: otherSecrets(world.Env),
		Local: f.local, Header: f.fields,
		Resolver: f.resolver, Public: f.public, Roots: roots, MachineRoots: x509.SystemCertPool,
		Proxy: proxyVariable(world.Env), Deadline: f.deadline, Timeout: f.timeout,
	}}
}

// delivery fills in what the flags say of every delivery: the secret and the headers.
func (s *sender) delivery(d payload.Delivery) payload.Delivery {
	d.Secret = s.target.Secret
	if d.Secret == "" {
		d.Secret = unknownSecret
	}
	d.Header = append(d.Header[:len(d.Header):len(d.Header)], s.target.Header...)
	return d
}

// unknownSecret signs where there is no secret. What comes of it is well formed, and
// cannot be right.
const unknownSecret payload.Secret = "belay-was-given-no-signing-secret"

// run makes each delivery in order, to its own URL, and returns the report. When the
// context ends, the report holds what came before, and says that it was interrupted.
func (s *sender) run(ctx context.Context, world IO, command string, deliveries []planned) (checks.Report, error) {
	progress := s.output.progress(world)
	defer progress.done()
	began := time.Now()
	collected := newSections(ctx, s, world, command, progress)
	bounded, cancel := context.WithTimeout(ctx, s.bound(deliveries))
	defer cancel()
	var last time.Time
	sent := 0
	for n, p := range deliveries {
		if n > 0 && !pause(bounded, time.Until(last.Add(p.After))) {
			break
		}
		progress.asking("sending " + p.Name)
		p.Delivery.Time = time.Now()
		last = p.Delivery.Time
		d := checks.Deliver(bounded, s.targetOf(p.Delivery.URL), p.Delivery)
		collected.add(p, d)
		sent++
		if d.Answer.GaveUp {
			// Once is enough to tell late from never.
			s.target.Patience = s.target.Deadline * 23 / 20
		}
	}
	if sent < len(deliveries) && ctx.Err() == nil {
		s.output.say(world, "%d of %d were sent before --timeout ended the run", sent, len(deliveries))
	}
	return collected.report(began), nil
}

// bound is how long everything together may take: --timeout, and what was planned.
func (s *sender) bound(deliveries []planned) time.Duration {
	total := s.target.Timeout
	for _, p := range deliveries[min(1, len(deliveries)):] {
		total += p.After + s.target.Deadline*10/3
	}
	return total
}

// pause waits, and reports whether it was to the end.
func pause(ctx context.Context, d time.Duration) bool {
	if ctx.Err() != nil {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// targetOf is the target for one URL. What is on this machine is local without being
// called so: nobody means Slack to reach it.
func (s *sender) targetOf(u *url.URL) checks.Target {
	t := s.target
	t.Local = t.Local || isHere(u)
	return t
}

// isHere reports whether a URL names this machine.
func isHere(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	address, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && address.IsLoopback()
}

// sections collects deliveries, and judges those of one name together.
type sections struct {
	ctx   context.Context
	s     *sender
	watch checks.Watch
	// of is the last that is waiting: the others have its name and its URL.
	of      planned
	waiting []checks.Delivered
	done    []checks.Section
}

func newSections(ctx context.Context, s *sender, world IO, command string, p *progress) *sections {
	return &sections{ctx: ctx, s: s, watch: s.output.watch(world, p, checks.Watch{Tool: tool(), Command: command})}
}

func (c *sections) add(p planned, d checks.Delivered) {
	if p.Name != c.of.Name {
		c.close()
	}
	c.of = p
	c.waiting = append(c.waiting, d)
}

// close judges what is waiting.
func (c *sections) close() {
	if len(c.waiting) == 0 {
		return
	}
	target := c.s.targetOf(c.of.Delivery.URL)
	target.OtherSecrets = maps.Clone(target.OtherSecrets)
	for n, secret := range c.of.Secrets {
		target.OtherSecrets[fmt.Sprintf("secret %d of the delivery", n+1)] = secret
	}
	section := checks.JudgeDeliveries(c.ctx, target, c.of.Name, c.waiting...)
	for _, text := range c.of.Remarks {
		section.Results[0].Remarks = append(section.Results[0].Remarks, checks.Remark{Text: text})
	}
	c.took(section)
	c.waiting = nil
}

// took tells who watches of a section.
func (c *sections) took(section checks.Section) {
	for _, r := range section.Results {
		c.watch.Result(section.Name, r)
	}
	if c.watch.Section != nil {
		c.watch.Section(section)
	}
	c.done = append(c.done, section)
}

// report is all of them.
func (c *sections) report(began time.Time) checks.Report {
	c.close()
	r := checks.Sum(c.done)
	r.Tool, r.Command, r.StartedAt = c.watch.Tool, c.watch.Command, began.UTC()
	r.Duration = checks.Millis(time.Since(began))
	r.Interrupted = errors.Is(c.ctx.Err(), context.Canceled)
	return r
}

// finish keeps and writes a report, and returns the exit status: 0 where everything
// was acknowledged, or refused as it should be.
func (s *sender) finish(world IO, r checks.Report) error {
	if err := keep(world.Env, r); err != nil {
		s.output.say(world, "%v", err)
	}
	if err := s.output.write(world, r); err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	switch {
	case r.Interrupted:
		return exitError{code: exitInterrupted}
	case r.Counts.Fail > 0, unanswered(r):
		return exitError{code: exitFound}
	}
	return nil
}

// unanswered reports a delivery that was not seen to be acknowledged.
func unanswered(r checks.Report) bool {
	for _, s := range r.Sections {
		if s.Verdict.Status == checks.Inconclusive || len(s.Results) > 0 && s.Results[0].Status == checks.Inconclusive {
			return true
		}
	}
	return len(r.Sections) == 0
}

// announce says beforehand what may run a handler.
func (s *sender) announce(world IO, deliveries []planned) {
	told := ""
	for n, p := range deliveries {
		if p.Name == told {
			continue
		}
		told = p.Name
		times := 0
		for ; n+times < len(deliveries) && deliveries[n+times].Name == told; times++ {
			continue
		}
		s.output.say(world, "this sends %s %d× to %s, where its handler may run",
			report.Clean(p.Name, 200), times, report.Clean(p.Delivery.URL.Redacted(), 200))
	}
	s.announceUnsigned(world, deliveries)
}

// announceUnsigned says beforehand what a missing secret does.
func (s *sender) announceUnsigned(world IO, deliveries []planned) {
	if s.target.Secret == "" && slices.ContainsFunc(deliveries, isSigned) {
		s.output.say(world, "no signing secret was given, so the signature cannot be right, and an app that verifies refuses it\n"+
			"hint: SLACK_SIGNING_SECRET=… (Basic Information → App Credentials), or --tamper unsigned")
	}
}

// isSigned reports a delivery that Slack signs, and that nobody wants spoilt.
func isSigned(p planned) bool { return !p.Delivery.Kind.Unsigned && len(p.Delivery.Tamper) == 0 }
