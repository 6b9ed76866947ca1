package checks

import (
	"context"
	"slices"
	"strings"

	"belay/checks/problem"
)

// teamForeign asks as somebody of a workspace that never installed the app.
var teamForeign = Check{
	ID: "team.foreign", Title: "a workspace that did not install the app is not served",
	Problems: []string{"team.accepts-foreign"},
	Run:      drills(askForeign),
}

func askForeign(ctx context.Context, d *drill) (Result, error) {
	switch {
	case d.slack.Install == nil:
		return skip("an app with one token of its own serves one workspace, and Slack sends it no other; if people install it, give its install page with --install-url"), nil
	case d.options.Command == "":
		return skip(`needs a command: --command "/name text"`), nil
	}
	usual, err := d.usually(ctx)
	if err != nil {
		return Result{}, err
	}
	p, err := d.during(ctx, d.options.QuietFor, nil, func() (SlackReply, error) { return d.slack.Foreign(ctx, d.options.Command) })
	if err != nil {
		return Result{}, err
	}
	served := alive(p.calls())
	switch {
	case len(served) > 0:
		return found("team.accepts-foreign", "it called %s with the token of %s", methods(served), served[0].Team), nil
	case p.reply.Acknowledged && p.answers() != "" && p.answers() == usual.answers():
		return found("team.accepts-foreign", "it was answered as a workspace is that has the app").at(problem.Warn), nil
	case !p.reply.Acknowledged && p.reply.Status == 0 && !p.reply.Socket:
		return inconclusive("it got no answer: %s", orText(p.reply.Detail, p.reply.Failure)), nil
	case !p.reply.Acknowledged:
		return pass("refused: %s", orText(p.reply.Detail, p.reply.Failure)), nil
	case p.answers() == "":
		return pass("acknowledged, and nothing done"), nil
	}
	return pass("answered otherwise than a workspace that has the app"), nil
}

// answers are what the user reads: the reply, and what went to hooks.
func (p prompted) answers() string {
	all := []string{strings.TrimSpace(p.reply.Text)}
	for _, c := range p.calls() {
		if c.Method == "" && isHook(c.Path) {
			all = append(all, c.Asked)
		}
	}
	return strings.TrimSpace(strings.Join(slices.Compact(all), "\n"))
}
