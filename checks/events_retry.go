package checks

import (
	"context"

	"belay/checks/problem"
)

// eventsRetry sends an event again, as Slack does when the acknowledgement did not come.
var eventsRetry = Check{
	ID: "events.retry", Title: "an event that comes again is worked on once",
	Records: []string{"events.duplicate-work"},
	Run:     drills(askRetry),
}

func askRetry(ctx context.Context, d *drill) (Result, error) {
	team, err := d.home(ctx)
	if err != nil {
		return Result{}, err
	}
	send := func(retry int) (prompted, error) {
		return d.during(ctx, d.options.QuietFor, nil, func() (SlackReply, error) {
			return d.slack.Mention(ctx, team, orText(d.options.Say, "hello"), retry)
		})
	}
	first, err := send(0)
	if err != nil {
		return Result{}, err
	}
	did := work(first.calls())
	if len(did) == 0 {
		return skip("the app does nothing that could be done twice when it is mentioned; --say names a message that it answers"), nil
	}
	again, err := send(1)
	if err != nil {
		return Result{}, err
	}
	repeated := work(again.calls())
	switch {
	case len(repeated) == 0:
		return pass("the first app_mention made it call %s, the same with X-Slack-Retry-Num: 1 nothing within %s", methods(did), d.options.QuietFor), nil
	case first.reply.Acknowledged:
		return found("events.duplicate-work", "the same app_mention with X-Slack-Retry-Num: 1 made it call %s again; it acknowledged the first in time, so this takes an acknowledgement that is lost",
			methods(repeated)).at(problem.Warn), nil
	}
	return found("events.duplicate-work", "it did not acknowledge an app_mention (%s), and called %s again when it was repeated", orText(first.reply.Detail, first.reply.Failure), methods(repeated)), nil
}
