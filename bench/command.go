package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/url"
	"time"

	"belay/simulator/payload"
)

// commandFigure is what sending costs before anything is sent: a slash command of
// some 400 bytes is built and signed. Nobody can do it with less than its signature.
var commandFigure = figure{
	name:    "command",
	belay:   "a slash command, built and signed",
	against: "crypto/hmac of its body alone",
	unit:    "ns", atMost: 3,
	measure: func(w *workshop) (measurement, error) {
		return inProcess(w.ctx, w.pairs, 10_000, always(buildCommand()), always(hashCommand()))
	},
}

// aDeployment is the command, without its fields.
func aDeployment() payload.Delivery {
	to := &url.URL{Scheme: "https", Host: "bot.example.com", Path: "/slack/commands"}
	return payload.Delivery{Kind: payload.Command, URL: to, Secret: benchSecret, Time: time.Unix(1795456800, 0)}
}

// buildCommand makes the request from the beginning.
func buildCommand() func() {
	d := aDeployment()
	scene := payload.Scene{Command: "/deploy", Text: "prod now", Time: d.Time}
	return func() {
		d.Fields = payload.Command.Fields(scene)
		d.Request()
	}
}

// hashCommand signs a request that is there.
func hashCommand() func() {
	d := aDeployment()
	d.Fields = payload.Command.Fields(payload.Scene{Command: "/deploy", Text: "prod now", Time: d.Time})
	base := payload.BaseString(payload.Timestamp(d.Time), d.Request().Body)
	return func() {
		mac := hmac.New(sha256.New, []byte(benchSecret))
		mac.Write(base)
		mac.Sum(nil)
	}
}
