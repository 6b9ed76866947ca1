package checks_test

import (
	"context"
	"os/exec"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// kept is a result with one exchange.
func kept(check, question, body, signature string, age time.Duration) checks.Result {
	sent := time.Unix(1795468987, 0)
	header := []payload.HeaderField{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
	if signature != "" {
		header = append(header, payload.HeaderField{Name: payload.SignatureHeader, Value: signature},
			payload.HeaderField{Name: payload.TimestampHeader, Value: payload.Timestamp(sent.Add(-age))})
	}
	return checks.Result{Check: check, Evidence: &checks.Evidence{Exchanges: []checks.Exchange{{
		Question: question, SentAt: sent,
		Request: checks.Request{Method: "POST", URL: "https://bot.example.com/slack/commands?a=b", Header: header, Body: body},
	}}}}
}

var rightly = "v0=" + strings.Repeat("0", 64)

var _ = Describe("an exchange as curl", func() {
	DescribeTable("says",
		func(r checks.Result, want ...string) {
			text, err := r.Curl(0)
			Expect(err).NotTo(HaveOccurred())
			for _, part := range want {
				Expect(text).To(ContainSubstring(part))
			}
			Expect(strings.Contains(text, rightly) && strings.Contains(text, "openssl")).To(BeFalse())
		},
		Entry("how it signs when it runs", kept("ack.deadline", "named", "a=b", rightly, 0),
			"body='a=b'", "timestamp=$(date +%s)\n", `"X-Slack-Signature: $signature"`, `'https://bot.example.com/slack/commands?a=b'`),
		Entry("how old it was dated", kept("signature.stale", "stale", "a=b", rightly, 10*time.Minute),
			"timestamp=$(($(date +%s) - 600))", "# dated 10m0s before now"),
		Entry("what was signed wrong on purpose", kept("signature.forged", "forged", "a=b", rightly, 0), "on purpose", rightly),
		Entry("so of a variant", kept("signature.valid", "other-secrets: trimmed", "a=b", rightly, 0), "on purpose"),
		Entry("so of a delivery that was to be refused", kept("delivery.refused", "command", "a=b", rightly, 0), "on purpose"),
		Entry("that it was not signed", kept("signature.unsigned", "unsigned", "a=b", "", 0), "# unsigned, as it was sent"),
		Entry("which token it needs", kept("ack.deadline", "named", "token=[redacted]&a=b", rightly, 0),
			`"${SLACK_VERIFICATION_TOKEN:?`, `body='token='"$SLACK_VERIFICATION_TOKEN"'&a=b'`),
		Entry("a quote safely", kept("ack.deadline", "named", "a='; rm -rf /; '", rightly, 0), `body='a='\''; rm -rf /; '\'''`),
	)

	It("is none of a socket, nor of what is not there", func() {
		r := kept("delivery.acknowledged", "command", "{}", "", 0)
		_, err := r.Curl(1)
		Expect(err).To(MatchError(ContainSubstring("no exchange")))
		_, err = checks.Result{}.Curl(0)
		Expect(err).To(MatchError(ContainSubstring("no exchange")))
		r.Evidence.Exchanges[0].Request.Method = "SEND"
		_, err = r.Curl(0)
		Expect(err).To(MatchError(ContainSubstring("socket")))
	})

	It("is accepted by an app that verifies", func() {
		for _, tool := range []string{"sh", "curl", "openssl", "sed", "date"} {
			if _, err := exec.LookPath(tool); err != nil {
				Skip("this machine has no " + tool)
			}
		}
		app := checkstest.StartApp(GinkgoT(), checkstest.Answer(200, ""))
		r := kept("ack.deadline", "named", "text=it%27s+%24HOME&x='\"`", rightly, 0)
		r.Evidence.Exchanges[0].Request.URL = app.URL
		text, err := r.Curl(0)
		Expect(err).NotTo(HaveOccurred())
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		command := exec.CommandContext(ctx, "sh", "-c", text)
		command.Env = append(command.Environ(), "SLACK_SIGNING_SECRET="+string(secret))
		output, err := command.CombinedOutput()
		Expect(err).NotTo(HaveOccurred(), string(output))
		Expect(app.Calls()).To(HaveLen(1))
		got := app.Calls()[0]
		Expect(string(got.Raw)).To(Equal("text=it%27s+%24HOME&x='\"`"))
		Expect(payload.Verify(secret, got.Request.Header.Get(payload.SignatureHeader),
			got.Request.Header.Get(payload.TimestampHeader), got.Raw, time.Now())).To(BeTrue())
	})
})
