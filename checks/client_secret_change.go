package checks

import (
	"context"
	"strings"
	"time"
)

// clientSecretChange changes the client secret.
var clientSecretChange = Check{
	ID: "client-secret.change", Title: "the app uses the new client secret when it was changed",
	Records: []string{"client-secret.stale"},
	Run:     drills(askClientSecret),
}

func askClientSecret(ctx context.Context, d *drill) (Result, error) {
	switch {
	case d.slack.ChangeClientSecret == nil:
		return skip("the new secret has to reach the app, which belay drill can do where it starts the app: --exec CMD, with the secret in SLACK_CLIENT_SECRET"), nil
	case d.slack.Install == nil:
		return Result{}, errNoInstallURL
	}
	team, err := d.home(ctx)
	if err != nil {
		return Result{}, err
	}
	if err := d.slack.ChangeClientSecret(ctx); err != nil {
		return Result{}, err
	}
	p, got, err := d.laterInstall(ctx, team)
	if err != nil {
		return Result{}, err
	}
	d.installed[team] = got
	refused := keep(p.calls(), func(c SlackCall) bool { return strings.HasSuffix(c.Error, "_client_secret") })
	switch stale := findings(p.entries, "client-secret.stale"); {
	case len(stale) > 0:
		return noted(stale[0]), nil
	case len(refused) > 0:
		return found("client-secret.stale", "%s was answered %s after the secret was changed and the app was started with the new one in SLACK_CLIENT_SECRET", refused[0].Method, refused[0].Error), nil
	case !got.Exchanged:
		return inconclusive("the app did not exchange the code of the install that followed: %s", orText(got.Error, "no call came")), nil
	}
	return pass("the install that followed was exchanged with the new secret"), nil
}

// oldSecretLives is longer than Slack takes a client secret that was changed.
const oldSecretLives = 25 * time.Hour

// laterInstall installs the app when the old secret is good no more. Nothing is sent to
// the app meanwhile whose signature would come from tomorrow.
func (d *drill) laterInstall(ctx context.Context, team string) (p prompted, got SlackInstall, err error) {
	if err := d.slack.Turn(ctx, oldSecretLives); err != nil {
		return p, got, err
	}
	p, err = d.during(ctx, 0, nil, func() (SlackReply, error) {
		got, err = d.slack.Install(ctx, team, "")
		return SlackReply{}, err
	})
	if back := d.slack.Turn(ctx, -oldSecretLives); err == nil {
		err = back
	}
	return p, got, err
}
