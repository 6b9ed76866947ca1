package checks

import (
	"context"
	"strings"
)

// rotationRefresh lets a token that rotates come to its end.
var rotationRefresh = Check{
	ID: "rotation.refresh", Title: "a token that expires is refreshed, once",
	Problems: []string{"rotation.expired"},
	Run:      drills(askRotation),
}

func askRotation(ctx context.Context, d *drill) (Result, error) {
	if d.slack.Install == nil {
		return Result{}, errNoInstallURL
	}
	if _, err := d.working(ctx); err != nil {
		return Result{}, err
	}
	tokens, err := d.shortLived(ctx, d.teams[0])
	switch {
	case err != nil:
		return Result{}, err
	case tokens == 0:
		return skip("the app's tokens do not expire: give a manifest with token_rotation_enabled (--manifest), or a seed whose app has token_rotation: true (--seed)"), nil
	}
	if _, err := d.slack.ExpireTokens(ctx, d.teams[0]); err != nil {
		return Result{}, err
	}
	first, err := d.prompt(ctx, d.teams[0], nil)
	if err != nil {
		return Result{}, err
	}
	second, err := d.prompt(ctx, d.teams[0], nil)
	if err != nil {
		return Result{}, err
	}
	return judgeRotation(first.calls(), second.calls(), tokens), nil
}

// shortLived installs the app anew with tokens that say that they are about to expire,
// and returns how many there are.
func (d *drill) shortLived(ctx context.Context, team string) (int, error) {
	undo, err := d.slack.Inject(ctx, "expires_in=1s,count=1,method=oauth.v2.access")
	if err != nil {
		return 0, err
	}
	// A second and more goes by while nothing comes.
	p, err := d.during(ctx, d.options.QuietFor, nil, func() (SlackReply, error) {
		delete(d.installed, team)
		return SlackReply{}, d.install(ctx, team)
	})
	if undone := undo(ctx); err == nil {
		err = undone
	}
	tokens := 0
	for _, c := range p.calls() {
		if c.Method == "oauth.v2.access" && c.Error == "" {
			tokens += strings.Count(c.Answered, `"expires_in"`)
		}
	}
	return tokens, err
}

// refreshes are the calls that refresh a token.
func refreshes(calls []SlackCall) []SlackCall {
	return keep(calls, func(c SlackCall) bool { return c.Grant == "refresh_token" })
}

func judgeRotation(first, second []SlackCall, tokens int) Result {
	refreshed, again := refreshes(first), refreshes(second)
	expired := len(deadCalls(first)) + len(deadCalls(second))
	good := alive(append(first[:len(first):len(first)], second...))
	for _, c := range append(refreshed, again...) {
		if c.Error != "" {
			return found("rotation.expired", "a refresh was answered by %s", c.Error)
		}
	}
	switch {
	case len(refreshed)+len(again) == 0 && expired == 0 && len(good) == 0:
		return inconclusive("the app called nothing after its token expired")
	case len(refreshed)+len(again) == 0:
		return found("rotation.expired", "its token expired, %s answered token_expired, and no refresh followed", plural(expired, "call was", "calls were"))
	case len(refreshed) > tokens:
		return found("rotation.expired", "%s for %s", plural(len(refreshed), "refresh", "refreshes"), plural(tokens, "token", "tokens"))
	case len(refreshed) > 0 && len(again) > 0:
		return found("rotation.expired", "it refreshed again at the next request, though the new token lives for 12 hours")
	case len(good) == 0:
		return found("rotation.expired", "it refreshed, and went on with the token that had expired")
	}
	r := pass("%s, then it called %s with the new token", plural(len(refreshed)+len(again), "refresh", "refreshes"), methods(good))
	if expired > 0 {
		r.Saw = plural(expired, "call", "calls") + " answered by token_expired, " + r.Saw
	}
	return r
}
