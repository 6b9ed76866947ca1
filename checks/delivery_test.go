package checks_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/payload"
)

const deliverySecret payload.Secret = "8f742231b10e8888abcd99yyyzzz85a5"

// replying is an app that answers everything alike.
func replying(status int, contentType, body string) *url.URL {
	GinkgoHelper()
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	DeferCleanup(app.Close)
	return parsed(app.URL + "/slack/events")
}

func parsed(text string) *url.URL {
	GinkgoHelper()
	u, err := url.Parse(text)
	Expect(err).NotTo(HaveOccurred())
	return u
}

// sent delivers a payload of the kind, rightly signed unless it is tampered with.
func sent(kind payload.Kind, to *url.URL, tampers ...string) checks.Section {
	GinkgoHelper()
	return sentBy(checks.Target{Local: true, Secret: deliverySecret}, kind, to, tampers...)
}

func sentBy(t checks.Target, kind payload.Kind, to *url.URL, tampers ...string) checks.Section {
	GinkgoHelper()
	d := payload.Delivery{
		Kind: kind, Fields: kind.Fields(payload.Scene{Command: "/deploy"}), URL: to,
		Secret: deliverySecret, Time: time.Now(),
	}
	for _, text := range tampers {
		tamper, err := payload.ParseTamper(text)
		Expect(err).NotTo(HaveOccurred())
		d.Tamper = append(d.Tamper, tamper)
	}
	ctx := context.Background()
	return checks.JudgeDeliveries(ctx, t, "it", checks.Deliver(ctx, t, d))
}

func kindNamed(name string) payload.Kind {
	GinkgoHelper()
	k, err := payload.FindKind(name)
	Expect(err).NotTo(HaveOccurred())
	return k
}

var _ = Describe("a delivery", func() {
	It("is one result, whose evidence is the exchange", func() {
		s := sent(payload.Command, replying(200, "text/plain", "done"))
		Expect(s.Results).To(HaveLen(1))
		r := s.Results[0]
		Expect(r.Check).To(Equal("delivery.acknowledged"))
		Expect(r.Status).To(Equal(checks.Pass))
		Expect(r.Evidence.Exchanges).To(HaveLen(1))
		x := r.Evidence.Exchanges[0]
		Expect(x.Request.Body).To(ContainSubstring("command=%2Fdeploy"))
		Expect(x.Response.Body).To(Equal("done"))
		Expect(x.Reached).To(Equal("done"))
		Expect(s.Sent.Requests).To(Equal(1))
		Expect(s.Sent.MayHaveRunAHandler).To(Equal(1))
	})

	It("makes one connection alone", func() {
		var connections atomic.Int32
		app := httptest.NewUnstartedServer(http.NotFoundHandler())
		app.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				connections.Add(1)
			}
		}
		app.Start()
		DeferCleanup(app.Close)
		sent(payload.Command, parsed(app.URL+"/x"))
		Expect(connections.Load()).To(BeEquivalentTo(1))
	})

	DescribeTable("says what the user sees after",
		func(kind, contentType, body, words string) {
			s := sent(kindNamed(kind), replying(200, contentType, body))
			Expect(s.Verdict.SlackShows).NotTo(BeNil())
			Expect(s.Verdict.SlackShows.Words).To(ContainSubstring(words))
		},
		Entry("an empty reply to a command", "command", "", "", "nothing"),
		Entry("a text", "command", "text/plain", "hello\x1b", `to the user alone: "hello`),
		Entry("a message", "command", "application/json", `{"text":"hi"}`, `to the user alone: "hi"`),
		Entry("a message for all", "command", "application/json", `{"response_type":"in_channel","text":"hi"}`, `everybody in the channel, below the command: "hi"`),
		Entry("the command for all", "command", "application/json", `{"response_type":"in_channel"}`, "the command itself"),
		Entry("blocks", "command", "application/json", `{"blocks":[{"type":"divider"}]}`, "1 block"),
		Entry("a reply to an action, which is ignored", "block_actions", "application/json", `{"text":"hi"}`, "not shown"),
		Entry("a modal that closes", "view_submission", "", "", "the modal closes"),
		Entry("errors in a modal", "view_submission", "application/json", `{"response_action":"errors","errors":{"belay":"no"}}`, "an error at belay"),
		Entry("another view", "view_submission", "application/json", `{"response_action":"update","view":{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[]}}`, "the view of the reply"),
		Entry("a modal that cannot read the reply", "view_submission", "text/plain", "ok", "We had some trouble connecting"),
		Entry("an unknown response_action", "view_submission", "application/json", `{"response_action":"close"}`, "We had some trouble connecting"),
		Entry("options", "block_suggestion", "application/json", `{"options":[{"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"}]}`, "2 options"),
		Entry("groups of options", "block_suggestion", "application/json", `{"option_groups":[{"label":{"type":"plain_text","text":"G"},"options":[{"text":{"type":"plain_text","text":"A"},"value":"a"}]}]}`, "1 group"),
		Entry("no options", "block_suggestion", "text/plain", "", "a menu without results"),
		Entry("an event", "event app_mention", "", "", "nothing"),
		Entry("a legacy button", "interactive_message", "application/json", `{"text":"hi"}`, "in place of the message"),
		Entry("a legacy dialog", "dialog_submission", "application/json", `{"errors":[]}`, "stays open"),
	)

	DescribeTable("fails for",
		func(kind string, status int, contentType, body, problem string) {
			s := sent(kindNamed(kind), replying(status, contentType, body))
			Expect(s.Verdict.Status).To(Equal(checks.Fail))
			Expect(s.Verdict.Cause).To(Equal(problem))
		},
		Entry("an error of the server", "command", 500, "text/plain", "oops", "http.server-error"),
		Entry("an error of the client", "event app_mention", 400, "text/plain", "oops", "http.client-error"),
		Entry("a refusal of what is rightly signed", "command", 401, "text/plain", "no", "signature.rejects-valid"),
		Entry("a status that is no acknowledgement", "command", 304, "text/plain", "", "http.status"),
		Entry("a page", "block_actions", 200, "text/html", "<!doctype html><p>", "reply.html"),
		Entry("blocks that Slack refuses", "command", 200, "application/json", `{"blocks":[{"type":"section"}]}`, "reply.invalid-blocks"),
		Entry("a message as text", "command", 200, "text/plain", `{"text":"hi"}`, "reply.content-type"),
		Entry("a modal's reply that is no reply", "view_submission", 200, "text/plain", "ok", "reply.view-action"),
		Entry("an unknown response_action", "view_submission", 200, "application/json", `{"response_action":"close"}`, "reply.view-action"),
		Entry("no errors", "view_submission", 200, "application/json", `{"response_action":"errors"}`, "reply.view-action"),
		Entry("no view to push", "view_submission", 200, "application/json", `{"response_action":"push"}`, "reply.view-action"),
		Entry("a view that Slack refuses", "view_submission", 200, "application/json", `{"response_action":"update","view":{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"section"}]}}`, "reply.view-action"),
		Entry("no options", "block_suggestion", 200, "text/plain", "", "reply.options"),
		Entry("options that are none", "block_suggestion", 200, "application/json", `{}`, "reply.options"),
		Entry("too many options", "block_suggestion", 200, "application/json", `{"options":[0`+strings.Repeat(",0", 100)+`]}`, "reply.options"),
		Entry("a challenge that does not come back", "url_verification", 200, "text/plain", "", "events.challenge"),
		Entry("a refused ssl_check", "ssl_check", 401, "text/plain", "", "ssl-check.refused"),
		Entry("a refused browser", "oauth_redirect", 404, "text/plain", "", "http.client-error"),
	)

	It("tells for an event what Slack will do next", func() {
		s := sent(kindNamed("event app_mention"), replying(503, "text/plain", ""))
		Expect(s.Verdict.SlackShows.RetryReason).To(Equal("http_error"))
		Expect(s.Verdict.SlackShows.Words).To(ContainSubstring("after 1 minute"))
		Expect(s.Results[0].Problem.Shows).To(Equal(s.Verdict.SlackShows))
	})

	It("takes a challenge that is not belay's own", func() {
		app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = w.Write([]byte("mine"))
		}))
		DeferCleanup(app.Close)
		t := checks.Target{Local: true, Secret: deliverySecret}
		d := payload.Delivery{
			Kind: payload.URLVerification, Fields: payload.URLVerification.Fields(payload.Scene{Challenge: "mine"}),
			URL: parsed(app.URL), Secret: deliverySecret, Time: time.Now(),
		}
		ctx := context.Background()
		Expect(checks.JudgeDeliveries(ctx, t, "it", checks.Deliver(ctx, t, d)).Verdict.Status).To(Equal(checks.Pass))
	})

	It("follows a redirect on the app's own site, and shows both", func() {
		app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/from" {
				w.Header().Set("Location", "/to")
				w.WriteHeader(http.StatusTemporaryRedirect)
			}
		}))
		DeferCleanup(app.Close)
		s := sent(kindNamed("event app_mention"), parsed(app.URL+"/from"))
		Expect(s.Verdict.Status).To(Equal(checks.Warn))
		Expect(s.Results[0].Status).To(Equal(checks.Pass))
		Expect(s.Results[0].Evidence.Exchanges).To(HaveLen(2))
	})

	It("names what is in the way of the request", func() {
		nobody := httptest.NewServer(http.NotFoundHandler())
		nobody.Close()
		s := sent(payload.Command, parsed(nobody.URL))
		Expect(s.Verdict.Cause).To(Equal("tcp.refused"))
		Expect(s.Sent.MayHaveRunAHandler).To(BeZero())
	})

	It("judges the certificate that Slack would not trust", func() {
		app := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		DeferCleanup(app.Close)
		u := parsed(app.URL)
		u.Host = "bot.example.com:" + u.Port()
		t := checks.Target{Secret: deliverySecret, Resolver: &payload.Resolver{Given: map[string]netip.Addr{u.Host: netip.MustParseAddr("127.0.0.1")}}}
		s := sentBy(t, payload.Command, u)
		Expect(s.Verdict.Cause).To(HavePrefix("cert."))
		Expect(s.Verdict.SlackShows.User).To(Equal("ssl_cacert"))
		Expect(s.Results[0].Evidence.Chain).NotTo(BeEmpty())
	})

	DescribeTable("that is spoilt",
		func(tamper string, status int, expected checks.Status, problem string) {
			s := sent(payload.Command, replying(status, "text/plain", "hi"), tamper)
			Expect(s.Results[0].Check).To(Equal("delivery.refused"))
			Expect(s.Verdict.Status).To(Equal(expected))
			Expect(s.Verdict.Cause).To(Equal(problem))
		},
		Entry("is well refused with 401", "unsigned", 401, checks.Pass, ""),
		Entry("is well refused with 404", "stale", 404, checks.Pass, ""),
		Entry("is refused by failing", "wrong-secret", 500, checks.Pass, ""),
		Entry("is not to be served unsigned", "unsigned", 200, checks.Fail, "signature.accepts-unsigned"),
		Entry("is not to be served without a timestamp", "no-timestamp", 200, checks.Fail, "signature.accepts-unsigned"),
		Entry("is not to be served stale", "stale=6m", 200, checks.Fail, "signature.accepts-stale"),
		Entry("is not to be served tampered", "changed-body", 200, checks.Fail, "signature.accepts-tampered"),
		Entry("is not to be served in other bytes", "reencoded", 200, checks.Fail, "signature.accepts-tampered"),
		Entry("is not to be served with another secret", "wrong-secret", 200, checks.Fail, "signature.accepts-forged"),
		Entry("is not to be served with a flipped digit", "flipped-digit", 200, checks.Fail, "signature.accepts-forged"),
		Entry("may be served ahead of its time", "future", 200, checks.Pass, ""),
		Entry("is refused by whatever is not 2xx", "unsigned", 302, checks.Pass, ""),
	)

	It("is still to be acknowledged where a tamper leaves it valid", func() {
		for _, tamper := range []string{"stale=4m", "header-case", "lost-first"} {
			s := sent(payload.Event, replying(200, "text/plain", ""), tamper)
			Expect(s.Results[0].Check).To(Equal("delivery.acknowledged"), tamper)
			Expect(s.Verdict.Status).To(Equal(checks.Pass))
		}
	})

	It("may be refused or not with a wrong verification token alone", func() {
		for _, status := range []int{200, 401} {
			Expect(sent(payload.Command, replying(status, "text/plain", ""), "wrong-token").Verdict.Status).To(Equal(checks.Pass))
		}
	})

	It("cannot be told to be right without a secret", func() {
		t := checks.Target{Local: true}
		s := sentBy(t, payload.Command, replying(401, "text/plain", "no"))
		Expect(s.Verdict.Status).To(Equal(checks.Inconclusive))
		Expect(s.Results[0].Reason).To(ContainSubstring("SLACK_SIGNING_SECRET"))
		s = sentBy(t, payload.Command, replying(200, "text/plain", ""))
		Expect(s.Verdict.Status).To(Equal(checks.Pass))
		Expect(s.Results[0].Remarks).To(ContainElement(HaveField("Problem", "signature.accepts-forged")))
	})

	It("is refused without a secret, too, where it is spoilt", func() {
		Expect(sentBy(checks.Target{Local: true}, payload.Command, replying(401, "text/plain", "no"), "unsigned").Verdict.Status).To(Equal(checks.Pass))
	})

	It("holds no secret, though the app sends it back", func() {
		t := checks.Target{Local: true, Secret: deliverySecret, Token: "verification-zqx"}
		d := payload.Delivery{
			Kind: payload.Command, Fields: payload.Command.Fields(payload.Scene{Token: "verification-zqx", Text: "x"}),
			URL: replying(200, "text/plain", "verification-zqx "+string(deliverySecret)), Secret: deliverySecret, Time: time.Now(),
		}
		ctx := context.Background()
		text := fmt.Sprintf("%+v", checks.JudgeDeliveries(ctx, t, "it", checks.Deliver(ctx, t, d)))
		Expect(text).NotTo(ContainSubstring("zqx"))
		Expect(text).NotTo(ContainSubstring(string(deliverySecret)))
	})

	It("holds no token that came with a recorded body", func() {
		t := checks.Target{Local: true, Secret: deliverySecret}
		for kind, body := range map[string]string{
			"command":       "token=recorded-zqx&command=%2Fx",
			"block_actions": "payload=" + url.QueryEscape(`{"type":"block_actions","token":"recorded-zqx"}`),
			"event x":       `{"token":"recorded-zqx","event":{"type":"x"}}`,
		} {
			name, _, _ := strings.Cut(kind, " ")
			of := payload.Event
			if name != "event" {
				of = kindNamed(name)
			}
			d := payload.Delivery{Kind: of, Body: []byte(body), URL: replying(200, "text/plain", "recorded-zqx"), Secret: deliverySecret, Time: time.Now()}
			ctx := context.Background()
			s := checks.JudgeDeliveries(ctx, t, "it", checks.Deliver(ctx, t, d))
			x := s.Results[0].Evidence.Exchanges[0]
			Expect(x.Request.Body + x.Response.Body).NotTo(ContainSubstring("zqx"))
			Expect(fmt.Sprint(s.Results[0].Saw, s.Verdict.SlackShows)).NotTo(ContainSubstring("zqx"))
		}
	})
})

var _ = Describe("repetitions of a delivery", func() {
	It("are one result, with the worst and how long they took", func() {
		n := 0
		app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if n++; n == 3 {
				w.WriteHeader(500)
			}
		}))
		DeferCleanup(app.Close)
		t := checks.Target{Local: true, Secret: deliverySecret}
		d := payload.Delivery{Kind: payload.Command, Fields: payload.Command.Fields(payload.Scene{}), URL: parsed(app.URL), Secret: deliverySecret, Time: time.Now()}
		ctx := context.Background()
		var all []checks.Delivered
		for range 4 {
			all = append(all, checks.Deliver(ctx, t, d))
		}
		s := checks.JudgeDeliveries(ctx, t, "it", all...)
		Expect(s.Verdict.Cause).To(Equal("http.server-error"))
		Expect(s.Results[0].Saw).To(HavePrefix("3 of 4 acknowledged; min "))
		Expect(s.Results[0].Evidence.Samples.Times).To(HaveLen(4))
		Expect(s.Results[0].Evidence.Exchanges[0].Response.Status).To(Equal(500))
		Expect(s.Sent.Requests).To(Equal(4))
		Expect(s.Sent.Refusals).To(Equal(1))
	})

	It("are nothing where nothing was sent", func() {
		Expect(checks.JudgeDeliveries(context.Background(), checks.Target{}, "it").Results).To(BeEmpty())
	})
})

var _ = Describe("retries of an event", func() {
	attempts := func(statuses ...int) checks.Section {
		t := checks.Target{Local: true, Secret: deliverySecret}
		ctx := context.Background()
		var all []checks.Delivered
		for n, status := range statuses {
			d := payload.Delivery{Kind: payload.Event, Fields: payload.Event.Fields(payload.Scene{EventType: "app_mention"}), URL: replying(status, "", ""), Secret: deliverySecret, Time: time.Now()}
			sent := checks.Deliver(ctx, t, d)
			sent.RetryNum = n
			all = append(all, sent)
		}
		return checks.JudgeRetries(ctx, t, "it", "", all...)
	}

	It("pass with the first", func() {
		s := attempts(200)
		Expect(s.Verdict.Status).To(Equal(checks.Pass))
		Expect(s.Results).To(HaveLen(1))
	})

	It("warn where a later one had to", func() {
		s := attempts(500, 200)
		Expect(s.Verdict.Status).To(Equal(checks.Warn))
		Expect(s.Verdict.Summary).To(ContainSubstring("only at the second attempt"))
		Expect(s.Results[0].Evidence.Exchanges).To(HaveLen(2))
		Expect(s.Results[1].Problem.ID).To(Equal("http.server-error"))
		Expect(s.Sent.Requests).To(Equal(2))
	})

	It("fail where none did, after which Slack sends no more", func() {
		s := attempts(500, 500, 500, 500)
		Expect(s.Verdict.Cause).To(Equal("http.server-error"))
		Expect(s.Verdict.SlackShows.Words).To(ContainSubstring("gives the event up"))
		Expect(s.Verdict.SlackShows.RetryReason).To(BeEmpty())
	})
})
