package simulator_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/webapi"
)

// driver asks a server's control API.
func driver(s *simulator.Server) simulator.ControlClient {
	return simulator.ControlClient{URL: s.ControlURL(), Token: controlToken}
}

// post calls the Web API with a token.
func post(s *simulator.Server, method string, args url.Values) {
	GinkgoHelper()
	w, err := http.PostForm(s.API()+method, args)
	Expect(err).NotTo(HaveOccurred())
	Expect(w.Body.Close()).To(Succeed())
}

var _ = Describe("A client of the control API", func() {
	It("follows what happens, from the end or from before", func(ctx SpecContext) {
		s := controlled(simulator.Options{})
		c := driver(s)
		before, err := c.LastEntry(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(before).To(BeZero())
		post(s, "api.test", nil)
		post(s, "auth.test", url.Values{"token": {"xoxb-1-1"}})
		last, err := c.LastEntry(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(last).To(Equal(s.LastEntry()))
		var methods, teams []string
		Expect(c.Follow(ctx, before, func(e simulator.ControlEntry) bool {
			if e.Call != nil {
				methods, teams = append(methods, e.Call.Method), append(teams, e.Call.Team)
			}
			return e.ID >= last
		})).To(Succeed())
		Expect(methods).To(Equal([]string{"api.test", "auth.test"}))
		Expect(teams).To(Equal([]string{"", webapi.DefaultTeam}))
	})

	It("is moved on by what is not told", func(ctx SpecContext) {
		s := controlled(simulator.Options{})
		// Nobody gets the event of it.
		control(s, "POST", "act/message", `{"channel":"general","text":"hello"}`)
		last := s.LastEntry()
		Expect(s.Withheld()).NotTo(BeEmpty())
		Expect(driver(s).Follow(ctx, 0, func(e simulator.ControlEntry) bool { return e.ID >= last })).To(Succeed())
	})

	It("ends with the context, and with the server", func(ctx SpecContext) {
		s := controlled(simulator.Options{})
		short, cancel := context.WithCancel(ctx)
		post(s, "api.test", nil)
		err := driver(s).Follow(short, 0, func(e simulator.ControlEntry) bool {
			if e.Call != nil {
				cancel()
			}
			return false
		})
		Expect(err).To(MatchError(context.Canceled))
		Expect(driver(s).Follow(ctx, 0, func(e simulator.ControlEntry) bool {
			if e.Call != nil {
				go s.Close()
			}
			return false
		})).To(MatchError(ContainSubstring("the stream ended")))
	})

	It("says what the control API refuses", func(ctx SpecContext) {
		s := controlled(simulator.Options{})
		var out simulator.AppAnswer
		err := driver(s).Ask(ctx, "act/uninstall", simulator.AppRequest{Team: "nowhere"}, &out)
		var refused simulator.ControlError
		Expect(errors.As(err, &refused)).To(BeTrue())
		Expect(refused.Code).To(Equal("cannot_act"))
		_, err = simulator.ControlClient{URL: s.ControlURL(), Token: "another"}.LastEntry(ctx)
		Expect(errors.As(err, &refused)).To(BeTrue())
		Expect(refused.Code).To(Equal("unauthorized"))
	})

	DescribeTable("refuses a stream that is none", func(ctx SpecContext, said string) {
		other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(said)) }))
		DeferCleanup(other.Close)
		c := simulator.ControlClient{URL: other.URL}
		Expect(c.Follow(ctx, 0, func(simulator.ControlEntry) bool { return false })).NotTo(Succeed())
	},
		Entry("empty", ""),
		Entry("cut", "id: 1\nevent: call\n"),
		Entry("with another id", "id: one\n\n"),
		Entry("with data that is no JSON", "id: 1\nevent: call\ndata: {\n\n"),
	)
})

var _ = Describe("The control API", func() {
	It("sends an event as one that comes again", func() {
		a := serve(status(200))
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret, Events: a.URL}})
		control(s, "POST", "send", `{"kind":"event app_mention","retry_num":2}`)
		got := a.requests()
		Expect(got).To(HaveLen(1))
		Expect(got[0].Header.Get("X-Slack-Retry-Num")).To(Equal("2"))
		Expect(got[0].Header.Get("X-Slack-Retry-Reason")).To(Equal("http_timeout"))
		_, answer := answered(controlRequest(s, "POST", "send", `{"kind":"event app_mention","retry_num":4}`))
		Expect(answer).To(ContainSubstring("1 to 3"))
		_, answer = answered(controlRequest(s, "POST", "send", `{"kind":"command","command":"/deploy","to":"`+a.URL.String()+`","retry_num":1}`))
		Expect(answer).To(ContainSubstring("for an event"))
	})

	It("lets the app's bot into a channel", func() {
		s := controlled(simulator.Options{Seed: uninstalled(func(a *webapi.SeedApp) { a.BotScopes = []string{"chat:write"} })})
		control(s, "POST", "act/install", `{}`)
		bot := s.Workspace().Snapshot().Apps[0].BotUserID
		members := func() []string {
			c, err := s.Workspace().FindChannel("", "general")
			Expect(err).NotTo(HaveOccurred())
			return c.Members
		}
		Expect(members()).NotTo(ContainElement(bot))
		for range 2 {
			control(s, "POST", "act/invite", `{"channel":"general"}`)
		}
		Expect(members()).To(ContainElement(bot))
		_, answer := answered(controlRequest(s, "POST", "act/invite", `{"channel":"nowhere"}`))
		Expect(answer).To(ContainSubstring("cannot_act"))
	})

	It("issues tokens that are about to expire", func() {
		s := controlled(simulator.Options{Seed: uninstalled(func(a *webapi.SeedApp) {
			a.TokenRotation, a.RedirectURLs = true, []string{"https://bot.example.com"}
		})})
		control(s, "POST", "faults", `{"add":["expires_in=60s,method=oauth.v2.access"]}`)
		consent := webapi.AuthorizeRequest{Flow: webapi.FlowV2, Scope: "chat:write", RedirectURI: "https://bot.example.com/callback"}
		c, err := s.Workspace().Credentials("")
		Expect(err).NotTo(HaveOccurred())
		consent.ClientID = c.ClientID
		to, err := s.Workspace().Approve(consent, webapi.Approval{})
		Expect(err).NotTo(HaveOccurred())
		post(s, "oauth.v2.access", url.Values{"client_id": {c.ClientID}, "client_secret": {string(c.ClientSecret)}, "code": {parse(to).Query().Get("code")}, "redirect_uri": {consent.RedirectURI}})
		calls := s.Calls()
		Expect(string(calls[len(calls)-1].Answer)).To(And(ContainSubstring(`"expires_in":60`), ContainSubstring(`"ok":true`)))
	})
})
