package recording_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/recording"
)

// har is an archive with these requests, each started at its time.
func har(entries ...string) string {
	return `{"log":{"version":"1.2","creator":{"name":"belay","version":"0"},"entries":[` + strings.Join(entries, ",") + `]}}`
}

func harEntry(started, method, url, data string) string {
	return `{"startedDateTime":"` + started + `","time":12,"request":{"method":"` + method + `","url":"` + url +
		`","httpVersion":"HTTP/2","headers":[{"name":":authority","value":"bot.example.com"},{"name":"content-type","value":"application/json"}],"bodySize":-1` +
		data + `},"response":{"status":200}}`
}

func postData(text string) string {
	quoted, _ := json.Marshal(text)
	return `,"postData":{"mimeType":"application/json","text":` + string(quoted) + `}`
}

var _ = Describe("a HAR file", func() {
	const url = "https://bot.example.com/slack/events"

	It("holds requests in the order of their times, and others, which are counted", func() {
		set, err := recording.Read("capture.har", []byte(har(
			harEntry("2026-11-23T18:00:02.5Z", "POST", url, postData(`{"type":"event_callback","event_id":"EvB"}`)),
			harEntry("2026-11-23T19:00:00.000+01:00", "POST", url, postData(`{"type":"url_verification"}`)),
			harEntry("2026-11-23T18:00:01Z", "GET", "https://bot.example.com/favicon.ico", ""),
			harEntry("2026-11-23T18:00:03Z", "GET", "https://bot.example.com/slack/oauth_redirect?code=1.2.3&state=s", ""),
		)), recording.Options{})
		Expect(err).NotTo(HaveOccurred())
		Expect(set.Format).To(Equal("har"))
		var sources []string
		for _, r := range set.Recordings {
			sources = append(sources, r.Source)
		}
		Expect(sources).To(Equal([]string{"capture.har: entry 2", "capture.har: entry 1", "capture.har: entry 4"}))
		Expect(set.Recordings[0].Header).To(Equal(header("content-type", "application/json")))
		Expect(set.Skipped).To(HaveLen(1))
		Expect(set.Skipped[0].Recording.Source).To(Equal("capture.har: entry 3"))
	})

	It("may hold a body in base64, or as fields", func() {
		encoded := base64.StdEncoding.EncodeToString([]byte("command=%2Fdeploy"))
		r := read("a.har", har(harEntry("", "POST", url, `,"postData":{"encoding":"base64","text":"`+encoded+`"}`)))
		Expect(string(r.Body)).To(Equal("command=%2Fdeploy"))
		r = read("a.har", har(harEntry("", "POST", url, `,"postData":{"text":"","params":[{"name":"command","value":"/deploy"},{"name":"text","value":"a b"}]}`)))
		Expect(string(r.Body)).To(Equal("command=%2Fdeploy&text=a+b"))
		Expect(r.Lost).To(ConsistOf(ContainSubstring("recorded as fields")))
	})

	It("says that bytes were lost in it", func() {
		r := read("a.har", har(harEntry("", "POST", url, postData("command=/deploy&text=\ufffd"))))
		Expect(r.Lost).To(ConsistOf(ContainSubstring("not UTF-8")))
	})

	DescribeTable("says where it cannot be read",
		func(text, message string) { Expect(refusal("a.har", text)).To(MatchError(message)) },
		Entry(nil, "{\"log\":{\n\"entries\":[}}", "a.har:2:12: invalid character '}' looking for beginning of value"),
		Entry(nil, `{"log":{"entries":[{"request":{"method":7}}]}}`, "a.har:1:41: want a string at log.entries.request.method, and there is a number"),
		Entry(nil, har(`{}`), "a.har: entry 1: it has no request"),
		Entry(nil, har(), "a.har: a HAR file without a request"),
		Entry(nil, har(harEntry("yesterday", "POST", url, "")), `a.har: entry 1: startedDateTime is "yesterday": want a time such as 2026-11-23T18:00:00.250Z`),
		Entry(nil, har(harEntry("", "POST", url, `,"postData":{"encoding":"base64","text":"!"}`)), "a.har: entry 1: postData.text is no base64: illegal base64 data at input byte 0"),
		Entry(nil, har(harEntry("", "GET", url, ""), harEntry("", "PUT", url, "")), "a.har: none of the 2 requests is one of Slack's; a.har: entry 1: the only GET that Slack causes is the redirect of an install, with code and state"),
	)
})
