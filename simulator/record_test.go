package simulator_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gleak"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

// ask calls the fake Slack as an app does, and returns what it answers.
func ask(method, url, contentType, body, token string) string {
	GinkgoHelper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if token != "" {
		r.Header.Set("Authorization", token)
	}
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer w.Body.Close()
	answer, err := io.ReadAll(w.Body)
	Expect(err).NotTo(HaveOccurred())
	return string(answer)
}

const form = "application/x-www-form-urlencoded"

var _ = Describe("a fake Slack", func() {
	It("answers the Web API from its workspace", func() {
		s := start(simulator.Options{TeamID: "T1", UserID: "U1"})
		Expect(ask("POST", s.API()+"auth.test", form, "", "Bearer xoxb-1")).To(MatchJSON(`{"ok":true,"url":"https://belay-probe.slack.com/",
			"team":"Belay Probe","user":"belay","team_id":"T1","user_id":"U1","bot_id":"BBELAY00000","is_enterprise_install":false}`))
		Expect(ask("POST", s.API()+"/chat.postMessage", form, "channel=general&text=hi", "Bearer xoxb-1")).To(ContainSubstring(`{"ok":true,"channel"`))
		Expect(ask("POST", s.API()+"", form, "", "Bearer xoxb-1")).To(ContainSubstring(`"unknown_method"`))
		calls := s.Calls()
		Expect(calls[1]).To(And(HaveField("API", "chat.postMessage"), HaveField("Modelled", true), HaveField("TeamID", "T1")))
		Expect(s.Workspace().Snapshot().Teams[0].Channels[0].Messages).To(HaveLen(1))
		Expect(s.Findings()).To(ContainElement(HaveField("Problem", "api.unknown-method")))
	})

	It("serves what is registered, and remembers it", func() {
		s := start(simulator.Options{})
		s.Handle("/mine/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%d bytes", len(body))
		}))
		Expect(ask("POST", s.URL()+"/mine/T1", "text/plain", strings.Repeat("x", 100_000), "")).To(Equal("100000 bytes"))
		call := s.Calls()[0]
		Expect(call.Path).To(Equal("/mine/T1"))
		Expect(call.API).To(BeEmpty())
		Expect(call.Body).To(HaveLen(64 << 10))
		Expect(string(call.Answer)).To(Equal("100000 bytes"))
	})

	It("cannot listen where somebody else does", func() {
		s := start(simulator.Options{})
		_, err := simulator.Start(simulator.Options{Address: strings.TrimPrefix(s.URL(), "http://")})
		Expect(err).To(MatchError(ContainSubstring("starting the fake Slack")))
	})

	It("leaves nothing running", func() {
		before := gleak.Goroutines()
		s, err := simulator.Start(simulator.Options{Clock: clock.At(noon)})
		Expect(err).NotTo(HaveOccurred())
		connect(s)
		outcomes := []<-chan simulator.Outcome{deliver(s, event(nil)), deliver(s, event(closed()))}
		waiting := make(chan error, 1)
		go func() {
			_, err := s.WaitFor(context.Background(), func(simulator.Call) bool { return false })
			waiting <- err
		}()
		Eventually(s.Clock().Waiting).Should(BeNumerically(">=", 2))
		Expect(s.Close()).To(Succeed())
		for _, o := range outcomes {
			Expect(come(o).Err).To(MatchError(http.ErrServerClosed))
		}
		Eventually(waiting).Should(Receive(MatchError(ContainSubstring("closed"))))
		http.DefaultClient.CloseIdleConnections()
		Eventually(gleak.Goroutines).ShouldNot(gleak.HaveLeaked(before, gleak.IgnoringTopFunction("github.com/coder/websocket...")))
	})
})

var _ = Describe("the record", func() {
	It("tells what was asked and answered, without secrets", func() {
		s := start(simulator.Options{})
		ask("POST", s.API()+"chat.postMessage?token=hunter2", form, "token=xoxb-1-secret&text=hi&client_secret=abc", "Bearer xoxb-1-secret")
		ask("POST", s.API()+"oauth.v2.access", "application/json", `{"refresh_token":"r1", "text":"xoxe.xoxp-1-abc"}`, "Basic YTpi")
		calls := s.Calls()
		Expect(calls).To(HaveLen(2))
		Expect(calls[0].Sequence).To(Equal(uint64(1)))
		Expect(calls[0].API).To(Equal("chat.postMessage"))
		Expect(calls[0].Query.Get("token")).To(Equal("[redacted]"))
		Expect(string(calls[0].Body)).To(Equal("token=[redacted]&text=hi&client_secret=[redacted]"))
		Expect(calls[0].Header.Get("Authorization")).To(Equal("Bearer xoxb-[redacted]"))
		Expect(calls[0].Token).To(Equal(payload.Secret("xoxb-1-secret")))
		Expect(calls[0].Status).To(Equal(200))
		Expect(string(calls[0].Answer)).To(HavePrefix(`{"ok":false,"error":"invalid_arguments"`))
		Expect(calls[0].Error).To(Equal("invalid_arguments"))
		Expect(string(calls[1].Body)).To(Equal(`{"refresh_token":"[redacted]", "text":"xoxe.[redacted]"}`))
		Expect(calls[1].Header.Get("Authorization")).To(Equal("Basic [redacted]"))
		Expect(fmt.Sprintf("%+v", calls)).NotTo(ContainSubstring("secret&"))
	})

	It("tells nobody a secret who asks while calls come", func() {
		s := start(simulator.Options{Keep: 20})
		over, leaked := make(chan struct{}), make(chan string, 100)
		var reading, calling sync.WaitGroup
		for range 4 {
			reading.Go(func() {
				for {
					select {
					case <-over:
						return
					default:
					}
					for _, c := range s.Calls() {
						if c.Query.Get("token") != "[redacted]" || strings.Contains(string(c.Body), "hunter2") {
							select {
							case leaked <- fmt.Sprintf("%q %s", c.Query, c.Body):
							default:
							}
						}
					}
				}
			})
		}
		for range 4 {
			calling.Go(func() {
				for range 500 {
					ask("POST", s.API()+"api.test?token=hunter2", form, "token=hunter2", "")
				}
			})
		}
		calling.Wait()
		close(over)
		reading.Wait()
		Expect(leaked).NotTo(Receive())
	})

	DescribeTable("keeps what stands behind a token",
		func(body, kept string) {
			s := start(simulator.Options{})
			ask("POST", s.API()+"chat.postMessage", form, body, "")
			Expect(string(s.Calls()[0].Body)).To(Equal(kept))
		},
		Entry("within JSON in a form",
			"metadata=%7B%22t%22%3A%22xwfp-1-abc%22%2C%22id%22%3A%22Fx1%22%7D&text=hi",
			"metadata=%7B%22t%22%3A%22xwfp-[redacted]%22%2C%22id%22%3A%22Fx1%22%7D&text=hi"),
		Entry("within JSON in JSON in a form",
			"metadata=%7B%5C%22t%5C%22%3A%5C%22xoxb-1-abc%5C%22%2C%5C%22id%5C%22%3A1%7D",
			"metadata=%7B%5C%22t%5C%22%3A%5C%22xoxb-[redacted]%5C%22%2C%5C%22id%5C%22%3A1%7D"),
		Entry("within a text in a form", "text=my%20xapp-1-abc%2C+is+it", "text=my%20xapp-[redacted]%2C+is+it"),
		Entry("that is written with escapes", "text=xoxe%2Exoxp%2D1%2Dabc%2B%2F%3D%20here", "text=xoxe%2E[redacted]%20here"),
		Entry("that only its field tells, in a form",
			"payload=%7B%22token%22%3A%22a%5C%22b+c%26%22%2C%22type%22%3A%22view%22%7D",
			"payload=%7B%22token%22%3A%22[redacted]%22%2C%22type%22%3A%22view%22%7D"),
		Entry("with spaces before it", "payload=%7B%22client_secret%22%3A+%22abc%22%2C+%22type%22%3A1%7D",
			"payload=%7B%22client_secret%22%3A+%22[redacted]%22%2C+%22type%22%3A1%7D"),
	)

	It("keeps deliveries without the verification token", func() {
		s := start(simulator.Options{})
		come(deliver(s, event(serve(status(200)).URL)))
		come(deliver(s, command(serve(status(200)).URL)))
		come(deliver(s, action(serve(status(200)).URL)))
		for _, a := range s.Attempts() {
			Expect(string(a.Answer.Request.Body)).To(And(ContainSubstring("[redacted]"), Not(ContainSubstring(payload.StandInToken))))
		}
	})

	It("gives the calls that conditions hold for", func() {
		s := start(simulator.Options{})
		for _, method := range []string{"auth.test", "views.open", "auth.test"} {
			ask("POST", s.API()+method, form, "", "")
		}
		Expect(s.Calls(func(c simulator.Call) bool { return c.API == "auth.test" })).To(HaveLen(2))
	})

	It("waits for a call, past or to come", func() {
		s := start(simulator.Options{})
		posted := func(c simulator.Call) bool { return c.API == "chat.postMessage" }
		found := make(chan simulator.Call, 1)
		go func() {
			c, _ := s.WaitFor(context.Background(), posted)
			found <- c
		}()
		ask("POST", s.API()+"auth.test", form, "", "")
		Expect(found).NotTo(Receive())
		ask("POST", s.API()+"chat.postMessage", form, "text=hi", "")
		Eventually(found).Should(Receive())
		past, err := s.WaitFor(context.Background(), posted)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(past.Body)).To(Equal("text=hi"))

		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		_, err = s.WaitFor(ctx, func(simulator.Call) bool { return false })
		Expect(err).To(MatchError(context.DeadlineExceeded))
	})

	It("leaves what it gave away as it was, when others take its place", func() {
		s := start(simulator.Options{Keep: 1})
		post := func(text string) {
			answer := ask("POST", s.API()+"api.test", form, "text="+text, "")
			Expect(answer).To(MatchJSON(`{"ok":true,"args":{"text":"` + text + `"}}`))
		}
		for _, text := range []string{"unread", "neither", "one"} {
			post(text)
		}
		given := s.Calls()
		for _, text := range []string{"two", "six", "ten"} {
			post(text)
		}
		Expect(string(given[0].Answer)).To(MatchJSON(`{"ok":true,"args":{"text":"one"}}`))
		Expect(string(s.Calls()[0].Answer)).To(MatchJSON(`{"ok":true,"args":{"text":"ten"}}`))
	})

	It("forgets the oldest calls beyond its bound", func() {
		s := start(simulator.Options{Keep: 3})
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { ask("POST", s.API()+"auth.test", form, "", "") })
		}
		all.Wait()
		calls := s.Calls()
		Expect(calls).To(HaveLen(3))
		Expect(calls[2].Sequence).To(Equal(uint64(20)))
	})
})
