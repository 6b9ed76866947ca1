package recording_test

import (
	"bytes"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/report"
	"belay/internal/recording"
)

// saved is a report of four exchanges, of which one is none of Slack's, one is what the
// app asked of Slack, and one proves two things.
func saved() checks.Report {
	exchange := func(question, method, body string, second int) checks.Exchange {
		return checks.Exchange{
			Question: question, SentAt: time.Date(2026, 11, 23, 18, 0, second, 0, time.UTC),
			Request: checks.Request{Method: method, URL: "http://127.0.0.1:3000/slack/commands", Header: header("User-Agent", "x"), Body: body},
		}
	}
	forged := exchange("forged", "POST", "token=[redacted]&command=%2Fforged", 2)
	asked := exchange("chat.postMessage", "POST", "text=hello", 3)
	asked.Direction = checks.ToSlack
	result := func(check string, all ...checks.Exchange) checks.Result {
		return checks.Result{Check: check, Status: checks.Pass, Remarks: []checks.Remark{}, Evidence: &checks.Evidence{Exchanges: all}}
	}
	return checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: checks.Tool{Name: "belay", Version: "0"}, Command: "check",
		Sections: []checks.Section{{Name: "http://127.0.0.1:3000", NotAsked: []string{}, Results: []checks.Result{
			result("signature.forged", forged, exchange("direct", "GET", "", 0)),
			result("ack.deadline", exchange("control", "POST", "command=%2Fcontrol", 1), forged, asked),
		}}},
	}
}

var _ = Describe("a saved report", func() {
	bodies := func(set recording.Set) []string {
		var all []string
		for _, r := range set.Recordings {
			all = append(all, string(r.Body))
		}
		return all
	}

	DescribeTable("holds exchanges, which are read once each, in the order of sending",
		func(write func(*bytes.Buffer) error) {
			var b bytes.Buffer
			Expect(write(&b)).To(Succeed())
			set, err := recording.Read("report.json", b.Bytes(), recording.Options{})
			Expect(err).NotTo(HaveOccurred())
			Expect(set.Format).To(Equal("report"))
			Expect(set.Cut).To(BeEmpty())
			Expect(bodies(set)).To(Equal([]string{"command=%2Fcontrol", "token=[redacted]&command=%2Fforged"}))
			Expect(set.Recordings[1].Source).To(Equal(`report.json: exchange 1 ("forged")`))
			Expect(set.Skipped).To(HaveLen(1))
		},
		Entry("of JSON", func(b *bytes.Buffer) error { return report.JSON(b, saved()) }),
		Entry("of lines", func(b *bytes.Buffer) error { return report.Lines(b, saved()) }),
	)

	It("may be cut off: what is whole is read", func() {
		var b bytes.Buffer
		Expect(report.JSON(&b, saved())).To(Succeed())
		half := b.Bytes()[:bytes.LastIndex(b.Bytes(), []byte("control"))]
		set, err := recording.Read("report.json", half, recording.Options{})
		Expect(err).NotTo(HaveOccurred())
		Expect(set.Cut).To(ContainSubstring("cut off"))
		Expect(bodies(set)).To(Equal([]string{"token=[redacted]&command=%2Fforged"}))
	})

	It("says where it cannot be read", func() {
		Expect(refusal("report.json", "{\"schema_version\":1,\n\"sections\":[}")).To(MatchError(HavePrefix("report.json:2:13: ")))
		Expect(refusal("report.json", `{"schema_version":1}`)).To(MatchError("report.json: a saved report of belay's without a request"))
	})
})

var _ = Describe("a text that is no recording", func() {
	DescribeTable("is refused",
		func(text, message string) { Expect(refusal("file", text)).To(MatchError(ContainSubstring(message))) },
		Entry("empty", " \n", "file: there is nothing in it"),
		Entry("some words", "hello", "file: this is no recording that belay knows"),
		Entry("a list", "[]", "file: this JSON is no recording"),
		Entry("other JSON", `{"a":1}`, "file: this JSON is no recording: want a HAR file (log.entries)"),
		Entry("the body alone", `{"type":"event_callback","event":{}}`, "file: this is the body of a request alone"),
	)

	It("is read as what the user says", func() {
		_, err := recording.Read("file", []byte("hello"), recording.Options{Format: "http"})
		Expect(err).To(MatchError("file:1:1: want a request line, such as POST /slack/events HTTP/1.1"))
		_, err = recording.Read("file", []byte("hello"), recording.Options{Format: "pcap"})
		Expect(err).To(MatchError(`there is no format "pcap" of recordings: want curl, har, http, report, ngrok`))
	})

	It("is not larger than the bound", func() {
		_, err := recording.Read("file", make([]byte, recording.MaxFile+1), recording.Options{})
		Expect(err).To(MatchError("file: it is larger than 64 MiB"))
	})
})
