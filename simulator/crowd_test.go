package simulator_test

import (
	"fmt"
	"net/url"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/webapi"
)

var _ = Describe("a crowd of clients", func() {
	It("finds one Slack, in which nothing is lost", func() {
		a := serve(status(200))
		s := start(simulator.Options{Targets: simulator.Targets{Events: a.URL, Secret: secret}})
		hook := s.NewWebhook(webapi.DefaultTeam, webapi.GeneralChannel)
		const clients, each = 20, 10
		var wait sync.WaitGroup
		for c := range clients {
			wait.Go(func() {
				defer GinkgoRecover()
				for n := range each {
					text := url.QueryEscape(fmt.Sprintf("%d of %d", n, c))
					Expect(ask("POST", s.API()+"chat.postMessage", form, "channel=general&text="+text, "Bearer xoxb-1")).To(ContainSubstring(`"ok":true`))
					Expect(ask("POST", s.API()+"conversations.history", form, "channel="+webapi.GeneralChannel, "Bearer xoxb-1")).To(ContainSubstring(`"ok":true`))
					_, word := hit(hook, asJSON, `{"text":"by hook"}`)
					Expect(word).To(Equal("ok"))
					s.Workspace().Snapshot()
					s.Calls()
					s.Withheld()
				}
			})
		}
		wait.Wait()
		Expect(s.Workspace().Snapshot().Teams[0].Channels[0].Messages).To(HaveLen(2 * clients * each))
		Expect(s.Tally().Calls).To(Equal(3 * clients * each))
		Eventually(a.requests).Should(HaveLen(2 * clients * each))
	})
})
