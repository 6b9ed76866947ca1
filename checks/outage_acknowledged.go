package checks

import (
	"context"

	"belay/checks/problem"
)

// outageAcknowledged lets Slack's Web API fail.
var outageAcknowledged = Check{
	ID: "outage.acknowledged", Title: "the app acknowledges while Slack's Web API fails, and after",
	Problems: []string{"outage.not-acknowledged"},
	Run:      drills(askOutage),
}

// outages are the ways in which the Web API fails, in words.
var outages = []struct{ faults, words string }{
	{"slack_error=internal_error,method=*", "every call was answered by internal_error"},
	{"server_error=503,method=*", "every call was answered by 503"},
}

func askOutage(ctx context.Context, d *drill) (Result, error) {
	if _, err := d.working(ctx); err != nil {
		return Result{}, err
	}
	bad := ""
	for _, o := range outages {
		undo, err := d.slack.Inject(ctx, o.faults)
		if err != nil {
			return Result{}, err
		}
		// What was said is acknowledged by an event's delivery.
		p, err := d.prompt(ctx, d.teams[0], nil)
		if undone := undo(ctx); err == nil {
			err = undone
		}
		if err != nil {
			return Result{}, err
		}
		if why := p.unacknowledged(); why != "" && bad == "" {
			bad = "while " + o.words + ": " + why
		}
	}
	after, err := d.prompt(ctx, d.teams[0], nil)
	if err != nil {
		return Result{}, err
	}
	switch why := after.unacknowledged(); {
	case why != "":
		return found("outage.not-acknowledged", "%s is not acknowledged any more after the outage was over: %s", d.what(), why), nil
	case bad != "":
		return found("outage.not-acknowledged", "%s was not acknowledged %s; it is again since the outage is over", d.what(), bad).at(problem.Warn), nil
	}
	return pass("%s was acknowledged while every call failed, and after", d.what()), nil
}

// unacknowledged says why what was sent was not, or "".
func (p prompted) unacknowledged() string {
	if !p.reply.Acknowledged {
		return orText(orText(p.reply.Detail, p.reply.Failure), "no acknowledgement")
	}
	for _, e := range deliveries(p.entries, "event") {
		if e.Failure != "" {
			return orText(e.Detail, e.Failure)
		}
	}
	return ""
}
