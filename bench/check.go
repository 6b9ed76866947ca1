package main

import (
	"fmt"

	"belay/internal/demo"
)

// checkFigure is the diagnosis of a healthy app over TLS with everything asked:
// what a developer waits for. Nothing in it waits for a deadline, so that it costs
// a few dozen requests more than curl's one.
var checkFigure = figure{
	name:    "check",
	belay:   "belay check, everything asked of a healthy app over TLS",
	against: "one curl POST to it",
	unit:    "ms", atMost: 8,
	measure: measureCheck,
}

func measureCheck(w *workshop) (measurement, error) {
	app, err := demo.Start(demo.Options{})
	if err != nil {
		return measurement{}, err
	}
	defer app.Close()
	ca, err := w.write("ca.pem", app.CA)
	if err != nil {
		return measurement{}, err
	}
	check := program{
		path: w.belay,
		args: []string{"check", "--local", app.URL, "--probes", "all", "--command", app.Command, "--ca-file", ca},
		env:  w.environment("SLACK_SIGNING_SECRET=" + string(app.Secret)),
	}
	// ssl_check is the request that an app answers with 200 though it is unsigned.
	curl := program{
		path: "curl",
		args: []string{"--silent", "--show-error", "--fail", "--cacert", ca, "--data", "ssl_check=1&token=x", app.URL},
		env:  w.environment(),
	}
	for hostPort, address := range app.Resolve {
		resolve := fmt.Sprintf("%s:%s", hostPort, address)
		check.args = append(check.args, "--resolve", resolve)
		curl.args = append(curl.args, "--resolve", resolve)
	}
	return inTurn(w.ctx, w.pairs, check, curl)
}
