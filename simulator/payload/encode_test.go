package payload_test

import (
	"encoding/json"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

var _ = Describe("the bytes on the wire", func() {
	It("are those of a slash command", func() {
		r := delivery(payload.Command, payload.Scene{
			Token: "tok", TeamID: "T1", UserID: "U1", Command: "/deploy", Text: "a+b c&d=e ~*'()!ü🦜",
		}).Request()
		head, body, _ := strings.Cut(string(r.Bytes()), "\r\n\r\n")
		Expect(strings.Split(head, "\r\n")).To(Equal([]string{
			"POST /slack/commands HTTP/1.1",
			"Host: bot.example.com",
			"Content-Length: 426",
			"User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)",
			"Accept: application/json,*/*",
			"Accept-Encoding: gzip,deflate",
			"Content-Type: application/x-www-form-urlencoded",
			"X-Slack-Signature: " + payload.Sign(documentedSecret, documentedTimestamp, r.Body),
			"X-Slack-Request-Timestamp: 1531420618",
		}))
		Expect(body).To(Equal("token=tok&team_id=T1&team_domain=belay-probe&channel_id=CBELAY00000&channel_name=belay-probe" +
			"&user_id=U1&user_name=belay&command=%2Fdeploy&text=a%2Bb+c%26d%3De+%7E%2A%27%28%29%21%C3%BC%F0%9F%A6%9C" +
			"&api_app_id=ABELAY00000&is_enterprise_install=false" +
			"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FTBELAY00000%2F0000000000%2Fthis-is-belay-no-reply-here" +
			"&trigger_id=0000000000000.0000000000.be1a0000000000000000000000000000"))
	})

	It("are those of url_verification", func() {
		r := delivery(payload.URLVerification, payload.Scene{Token: "t", Challenge: "c"}).Request()
		Expect(string(r.Body)).To(Equal(`{"token":"t","challenge":"c","type":"url_verification"}`))
		Expect(r.HeaderValue("Content-Type")).To(Equal("application/json"))
	})

	It("are those of ssl_check, which is not signed", func() {
		r := delivery(payload.SSLCheck, payload.Scene{Token: "t"}).Request()
		Expect(string(r.Body)).To(Equal("ssl_check=1&token=t"))
		Expect(r.HeaderValue(payload.SignatureHeader)).To(BeEmpty())
		Expect(r.HeaderValue(payload.TimestampHeader)).To(BeEmpty())
	})

	It("escape JSON as Slack does", func() {
		r := delivery(payload.Event, payload.Scene{Text: "a/b \"c\" \\ ü🦜\n\t\x01"}).Request()
		Expect(string(r.Body)).To(ContainSubstring(`"text":"a\/b \"c\" \\ \u00fc\ud83e\udd9c\n\t\u0001"`))
		Expect(string(r.Body)).NotTo(ContainSubstring(": "))
	})

	DescribeTable("can be read by whoever knows the encoding",
		func(kind payload.Kind) {
			r := delivery(kind, payload.Scene{Text: `hard "text" / ü🦜 & + %`}).Request()
			text := r.Body
			if kind.Encoding == payload.FormPayload {
				values, err := url.ParseQuery(string(r.Body))
				Expect(err).NotTo(HaveOccurred())
				Expect(values).To(HaveLen(1))
				text = []byte(values.Get("payload"))
			}
			var object map[string]any
			Expect(json.Unmarshal(text, &object)).To(Succeed())
			Expect(object).To(HaveKey("type"))
			Expect(object).To(HaveKey("token"))
		},
		Entry("an event", payload.Event),
		Entry("an action", payload.BlockActions),
		Entry("an options request", payload.BlockSuggestion),
		Entry("url_verification", payload.URLVerification),
	)

	It("keep the fields' order when one is changed, and the original", func() {
		original := payload.Object{{Name: "a", Value: "1"}, {Name: "b", Value: "2"}}
		changed := original.With("a", "3").With("c", "4")
		Expect(string(payload.Encode(payload.Form, changed))).To(Equal("a=3&b=2&c=4"))
		Expect(string(payload.Encode(payload.Form, original))).To(Equal("a=1&b=2"))
	})

	It("take added headers in place of Slack's own", func() {
		d := delivery(payload.Command, payload.Scene{})
		d.Header = []payload.HeaderField{{Name: "user-agent", Value: "other"}, {Name: "Host", Value: "inner.example"}}
		r := d.Request()
		Expect(r.HeaderValue("User-Agent")).To(Equal("other"))
		Expect(string(r.Bytes())).To(ContainSubstring("\r\nHost: inner.example\r\n"))
	})
})
