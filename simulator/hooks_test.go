package simulator_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/webapi"
)

// hit posts a body, and gives the status and what was answered.
func hit(url, sort, body string) (int, string) {
	answer, err := http.Post(url, sort, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	Expect(err).NotTo(HaveOccurred())
	return answer.StatusCode, string(text)
}

const asJSON = "application/json"

var _ = Describe("a response_url", func() {
	var s *simulator.Server
	var at string
	context := simulator.ResponseContext{TeamID: webapi.DefaultTeam, ChannelID: webapi.GeneralChannel, UserID: webapi.DefaultUser, AppID: webapi.DefaultApp}
	BeforeEach(func() {
		s = start(simulator.Options{Clock: clock.At(noon)})
		at = s.NewResponseURL("commands", context)
	})
	messages := func() []webapi.Message { return s.Workspace().Snapshot().Teams[0].Channels[0].Messages }

	It("posts to the user alone, or into the channel", func() {
		status, body := hit(at, asJSON, `{"text":"for you"}`)
		Expect(status).To(Equal(200))
		Expect(body).To(Equal("ok"))
		Expect(messages()).To(BeEmpty())
		Expect(s.Workspace().Ephemerals(webapi.DefaultTeam, webapi.GeneralChannel, webapi.DefaultUser)).To(ConsistOf(HaveField("Text", "for you")))
		hit(at, asJSON, `{"text":"for all","response_type":"in_channel"}`)
		Expect(messages()).To(ConsistOf(And(HaveField("Text", "for all"), HaveField("BotID", webapi.DefaultBot))))
	})

	It("is good for five uses", func() {
		for range 5 {
			status, _ := hit(at, asJSON, `{"text":"again"}`)
			Expect(status).To(Equal(200))
		}
		status, body := hit(at, asJSON, `{"text":"again"}`)
		Expect(status).To(Equal(404))
		Expect(body).To(MatchJSON(`{"ok":false,"error":"used_url"}`))
		Expect(s.Findings()).To(ConsistOf(HaveField("Problem", "response-url.limit")))
	})

	It("is good for 30 minutes", func() {
		s.Clock().Advance(30*time.Minute + time.Second)
		status, body := hit(at, asJSON, `{"text":"late"}`)
		Expect(status).To(Equal(404))
		Expect(body).To(MatchJSON(`{"ok":false,"error":"expired_url"}`))
		Expect(s.Findings()).To(ConsistOf(HaveField("Problem", "response-url.expired")))
	})

	It("replaces and deletes the message in which it was given", func() {
		posted, err := s.Workspace().Post(webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: webapi.GeneralChannel, AppID: webapi.DefaultApp, Body: webapi.Body{Text: "Approve?"}})
		Expect(err).NotTo(HaveOccurred())
		in := context
		in.MessageTS = posted.TS
		at = s.NewResponseURL("actions", in)
		status, body := hit(at, asJSON, `{"replace_original":"true","text":"Approved"}`)
		Expect(body).To(Equal("ok"))
		Expect(status).To(Equal(200))
		Expect(messages()).To(ConsistOf(And(HaveField("Text", "Approved"), HaveField("TS", posted.TS))))
		hit(at, asJSON, `{"delete_original":true}`)
		Expect(messages()).To(BeEmpty())
	})

	DescribeTable("refuses with the bare word",
		func(sort, body string, status int, word string) {
			got, said := hit(at, sort, body)
			Expect(said).To(Equal(word))
			Expect(got).To(Equal(status))
		},
		Entry("what is no JSON", asJSON, "{", 400, "invalid_payload"),
		Entry("what is no object", asJSON, "null", 400, "invalid_payload"),
		Entry("nothing", asJSON, "", 400, "invalid_payload"),
		Entry("no text", asJSON, "{}", 400, "no_text"),
		Entry("bad blocks", asJSON, `{"blocks":[{"type":"sections"}]}`, 400, "invalid_blocks"),
	)

	It("does not say anything of others", func() {
		status, _ := hit(s.URL()+"/commands/T1/x", asJSON, `{"text":"x"}`)
		Expect(status).To(Equal(404))
	})
})

var _ = Describe("an incoming webhook", func() {
	It("takes JSON and forms, and no overrides", func() {
		s := start(simulator.Options{})
		at := s.NewWebhook(webapi.DefaultTeam, webapi.GeneralChannel)
		status, body := hit(at, asJSON, `{"text":"deployed"}`)
		Expect(status).To(Equal(200))
		Expect(body).To(Equal("ok"))
		status, _ = hit(at, form, "payload="+url.QueryEscape(`{"text":"rolled back","username":"robot","channel":"#general"}`))
		Expect(status).To(Equal(200))
		Expect(s.Workspace().Snapshot().Teams[0].Channels[0].Messages).To(HaveExactElements(
			And(HaveField("Text", "deployed"), HaveField("Subtype", "bot_message")),
			And(HaveField("Text", "rolled back"), HaveField("Username", Not(Equal("robot"))))))
		Expect(s.Findings()).To(ConsistOf(And(HaveField("Problem", "webhook.override-ignored"), HaveField("Text", ContainSubstring("channel, username")))))
	})

	It("needs not be made where its workspace is there", func() {
		s := start(simulator.Options{})
		status, word := hit(s.URL()+"/services/"+webapi.DefaultTeam+"/B0/anything", asJSON, `{"text":"x"}`)
		Expect(word).To(Equal("ok"))
		Expect(status).To(Equal(200))
		Expect(s.Workspace().Snapshot().Teams[0].Channels[0].Messages).To(HaveLen(1))
		for _, path := range []string{"/services/T1/B0/anything", "/services/" + webapi.DefaultTeam + "/B0/", "/services/" + webapi.DefaultTeam + "/X0/anything"} {
			_, word = hit(s.URL()+path, asJSON, `{"text":"x"}`)
			Expect(word).To(Equal("no_service"), path)
		}
	})

	It("answers what is wrong by its status", func() {
		seed := webapi.DefaultSeed()
		seed.Teams[0].Channels[0].Archived = true
		s := start(simulator.Options{Seed: &seed})
		status, word := hit(s.NewWebhook(webapi.DefaultTeam, webapi.GeneralChannel), asJSON, `{"text":"x"}`)
		Expect(word).To(Equal("channel_is_archived"))
		Expect(status).To(Equal(410))
		status, word = hit(s.URL()+"/services/T1/B1/x", asJSON, `{"text":"x"}`)
		Expect(word).To(Equal("no_service"))
		Expect(status).To(Equal(404))
		status, word = hit(s.NewWebhook(webapi.DefaultTeam, "C1"), asJSON, `{"text":"x"}`)
		Expect(word).To(Equal("channel_not_found"))
		Expect(status).To(Equal(404))
	})
})
