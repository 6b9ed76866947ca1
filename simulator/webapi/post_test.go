package webapi_test

import (
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

// blockIDs are those of a message's blocks.
func blockIDs(m webapi.Message) []string {
	var blocks []struct {
		ID string `json:"block_id"`
	}
	Expect(json.Unmarshal(m.Blocks, &blocks)).To(Succeed())
	var ids []string
	for _, b := range blocks {
		ids = append(ids, b.ID)
	}
	return ids
}

func quote(text string) string {
	encoded, err := json.Marshal(text)
	Expect(err).NotTo(HaveOccurred())
	return string(encoded)
}

var _ = Describe("A message that is posted outside of the Web API", func() {
	var s *slack
	BeforeEach(func() { s = open() })
	draft := func(change func(*webapi.Draft)) webapi.Draft {
		d := webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: webapi.GeneralChannel, Body: webapi.Body{Text: "hi"}}
		change(&d)
		return d
	}
	asPerson := func(d *webapi.Draft) { d.UserID = webapi.DefaultUser }
	asApp := func(d *webapi.Draft) { d.AppID = webapi.DefaultApp }
	do := func(m webapi.Message, err error) webapi.Message {
		GinkgoHelper()
		Expect(err).NotTo(HaveOccurred())
		return m
	}

	It("is a person's, as their client sends it", func() {
		m := do(s.Post(draft(func(d *webapi.Draft) { asPerson(d); d.Text = "<@" + webapi.DefaultBotUser + "> deploy" })))
		Expect(m.User).To(Equal(webapi.DefaultUser))
		Expect(m.ClientMsgID).To(MatchRegexp(`^be1a0000-0000-4000-8000-\d{12}$`))
		Expect(s.Events).To(HaveLen(2))
		Expect(s.Events[0]).To(HaveKeyWithValue("blocks", ConsistOf(HaveKeyWithValue("elements", ConsistOf(HaveKeyWithValue("elements", HaveExactElements(
			And(HaveKeyWithValue("type", "user"), HaveKeyWithValue("user_id", webapi.DefaultBotUser)),
			And(HaveKeyWithValue("type", "text"), HaveKeyWithValue("text", " deploy")),
		)))))))
		Expect(s.Events[1]).To(And(HaveKeyWithValue("type", "app_mention"), HaveKeyWithValue("client_msg_id", m.ClientMsgID)))
	})

	It("is an app's, by a response_url", func() {
		m := do(s.Post(draft(asApp)))
		Expect(m.BotID).To(Equal(webapi.DefaultBot))
		Expect(m.User).To(Equal(webapi.DefaultBotUser))
		last, ok := s.Last(webapi.DefaultTeam, webapi.GeneralChannel)
		Expect(ok).To(BeTrue())
		Expect(last).To(Equal(m))
	})

	It("is a bot_message, by a webhook", func() {
		m := do(s.Post(draft(func(d *webapi.Draft) { asApp(d); d.Webhook = true })))
		Expect(m.Subtype).To(Equal("bot_message"))
		Expect(m.User).To(BeEmpty())
	})

	It("is seen by one user alone, and replaced and deleted", func() {
		m := do(s.Post(draft(func(d *webapi.Draft) { asApp(d); d.EphemeralTo = webapi.DefaultUser })))
		do(s.Update(draft(func(d *webapi.Draft) { asApp(d); d.TS, d.Text = m.TS, "replaced" })))
		seen := s.Ephemerals(webapi.DefaultTeam, webapi.GeneralChannel, webapi.DefaultUser)
		Expect(seen).To(ConsistOf(HaveField("Text", "replaced")))
		Expect(s.Delete(webapi.DefaultTeam, webapi.GeneralChannel, m.TS, webapi.DefaultApp)).To(Succeed())
		Expect(s.Ephemerals(webapi.DefaultTeam, webapi.GeneralChannel, webapi.DefaultUser)).To(BeEmpty())
		Expect(s.Events).To(BeEmpty())
	})

	It("is changed and deleted by who wrote it", func() {
		m := do(s.Post(draft(asPerson)))
		_, err := s.Update(draft(func(d *webapi.Draft) { asApp(d); d.TS = m.TS }))
		Expect(err).To(MatchError("cant_update_message"))
		do(s.Update(draft(func(d *webapi.Draft) { asPerson(d); d.TS, d.Text = m.TS, "changed" })))
		Expect(s.event("message_changed")).To(HaveKeyWithValue("message", HaveKeyWithValue("edited", HaveKeyWithValue("user", webapi.DefaultUser))))
		Expect(s.Delete(webapi.DefaultTeam, webapi.GeneralChannel, m.TS, webapi.DefaultApp)).To(MatchError("cant_delete_message"))
		Expect(s.Delete(webapi.DefaultTeam, webapi.GeneralChannel, m.TS, webapi.DefaultUser)).To(Succeed())
		Expect(s.event("message_deleted")).To(HaveKeyWithValue("deleted_ts", m.TS))
	})

	DescribeTable("is refused as Slack does",
		func(change func(*webapi.Draft), code string) {
			_, err := s.Post(draft(change))
			Expect(err).To(MatchError(code))
		},
		Entry("by nobody", func(*webapi.Draft) {}, "user_not_found"),
		Entry("elsewhere", func(d *webapi.Draft) { d.UserID, d.TeamID = webapi.DefaultUser, "T404" }, "team_not_found"),
		Entry("nowhere", func(d *webapi.Draft) { d.UserID, d.ChannelID = webapi.DefaultUser, "C404" }, "channel_not_found"),
		Entry("with nothing to say", func(d *webapi.Draft) { d.UserID, d.Text = webapi.DefaultUser, "" }, "no_text"),
		Entry("by a stranger", func(d *webapi.Draft) { d.UserID = "U404" }, "not_in_channel"),
		Entry("to a stranger", func(d *webapi.Draft) { d.AppID, d.EphemeralTo = webapi.DefaultApp, "U404" }, "user_not_in_channel"),
	)

	It("stays as it was returned", func() {
		m := do(s.Post(draft(asApp)))
		do(s.Update(draft(func(d *webapi.Draft) { asApp(d); d.TS, d.Text = m.TS, "changed" })))
		Expect(m.Text).To(Equal("hi"))
	})
})

var _ = Describe("The body of a message", func() {
	parse := func(text string) (webapi.Body, error) {
		var object map[string]json.RawMessage
		Expect(json.Unmarshal([]byte(text), &object)).To(Succeed())
		return open().ParseBody(object)
	}

	It("is read from JSON", func() {
		b, err := parse(`{"text":"a","blocks":[ {"type":"divider"} ],"attachments":null,"replace_original":true}`)
		Expect(err).NotTo(HaveOccurred())
		Expect(b.Text).To(Equal("a"))
		Expect(string(b.Blocks)).To(Equal(`[{"type":"divider"}]`))
		Expect(b.Attachments).To(BeNil())
	})

	DescribeTable("is refused by a bare word",
		func(text, code string) {
			_, err := parse(text)
			Expect(err).To(MatchError(code))
		},
		Entry("nothing", `{}`, "no_text"),
		Entry("an empty text", `{"text":"","blocks":[]}`, "no_text"),
		Entry("blocks that are wrong", `{"blocks":[{"type":"x"}]}`, "invalid_blocks"),
		Entry("blocks that are no list", `{"text":"a","blocks":{}}`, "invalid_blocks_format"),
		Entry("attachments that are no list", `{"attachments":{}}`, "invalid_attachments"),
	)
})
