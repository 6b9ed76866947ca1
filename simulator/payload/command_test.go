package payload_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

var _ = Describe("a slash command", func() {
	DescribeTable("with should_escape marks up",
		func(scene payload.Scene, text string) {
			scene.Escape = true
			Expect(payload.Command.Fields(scene).Text("text")).To(Equal(text))
		},
		Entry("the user", payload.Scene{Text: "ask @belay."}, "ask <@UBELAY00000>."),
		Entry("another user", payload.Scene{Text: "ask @alice"}, "ask <@UALICE00000>"),
		Entry("the channel", payload.Scene{Text: "in #belay-probe"}, "in <#CBELAY00000|belay-probe>"),
		Entry("a private channel, without its name", payload.Scene{Text: "in #belay-probe", Private: true}, "in <#CBELAY00000|>"),
		Entry("another channel", payload.Scene{Text: "in #general!"}, "in <#CGENERAL000|general>!"),
		Entry("a URL", payload.Scene{Text: "see https://example.com/a?b=c."}, "see <https://example.com/a?b=c>."),
		Entry("no address of mail", payload.Scene{Text: "mail a@example.com"}, "mail a@example.com"),
		Entry("nothing else", payload.Scene{Text: "a # b @ c"}, "a # b @ c"),
	)

	It("says what was typed when it is not escaped", func() {
		Expect(payload.Command.Fields(payload.Scene{Text: "@belay #general"}).Text("text")).To(Equal("@belay #general"))
	})

	DescribeTable("names the channel as Slack does:",
		func(scene payload.Scene, name string) {
			Expect(payload.Command.Fields(scene).Text("channel_name")).To(Equal(name))
		},
		Entry("a public one by its name", payload.Scene{ChannelName: "general"}, "general"),
		Entry("a direct message", payload.Scene{ChannelID: "D1"}, "directmessage"),
		Entry("a private one", payload.Scene{Private: true}, "privategroup"),
	)

	It("takes what is given", func() {
		fields := payload.Command.Fields(payload.Scene{
			AppID: "A1", TeamID: "T1", UserID: "U1", ChannelID: "C1", TriggerID: "1.2.3", ResponseURL: "https://x",
		})
		for name, want := range map[string]string{
			"api_app_id": "A1", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2.3", "response_url": "https://x",
		} {
			Expect(fields.Text(name)).To(Equal(want))
		}
	})
})

var _ = Describe("an OAuth redirect", func() {
	It("adds to the query that its URL has, and is neither signed nor from Slack", func() {
		d := delivery(payload.OAuthRedirect, payload.Scene{Code: "1.2", State: "a b"})
		d.URL = d.URL.JoinPath()
		d.URL.RawQuery = "x=1"
		r := d.Request()
		Expect(r.Method).To(Equal("GET"))
		Expect(r.Target).To(Equal("/slack/commands?x=1&code=1.2&state=a+b"))
		Expect(r.Body).To(BeEmpty())
		Expect(r.HeaderValue(payload.SignatureHeader)).To(BeEmpty())
		Expect(r.HeaderValue("User-Agent")).NotTo(ContainSubstring("Slackbot"))
	})

	It("refuses with an error and no code", func() {
		fields := payload.OAuthRedirect.Fields(payload.Scene{Error: "access_denied", State: "s"})
		Expect(string(payload.Encode(payload.Query, fields))).To(Equal("error=access_denied&state=s"))
	})
})
