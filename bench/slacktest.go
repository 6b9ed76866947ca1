package main

import (
	"fmt"

	"github.com/slack-go/slack/slacktest"

	"belay/simulator"
)

func measureSlacktest(w *workshop) (measurement, error) {
	slack, err := simulator.Start(simulator.Options{})
	if err != nil {
		return measurement{}, fmt.Errorf("start the fake Slack: %w", err)
	}
	defer slack.Close()
	other := slacktest.NewTestServer()
	go other.Start()
	defer other.Stop()
	request := []byte("POST /%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer xoxb-belay-bench\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 43\r\n\r\nchannel=C0BELAY0GEN&text=Deployed+to+master")
	var m measurement
	for i := range w.pairs + 1 {
		a, err := load(w.ctx, hostOf(slack.URL()), fill(request, "api/chat.postMessage"), 5000)
		if err != nil {
			return m, err
		}
		b, err := load(w.ctx, other.ServerAddr, fill(request, "chat.postMessage"), 5000)
		if err != nil {
			return m, fmt.Errorf("slacktest: %w", err)
		}
		if i > 0 {
			m.belay, m.against = append(m.belay, a), append(m.against, b)
		}
	}
	return m, nil
}

func fill(request []byte, path string) []byte { return fmt.Appendf(nil, string(request), path) }
