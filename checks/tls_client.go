package checks

import "context"

// tlsClient stands in Slack's place with another's certificate.
var tlsClient = Check{
	ID: "tls.client", Title: "the app talks to no Slack with another's certificate",
	Problems: []string{"tls.client-unverified"},
	Run:      drills(askTLSClient),
}

func askTLSClient(ctx context.Context, d *drill) (Result, error) {
	if d.slack.Impostor == nil {
		return skip("the app has to be led to another Slack, which belay drill can do where it starts the app: --exec CMD"), nil
	}
	got, err := d.slack.Impostor(ctx, func(ctx context.Context) {
		// Whatever comes of these, the impostor saw whether the app talked to it.
		if d.slack.Install != nil {
			if team, err := d.team(ctx, 0); err == nil {
				_, _ = d.slack.Install(ctx, team, "")
			}
		}
		_, _ = d.poke(ctx, "")
	})
	switch {
	case err != nil:
		return Result{}, err
	case got.Requests > 0:
		return found("tls.client-unverified", "%s came over a connection whose certificate is for another name", plural(got.Requests, "request", "requests")), nil
	case got.Connections == 0:
		return inconclusive("the app did not connect: it takes no https address of Slack from SLACK_API_URL, or calls Slack only when something happens that belay did not do"), nil
	}
	return pass("it ended %s when it saw the certificate", plural(got.Connections, "connection", "connections")), nil
}
