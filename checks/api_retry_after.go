package checks

import (
	"context"
	"time"
)

// apiRetryAfter lets Slack answer 429 once.
var apiRetryAfter = Check{
	ID: "api.retry-after", Title: "the app waits as long as Retry-After says",
	Records: []string{"api.ignores-retry-after"},
	Run:     drills(askRetryAfter),
}

// banned is the Retry-After that an app meets.
const banned = time.Second

func askRetryAfter(ctx context.Context, d *drill) (r Result, err error) {
	usual, err := d.working(ctx)
	if err != nil {
		return Result{}, err
	}
	method := busiest(usual.calls())
	undo, err := d.slack.Inject(ctx, "ratelimited="+banned.String()+",count=1,method="+method)
	if err != nil {
		return Result{}, err
	}
	// The ban is over when this is, for the drills that follow.
	p, err := d.during(ctx, banned+d.options.QuietFor, nil, func() (SlackReply, error) { return d.poke(ctx, d.teams[0]) })
	if undone := undo(ctx); err == nil {
		err = undone
	}
	if err != nil {
		return Result{}, err
	}
	limited, later := 0, 0
	for _, c := range p.calls() {
		switch {
		case c.Method != method:
		case c.Status == 429:
			limited++
		case limited > 0:
			later++
		}
	}
	seconds := int(banned / time.Second)
	switch ignored := findings(p.entries, "api.ignores-retry-after"); {
	case len(ignored) > 0:
		return noted(ignored[0]), nil
	case limited == 0:
		return inconclusive("%s was not called this time, so there was nothing to limit", method), nil
	case later == 0:
		return pass("after a 429 with Retry-After: %d it did not call %s for %s", seconds, method, banned+d.options.QuietFor).
			remark("", "%s was not called again after the 429, so what it had to say is lost", method), nil
	}
	return pass("after a 429 it called %s again when Retry-After (%d s) was over", method, seconds), nil
}

// busiest is the method by which an app does what it does.
func busiest(calls []SlackCall) string {
	if did := keep(work(calls), func(c SlackCall) bool { return c.Method != "" }); len(did) > 0 {
		return did[0].Method
	}
	return tokenCalls(calls)[0].Method
}
