package checks

import (
	"context"
	"fmt"
	"net/http"
	"slices"
)

// revocationCalls takes an app's token away.
var revocationCalls = Check{
	ID: "revocation.calls", Title: "the app lets go of a token that was revoked, and goes on acknowledging",
	Problems: []string{"revocation.keeps-calling"},
	Run:      drills(askRevocation),
}

// maxDeadCalls is how many calls of one method with a dead token show an app that tries
// on and on: the first one teaches it.
const maxDeadCalls = 3

// A revoked app is asked twice more: what is on its way when a token is revoked still
// comes, and the answer to the first call may be what tells the app.
func askRevocation(ctx context.Context, d *drill) (Result, error) {
	if _, err := d.working(ctx); err != nil {
		return Result{}, err
	}
	team := d.teams[0]
	told, err := d.uninstall(ctx, team)
	if err != nil {
		return Result{}, err
	}
	r := judgeTold(told)
	var last prompted
	for range 2 {
		if r.Problem != nil {
			break
		}
		if last, err = d.late(ctx, team); err != nil {
			return Result{}, err
		}
		r = judgeLate(d.what(), last, r)
	}
	if dead := deadCalls(last.calls()); r.Problem == nil && len(dead) > 0 {
		r = d.judgeLast(dead, r)
	}
	if r.Problem == nil {
		r.Saw += fmt.Sprintf("; then, and after %s came twice more, watched for %s each", d.what(), d.options.QuietFor)
	}
	if err := d.restore(ctx, team); err != nil {
		r = r.remark("", "the app could not be installed again: %v", err)
	}
	return r, nil
}

// late is a prompt that was on its way when the token was revoked.
func (d *drill) late(ctx context.Context, team string) (prompted, error) {
	return d.during(ctx, d.options.QuietFor, tooManyDead, func() (SlackReply, error) { return d.poke(ctx, team) })
}

func tooManyDead(all []SlackEntry) bool { return insisting(deadCalls(callsIn(all))) != "" }

// insisting is a method that was called again and again, or "".
func insisting(dead []SlackCall) string {
	times := map[string]int{}
	for _, c := range dead {
		if times[c.Method]++; times[c.Method] >= maxDeadCalls {
			return c.Method
		}
	}
	return ""
}

// judgeTold judges what an app did when it was told.
func judgeTold(p prompted) Result {
	events := deliveries(p.entries, "event")
	heard := slices.ContainsFunc(events, func(e SlackDelivery) bool { return e.Failure == "" })
	for _, e := range events {
		// Who deleted the installation at the first may refuse the others.
		refused := e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden
		if e.Failure != "" && !(heard && refused) {
			return found("revocation.keeps-calling", "the event of it was not acknowledged: %s", orText(e.Detail, e.Failure))
		}
	}
	dead := deadCalls(p.calls())
	if method := insisting(dead); method != "" {
		return found("revocation.keeps-calling", "it called %s with the revoked token again and again, unasked (%s)", method, dead[0].Error)
	}
	if len(events) == 0 {
		return pass("it is not subscribed to tokens_revoked or app_uninstalled")
	}
	return pass("acknowledged %s", plural(len(events), "event of it", "events of it"))
}

// judgeLate judges what an app does with what comes after the end of its token.
func judgeLate(what string, p prompted, before Result) Result {
	dead := deadCalls(p.calls())
	if method := insisting(dead); method != "" {
		return found("revocation.keeps-calling", "%s made it call %s with the revoked token %d times (%s)", what, method, len(dead), dead[0].Error)
	}
	switch {
	case p.reply.Acknowledged, p.reply.Socket:
		// Over Socket Mode, to be silent is the only refusal.
		return before
	case p.reply.Status >= http.StatusInternalServerError || p.reply.Status == 0:
		return found("revocation.keeps-calling", "%s was not acknowledged any more: %s", what, orText(p.reply.Detail, p.reply.Failure))
	}
	return before
}

// judgeLast judges an app that was told, was answered that its token is dead, and uses it
// all the same. One with a token in its settings has nothing that it could forget.
func (d *drill) judgeLast(dead []SlackCall, r Result) Result {
	if d.slack.Install == nil {
		return r.remark("", "its token is in its settings, so it calls %s once for each request, and is answered %s", methods(dead), dead[0].Error)
	}
	return found("revocation.keeps-calling", "told by events, and by %s to its call before, it calls %s with the revoked token for the next request too", dead[0].Error, methods(dead))
}

// restore gives the app its token back.
func (d *drill) restore(ctx context.Context, team string) error {
	if d.slack.Install != nil {
		delete(d.installed, team)
		return d.install(ctx, team)
	}
	if err := d.slack.Reset(ctx); err != nil {
		return fmt.Errorf("reset: %w", err)
	}
	return nil
}
