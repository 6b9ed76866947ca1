package recording_test

import (
	"encoding/base64"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/recording"
)

// captured is one entry of ngrok's list.
func captured(id, start, raw string) string {
	return `{"uri":"/api/requests/http/` + id + `","id":"` + id + `","tunnel_name":"command_line","start":"` + start +
		`","duration":1200000,"request":{"method":"POST","proto":"HTTP/1.1","uri":"/slack/commands","raw":"` +
		base64.StdEncoding.EncodeToString([]byte(raw)) + `"},"response":{"status":"200 OK","raw":""}}`
}

var _ = Describe("a capture of ngrok's", func() {
	body := "command=%2Fdeploy"
	raw := request("/slack/commands", body, length(body), "X-Forwarded-Proto: https")

	It("lists the newest first, and is read from the oldest", func() {
		set, err := recording.Read("ngrok.json", []byte(`{"uri":"/api/requests/http","requests":[`+
			captured("airt_2", "2026-11-23T18:00:02.000000001Z", raw)+","+captured("airt_1", "2026-11-23T19:00:00+01:00", raw)+`]}`), recording.Options{})
		Expect(err).NotTo(HaveOccurred())
		Expect(set.Format).To(Equal("ngrok"))
		Expect(set.Recordings).To(HaveLen(2))
		first := set.Recordings[0]
		Expect(first.Source).To(Equal(`ngrok.json: request 2 ("airt_1")`))
		Expect(first.At).To(BeTemporally("==", time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)))
		Expect(first.URL).To(Equal("https://bot.example.com/slack/commands"))
		Expect(string(first.Body)).To(Equal(body))
	})

	It("may be one entry alone, and its body may be cut", func() {
		r := read("ngrok.json", captured("airt_1", "", request("/slack/commands", body, "Content-Length: 300000")))
		Expect(r.Lost).To(ConsistOf("the body is cut: Content-Length says 300000 bytes, and 17 are there"))
	})

	DescribeTable("says where it cannot be read",
		func(text, message string) { Expect(refusal("ngrok.json", text)).To(MatchError(message)) },
		Entry(nil, `{"requests":[]}`, "ngrok.json: a capture of ngrok's without a request"),
		Entry(nil, `{"requests":[{"id":"airt_1"}]}`, `ngrok.json: request 1 ("airt_1"): request.raw is missing: the request was not captured`),
		Entry(nil, `{"request":{"raw":"!"}}`, "ngrok.json: request 1: request.raw is no base64: illegal base64 data at input byte 0"),
		Entry(nil, captured("a", "", "hello"), `ngrok.json: request 1 ("a"): request.raw is no HTTP request`),
		Entry(nil, captured("a", "", request("/", "command=a", "nonsense")), `ngrok.json: request 1 ("a"): request.raw:3:1: this is no header: want Name: value, and an empty line before the body`),
	)
})
