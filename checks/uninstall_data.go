package checks

import (
	"context"
	"strings"

	"belay/checks/problem"
)

// uninstallData asks after an uninstall for what was stored before.
var uninstallData = Check{
	ID: "uninstall.data", Title: "a new installation finds nothing of the old one",
	Problems: []string{"uninstall.keeps-data"},
	Run:      drills(askData),
}

func askData(ctx context.Context, d *drill) (Result, error) {
	switch {
	case d.slack.Install == nil:
		return Result{}, errNoInstallURL
	case d.options.Store == "":
		return skip(`nobody knows what the app stores: give a command that stores a word, such as --store "/note add WORD", and one that shows it by --command`), nil
	}
	if _, err := d.usually(ctx); err != nil {
		return Result{}, err
	}
	team := d.teams[0]
	word, err := d.store(ctx, team)
	if err != nil {
		return Result{}, err
	}
	shown := func(all prompted) bool { return strings.Contains(all.said(), word) }
	before, err := d.prompt(ctx, team, nil)
	if err != nil {
		return Result{}, err
	}
	if !shown(before) {
		return inconclusive("%s does not show the word that --store stored, so it cannot show that it is gone: name with --command what shows it", d.what()), nil
	}
	if _, err := d.uninstall(ctx, team); err != nil {
		return Result{}, err
	}
	if err := d.install(ctx, team); err != nil {
		return Result{}, err
	}
	after, err := d.prompt(ctx, team, nil)
	switch {
	case err != nil:
		return Result{}, err
	case shown(after):
		return found("uninstall.keeps-data", "%s shows %s, which was stored before the app was uninstalled", d.what(), word).at(problem.Warn), nil
	}
	return pass("%s shows nothing of what was stored before the app was uninstalled", d.what()), nil
}

// uninstall removes the app, and watches until it heard of that and was silent.
func (d *drill) uninstall(ctx context.Context, team string) (prompted, error) {
	return d.during(ctx, d.options.QuietFor, tooManyDead, func() (SlackReply, error) {
		delete(d.installed, team)
		return SlackReply{}, d.slack.Uninstall(ctx, team)
	})
}
