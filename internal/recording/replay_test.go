package recording_test

import (
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/recording"
	"belay/simulator/payload"
)

// slacks is a request as Slack sends it, signed when it was recorded.
func slacks(kind payload.Kind, body string) recording.Recording {
	return recording.Recording{
		At: time.Unix(1531420618, 0), Method: "POST", URL: "https://bot.example.com/slack?a=b", Source: "file:1", Body: []byte(body),
		Header: header("User-Agent", payload.UserAgent, "Accept", kind.Accept, "Accept-Encoding", "gzip,deflate",
			"Content-Type", kind.Encoding.ContentType(), payload.SignatureHeader, payload.Sign(secret, timestamp, []byte(body)), payload.TimestampHeader, timestamp),
	}
}

func keepIDs(t *recording.Terms) { t.KeepIDs = true }

func withToken(t *recording.Terms) { t.Token = "the-apps-token" }

func to(text string) func(*recording.Terms) {
	return func(t *recording.Terms) {
		u, err := url.Parse(text)
		Expect(err).NotTo(HaveOccurred())
		t.To = u
	}
}

// form is the body of a request as fields.
func form(r payload.Request) url.Values {
	GinkgoHelper()
	values, err := url.ParseQuery(string(r.Body))
	Expect(err).NotTo(HaveOccurred())
	return values
}

var _ = Describe("a replay", func() {
	It("is signed and timed afresh", func() {
		again := replayed(slacks(payload.Command, commandBody()))
		r := again.Delivery.Request()
		Expect(payload.Verify(secret, r.HeaderValue(payload.SignatureHeader), r.HeaderValue(payload.TimestampHeader), r.Body, now)).To(BeTrue())
		Expect(r.Target).To(Equal("/slack?a=b"))
		Expect(again.Differences).To(BeEmpty())
		Expect(again.Lost).To(BeEmpty())
	})

	It("never passes on a response_url that may still work, wherever it stands", func() {
		inner, err := payload.BlockActions.Fields(payload.Scene{ResponseURL: strings.Replace(liveHook, "commands", "actions", 1)}).
			Set("message.text", "see "+liveHook)
		Expect(err).NotTo(HaveOccurred())
		escaped := strings.ReplaceAll(liveHook, "/", `\/`)
		inner = inner.With("private_metadata", `{"url":"`+escaped+`"}`)
		for _, body := range []string{
			commandBody(),
			string(payload.Encode(payload.FormPayload, inner)),
			"payload=" + url.PathEscape(string(payload.Stringify(inner))),
			string(payload.Encode(payload.JSON, inner)),
			"\ufeff" + string(payload.Encode(payload.JSON, inner)),
			"payload=" + url.QueryEscape(`{"response_url":"`+liveHook+`"`) + "&" + string(payload.Encode(payload.FormPayload, inner)),
			"command=/a&=" + url.QueryEscape(liveHook),
			`command=/a&response_url=http://127.0.0.1:9/LiveLiveLive`,
		} {
			again := replayed(slacks(payload.Command, body))
			sent := string(again.Delivery.Request().Body)
			Expect(sent).NotTo(ContainSubstring("LiveLive"), body)
			Expect(sent).To(ContainSubstring("this-is-belay-no-reply-here"), body)
			Expect(again.Renewed).NotTo(BeEmpty())
		}
	})

	It("keeps all with KeepIDs, byte for byte", func() {
		for _, body := range []string{commandBody(), eventBody(), "payload=%7b%22type%22: %22shortcut%22,%22trigger_id%22:%221.2.3%22%7d"} {
			again := replayed(slacks(payload.Command, body), keepIDs)
			Expect(string(again.Delivery.Request().Body)).To(Equal(body))
			Expect(again.Renewed).To(BeEmpty())
		}
	})

	It("renews the ids of an event, the same for the retries of one", func() {
		first := replayed(slacks(payload.Event, eventBody()))
		fields := first.Delivery.Fields
		Expect(fields.Text("event_id")).To(MatchRegexp(`^EvBELAY[A-Z2-7]{10}$`))
		Expect(fields.Text("event_context")).To(HavePrefix("4-"))
		Expect(fields.Text("event_context")).NotTo(Equal("4-recorded"))
		Expect(fields.Text("event_time")).To(Equal("1531420618"))
		Expect(first.Renewed).To(Equal([]string{"event_id", "event_context"}))
		Expect(replayed(slacks(payload.Event, eventBody())).Delivery.Fields.Text("event_id")).To(Equal(fields.Text("event_id")))
		later := replayed(slacks(payload.Event, eventBody()), func(t *recording.Terms) { t.Now = now.Add(time.Millisecond) })
		Expect(later.Delivery.Fields.Text("event_id")).NotTo(Equal(fields.Text("event_id")))
	})

	It("changes nothing but what is renewed", func() {
		body := `{ "type":"event_callback", "token":"t", "event_id" : "EvRECORDED1", "event":{"type":"message","text":"/é\/ \u00e9", "event_id":"EvX"}}`
		again := replayed(slacks(payload.Event, body))
		Expect(string(again.Delivery.Body)).To(MatchRegexp(`^` + `\{ "type":"event_callback", "token":"t", "event_id" : "EvBELAY.{10}", "event":\{"type":"message","text":"/é\\/ \\u00e9", "event_id":"EvX"\}\}$`))
		body = "payload=%7b%22type%22:%22shortcut%22,%22trigger_id%22:%221.2.abc%22,%22text%22:%22a%20b%22%7d"
		again = replayed(slacks(payload.Shortcut, body))
		Expect(string(again.Delivery.Body)).To(MatchRegexp(`^payload=%7b%22type%22:%22shortcut%22,%22trigger_id%22:%220000000000000\.0000000000\.be1a[0-9a-f]{28}%22,%22text%22:%22a%20b%22%7d$`))
	})

	It("carries the given verification token, else the recorded one", func() {
		Expect(form(replayed(slacks(payload.Command, commandBody()), withToken).Delivery.Request()).Get("token")).To(Equal("the-apps-token"))
		again := replayed(slacks(payload.Command, commandBody()))
		Expect(form(again.Delivery.Request()).Get("token")).To(Equal("recorded-verification-token"))
		Expect(again.Secrets).To(ContainElements(payload.Secret("recorded-verification-token"), payload.Secret(liveHook)))
	})

	It("puts a stand-in for a token that was redacted, and says so", func() {
		body := "token=[redacted]&command=%2Fdeploy&text=[redacted]"
		again := replayed(slacks(payload.Command, body))
		Expect(form(again.Delivery.Request()).Get("token")).To(Equal(payload.StandInToken))
		Expect(again.Lost).To(ConsistOf(ContainSubstring("verification token was redacted"), ContainSubstring(`in "text"`)))
		again = replayed(slacks(payload.Command, "token=[redacted]&command=%2Fdeploy"), withToken)
		Expect(form(again.Delivery.Request()).Get("token")).To(Equal("the-apps-token"))
		Expect(again.Lost).To(BeEmpty())
	})

	It("can be tampered with, where the recording is as Slack writes it", func() {
		again := replayed(slacks(payload.Event, eventBody()))
		Expect(again.Delivery.Body).To(BeNil())
		again.Delivery.Tamper = []payload.Tamper{payload.WrongToken("another")}
		Expect(again.Delivery.WithoutEffect()).To(BeEmpty())
	})

	It("keeps the headers of a retry, and no others of the recording", func() {
		r := slacks(payload.Event, eventBody())
		r.Header = append(r.Header, header("X-Slack-Retry-Num", "1", "x-slack-retry-reason", "http_timeout", "X-Slack-Bad", "a\r\nb",
			"Host", "bot.example.com", "Connection", "close", "X-Forwarded-For", "192.0.2.1", "Cookie", "a=b", "Authorization", "Basic x")...)
		sent := replayed(r).Delivery.Request()
		Expect(sent.HeaderValue("X-Slack-Retry-Num")).To(Equal("1"))
		Expect(sent.HeaderValue("X-Slack-Retry-Reason")).To(Equal("http_timeout"))
		for _, name := range []string{"X-Forwarded-For", "Cookie", "Authorization", "Connection", "X-Slack-Bad"} {
			Expect(sent.HeaderValue(name)).To(BeEmpty())
		}
	})

	It("goes where it is sent, with the recorded path where none is given", func() {
		r := slacks(payload.Command, commandBody())
		target := func(change ...func(*recording.Terms)) string { return replayed(r, change...).Delivery.URL.String() }
		Expect(target()).To(Equal("https://bot.example.com/slack?a=b"))
		Expect(target(to("http://localhost:3000"))).To(Equal("http://localhost:3000/slack?a=b"))
		Expect(target(to("http://localhost:3000/"))).To(Equal("http://localhost:3000/"))
		Expect(target(to("http://localhost:3000/x"))).To(Equal("http://localhost:3000/x"))
		r.URL = "/slack"
		_, err := r.Replay(recording.Terms{Now: now})
		Expect(err).To(MatchError(ContainSubstring("give --to URL")))
	})

	It("sends the redirect of an install as its query", func() {
		r := recording.Recording{Method: "GET", URL: "https://bot.example.com/oauth?code=1.2.3&state=a%20b", Source: "file:1"}
		again := replayed(r, to("http://localhost:3000/oauth"))
		Expect(again.Delivery.Request().Target).To(Equal("/oauth?code=1.2.3&state=a+b"))
		Expect(again.Secrets).To(ConsistOf(payload.Secret("1.2.3")))
		Expect(again.Differences).To(BeEmpty())
	})
})

var _ = Describe("the kind of a recording", func() {
	DescribeTable("is told from its body", func(k payload.Kind) {
		body := payload.Encode(k.Encoding, k.Fields(payload.Scene{EventType: "app_mention"}))
		again := replayed(slacks(k, string(body)))
		if k.Name == "event" {
			Expect(again.Delivery.Kind.Name).To(Equal("event app_mention"))
		} else {
			Expect(again.Delivery.Kind.Name).To(Equal(k.Name))
		}
		if !k.Unsigned {
			Expect(again.Differences).To(BeEmpty())
		}
	}, func() []TableEntry {
		var entries []TableEntry
		for _, k := range payload.Kinds() {
			if k.Encoding != payload.Query {
				entries = append(entries, Entry(k.Name, k))
			}
		}
		return entries
	}())

	DescribeTable("is not there",
		func(method, body, message string) {
			_, err := recording.Recording{Method: method, URL: "https://bot.example.com/", Body: []byte(body), Source: "file:1"}.Replay(recording.Terms{Now: now})
			Expect(err).To(MatchError("file:1: this is no request of Slack's: " + message))
		},
		Entry(nil, "PUT", "a", `it is "PUT", and Slack sends POST`),
		Entry(nil, "POST", "", "it has no body"),
		Entry(nil, "POST", "{}", "its JSON has no type"),
		Entry(nil, "POST", `{"type":7}`, "its JSON has no type"),
		Entry(nil, "POST", `{"envelope_id":"1","payload":{}}`, "it is an envelope of Socket Mode, which is not sent over HTTP"),
		Entry(nil, "POST", `{"type":"app_mention"}`, "it is the event app_mention without its event_callback"),
		Entry(nil, "POST", `{"type":"oauth_redirect"}`, `its type is "oauth_redirect", which Slack does not send`),
		Entry(nil, "POST", `{"type":`, "the body:1:9: unexpected end of JSON input"),
		Entry(nil, "POST", "payload=x", `payload:1:1: want the fields as a JSON object, such as {"text":"hello"}`),
		Entry(nil, "POST", "a=%zz", `the form cannot be read: invalid URL escape "%zz"`),
		Entry(nil, "POST", "a=b", "it is a form without command, payload or ssl_check"),
	)
})

var _ = Describe("what Slack would have sent otherwise", func() {
	command := func(change func(r *recording.Recording)) []string {
		GinkgoHelper()
		r := slacks(payload.Command, commandBody())
		change(&r)
		return replayed(r).Differences
	}
	set := func(r *recording.Recording, name, value string) {
		kept := r.Header[:0:0]
		for _, h := range r.Header {
			if h.Name != name {
				kept = append(kept, h)
			}
		}
		if value != "" {
			kept = append(kept, header(name, value)...)
		}
		r.Header = kept
	}
	resign := func(r *recording.Recording, body string) {
		r.Body = []byte(body)
		set(r, payload.SignatureHeader, payload.Sign(secret, timestamp, r.Body))
	}

	DescribeTable("is said of",
		func(change func(r *recording.Recording), sentences ...string) {
			Expect(command(change)).To(Equal(sentences))
		},
		Entry("a charset", func(r *recording.Recording) {
			set(r, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
		},
			`Content-Type was "application/x-www-form-urlencoded; charset=utf-8"; Slack sends "application/x-www-form-urlencoded", without a parameter: Bolt for JavaScript takes a form with one for JSON`),
		Entry("another client", func(r *recording.Recording) { set(r, "User-Agent", "curl/8.5.0"); set(r, "Accept-Encoding", "") },
			`User-Agent was "curl/8.5.0"; Slack sends "Slackbot 1.0 (+https://api.slack.com/robots)"`,
			"without Accept-Encoding, which Slack sends"),
		Entry("a value with control characters", func(r *recording.Recording) { set(r, "Accept", "\x1b[31m") }, `Accept was "\x1b[31m"; Slack sends "application/json,*/*"`),
		Entry("headers that are not Slack's", func(r *recording.Recording) {
			r.Header = append(r.Header, header("X-Forwarded-For", "192.0.2.1", "Cf-Ray", "x", "Host", "a", "Cookie", "secret", "Bad\x1b", "x")...)
		},
			"a proxy on the way added X-Forwarded-For, Cf-Ray, which is not sent again",
			`Slack does not send Cookie, "Bad\x1b", and it is not sent again`),
		Entry("a retry of what is no event", func(r *recording.Recording) { set(r, "X-Slack-Retry-Num", "1") }, "it had X-Slack-Retry-Num; Slack retries events alone"),
		Entry("%20 for a space", func(r *recording.Recording) { resign(r, strings.ReplaceAll(commandBody(), "+", "%20")) },
			"spaces were %20; Slack writes +: the body was encoded anew on its way, or by hand"),
		Entry("other escapes", func(r *recording.Recording) {
			resign(r, strings.ReplaceAll(strings.ReplaceAll(commandBody(), "%3A", ":"), "%2F", "%2f"))
		},
			"percent escapes were in lower case; Slack's are in upper case",
			"the form was escaped otherwise: of the marks, Slack leaves - _ . alone as they are"),
		Entry("another order", func(r *recording.Recording) {
			values, _ := url.ParseQuery(commandBody())
			resign(r, values.Encode())
		}, "the fields were in alphabetical order; Slack's are not: the body was parsed and written anew"),
		Entry("an order by hand", func(r *recording.Recording) {
			resign(r, strings.Replace(commandBody(), "token=recorded-verification-token&team_id=TDEPLOY0001", "team_id=TDEPLOY0001&token=recorded-verification-token", 1))
		}, "the fields were in another order: Slack sends token before team_id"),
		Entry("fields too few and too many", func(r *recording.Recording) {
			resign(r, strings.Replace(commandBody(), "user_name=belay", "user_nick=belay&enterprise_id=E1&a.b=c", 1))
		},
			"without the field user_name, which Slack sends",
			`Slack is not known to send the fields user_nick, "a.b"`),
		Entry("a line break at the end", func(r *recording.Recording) { resign(r, commandBody()+"\n") },
			"the body ended with a line break; Slack's does not"),
		Entry("no signature", func(r *recording.Recording) { set(r, payload.SignatureHeader, ""); set(r, payload.TimestampHeader, "") }, "it was not signed"),
		Entry("a signature without its time", func(r *recording.Recording) { set(r, payload.TimestampHeader, "") }, "it had a signature and no X-Slack-Request-Timestamp"),
		Entry("a signature that was old", func(r *recording.Recording) { r.At = r.At.Add(time.Hour) }, "signed 1h0m0s before it was sent, which apps refuse after five minutes"),
		Entry("a signature ahead of its time", func(r *recording.Recording) { r.At = r.At.Add(-time.Hour) }, "signed 1h0m0s ahead of the time at which it was sent"),
		Entry("a signature that is old now", func(r *recording.Recording) { r.At = time.Time{} }, "signed at 2018-07-12T18:36:58Z, which apps refuse after five minutes"),
		Entry("a signature with a time of milliseconds", func(r *recording.Recording) {
			set(r, payload.TimestampHeader, timestamp+"000")
			set(r, payload.SignatureHeader, payload.Sign(secret, timestamp+"000", r.Body))
		}, "its signature: the timestamp is in milliseconds; Slack's is in seconds"),
		Entry("a signature of another secret", func(r *recording.Recording) {
			set(r, payload.SignatureHeader, payload.Sign("other", timestamp, r.Body))
		},
			"its signature: the signature fits neither this secret nor a usual re-encoding of this body: another secret, another timestamp or another body was signed"),
		Entry("a body that was changed behind the signature", func(r *recording.Recording) { r.Body = []byte(strings.ReplaceAll(commandBody(), "+", "%20")) },
			"spaces were %20; Slack writes +: the body was encoded anew on its way, or by hand",
			"its signature: the signature fits the body with + in place of %20: sign and verify the bytes as they are sent"),
		Entry("JSON where Slack sends a form", func(r *recording.Recording) {
			resign(r, string(payload.Encode(payload.JSON, commandFields())))
			set(r, "Content-Type", "application/json")
		},
			`Content-Type was "application/json"; Slack sends "application/x-www-form-urlencoded"`,
			"the body was JSON; Slack sends slash command as a form"),
	)

	It("is said of JSON that was written anew", func() {
		fields := payload.Event.Fields(payload.Scene{EventType: "message", Text: "Grüße /"})
		r := slacks(payload.Event, string(payload.Stringify(fields)))
		Expect(replayed(r).Differences).To(Equal([]string{
			`the JSON had plain slashes; Slack writes \/: it was parsed and written anew`,
			`the JSON had letters beyond ASCII as they are; Slack writes \u escapes`,
		}))
		r = slacks(payload.URLVerification, `{"token": "a","challenge": "b","type": "url_verification"}`)
		Expect(replayed(r).Differences).To(Equal([]string{
			"the JSON had white space between its parts; Slack's has none: it was parsed and written anew, or by hand",
		}))
	})

	It("is not said of a signature over what is not whole", func() {
		r := slacks(payload.Command, commandBody())
		r.Body = []byte(strings.Replace(commandBody(), "recorded-verification-token", "[redacted]", 1))
		again := replayed(r)
		Expect(again.Lost).To(HaveLen(1))
		Expect(strings.Join(again.Differences, "\n")).NotTo(ContainSubstring("signature"))
	})

	It("sends JSON as JSON all the same", func() {
		r := slacks(payload.BlockActions, string(payload.Encode(payload.JSON, payload.BlockActions.Fields(payload.Scene{}))))
		sent := replayed(r, keepIDs).Delivery.Request()
		Expect(sent.HeaderValue("Content-Type")).To(Equal("application/json"))
		Expect(sent.Body).To(Equal(r.Body))
	})
})

var _ = Describe("the spacing of recordings", func() {
	at := func(seconds ...float64) []recording.Recording {
		var all []recording.Recording
		for _, s := range seconds {
			r := recording.Recording{}
			if s >= 0 {
				r.At = time.Unix(1531420618, 0).Add(time.Duration(s * float64(time.Second)))
			}
			all = append(all, r)
		}
		return all
	}

	DescribeTable("is the recorded one",
		func(all []recording.Recording, speed float64, want ...time.Duration) {
			Expect(recording.Offsets(all, speed, 10*time.Second)).To(Equal(want))
		},
		Entry("as it was", at(0, 1, 3), 1.0, time.Duration(0), time.Second, 3*time.Second),
		Entry("faster", at(0, 1, 3), 4.0, time.Duration(0), 250*time.Millisecond, 750*time.Millisecond),
		Entry("with an end to the waiting", at(0, 3600, 3601), 1.0, time.Duration(0), 10*time.Second, 11*time.Second),
		Entry("but where it is not known", at(0, -1, 5), 1.0, time.Duration(0), time.Duration(0), time.Duration(0)),
		Entry("never backwards", at(5, 0), 1.0, time.Duration(0), time.Duration(0)),
	)
})
