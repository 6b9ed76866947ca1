package demo_test

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/demo"
	"belay/simulator/payload"
)

var _ = Describe("The healthy app", func() {
	DescribeTable("answers what Slack signs",
		func(kind payload.Kind, scene payload.Scene, contentType, body string) {
			answer := send(start(demo.Options{}), kind, scene)
			Expect(answer.Err).NotTo(HaveOccurred())
			Expect(answer.Status).To(Equal(200))
			Expect(answer.Header.Get("Content-Type")).To(Equal(contentType))
			Expect(strings.TrimSpace(string(answer.Body))).To(Equal(body))
		},
		Entry("its command", payload.Command, payload.Scene{Command: "/deploy", Text: "prod now"}, "application/json",
			`{"response_type":"ephemeral","text":"Deploying. I will tell you when it is done."}`),
		Entry("a command that it does not know", payload.Command, payload.Scene{Text: "a+b & c=~% 🚀"}, "application/json",
			`{"response_type":"ephemeral","text":"I do not know this command. Try /deploy."}`),
		Entry("a challenge", payload.URLVerification, payload.Scene{Challenge: "abc"}, "text/plain", "abc"),
		Entry("an event", payload.Event, payload.Scene{Text: "a/b 🚀"}, "", ""),
		Entry("an action", payload.BlockActions, payload.Scene{}, "", ""),
	)

	It("answers under both of its URLs", func() {
		app := start(demo.Options{})
		Expect(app.URL).To(Equal(app.Commands))
		d := delivery(app, payload.URLVerification, payload.Scene{Challenge: "abc"})
		var err error
		d.URL, err = url.Parse(app.Events)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(client(app).Send(context.Background(), d).Body)).To(Equal("abc"))
	})

	DescribeTable("refuses", func(tamper payload.Tamper) {
		app := start(demo.Options{})
		for _, kind := range []payload.Kind{payload.Command, payload.Event, payload.URLVerification, payload.BlockActions} {
			Expect(send(app, kind, payload.Scene{}, tamper).Status).To(Equal(401), kind.Name)
		}
	},
		Entry("a forged signature", payload.Forged),
		Entry("a tampered body", payload.TamperedBody),
		Entry("another secret", payload.SignedWith("another", "")),
		Entry("no secret", payload.SignedWith("", "")),
		Entry("a request that is 6 minutes old", payload.Stale(6*time.Minute)),
		Entry("a request from 6 minutes ahead", payload.Future(6*time.Minute)),
		Entry("another version", payload.VersionOne),
		Entry("half a signature", payload.Truncated),
		Entry("no signature", payload.NoSignature),
		Entry("no timestamp", payload.NoTimestamp),
		Entry("no signature headers", payload.Unsigned),
	)

	It("accepts a clock that is 4 minutes off", func() {
		app := start(demo.Options{})
		Expect(deploy(app, "", payload.Stale(4*time.Minute)).Status).To(Equal(200))
		Expect(deploy(app, "", payload.Future(4*time.Minute)).Status).To(Equal(200))
	})

	It("answers the unsigned ssl_check, and serves nobody by it", func() {
		app := start(demo.Options{})
		answer := send(app, payload.SSLCheck, payload.Scene{})
		Expect(answer.Status).To(Equal(200))
		Expect(answer.Body).To(BeEmpty())
		for _, body := range []string{"ssl_check=1&command=%2Fdeploy", "ssl_check=1&payload=%7B%7D", "ssl_check=0"} {
			d := delivery(app, payload.SSLCheck, payload.Scene{})
			d.Body = []byte(body)
			Expect(client(app).Send(context.Background(), d).Status).To(Equal(401), body)
		}
	})

	It("answers 405 to a browser and 404 under another path", func() {
		app := start(demo.Options{})
		d := delivery(app, payload.Command, payload.Scene{})
		d.Get = true
		Expect(client(app).Send(context.Background(), d).Status).To(Equal(405))
		d.Get = false
		d.URL.Path = "/slack/interactive"
		answer := client(app).Send(context.Background(), d)
		Expect(answer.Status).To(Equal(404))
		Expect(string(answer.Body)).To(Equal("404 page not found\n"))
	})

	It("answers 400 to what it cannot read", func() {
		app := start(demo.Options{})
		d := delivery(app, payload.Event, payload.Scene{})
		d.Body = []byte("{")
		Expect(client(app).Send(context.Background(), d).Status).To(Equal(400))
		d.Body = []byte(strings.Repeat(" ", 1<<20+1))
		Expect(client(app).Send(context.Background(), d).Status).To(Equal(400))
	})

	It("presents a complete chain for its host and speaks HTTP/1.1 over TLS 1.2 and up", func() {
		app := start(demo.Options{})
		state := deploy(app, "").TLS
		Expect(state.PeerCertificates).To(HaveLen(2))
		Expect(verify(app, state.PeerCertificates)).To(Succeed())
		Expect(state.NegotiatedProtocol).To(Equal("http/1.1"))
		Expect(state.PeerCertificates[0].NotAfter).To(BeTemporally(">", time.Now().Add(29*24*time.Hour)))
	})
})

// replied is a command's reply as JSON.
func replied(answer payload.Answer) map[string]any {
	GinkgoHelper()
	var reply map[string]any
	Expect(json.Unmarshal(answer.Body, &reply)).To(Succeed())
	return reply
}
