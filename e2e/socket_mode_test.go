//go:build e2e

package e2e_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
)

var _ = Describe("@slack/socket-mode", func() {
	It("acknowledges envelopes, also after a new connection", func(ctx SpecContext) {
		p := startPeer("socket-mode")
		sends := func(s sending, says string) simulator.Attempt {
			GinkgoHelper()
			before := p.posted()
			o := p.slack.Deliver(ctx, p.delivery(s, ""))
			Expect(o.Acknowledged).To(BeTrue(), o.Last().Detail)
			Expect(p.next(ctx, before).Text).To(Equal(says))
			return o.Last()
		}
		Expect(answer(sends(deploy, "/deploy "+deploy.scene.Text))).To(MatchJSON(`{"text":"deploying"}`))
		sends(anAction("button"), probe)
		sends(mention, "app_mention by "+payload.StandInUser+", retry 0")

		first := p.slack.Sockets()[0].ID()
		p.slack.Sockets()[0].Disconnect(simulator.RefreshRequested)
		Eventually(func() bool {
			open := p.slack.Sockets()
			return len(open) == 1 && open[0].ID() != first
		}, patience, time.Millisecond).Should(BeTrue(), "the app connects again")
		sends(mention, "app_mention by "+payload.StandInUser+", retry 0")
		Expect(p.slack.Findings()).To(BeEmpty())
	}, NodeTimeout(time.Minute))
})
