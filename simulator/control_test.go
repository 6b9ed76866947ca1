package simulator_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

func encoded(value any) string {
	GinkgoHelper()
	text, err := json.Marshal(value)
	Expect(err).NotTo(HaveOccurred())
	return string(text)
}

// connectAcking is an app that acknowledges everything over Socket Mode.
func connectAcking(s *simulator.Server) {
	GinkgoHelper()
	c := connect(s)
	over := make(chan struct{})
	DeferCleanup(func() { close(over) })
	go func() {
		for {
			select {
			case m := <-c.heard:
				_ = c.Write(context.Background(), websocket.MessageText, []byte(ackText(m)))
			case <-over:
				return
			}
		}
	}()
}

var _ = Describe("the control API", func() {
	It("is not there without a token", func() {
		s := start(simulator.Options{})
		Expect(ask("GET", s.ControlURL()+"calls", "", "", "Bearer ")).To(Equal("404 page not found\n"))
		Expect(s.Calls()).To(HaveLen(1))
	})

	DescribeTable("refuses",
		func(change func(*http.Request), status int, code string) {
			s := controlled(simulator.Options{})
			r := controlRequest(s, "GET", "calls", "")
			change(r)
			w, err := http.DefaultClient.Do(r)
			Expect(err).NotTo(HaveOccurred())
			defer w.Body.Close()
			body, _ := io.ReadAll(w.Body)
			Expect(w.StatusCode).To(Equal(status))
			Expect(string(body)).To(ContainSubstring(`{"error":{"code":"` + code + `"`))
			Expect(documented("GET", "/calls", w.StatusCode, string(body))).To(Succeed())
			Expect(s.Calls()).To(BeEmpty())
			for name := range w.Header {
				Expect(name).NotTo(HavePrefix("Access-Control-"))
			}
		},
		Entry("who brings no token", func(r *http.Request) { r.Header.Del("Authorization") }, 401, "unauthorized"),
		Entry("who brings another token", func(r *http.Request) { r.Header.Set("Authorization", "Bearer another") }, 401, "unauthorized"),
		Entry("who brings it in another way", func(r *http.Request) { r.Header.Set("Authorization", "Basic "+controlToken) }, 401, "unauthorized"),
		Entry("a page under a foreign name", func(r *http.Request) { r.Host = "evil.example:80" }, 403, "foreign_host"),
		Entry("a name that looks like an address", func(r *http.Request) { r.Host = "127.0.0.1.evil.example" }, 403, "foreign_host"),
		Entry("Slack's name, which the proxy lends", func(r *http.Request) { r.Host = "slack.com" }, 403, "foreign_host"),
		Entry("another address, where only one is listened on", func(r *http.Request) { r.Host = "192.0.2.1" }, 403, "foreign_host"),
		Entry("a foreign page", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403, "foreign_origin"),
		Entry("a page that does not say whence", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403, "foreign_origin"),
		Entry("one foreign page of two", func(r *http.Request) { r.Header["Origin"] = []string{"http://localhost", "https://evil.example"} }, 403, "foreign_origin"),
		Entry("what a browser asks before", func(r *http.Request) { r.Method = "OPTIONS" }, 405, "method_not_allowed"),
		Entry("another method", func(r *http.Request) { r.Method = "POST" }, 405, "method_not_allowed"),
		Entry("what is not there", func(r *http.Request) { r.URL.Path = "/_belay/v1/cals" }, 404, "not_found"),
		Entry("another version", func(r *http.Request) { r.URL.Path = "/_belay/v2/calls" }, 404, "not_found"),
		Entry("an unknown parameter", func(r *http.Request) { r.URL.RawQuery = "sinc=1" }, 400, "unknown_parameter"),
		Entry("a parameter twice", func(r *http.Request) { r.URL.RawQuery = "since=1&since=2" }, 400, "invalid_query"),
		Entry("a broken query", func(r *http.Request) { r.URL.RawQuery = "since=%" }, 400, "invalid_query"),
		Entry("a since that is no number", func(r *http.Request) { r.URL.RawQuery = "since=x" }, 400, "invalid_query"),
		Entry("a since that was never given", func(r *http.Request) { r.URL.RawQuery = "since=99" }, 400, "invalid_query"),
		Entry("a wait that is none", func(r *http.Request) { r.URL.RawQuery = "wait=5" }, 400, "invalid_query"),
		Entry("a wait without end", func(r *http.Request) { r.URL.RawQuery = "wait=1h" }, 400, "invalid_query"),
	)

	DescribeTable("lets in",
		func(change func(*http.Request)) {
			r := controlRequest(controlled(simulator.Options{}), "GET", "calls", "")
			change(r)
			status, _ := answered(r)
			Expect(status).To(Equal(200))
		},
		Entry("the token", func(*http.Request) {}),
		Entry("a doubled slash", func(r *http.Request) { r.URL.Path = "/_belay/v1//calls" }),
		Entry("localhost", func(r *http.Request) { r.Host = "LocalHost:1234" }),
		Entry("a name below localhost", func(r *http.Request) { r.Host = "slack.localhost." }),
		Entry("loopback by IPv6", func(r *http.Request) { r.Host = "[::1]:1234" }),
		Entry("a page of this machine", func(r *http.Request) { r.Header.Set("Origin", "http://localhost:3000") }),
	)

	It("answers by any address where it listens on all, and still by no foreign name", func() {
		listener, err := net.Listen("tcp", "0.0.0.0:0")
		Expect(err).NotTo(HaveOccurred())
		s := controlled(simulator.Options{Listener: listener})
		Expect(s.URL()).To(HavePrefix("http://127.0.0.1:"))
		for host, want := range map[string]int{"192.0.2.1:80": 200, "[2001:db8::1]": 200, "localhost": 200, "evil.example": 403} {
			r := controlRequest(s, "GET", "calls", "")
			r.Host = host
			status, _ := answered(r)
			Expect(status).To(Equal(want), host)
		}
	})

	DescribeTable("takes strict JSON",
		func(body, code, says string) {
			s := controlled(simulator.Options{})
			status, answer := answered(controlRequest(s, "POST", "clock", body))
			Expect(status).To(Equal(400), answer)
			Expect(answer).To(And(ContainSubstring(`"`+code+`"`), ContainSubstring(says)))
		},
		Entry("and names the nearest of an unknown field", `{"advanse":"3s"}`, "unknown_field", "did you mean advance?"),
		Entry("in the right letters", `{"Advance":"3s"}`, "unknown_field", "did you mean advance?"),
		Entry("no field twice", `{"advance":"3s","advance":"4s"}`, "invalid_json", "twice"),
		Entry("no list", `[]`, "invalid_json", "want an object"),
		Entry("no text", `x`, "invalid_json", "invalid character"),
		Entry("nothing behind", `{} {}`, "invalid_json", "after top-level value"),
		Entry("no beginning without an end", `{"advance":`, "invalid_json", "EOF"),
		Entry("a text where one is wanted", `{"advance":3}`, "invalid_json", "want a text at advance, and got number"),
		Entry("a number where one is wanted", `{"speed":"60"}`, "invalid_json", "want a number at speed, and got string"),
		Entry("UTF-8", "{\"advance\":\"\xff\"}", "invalid_json", "not UTF-8"),
		Entry("one thing at a time", `{"advance":"3s","speed":2}`, "invalid_field", "want one of"),
		Entry("a duration", `{"advance":"soon"}`, "invalid_field", "want a duration"),
		Entry("a speed", `{"speed":-1}`, "invalid_field", "more than 0"),
		Entry("a time", `{"now":"noon"}`, "invalid_field", "want a time"),
	)

	It("bounds what it is asked", func() {
		s := controlled(simulator.Options{})
		status, answer := answered(controlRequest(s, "POST", "clock", `{"advance":"`+strings.Repeat("x", 1<<20)+`"}`))
		Expect(status).To(Equal(413))
		Expect(answer).To(ContainSubstring(`"too_large"`))
	})

	It("turns the clock, sets it and lets it run faster", func() {
		s := controlled(simulator.Options{Clock: clock.At(noon)})
		Expect(control(s, "POST", "clock", "")).To(MatchJSON(`{"now":"2026-11-23T12:00:00Z","waiting":0}`))
		Expect(control(s, "POST", "clock", `{"advance":"6m"}`)).To(MatchJSON(`{"now":"2026-11-23T12:06:00Z","waiting":0}`))
		Expect(control(s, "POST", "clock", `{"now":"2026-11-23T19:00:00+01:00"}`)).To(MatchJSON(`{"now":"2026-11-23T18:00:00Z","waiting":0}`))
		day := s.Clock().After(24 * time.Hour)
		control(s, "POST", "clock", `{"speed":1000000}`)
		Eventually(day).Should(Receive())
	})

	It("delivers an event again when the clock is turned", func() {
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret}, Clock: clock.At(noon), Profile: profiled(func(p *simulator.Profile) { p.Retries = []time.Duration{time.Minute} })})
		a := serve(status(500))
		done := make(chan string, 1)
		go func() {
			defer GinkgoRecover()
			done <- control(s, "POST", "send", `{"kind":"event app_mention","to":"`+a.URL.String()+`"}`)
		}()
		first := listed[simulator.ControlAttempt](control(s, "GET", "deliveries?wait=10s", ""))
		Expect(first.Items).To(HaveLen(1))
		Eventually(s.Clock().Waiting).Should(Equal(1))
		control(s, "POST", "clock", `{"advance":"1m"}`)
		var answer string
		Eventually(done).Should(Receive(&answer))
		var o simulator.SendOutcome
		Expect(json.Unmarshal([]byte(answer), &o)).To(Succeed())
		Expect(o.Acknowledged).To(BeFalse())
		Expect(o.Attempts).To(HaveLen(2))
		Expect(o.Attempts[1].RetryNum).To(Equal(1))
		Expect(o.Attempts[1].RetryReason).To(Equal(simulator.HTTPError))
		Expect(o.Attempts[1].Failure).To(Equal(simulator.HTTPError))
	})

	It("forgets, and goes on counting", func() {
		s := controlled(simulator.Options{Keep: 3})
		for range 5 {
			ask("POST", s.API()+"auth.test", form, "", "")
		}
		before := listed[simulator.ControlCall](control(s, "GET", "calls?since=1", ""))
		Expect(before.Items).To(HaveLen(3))
		Expect(before.Dropped).To(Equal(uint64(1)))
		Expect(before.Next).To(Equal(uint64(5)))
		control(s, "POST", "reset", "")
		after := listed[simulator.ControlCall](control(s, "GET", "calls", ""))
		Expect(after).To(Equal(simulator.ControlItems[simulator.ControlCall]{Items: []simulator.ControlCall{}, Next: 5}))
		ask("POST", s.API()+"auth.test", form, "", "")
		one := listed[simulator.ControlCall](control(s, "GET", "calls?since=5", ""))
		Expect(one.Items).To(HaveLen(1))
		Expect(one.Items[0].Sequence).To(Equal(uint64(6)))
		Expect(one.Dropped).To(BeZero())
	})
})

var _ = Describe("what the control API lists", func() {
	It("is what was asked, with its arguments and without secrets", func() {
		s := controlled(simulator.Options{})
		ask("POST", s.API()+"chat.postMessage?channel=C1", form, "token=xoxb-1-secret&text=hi", "")
		ask("POST", s.API()+"views.open", "application/json; charset=utf-8", `{"view":{"type":"modal"}}`, "Bearer xoxb-1-secret")
		ask("POST", s.URL()+"/elsewhere", "text/plain", "\xffhi", "")
		text := control(s, "GET", "calls", "")
		Expect(text).NotTo(ContainSubstring("1-secret"))
		calls := listed[simulator.ControlCall](text).Items
		Expect(calls).To(HaveLen(3))
		Expect(calls[0].Method).To(Equal("chat.postMessage"))
		Expect(calls[0].Args).To(Equal(map[string]any{"channel": "C1", "text": "hi", "token": "[redacted]"}))
		Expect(calls[1].Args).To(Equal(map[string]any{"view": map[string]any{"type": "modal"}}))
		Expect(calls[1].Headers).To(HaveKeyWithValue("Authorization", []string{"Bearer xoxb-[redacted]"}))
		Expect(calls[2].Status).To(Equal(404))
		Expect(calls[2].Body).To(Equal("\ufffdhi"))
	})

	DescribeTable("is filtered",
		func(query string, sequences ...uint64) {
			s := controlled(simulator.Options{})
			ask("POST", s.API()+"auth.test", form, "", "")
			ask("POST", s.API()+"chat.postMessage", form, "text=red", "")
			ask("POST", s.API()+"chat.postMessage?text=blue", form, "", "")
			list := listed[simulator.ControlCall](control(s, "GET", "calls?"+query, ""))
			var got []uint64
			for _, c := range list.Items {
				got = append(got, c.Sequence)
			}
			Expect(got).To(Equal(sequences))
			Expect(list.Next).To(Equal(uint64(3)))
		},
		Entry("by method", "method=chat.postMessage", uint64(2), uint64(3)),
		Entry("by path", "path=/api/auth.test", uint64(1)),
		Entry("by a text in the body", "contains=red", uint64(2)),
		Entry("by a text in the query", "contains=blue", uint64(3)),
		Entry("by all of them", "method=chat.postMessage&contains=red&since=1", uint64(2)),
	)

	It("are deliveries and findings, too", func() {
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret}})
		a := serve(status(404))
		control(s, "POST", "send", `{"kind":"command","to":"`+a.URL.String()+`"}`)
		control(s, "POST", "send", `{"kind":"block_actions","to":"`+a.URL.String()+`"}`)
		list := listed[simulator.ControlAttempt](control(s, "GET", "deliveries?kind=block_actions", ""))
		Expect(list.Items).To(HaveLen(1))
		Expect(list.Items[0].Sequence).To(Equal(uint64(2)))
		Expect(list.Items[0].Status).To(Equal(404))
		ask("POST", s.API()+"apps.connections.open", form, "", "Bearer xoxb-1")
		found := listed[simulator.ControlFinding](control(s, "GET", "findings?problem=api.wrong-token-kind&contains=xoxb", ""))
		Expect(found.Items).To(HaveLen(1))
	})

	It("is waited for by signal, past what does not match", func() {
		s := controlled(simulator.Options{})
		ask("POST", s.API()+"auth.test", form, "", "")
		answer := make(chan string, 1)
		go func() {
			defer GinkgoRecover()
			answer <- control(s, "GET", "calls?since=1&wait=10m&method=views.open", "")
		}()
		ask("POST", s.API()+"chat.postMessage", form, "", "")
		Consistently(answer, "50ms").ShouldNot(Receive())
		ask("POST", s.API()+"views.open", form, "", "")
		var text string
		Eventually(answer).Should(Receive(&text))
		list := listed[simulator.ControlCall](text)
		Expect(list.Items).To(HaveLen(1))
		Expect(list.Next).To(Equal(uint64(3)))
	})

	It("is empty when the wait is over, and an error when the server closes", func() {
		s := controlled(simulator.Options{})
		Expect(control(s, "GET", "findings?wait=1ms", "")).To(MatchJSON(`{"items":[],"next":0,"dropped":0}`))
		ended := make(chan error, 1)
		go func() {
			w, err := http.DefaultClient.Do(controlRequest(s, "GET", "findings?wait=10m", ""))
			if err == nil {
				_, err = io.ReadAll(w.Body)
				_ = w.Body.Close()
			}
			ended <- err
		}()
		Expect(s.Close()).To(Succeed())
		Eventually(ended).Should(Receive())
	})
})

var _ = Describe("the control API's send", func() {
	It("goes by default where the server was told", func() {
		targets := map[string]*app{"command": serve(status(200)), "shortcut": serve(status(200)), "block_suggestion": serve(status(200)), "event app_mention": serve(status(200))}
		s := controlled(simulator.Options{TeamID: "T1", Targets: simulator.Targets{Secret: secret,
			Commands: targets["command"].URL, Actions: targets["shortcut"].URL,
			Options: targets["block_suggestion"].URL, Events: targets["event app_mention"].URL,
		}})
		for kind, a := range targets {
			Expect(control(s, "POST", "send", `{"kind":"`+kind+`"}`)).To(ContainSubstring(`"acknowledged":true`))
			got := a.requests()
			Expect(got).To(HaveLen(1), kind)
			Expect(got[0].Body).To(ContainSubstring("T1"))
			Expect(payload.Diagnose(secret, got[0].Header.Get(payload.SignatureHeader), got[0].Header.Get(payload.TimestampHeader), []byte(got[0].Body), time.Now())).To(BeEmpty())
		}
	})

	It("has the app's verification token, unless another is given", func() {
		a := serve(status(200))
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret, Token: "the-app's", Commands: a.URL}})
		control(s, "POST", "send", `{"kind":"command"}`)
		control(s, "POST", "send", `{"kind":"command","token":"another"}`)
		got := a.requests()
		Expect(got[0].Body).To(HavePrefix("token=the-app%27s&"))
		Expect(got[1].Body).To(HavePrefix("token=another&"))
	})

	It("says what is in the payload", func() {
		a := serve(status(200))
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret}})
		control(s, "POST", "send", encoded(map[string]any{
			"kind": "command", "to": a.URL.String(), "command": "/deploy", "text": "prod", "channel": "C1", "user": "U1",
			"set": map[string]any{"team_id": "T9", "+extra": 5}, "unset": []string{"trigger_id"}, "persona": "enterprise",
		}))
		control(s, "POST", "send", encoded(map[string]any{
			"kind": "event message", "to": a.URL.String(), "text": "hi", "set": map[string]any{"event.ts": "1.5", "event.+n": map[string]any{"a": []int{1}}},
		}))
		got := a.requests()
		Expect(got[0].Body).To(And(
			ContainSubstring("command=%2Fdeploy&text=prod"), ContainSubstring("channel_id=C1"), ContainSubstring("user_id=U1"),
			ContainSubstring("team_id=T9"), ContainSubstring("extra=5"), Not(ContainSubstring("trigger_id")), ContainSubstring("is_enterprise_install=true")))
		Expect(got[1].Body).To(And(ContainSubstring(`"text":"hi"`), ContainSubstring(`"ts":"1.5"`), ContainSubstring(`"n":{"a":[1]}`)))
	})

	It("spoils what is to be refused", func() {
		a := serve(status(401))
		s := controlled(simulator.Options{})
		answer := control(s, "POST", "send", `{"kind":"command","tamper":["stale=6m","changed-body"],"secret":"s","to":"`+a.URL.String()+`"}`)
		Expect(answer).To(And(ContainSubstring(`"acknowledged":false`), ContainSubstring(`"shows":"http_client_error"`), ContainSubstring(`"status":401`)))
		got := a.requests()[0]
		Expect(payload.Diagnose("s", got.Header.Get(payload.SignatureHeader), got.Header.Get(payload.TimestampHeader), []byte(got.Body), time.Now())).To(HaveLen(2))
	})

	It("goes over Socket Mode without a URL, and tells the acknowledgement", func() {
		s := controlled(simulator.Options{})
		c := connect(s)
		answer := make(chan string, 1)
		go func() {
			defer GinkgoRecover()
			answer <- control(s, "POST", "send", `{"kind":"command"}`)
		}()
		c.ack(c.next(), `{"text":"done"}`)
		var text string
		Eventually(answer).Should(Receive(&text))
		var o simulator.SendOutcome
		Expect(json.Unmarshal([]byte(text), &o)).To(Succeed())
		Expect(o.Acknowledged).To(BeTrue())
		Expect(o.Attempts[0].EnvelopeID).To(Equal(o.Attempts[0].Ack.EnvelopeID))
		Expect(o.Attempts[0].Ack.Payload).To(MatchJSON(`{"text":"done"}`))
	})

	It("keeps what the app answers readable, whatever it is", func() {
		a := serve(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Odd", "a\tb")
			_, _ = w.Write([]byte("\x1b[31m\xff xoxb-1-secret"))
		})
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret}})
		var o simulator.SendOutcome
		Expect(json.Unmarshal([]byte(control(s, "POST", "send", `{"kind":"command","to":"`+a.URL.String()+`"}`)), &o)).To(Succeed())
		Expect(o.Attempts[0].Body).To(Equal("\x1b[31m\ufffd xoxb-[redacted]"))
		Expect(o.Attempts[0].Request).NotTo(ContainSubstring(payload.StandInToken))
	})

	DescribeTable("refuses",
		func(body string, status int, code, says string) {
			s := controlled(simulator.Options{})
			got, answer := answered(controlRequest(s, "POST", "send", strings.ReplaceAll(body, "URL", "http://127.0.0.1:9")))
			Expect(got).To(Equal(status), answer)
			Expect(answer).To(And(ContainSubstring(`"`+code+`"`), ContainSubstring(says)))
			Expect(s.Attempts()).To(BeEmpty())
		},
		Entry("nothing", ``, 400, "invalid_kind", "want a kind"),
		Entry("an unknown kind", `{"kind":"comand"}`, 400, "invalid_kind", "did you mean command?"),
		Entry("what has nowhere to go", `{"kind":"command"}`, 409, "no_target", "no URL is given"),
		Entry("what goes to URLs only", `{"kind":"url_verification"}`, 400, "no_target", "say which"),
		Entry("an OAuth redirect without a URL", `{"kind":"oauth_redirect"}`, 400, "no_target", "say which"),
		Entry("a target that is none", `{"kind":"command","to":"localhost:3000"}`, 400, "invalid_target", "want a URL"),
		Entry("what cannot be signed", `{"kind":"command","to":"URL"}`, 400, "no_secret", "no signing secret"),
		Entry("a command that is none", `{"kind":"command","command":"deploy","to":"URL"}`, 400, "invalid_field", "starts with /"),
		Entry("an unknown persona", `{"kind":"command","persona":"gest","to":"URL"}`, 400, "invalid_field", "did you mean guest?"),
		Entry("an unknown element", `{"kind":"block_actions","element":"buton","to":"URL"}`, 400, "invalid_field", "did you mean button?"),
		Entry("a message that is no object", `{"kind":"block_actions","message":[],"to":"URL"}`, 400, "invalid_field", "JSON object"),
		Entry("a field that is not there", `{"kind":"command","set":{"txt":"x"},"to":"URL"}`, 400, "invalid_field", "did you mean text?"),
		Entry("a field that cannot be left out", `{"kind":"command","unset":["txt"],"to":"URL"}`, 400, "invalid_field", "did you mean text?"),
		Entry("an unknown tamper", `{"kind":"command","tamper":["unsignd"],"to":"URL"}`, 400, "invalid_tamper", "did you mean unsigned?"),
		Entry("a tamper without effect", `{"kind":"ssl_check","tamper":["unsigned"],"to":"URL"}`, 400, "invalid_tamper", "no effect"),
		Entry("a lost command, which Slack sends once", `{"kind":"command","secret":"shh","tamper":["lost-first"],"to":"URL"}`, 400, "invalid_field", "for an event"),
		Entry("a command twice", `{"kind":"command","tamper":["duplicate"],"to":"URL"}`, 400, "invalid_tamper", "no effect"),
	)

	DescribeTable("sends events as Slack does when something is lost, or comes twice",
		func(tamper string, nums, ids int) {
			a := serve(func(http.ResponseWriter, *http.Request) {})
			s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret, Events: a.URL}})
			var o simulator.SendOutcome
			Expect(json.Unmarshal([]byte(control(s, "POST", "send", `{"kind":"event app_mention","tamper":["`+tamper+`"]}`)), &o)).To(Succeed())
			Expect(o).To(And(HaveField("Acknowledged", true), HaveField("Attempts", HaveLen(ids))))
			var retried []string
			seen := map[string]bool{}
			for _, r := range a.requests() {
				var event struct {
					ID string `json:"event_id"`
				}
				Expect(json.Unmarshal([]byte(r.Body), &event)).To(Succeed())
				retried, seen[event.ID] = append(retried, r.Header.Get("X-Slack-Retry-Num")), true
			}
			Expect(seen).To(HaveLen(ids))
			Expect(strings.Join(retried, "")).To(HaveLen(nums))
		},
		Entry("the first attempt", "lost-first", 1, 1),
		Entry("under two ids", "duplicate", 0, 2),
	)

	It("refuses tampers where there is no request", func() {
		s := controlled(simulator.Options{})
		connect(s)
		status, answer := answered(controlRequest(s, "POST", "send", `{"kind":"command","tamper":["unsigned"]}`))
		Expect(status).To(Equal(400))
		Expect(answer).To(ContainSubstring("goes over Socket Mode"))
	})
})
