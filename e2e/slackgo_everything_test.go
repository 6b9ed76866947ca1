//go:build e2e

package e2e_test

import (
	"context"
	"log"
	"net/http/httptest"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/gbytes"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

var _ = Describe("slack-go", func() {
	Describe("behind a URL", Ordered, ContinueOnFailure, func() {
		p := itHandles(everything(), func() *peer {
			p, app, _ := newGoPeer()
			server := httptest.NewServer(app)
			DeferCleanup(server.Close)
			p.url = at(server.URL)
			return p
		})
		itVerifies(p, deploy, mention)
	})

	Describe("over Socket Mode", Ordered, ContinueOnFailure, func() {
		itHandles(everything(), func() *peer {
			p, app, output := newGoPeer()
			connect(app, output)
			p.connected()
			return p
		})
	})
})

// newGoPeer is an app of slack-go that does not listen yet, with what it prints.
func newGoPeer() (*peer, goApp, *log.Logger) {
	GinkgoHelper()
	s := startSlack()
	printed := gbytes.NewBuffer()
	output := log.New(printed, "", 0)
	p := &peer{slack: s, output: func() string { return string(printed.Contents()) }}
	api := slack.New(botToken, slack.OptionAppLevelToken(appToken), slack.OptionAPIURL(s.API()), slack.OptionLog(output))
	return p, goApp{api}, output
}

// connect runs the app's client of Socket Mode until the container ends.
func connect(app goApp, output *log.Logger) {
	client := socketmode.New(app.api, socketmode.OptionLog(output))
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = client.RunContext(ctx) })
	running.Go(func() { app.listen(ctx, client) })
	DeferCleanup(func() {
		cancel()
		running.Wait()
	})
}
