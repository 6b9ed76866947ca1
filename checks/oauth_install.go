package checks

import (
	"context"
	"fmt"
	"strings"
)

// oauthInstall walks through an install as it should be and as it should not.
var oauthInstall = Check{
	ID: "oauth.install", Title: "the app's install goes well, and only with the state that it began with",
	Records: []string{"oauth.state", "oauth.code-reuse"},
	Run:     drills(askInstall),
}

// installVariants are the ways in which an install does not go as it should, in words.
var installVariants = []struct{ name, problem, words string }{
	{"no-state", "oauth.state", "without a state"},
	{"other-state", "oauth.state", "with another state"},
	{"foreign-state", "oauth.state", "with another browser's state"},
	{"replayed", "oauth.code-reuse", "with a code that was used"},
}

func askInstall(ctx context.Context, d *drill) (Result, error) {
	if d.slack.Install == nil {
		return Result{}, errNoInstallURL
	}
	team, err := d.home(ctx)
	if err != nil {
		return Result{}, err
	}
	r := pass("installed in %s", team)
	var tried []string
	for _, v := range installVariants {
		p, err := d.during(ctx, 0, nil, func() (SlackReply, error) {
			_, err := d.slack.Install(ctx, team, v.name)
			return SlackReply{}, err
		})
		if err != nil {
			return Result{}, err
		}
		for _, f := range findings(p.entries, v.problem) {
			if n := noted(f); r.Status == Pass || n.Status == Fail && r.Status != Fail {
				r = n
			}
		}
		tried = append(tried, v.words)
	}
	if r.Status == Pass {
		r.Saw += fmt.Sprintf("; a callback %s gets nowhere", strings.Join(tried, ", "))
	}
	// The last of them may have left any token.
	got, err := d.slack.Install(ctx, team, "")
	if err == nil {
		d.installed[team] = got
	}
	return r, err
}
