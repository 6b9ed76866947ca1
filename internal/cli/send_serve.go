package cli

import (
	"context"
	"errors"
	"time"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator"
	"belay/simulator/payload"
)

// throughServe lets a fake Slack that runs elsewhere send what is planned, and reports
// what it says came of it.
func (f *sendFlags) throughServe(ctx context.Context, world IO, s *sender, plan []planned) error {
	client := simulator.ControlClient{URL: f.serve, Token: payload.Secret(orEnv(f.control, world.Env("BELAY_CONTROL_TOKEN")))}
	began := time.Now()
	var sections []checks.Section
	for n, p := range plan {
		if n > 0 && !pause(ctx, p.After) {
			break
		}
		e, err := throughControl(ctx, client, p.Delivery)
		if err != nil && ctx.Err() == nil {
			return controlFailed(err)
		}
		sections = append(sections, checks.JudgeEnveloped(p.Name, f.serve, e))
	}
	r := checks.Sum(sections)
	r.Tool, r.Command, r.StartedAt, r.Duration = tool(), "send", began.UTC(), checks.Millis(time.Since(began))
	r.Interrupted = errors.Is(ctx.Err(), context.Canceled)
	return s.finish(world, r)
}

// throughControl has one payload sent.
func throughControl(ctx context.Context, client simulator.ControlClient, d payload.Delivery) (checks.Enveloped, error) {
	e := checks.Enveloped{Delivery: d, SentAt: time.Now()}
	e.Delivery.URL = nil
	out, err := client.Send(ctx, simulator.SendRequest{Kind: d.Kind.Name, Fields: payload.Encode(payload.JSON, d.Fields)})
	if err != nil {
		return e, err
	}
	e.Acknowledged, e.Shows, e.Attempts = out.Acknowledged, out.Shows, len(out.Attempts)
	e.Failure, e.Detail = out.Error, string(out.Withheld)
	if len(out.Attempts) == 0 {
		return e, nil
	}
	last := out.Attempts[len(out.Attempts)-1]
	e.Took, e.Failure, e.Detail = time.Duration(last.Took), string(last.Failure), last.Detail
	e.Reply = last.Body
	if last.Ack != nil {
		e.Reply = string(last.Ack.Payload)
	}
	e.Reply = report.Clean(e.Reply, 300)
	return e, nil
}

// controlFailed says what to do about a control API that does not do it.
func controlFailed(err error) error {
	e := exitError{code: exitCannotRun, text: report.Clean(err.Error(), 0)}
	var refused simulator.ControlError
	if !errors.As(err, &refused) {
		e.hint = "--serve takes the control address of belay serve's ready line"
		return e
	}
	switch refused.Code {
	case "unauthorized":
		e.hint = "BELAY_CONTROL_TOKEN=… with the token of belay serve's ready line"
	case "no_target":
		e.hint = "start the app against belay serve, with Socket Mode, or give belay serve its URL: --app URL"
	}
	return e
}
