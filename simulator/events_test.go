package simulator_test

import (
	"encoding/json"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

var _ = Describe("what happens in the workspace", func() {
	post := func(s *simulator.Server, text string) {
		answer := ask("POST", s.API()+"chat.postMessage", form, "channel=general&text="+text, "Bearer xoxb-1")
		Expect(answer).To(ContainSubstring(`"ok":true`))
	}
	inner := func(r request) map[string]any {
		var body struct{ Event map[string]any }
		Expect(json.Unmarshal([]byte(r.Body), &body)).To(Succeed())
		return body.Event
	}

	It("comes to the app as events, signed, its own messages too", func() {
		a := serve(status(200))
		s := start(simulator.Options{Targets: simulator.Targets{Events: a.URL, Secret: secret}})
		post(s, "hello+%3C%40UBELAYBOT00%3E")
		Eventually(a.requests).Should(HaveLen(2))
		var sorts []string
		for _, r := range a.requests() {
			e := inner(r)
			sorts = append(sorts, e["type"].(string))
			Expect(e).To(And(HaveKeyWithValue("text", "hello <@UBELAYBOT00>"), HaveKeyWithValue("channel", webapi.GeneralChannel), HaveKeyWithValue("bot_id", webapi.DefaultBot)))
			Expect(payload.Verify(secret, r.Header.Get(payload.SignatureHeader), r.Header.Get(payload.TimestampHeader), []byte(r.Body), s.Clock().Now())).To(BeTrue())
		}
		Expect(sorts).To(ConsistOf("message", "app_mention"))
	})

	DescribeTable("is withheld with the reason",
		func(change func(*webapi.Seed), reason string) {
			a := serve(func(http.ResponseWriter, *http.Request) { Fail("an event came") })
			seed := webapi.DefaultSeed()
			change(&seed)
			s := start(simulator.Options{Seed: &seed, Targets: simulator.Targets{Events: a.URL}})
			post(s, "hello")
			Expect(s.Withheld()).To(ConsistOf(And(HaveField("Subscription", "message.channels"), HaveField("Reason", ContainSubstring(reason)))))
		},
		Entry("without a subscription", func(s *webapi.Seed) { s.Apps[0].Events = []string{"app_mention"} }, "not subscribed to message.channels"),
		Entry("without the scope", func(s *webapi.Seed) { s.Apps[0].BotScopes = []string{"chat:write", "chat:write.public"} }, "not granted channels:history"),
		Entry("without membership", func(s *webapi.Seed) { s.Teams[0].Channels[0].Members = []string{"belay"} }, "no member"),
	)

	It("is withheld when nothing listens", func() {
		s := start(simulator.Options{})
		post(s, "hello")
		Expect(s.Withheld()).To(ConsistOf(HaveField("Reason", ContainSubstring("neither a request URL"))))
	})
})
