package checks

import (
	"context"
	"crypto/rand"
	"strings"
)

// workspaceApart asks in one workspace what another one stored.
var workspaceApart = Check{
	ID: "workspace.apart", Title: "each workspace gets what is its own",
	Problems: []string{"workspace.data-leak"},
	Run:      drills(askApart),
}

func askApart(ctx context.Context, d *drill) (Result, error) {
	if d.slack.Install == nil {
		return Result{}, errNoInstallURL
	}
	if _, err := d.usually(ctx); err != nil {
		return Result{}, err
	}
	other, err := d.team(ctx, 1)
	if err == nil {
		err = d.install(ctx, other)
	}
	if err != nil {
		return Result{}, err
	}
	word, err := d.store(ctx, d.teams[0])
	if err != nil {
		return Result{}, err
	}
	p, err := d.prompt(ctx, other, nil)
	if err != nil {
		return Result{}, err
	}
	own, foreign := 0, []SlackCall(nil)
	for _, c := range tokenCalls(p.calls()) {
		switch c.Team {
		case other:
			own++
		case "":
		default:
			foreign = append(foreign, c)
		}
	}
	switch {
	case word != "" && strings.Contains(p.said(), word):
		return found("workspace.data-leak", "%s in %s was answered with %s, which %s had stored", d.what(), other, word, d.teams[0]), nil
	case len(foreign) > 0:
		return found("workspace.data-leak", "%s in %s made it call %s with the token of %s", d.what(), other, methods(foreign), foreign[0].Team), nil
	case own == 0 && word == "":
		return inconclusive("%s in %s made it neither call Slack nor show what is stored: name another with --command, and what stores with --store", d.what(), other), nil
	}
	r := pass("%s in %s was answered with its own token", d.what(), other)
	if word == "" {
		r = r.remark("", "whether what is stored is kept apart was not asked: --store names a command that stores a word")
	} else {
		r.Saw += ", and without what " + d.teams[0] + " had stored"
	}
	return r, nil
}

// storedWord stands in DrillOptions.Store for what is stored.
const storedWord = "WORD"

// store lets the app remember a word that nobody else knows, or returns "".
func (d *drill) store(ctx context.Context, team string) (string, error) {
	if d.options.Store == "" {
		return "", nil
	}
	word := "belay" + strings.ToLower(rand.Text()[:10])
	p, err := d.during(ctx, 0, nil, func() (SlackReply, error) {
		return d.slack.Command(ctx, team, strings.ReplaceAll(d.options.Store, storedWord, word))
	})
	switch {
	case err != nil:
		return "", err
	case !p.reply.Acknowledged:
		return "", cannot{unclear: true, reason: "--store is not acknowledged: " + orText(p.reply.Detail, p.reply.Failure)}
	}
	return word, nil
}
