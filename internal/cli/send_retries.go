package cli

import (
	"context"
	"fmt"
	"time"

	"belay/checks"
	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

// retry hands each delivery to Slack's retry machine, whose clock is turned that many
// times as fast, and reports all the attempts.
func (s *sender) retry(ctx context.Context, world IO, command string, deliveries []planned, speed float64) (checks.Report, error) {
	progress := s.output.progress(world)
	defer progress.done()
	began := time.Now()
	collected := newSections(ctx, s, world, command, progress)
	for _, p := range deliveries {
		progress.asking("sending " + p.Name + ", again and again")
		p.Delivery.Time = time.Now()
		o, err := s.persist(ctx, p.Delivery, speed)
		if err != nil {
			return checks.Report{}, err
		}
		all := attempts(p.Delivery, o, speed)
		collected.took(checks.JudgeRetries(ctx, s.targetOf(p.Delivery.URL), p.Name, withheld(o), all...))
	}
	return collected.report(began), nil
}

// persist runs the retry machine of a fake Slack.
func (s *sender) persist(ctx context.Context, d payload.Delivery, speed float64) (simulator.Outcome, error) {
	target := s.targetOf(d.URL)
	profile := simulator.SlackProfile()
	profile.AckWithin = target.Deadline
	o := simulator.Options{
		Clock: &clock.Clock{Speed: speed}, Profile: &profile,
		Resolve: target.Resolver.Resolve, Dial: target.Dial,
	}
	if !target.Local {
		o.Roots = target.Roots
	}
	slack, err := simulator.Start(o)
	if err != nil {
		return simulator.Outcome{}, err
	}
	defer slack.Close()
	// The app's clock is not turned, and refuses what is signed by one that is.
	d.Tamper = append([]payload.Tamper{{Draft: func(d *payload.Delivery) { d.Time = time.Now() }}}, d.Tamper...)
	return slack.Deliver(ctx, d), nil
}

// attempts are what the app got, each at the time at which Slack would have sent it.
func attempts(d payload.Delivery, o simulator.Outcome, speed float64) []checks.Delivered {
	var all []checks.Delivered
	waits := simulator.SlackProfile().Retries
	first := d.Time
	at := first
	for n, a := range o.Attempts {
		if n > 0 {
			at = at.Add(o.Attempts[n-1].Took + waits[min(n, len(waits))-1])
		}
		a.Answer.Started = at
		// It was signed by the machine's clock.
		d.Time = first.Add(time.Duration(float64(a.At.Sub(o.Attempts[0].At)) / speed))
		all = append(all, checks.Delivered{Delivery: d, Answer: a.Answer, RetryNum: a.RetryNum, RetryReason: string(a.RetryReason)})
	}
	return all
}

// withheld says why Slack would not have tried again, or "".
func withheld(o simulator.Outcome) string {
	switch o.Withheld {
	case "":
		return ""
	case simulator.NoRetry:
		return "not sent again, as the app wished (X-Slack-No-Retry: 1)"
	}
	return fmt.Sprintf("not sent again (%s)", o.Withheld)
}
