package simulator_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"syscall"
	"time"

	"github.com/coder/websocket"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/fault"
)

func parsed(text string) fault.Fault {
	GinkgoHelper()
	f, err := fault.Parse(text)
	Expect(err).NotTo(HaveOccurred())
	return f
}

var _ = Describe("a Slack that misbehaves", func() {
	// call is one call of auth.test over a connection of its own.
	call := func(s *simulator.Server) (status int, header http.Header, body string, err error) {
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		r, _ := http.NewRequest("POST", s.API()+"auth.test", nil)
		r.Header.Set("Authorization", "Bearer xoxb-1")
		answer, err := client.Do(r)
		if err != nil {
			return 0, nil, "", err
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		return answer.StatusCode, answer.Header, string(text), err
	}

	DescribeTable("answers",
		func(text string, check func(status int, header http.Header, body string, err error)) {
			s := start(simulator.Options{})
			s.Inject(parsed(text))
			check(call(s))
			Eventually(func() []simulator.Call { return s.Calls() }).Should(ConsistOf(HaveField("Fault", parsed(text).String())))
		},
		Entry("429", "ratelimited=30s", func(status int, h http.Header, body string, _ error) {
			Expect(status).To(Equal(429))
			Expect(h.Get("Retry-After")).To(Equal("30"))
			Expect(body).To(ContainSubstring("ratelimited"))
		}),
		Entry("a status and a page", "server_error=502", func(status int, h http.Header, _ string, _ error) {
			Expect(status).To(Equal(502))
			Expect(h.Get("Content-Type")).To(HavePrefix("text/html"))
		}),
		Entry("an error of Slack's", "slack_error=account_inactive", func(status int, _ http.Header, body string, _ error) {
			Expect(status).To(Equal(200))
			Expect(body).To(MatchJSON(`{"ok":false,"error":"account_inactive"}`))
		}),
		Entry("a page with status 200", "not_json", func(status int, _ http.Header, body string, _ error) {
			Expect(status).To(Equal(200))
			Expect(body).To(HavePrefix("<!DOCTYPE html>"))
		}),
		Entry("nothing", "dropped", func(_ int, _ http.Header, _ string, err error) {
			Expect(err).To(MatchError(ContainSubstring("EOF")))
		}),
		Entry("with a reset", "reset", func(_ int, _ http.Header, _ string, err error) {
			Expect(errors.Is(err, syscall.ECONNRESET)).To(BeTrue(), "%v", err)
		}),
		Entry("half", "truncated", func(_ int, _ http.Header, body string, err error) {
			Expect(err).To(MatchError(io.ErrUnexpectedEOF))
			Expect(body).To(HavePrefix(`{"ok":true`))
		}),
		Entry("in drops", "slow_body=10ms", func(status int, _ http.Header, body string, err error) {
			Expect(err).NotTo(HaveOccurred())
			Expect(body).To(ContainSubstring(`"ok":true`))
		}),
		Entry("late", "latency=30ms", func(_ int, _ http.Header, body string, err error) {
			Expect(err).NotTo(HaveOccurred())
			Expect(body).To(ContainSubstring(`"ok":true`))
		}),
	)

	It("is late by as much as was asked for", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("latency=50ms"))
		began := time.Now()
		_, _, _, err := call(s)
		Expect(err).NotTo(HaveOccurred())
		Expect(time.Since(began)).To(BeNumerically(">=", 50*time.Millisecond))
	})

	It("does so so often, after so many, and about what was named", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("server_error=503,method=auth.*,count=2,after=1"))
		s.Inject(parsed("server_error=500,method=chat.*"))
		var statuses []int
		for range 5 {
			status, _, _, _ := call(s)
			statuses = append(statuses, status)
		}
		Expect(statuses).To(Equal([]int{200, 503, 503, 200, 200}))
		Expect(s.Faults()).To(HaveExactElements(HaveField("Happened", 2), HaveField("Happened", 0)))
	})

	It("does so as its seed decides", func() {
		pattern := func(seed uint64) (text string) {
			s := start(simulator.Options{FaultSeed: seed, Faults: []fault.Fault{parsed("server_error,probability=0.5")}})
			for range 40 {
				status, _, _, _ := call(s)
				text += map[int]string{200: "+", 503: "-"}[status]
			}
			return text
		}
		first := pattern(7)
		Expect(first).To(And(ContainSubstring("+"), ContainSubstring("-")))
		Expect(pattern(7)).To(Equal(first))
		Expect(pattern(8)).NotTo(Equal(first))
	})

	It("sees who does not heed Retry-After", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("ratelimited=30s,count=1"))
		for range 2 {
			status, _, _, _ := call(s)
			Expect(status).To(Equal(429))
		}
		Expect(problems(s)).To(Equal([]string{"api.ignores-retry-after"}))
	})

	It("sees that also while it limits every call", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("ratelimited=30s"))
		for range 2 {
			status, _, _, _ := call(s)
			Expect(status).To(Equal(429))
		}
		Expect(problems(s)).To(Equal([]string{"api.ignores-retry-after"}))
	})

	DescribeTable("remembers a call without an answer as one",
		func(text string) {
			s := start(simulator.Options{})
			s.Inject(parsed(text))
			_, _, _, err := call(s)
			Expect(err).To(HaveOccurred())
			Eventually(func() []simulator.Call { return s.Calls() }).Should(ConsistOf(And(HaveField("Status", 0), HaveField("Answer", BeEmpty()))))
		},
		Entry("that was dropped", "dropped"),
		Entry("that was reset", "reset"),
	)

	It("settles the third call of a method by the seed alone, whoever calls besides", func() {
		pattern := func(others bool) (text string) {
			s := start(simulator.Options{FaultSeed: 7, Faults: []fault.Fault{parsed("server_error,probability=0.5")}})
			for range 30 {
				if others {
					ask("POST", s.API()+"api.test", form, "", "Bearer xoxb-1")
				}
				status, _, _, _ := call(s)
				text += map[int]string{200: "+", 503: "-"}[status]
			}
			return text
		}
		Expect(pattern(true)).To(Equal(pattern(false)))
	})

	DescribeTable("refuses hooks with their words' own status",
		func(text string, status int, answer string) {
			s := start(simulator.Options{})
			s.Inject(parsed(text))
			got, said := hit(s.NewWebhook("TBELAY00000", "C0BELAY0GEN"), asJSON, `{"text":"x"}`)
			Expect(got).To(Equal(status))
			Expect(said).To(Equal(answer))
		},
		Entry("rollup_error", "slack_error=rollup_error", 500, "rollup_error"),
		Entry("channel_is_archived", "slack_error=channel_is_archived", 410, "channel_is_archived"),
		Entry("no_service", "no_service", 404, "no_service"),
		Entry("rollup_error, by its own name", "rollup_error", 500, "rollup_error"),
		Entry("used_url", "used_url", 404, `{"ok":false,"error":"used_url"}`),
		Entry("expired_url, by its own name", "expired_url", 404, `{"ok":false,"error":"expired_url"}`),
		Entry("no_text", "slack_error=no_text", 400, "no_text"),
		Entry("expired_url", "slack_error=expired_url", 404, `{"ok":false,"error":"expired_url"}`),
	)

	It("behaves again when that is cleared", func() {
		s := start(simulator.Options{})
		id := s.Inject(parsed("server_error"))
		Expect(s.Clear(id)).To(BeTrue())
		Expect(s.Clear(id)).To(BeFalse())
		status, _, _, _ := call(s)
		Expect(status).To(Equal(200))
	})

	It("opens sockets without a hello", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("no_hello,count=1"))
		silent := open(ticket(s))
		Expect(silent.Ping(context.Background())).To(Succeed())
		Expect(silent.heard).NotTo(Receive())
		Expect(s.Sockets()).To(BeEmpty())
		Expect(connect(s)).NotTo(BeNil())
	})

	It("leaves nothing running on a socket without a hello", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("no_hello"))
		silent := open(ticket(s))
		Expect(s.Close()).To(Succeed())
		Eventually(silent.ended).Should(Receive())
	})

	It("refuses to open a socket, which the next try does", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("upgrade_conflict,count=1"))
		_, w, err := websocket.Dial(context.Background(), ticket(s), nil)
		Expect(err).To(HaveOccurred())
		Expect(w.StatusCode).To(Equal(409))
		Expect(connect(s)).NotTo(BeNil())
	})

	It("answers files with a page, and no method so", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("files_html"))
		Expect(ask("GET", s.URL()+"/files-pri/T1-F1/x.png", "", "", "Bearer xoxb-1")).To(HavePrefix("<!DOCTYPE html>"))
		_, _, body, _ := call(s)
		Expect(body).To(ContainSubstring(`"ok":true`))
		Expect(s.Faults()).To(ConsistOf(HaveField("Happened", 1)))
	})

	DescribeTable("refuses a method that would never be called, with the nearest",
		func(text, words string) {
			_, err := simulator.ParseFaults(text)
			Expect(err).To(MatchError(ContainSubstring(words)))
		},
		Entry("a name", "latency=1s,method=chat.postMesage", "did you mean chat.postMessage?"),
		Entry("a place", "latency=1s,method=sockets", "did you mean socket?"),
		Entry("a family", "latency=1s,method=qqqqqqqqqqqqqq.*", "a family such as chat.*"),
	)

	It("takes methods, families and places", func() {
		_, err := simulator.ParseFaults("latency=1s,method=chat.*|auth.test|hooks|files|socket|*")
		Expect(err).NotTo(HaveOccurred())
		for _, preset := range []string{"hostile", "outage"} {
			_, err := simulator.ParseFaults(preset)
			Expect(err).NotTo(HaveOccurred())
		}
	})

	It("refuses hooks with the bare word", func() {
		s := start(simulator.Options{})
		s.Inject(parsed("slack_error=no_service,method=hooks"))
		status, word := hit(s.NewWebhook("TBELAY00000", "C0BELAY0GEN"), asJSON, `{"text":"x"}`)
		Expect(status).To(Equal(404))
		Expect(word).To(Equal("no_service"))
	})

	It("is led by the control API", func() {
		s := controlled(simulator.Options{})
		Expect(control(s, "POST", "faults", `{"add":["server_error=503,method=auth.test","hostile"]}`)).To(ContainSubstring(`"fault":"server_error=503,method=auth.test"`))
		status, _, _, _ := call(s)
		Expect(status).To(Equal(503))
		_, answer := answered(controlRequest(s, "POST", "faults", `{"add":["latency=soon"]}`))
		Expect(answer).To(ContainSubstring("200ms"))
		Expect(control(s, "POST", "faults", `{"all":true}`)).To(MatchJSON(`{"faults":[]}`))
		status, _, _, _ = call(s)
		Expect(status).To(Equal(200))
	})

	DescribeTable("ends connections of Socket Mode",
		func(do string, open int) {
			s := controlled(simulator.Options{})
			connectAcking(s)
			Expect(control(s, "GET", "sockets", "")).To(MatchJSON(`{"open":[1]}`))
			control(s, "POST", "sockets", `{"do":"`+do+`"}`)
			Eventually(s.Sockets).Should(HaveLen(open))
		},
		Entry("when Socket Mode is switched off", "link_disabled", 0),
		Entry("when there are too many", "too_many_websockets", 0),
		Entry("without a word", "cut", 0),
		Entry("not yet, with a warning", "warning", 1),
		Entry("never, but silently", "half_open", 1),
	)

	It("says which ways there are to end a connection", func() {
		s := controlled(simulator.Options{})
		_, answer := answered(controlRequest(s, "POST", "sockets", `{"do":"refresh"}`))
		Expect(answer).To(And(ContainSubstring("refresh_requested"), ContainSubstring("invalid_field")))
		_, answer = answered(controlRequest(s, "POST", "sockets", `{"do":"cut"}`))
		Expect(answer).To(ContainSubstring("no_target"))
	})
})
