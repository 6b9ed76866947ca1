//go:build e2e

package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

const (
	botToken = "xoxb-1-belay-stand-in"
	appToken = "xapp-1-ABELAY00000-1-belay-stand-in"
)

// A peer is an app that handles what the fake Slack sends it, and posts a message
// about everything that it handled.
type peer struct {
	slack *simulator.Server
	// url is where the app takes a kind of payload; nil is Socket Mode.
	url func(payload.Kind) *url.URL
	// echoes is set when its messages also hold what the handler was given.
	echoes bool
	// output is what the app printed.
	output func() string
}

// startSlack runs a fake Slack that gives a busy machine time, and sends once.
func startSlack() *simulator.Server {
	GinkgoHelper()
	profile := simulator.SlackProfile()
	profile.AckWithin, profile.Retries = 20*time.Second, nil
	// The app's own messages would come back to it as events.
	seed := webapi.DefaultSeed()
	seed.Apps[0].Events = []string{}
	slack, err := simulator.Start(simulator.Options{Profile: &profile, Seed: &seed})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(slack.Close)
	return slack
}

// startPeer runs an app of Node.js against a fake Slack of its own.
func startPeer(name string, args ...string) *peer {
	GinkgoHelper()
	slack := startSlack()
	session := run([]string{
		"SLACK_API_URL=" + slack.API(), "SLACK_BOT_TOKEN=" + botToken, "SLACK_APP_TOKEN=" + appToken,
	}, name, args...)
	p := &peer{slack: slack, echoes: true, output: func() string {
		return string(session.Out.Contents()) + string(session.Err.Contents())
	}}
	if line := readyLine.FindSubmatch(session.Out.Contents()); len(line[1]) > 0 {
		p.url = at(address(session))
	} else {
		p.connected()
	}
	return p
}

// at leads to where an app takes everything, but for the adapters' two places.
func at(base string) func(payload.Kind) *url.URL {
	return func(payload.Kind) *url.URL {
		u, err := url.Parse(base + "/slack/events")
		Expect(err).NotTo(HaveOccurred())
		return u
	}
}

// connected waits until the app gets envelopes.
func (p *peer) connected() {
	GinkgoHelper()
	p.url = func(payload.Kind) *url.URL { return nil }
	Eventually(p.slack.Sockets, patience, time.Millisecond).Should(HaveLen(1))
}

// delivery is what Slack sends, signed with that secret.
func (p *peer) delivery(s sending, secret payload.Secret) payload.Delivery {
	scene := s.scene
	if scene.EventType == "function_executed" {
		// The app completes the run of a custom step, which the workspace must know.
		scene.Execution = p.slack.Workspace().RunFunction(payload.StandInApp, probe)
	}
	return payload.Delivery{Kind: s.kind, Fields: s.kind.Fields(scene), URL: p.url(s.kind), Secret: secret}
}

// handles holds that the app acknowledges as it should, and that its handler ran and
// was given what was sent.
func (p *peer) handles(ctx context.Context, s sending) {
	GinkgoHelper()
	before := p.posted()
	d := p.delivery(s, secret)
	outcome := p.slack.Deliver(ctx, d)
	last := outcome.Last()
	Expect(outcome.Acknowledged).To(BeTrue(), "%s: %s\n%s", last.Failure, last.Detail, last.Answer.Body)
	Expect(answer(last)).To(s.isAnswer())
	m := p.next(ctx, before)
	Expect(m.Text).To(Equal(s.says))
	if p.echoes {
		Expect(m.Metadata).To(MatchJSON(payload.Encode(payload.JSON, payload.Object{
			{Name: "event_type", Value: "handled"}, {Name: "event_payload", Value: s.given(d.Fields)},
		})))
	}
}

// refuses holds that the app does not believe a wrong signature: the next thing that
// it handles is another one.
func (p *peer) refuses(ctx context.Context, s, other sending) {
	GinkgoHelper()
	outcome := p.slack.Deliver(ctx, p.delivery(s, wrongSecret))
	Expect(outcome.Acknowledged).To(BeFalse())
	Expect(outcome.Last().Failure).To(Equal(simulator.HTTPError))
	Expect(outcome.Last().Answer.Status).To(BeNumerically("<", 500), "a refusal, not a crash")
	p.handles(ctx, other)
}

// answersChallenge holds that Slack would take the URL for its events.
func (p *peer) answersChallenge(ctx context.Context) {
	GinkgoHelper()
	d := p.delivery(sending{kind: payload.URLVerification}, secret)
	outcome := p.slack.Deliver(ctx, d)
	Expect(outcome.Acknowledged).To(BeTrue(), outcome.Last().Detail)
	Expect(answer(outcome.Last())).To(ContainSubstring(d.Fields.Text("challenge")))
}

// answer is what came with the acknowledgement.
func answer(a simulator.Attempt) string {
	if a.Ack != nil {
		return string(a.Ack.Payload)
	}
	return string(a.Answer.Body)
}

func isMessage(c simulator.Call) bool { return c.API == "chat.postMessage" }

// posted is the number of the last message.
func (p *peer) posted() uint64 {
	messages := p.slack.Calls(isMessage)
	if len(messages) == 0 {
		return 0
	}
	return messages[len(messages)-1].Sequence
}

// next is the message after that one, as the workspace has it: the record of the call
// is without what is secret in the payload.
func (p *peer) next(ctx context.Context, before uint64) webapi.Message {
	GinkgoHelper()
	call, err := p.slack.WaitFor(ctx, func(c simulator.Call) bool { return isMessage(c) && c.Sequence > before })
	Expect(err).NotTo(HaveOccurred(), "the app says what it handled")
	var posted struct{ Channel, TS string }
	Expect(json.Unmarshal(call.Answer, &posted)).To(Succeed())
	m, there := p.slack.Workspace().Message(payload.StandInTeam, posted.Channel, posted.TS)
	Expect(there).To(BeTrue(), "%s", call.Answer)
	return m
}

// called is what the app asked of the Web API, and the errors that it got.
func (p *peer) called() string {
	var b strings.Builder
	for _, c := range p.slack.Calls() {
		fmt.Fprintf(&b, "%d %s %s %d %s\n", c.Sequence, c.Method, c.Path, c.Status, c.Error)
	}
	return b.String()
}

// itHandles are the specs of an app that takes all of the sendings, in a container
// that is Ordered: the app starts once.
func itHandles(all []sending, start func() *peer) func() *peer {
	var p *peer
	BeforeAll(func() { p = start() })
	AfterEach(func() {
		if CurrentSpecReport().Failed() && p != nil {
			AddReportEntry("what the app printed", p.output())
			AddReportEntry("what the app called", p.called())
		}
	})
	for _, s := range all {
		It("handles "+s.title(), func(ctx SpecContext) { p.handles(ctx, s) }, NodeTimeout(30*time.Second))
	}
	AfterAll(func() { Expect(p.slack.Findings()).To(BeEmpty()) })
	return func() *peer { return p }
}

// itVerifies are the specs of an app that has a URL, to which anybody may post.
func itVerifies(p func() *peer, s, other sending) {
	It("refuses what another secret signed", func(ctx SpecContext) { p().refuses(ctx, s, other) }, NodeTimeout(30*time.Second))
	It("answers the challenge", func(ctx SpecContext) { p().answersChallenge(ctx) }, NodeTimeout(30*time.Second))
}
