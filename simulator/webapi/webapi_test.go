package webapi_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("The Web API", func() {
	var s *slack
	BeforeEach(func() { s = open() })

	send := func(in webapi.Incoming) map[string]any {
		if in.Verb == "" {
			in.Verb = "POST"
		}
		return decode(s.Answer(in))
	}

	It("tells whose token it is", func() {
		answer := s.call("auth.test", nil)
		Expect(answer).To(succeed())
		Expect(answer).To(And(HaveKeyWithValue("team_id", webapi.DefaultTeam), HaveKeyWithValue("user_id", webapi.DefaultBotUser), HaveKeyWithValue("bot_id", webapi.DefaultBot)))
	})

	It("posts a message that everybody can see", func() {
		answer := s.call("chat.postMessage", args{"channel": "general", "text": "hi <b> & 漢"})
		Expect(answer).To(succeed())
		Expect(answer["channel"]).To(Equal(webapi.GeneralChannel))
		Expect(answer["message"]).To(HaveKeyWithValue("text", "hi <b> & 漢"))
		Expect(s.Events).To(ContainElement(And(HaveKeyWithValue("type", "message"), HaveKeyWithValue("channel_type", "channel"), HaveKeyWithValue("ts", answer["ts"]))))
	})

	DescribeTable("refuses as Slack does",
		func(in webapi.Incoming, code string) {
			Expect(send(in)).To(failWith(code))
		},
		Entry("an unknown method", webapi.Incoming{Name: "chat.post", Authorization: "Bearer xoxb-a"}, "unknown_method"),
		Entry("no token", webapi.Incoming{Name: "chat.postMessage"}, "not_authed"),
		Entry("a token in the URL", webapi.Incoming{Name: "auth.test", Query: "token=xoxb-a"}, "not_authed"),
		Entry("a token in JSON", webapi.Incoming{Name: "auth.test", ContentType: "application/json", Body: []byte(`{"token":"xoxb-a"}`)}, "not_authed"),
		Entry("a token that is none", webapi.Incoming{Name: "auth.test", Authorization: "Bearer secret"}, "invalid_auth"),
		Entry("the word in lower case", webapi.Incoming{Name: "auth.test", Authorization: "bearer xoxb-a"}, "not_authed"),
		Entry("an app's token", webapi.Incoming{Name: "chat.postMessage", Authorization: "Bearer xapp-a"}, "not_allowed_token_type"),
		Entry("an argument that is missing", webapi.Incoming{Name: "chat.postMessage", Authorization: "Bearer xoxb-a"}, "invalid_arguments"),
		Entry("a body without a type", webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", Body: []byte("a=b")}, "missing_post_type"),
		Entry("a body of another type", webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", ContentType: "text/plain", Body: []byte("a=b")}, "invalid_post_type"),
		Entry("JSON that is broken", webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", ContentType: "application/json", Body: []byte("{")}, "invalid_json"),
		Entry("JSON that is a list", webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", ContentType: "application/json", Body: []byte("[]")}, "json_not_object"),
		Entry("JSON that is null", webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", ContentType: "application/json", Body: []byte("null")}, "json_not_object"),
		Entry("another charset", webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", ContentType: "application/json; charset=utf-16", Body: []byte("{}")}, "invalid_charset"),
	)

	It("takes a token that stands in a form", func() {
		Expect(send(webapi.Incoming{Name: "auth.test", ContentType: "application/x-www-form-urlencoded", Body: []byte("token=xoxb-a")})).To(succeed())
	})

	It("warns of a JSON body without a charset", func() {
		answer := send(webapi.Incoming{Name: "auth.test", Authorization: "Bearer xoxb-a", ContentType: "application/json", Body: []byte("{}")})
		Expect(answer).To(HaveKeyWithValue("warning", "missing_charset"))
		Expect(answer["response_metadata"]).To(HaveKeyWithValue("warnings", ConsistOf("missing_charset")))
	})

	It("says which scope is missing", func() {
		s = open(seeded(webapi.Seed{Apps: []webapi.SeedApp{{Name: "bot", BotScopes: []string{"commands"}}}}))
		answer := s.call("chat.postMessage", args{"channel": "general", "text": "hi"})
		Expect(answer).To(failWith("missing_scope"))
		Expect(answer).To(And(HaveKeyWithValue("needed", "chat:write"), HaveKeyWithValue("provided", "commands")))
		Expect(s.Found).To(ContainElement("api.missing-scope"))
	})

	It("does not see the arguments of a method that takes no JSON", func() {
		Expect(s.post("users.info", args{"user": webapi.DefaultUser})).To(failWith("invalid_arguments"))
		Expect(s.Found).To(ContainElement("api.invalid-argument"))
	})

	It("holds methods to the rates of their tiers", func() {
		s = open(profiled(func(p *webapi.Profile) { p.Limits, p.CallsPerMinute = true, map[string]int{"t5": 2} }))
		for range 2 {
			Expect(s.call("auth.test", nil)).To(succeed())
		}
		refused := s.Answer(webapi.Incoming{Name: "auth.test", Verb: "POST", Authorization: "Bearer " + botToken})
		Expect(refused.Status).To(Equal(429))
		Expect(refused.Header.Get("Retry-After")).To(Equal("60"))
		Expect(s.Found).To(BeEmpty())
		Expect(s.call("auth.test", nil)).To(failWith("ratelimited"))
		Expect(s.Found).To(ContainElement("api.ignores-retry-after"))
		s.Clock.Advance(time.Minute)
		Expect(s.call("auth.test", nil)).To(succeed())
	})

	It("drops the oldest messages, and counts them", func() {
		s = open(func(o *webapi.Options) { o.Messages = 3 })
		for range 8 {
			Expect(s.call("chat.postMessage", args{"channel": "general", "text": "hi"})).To(succeed())
		}
		snapshot := s.Snapshot()
		Expect(snapshot.DroppedMessages).To(Equal(5))
		Expect(snapshot.Teams[0].Channels[0].Messages).To(HaveLen(3))
	})
})
