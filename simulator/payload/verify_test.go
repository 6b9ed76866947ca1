package payload_test

import (
	"encoding/base64"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

var _ = Describe("diagnosing a signature", func() {
	sign := func(secret payload.Secret, body string) string {
		return payload.Sign(secret, documentedTimestamp, []byte(body))
	}
	json := `{"url":"https:\/\/x","text":"\u00fc a","n":1.0,"list":[true,null]}`

	DescribeTable("says which part is wrong",
		func(secret payload.Secret, signature, timestamp, body string, now time.Time, part payload.Part, words string) {
			wrong := payload.Diagnose(secret, signature, timestamp, []byte(body), now)
			Expect(wrong).NotTo(BeEmpty())
			Expect(wrong[0].Part).To(Equal(part))
			Expect(wrong[0].Text).To(ContainSubstring(words))
		},
		Entry("no signature", documentedSecret, "", documentedTimestamp, documentedBody, at(1531420618), payload.PartHeader, "no signature"),
		Entry("no version", documentedSecret, documentedSignature[3:], documentedTimestamp, documentedBody, at(1531420618), payload.PartHeader, "v0="),
		Entry("half a signature", documentedSecret, documentedSignature[:30], documentedTimestamp, documentedBody, at(1531420618), payload.PartHeader, "27 digits"),
		Entry("a timestamp that is no number", documentedSecret, documentedSignature, "today", documentedBody, at(1531420618), payload.PartTimestamp, "seconds"),
		Entry("milliseconds", documentedSecret, documentedSignature, "1531420618000", documentedBody, at(1531420618), payload.PartTimestamp, "milliseconds"),
		Entry("an old request", documentedSecret, documentedSignature, documentedTimestamp, documentedBody, at(1531420618+600), payload.PartTimestamp, "10m0s old"),
		Entry("a request of the future", documentedSecret, documentedSignature, documentedTimestamp, documentedBody, at(1531420618-600), payload.PartTimestamp, "future"),
		Entry("a secret with a line break", documentedSecret+"\n", documentedSignature, documentedTimestamp, documentedBody, at(1531420618), payload.PartSecret, "white space"),
		Entry("a doubled secret", documentedSecret+documentedSecret, documentedSignature, documentedTimestamp, documentedBody, at(1531420618), payload.PartSecret, "pasted once"),
		Entry("a body with a line break more", documentedSecret, documentedSignature, documentedTimestamp, documentedBody+"\n", at(1531420618), payload.PartBody, "without the line break"),
		Entry("a body in Base64", documentedSecret, documentedSignature, documentedTimestamp, base64.StdEncoding.EncodeToString([]byte(documentedBody)), at(1531420618), payload.PartBody, "Base64"),
		Entry("JSON that was parsed and written again", documentedSecret, sign(documentedSecret, `{"url":"https://x","text":"ü a","n":1.0,"list":[true,null]}`), documentedTimestamp, json, at(1531420618), payload.PartBody, "JSON.stringify"),
		Entry("JSON that was laid out", documentedSecret, sign(documentedSecret, json), documentedTimestamp, "{\n \"url\": \"https://x\", \"text\": \"ü a\", \"n\": 1.0, \"list\": [true, null] }", at(1531420618), payload.PartBody, "as Slack writes it"),
		Entry("a form with its spaces re-encoded", documentedSecret, sign(documentedSecret, "text=a+b"), documentedTimestamp, "text=a%20b", at(1531420618), payload.PartBody, "+ in place of %20"),
		Entry("something else altogether", payload.Secret("other"), documentedSignature, documentedTimestamp, documentedBody, at(1531420618), payload.PartSecret, "neither"),
	)

	It("finds nothing wrong with the documented example", func() {
		Expect(payload.Diagnose(documentedSecret, documentedSignature, documentedTimestamp, []byte(documentedBody), at(1531420618))).To(BeEmpty())
	})
})

func FuzzDiagnose(f *testing.F) {
	f.Add("secret", documentedSignature, documentedTimestamp, []byte(documentedBody))
	f.Add("", "v0=", "", []byte(`{"a":[[{}]]}`))
	f.Fuzz(func(t *testing.T, secret, signature, timestamp string, body []byte) {
		good := payload.Sign(payload.Secret(secret), "1531420618", body)
		if wrong := payload.Diagnose(payload.Secret(secret), good, "1531420618", body, at(1531420618)); len(wrong) != 0 {
			t.Fatalf("a right signature is refused: %v", wrong)
		}
		payload.Diagnose(payload.Secret(secret), signature, timestamp, body, at(1531420618))
	})
}
