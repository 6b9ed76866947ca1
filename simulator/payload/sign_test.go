package payload_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

// The example of Slack's documentation on verifying requests.
const (
	documentedSecret    = payload.Secret("8f742231b10e8888abcd99yyyzzz85a5")
	documentedTimestamp = "1531420618"
	documentedBody      = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	documentedSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
)

func at(seconds int64) time.Time { return time.Unix(seconds, 0) }

var _ = Describe("the signature", func() {
	It("is the one in Slack's documentation", func() {
		Expect(payload.Sign(documentedSecret, documentedTimestamp, []byte(documentedBody))).To(Equal(documentedSignature))
	})

	DescribeTable("is verified as Slack's documentation says",
		func(signature, timestamp, body string, now int64, accepted bool) {
			Expect(payload.Verify(documentedSecret, signature, timestamp, []byte(body), at(now))).To(Equal(accepted))
		},
		Entry("at once", documentedSignature, documentedTimestamp, documentedBody, int64(1531420618), true),
		Entry("five minutes later", documentedSignature, documentedTimestamp, documentedBody, int64(1531420918), true),
		Entry("more than five minutes later", documentedSignature, documentedTimestamp, documentedBody, int64(1531420919), false),
		Entry("more than five minutes before", documentedSignature, documentedTimestamp, documentedBody, int64(1531420317), false),
		Entry("with another body", documentedSignature, documentedTimestamp, documentedBody+"&x=1", int64(1531420618), false),
		Entry("with an upper-case digit", "v0=A2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", documentedTimestamp, documentedBody, int64(1531420618), false),
		Entry("with no timestamp", documentedSignature, "", documentedBody, int64(1531420618), false),
	)
})

var _ = Describe("a secret", func() {
	It("never prints itself", func() {
		text, err := json.Marshal(map[string]payload.Secret{"secret": documentedSecret})
		Expect(err).NotTo(HaveOccurred())
		holder := struct{ S payload.Secret }{documentedSecret}
		for _, printed := range []string{
			fmt.Sprint(documentedSecret), fmt.Sprintf("%v %s %q %x %#v %+v", documentedSecret, documentedSecret, documentedSecret, documentedSecret, holder, holder), string(text),
		} {
			Expect(printed).NotTo(ContainSubstring("8f7422"))
			Expect(printed).To(ContainSubstring("[redacted]"))
		}
	})

	It("has the fingerprint that sha256sum prints", func() {
		Expect(payload.Secret("abc").Fingerprint()).To(Equal("ba7816bf"))
	})
})

func delivery(kind payload.Kind, scene payload.Scene, tamper ...payload.Tamper) payload.Delivery {
	u, err := url.Parse("https://bot.example.com/slack/commands")
	Expect(err).NotTo(HaveOccurred())
	scene.Time = at(1531420618)
	return payload.Delivery{Kind: kind, Fields: kind.Fields(scene), URL: u, Secret: documentedSecret, Time: at(1531420618), Tamper: tamper}
}

func accepted(r payload.Request) bool {
	return payload.Verify(documentedSecret, r.HeaderValue(payload.SignatureHeader), r.HeaderValue(payload.TimestampHeader), r.Body, at(1531420618))
}

var _ = Describe("tampering", func() {
	It("is not needed for a request that is accepted", func() {
		Expect(accepted(delivery(payload.Command, payload.Scene{}).Request())).To(BeTrue())
	})

	DescribeTable("makes a right app refuse",
		func(tamper payload.Tamper) {
			for _, kind := range []payload.Kind{payload.Command, payload.Event, payload.BlockActions, payload.URLVerification} {
				Expect(accepted(delivery(kind, payload.Scene{Text: "x"}, tamper).Request())).To(BeFalse(), kind.Name)
			}
		},
		Entry("a forged signature", payload.Forged),
		Entry("a tampered body", payload.TamperedBody),
		Entry("version v1", payload.VersionOne),
		Entry("half a signature", payload.Truncated),
		Entry("no signature", payload.NoSignature),
		Entry("no timestamp", payload.NoTimestamp),
		Entry("neither", payload.Unsigned),
		Entry("an old request", payload.Stale(10*time.Minute)),
		Entry("a request of the future", payload.Future(10*time.Minute)),
		Entry("another secret", payload.SignedWith("other", "another secret")),
		Entry("a signature over other bytes", payload.SignedOver([]byte("other"))),
	)

	It("leaves a tampered body well formed", func() {
		r := delivery(payload.Event, payload.Scene{}, payload.TamperedBody).Request()
		Expect(json.Valid(r.Body)).To(BeTrue())
		r = delivery(payload.Command, payload.Scene{}, payload.TamperedBody).Request()
		values, err := url.ParseQuery(string(r.Body))
		Expect(err).NotTo(HaveOccurred())
		Expect(values.Get("command")).To(Equal("/belay-probe"))
	})

	It("signs other bytes so that an app which hashes those accepts them", func() {
		d := delivery(payload.Command, payload.Scene{Text: "a b"})
		over := payload.Stringify(d.Fields)
		d.Tamper = []payload.Tamper{payload.SignedOver(over)}
		r := d.Request()
		Expect(r.HeaderValue(payload.SignatureHeader)).To(Equal(payload.Sign(documentedSecret, documentedTimestamp, over)))
		Expect(string(over)).To(ContainSubstring(`"command":"/belay-probe","text":"a b"`))
	})
})

func FuzzSign(f *testing.F) {
	f.Add("secret", "1531420618", []byte("body"))
	f.Add(strings.Repeat("k", 65), "", []byte(strings.Repeat("x", 5000)))
	f.Fuzz(func(t *testing.T, secret, timestamp string, body []byte) {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(payload.BaseString(timestamp, body))
		if got, want := payload.Sign(payload.Secret(secret), timestamp, body), "v0="+hex.EncodeToString(mac.Sum(nil)); got != want {
			t.Fatalf("Sign(%q, %q, %q) = %s, crypto/hmac says %s", secret, timestamp, body, got, want)
		}
	})
}
