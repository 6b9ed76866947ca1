package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/checks/report"
)

// hostile is what an app may answer to spoil a report.
const hostile = "\x1b[2J\x1b]0;owned\x07 <script>alert(1)</script> ]]> ::error:: `a` | *b* @here [x](y)\n\r\x00\u009b31m\u202egnp \xff"

// sample has a result of every status, a place in a file, and hostile words.
func sample() checks.Report {
	results := []checks.Result{
		{Check: "tcp.connect", Title: "something listens at the address", Status: checks.Pass, Saw: "1 of 1 addresses on 443", Took: checks.Millis(1500 * time.Microsecond), Remarks: []checks.Remark{}},
		{
			Check: "ack.deadline", Title: "the app acknowledges in time", Status: checks.Fail, Saw: "the app answers /deploy after 4.1 s: " + hostile,
			Remarks: []checks.Remark{}, Took: checks.Millis(4100 * time.Millisecond),
			Place: &checks.Place{File: "manifest, v2.json", Line: 12, Column: 3},
			Problem: &checks.Finding{
				ID: "ack.timeout", Title: "The app acknowledges after Slack has stopped waiting", Why: "The work is done twice.", Fix: "Answer first.", Doc: "https://docs.slack.dev/x",
				Shows: &checks.SlackShows{User: "operation_timeout", Confidence: "confirmed"},
			},
			Evidence: &checks.Evidence{Exchanges: []checks.Exchange{{Question: "named", Response: &checks.Response{Status: 200, Body: hostile}}}},
		},
		{Check: "dns.ipv4", Title: "the name has an IPv4 address", Status: checks.Warn, Saw: "only AAAA", Remarks: []checks.Remark{}, Problem: &checks.Finding{ID: "dns.ipv6-only", Title: "The name has no IPv4 address", Why: "Why.", Fix: "Add one.", Doc: "https://docs.slack.dev/faq"}},
		{Check: "signature.valid", Title: "a request signed with your secret is accepted", Status: checks.Inconclusive, Reason: "the answers do not tell", Remarks: []checks.Remark{}},
		{Check: "signature.stale", Title: "an old request is refused", Status: checks.Skip, Reason: "needs the signing secret", Remarks: []checks.Remark{{Text: "a remark"}}},
	}
	verdict := checks.Verdict{Status: checks.Fail, Cause: "ack.timeout", Summary: "The app acknowledges after Slack has stopped waiting."}
	counts := checks.Counts{Pass: 1, Warn: 1, Fail: 1, Inconclusive: 1, Skip: 1}
	return checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: checks.Tool{Name: "belay", Version: "1.2.3"}, Command: "check",
		StartedAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), Duration: checks.Millis(4200 * time.Millisecond),
		Verdict: verdict, Counts: counts,
		Sections: []checks.Section{{
			Name: "https://bot.example.com/slack/commands", Target: checks.TargetInfo{URL: "https://bot.example.com/slack/commands", Kind: "command", Deadline: checks.Millis(3 * time.Second)},
			Verdict: verdict, Counts: counts, NotAsked: []string{}, Results: results,
		}},
	}
}

type writer = func(io.Writer, checks.Report) error

func written(write writer, r checks.Report) string {
	var b bytes.Buffer
	Expect(write(&b, r)).To(Succeed())
	return b.String()
}

var _ = Describe("the formats for programs", func() {
	DescribeTable("look as they should",
		func(file string, write writer) {
			Expect(checkstest.Golden("testdata/"+file, written(write, sample()))).To(Succeed())
		},
		Entry("JUnit", "junit.xml", report.JUnit),
		Entry("Markdown", "markdown.md", report.Markdown),
		Entry("GitHub annotations", "github.txt", report.GitHub),
		Entry("lines of JSON", "lines.ndjson", report.Lines),
	)

	DescribeTable("hold no control character of an app's answer",
		func(write writer) {
			for _, r := range written(write, sample()) {
				Expect(r == '\n' || !unicode.Is(unicode.Cc, r) && !unicode.Is(unicode.Cf, r)).To(BeTrue(), "%q", r)
			}
		},
		Entry("JSON", report.JSON),
		Entry("JUnit", report.JUnit),
		Entry("Markdown", report.Markdown),
		Entry("GitHub annotations", report.GitHub),
		Entry("lines of JSON", report.Lines),
	)

	It("write JUnit that a strict reader takes, with unique names", func() {
		r := sample()
		r.Sections = append(r.Sections, r.Sections[0])
		decoder := xml.NewDecoder(strings.NewReader(written(report.JUnit, r)))
		names := map[string]bool{}
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			Expect(err).NotTo(HaveOccurred())
			if start, ok := token.(xml.StartElement); ok && start.Name.Local == "testcase" {
				name := start.Attr[0].Value + " / " + start.Attr[1].Value
				Expect(names).NotTo(HaveKey(name))
				names[name] = true
			}
		}
		Expect(names).To(HaveLen(10))
	})

	It("keep to what GitHub shows: ten errors, the last of which counts the rest", func() {
		r := sample()
		failure := r.Sections[0].Results[1]
		r.Sections[0].Results = nil
		for range 25 {
			r.Sections[0].Results = append(r.Sections[0].Results, failure)
		}
		r.Counts = checks.Counts{Fail: 25}
		text := written(report.GitHub, r)
		Expect(strings.Count(text, "::error ")).To(Equal(10))
		Expect(text).To(ContainSubstring("and 16 more"))
	})

	It("cut Markdown where GitHub would refuse it", func() {
		r := sample()
		for range 4000 {
			r.Sections = append(r.Sections, r.Sections[0])
		}
		text := written(report.Markdown, r)
		Expect(len(text)).To(BeNumerically("<", 1<<20))
		Expect(text).To(HaveSuffix("longer than a job summary may be.\n"))
	})
})

var _ = Describe("reading a report", func() {
	DescribeTable("gives back what was written",
		func(write writer) {
			want := written(report.JSON, sample())
			got, err := report.Read(strings.NewReader(written(write, sample())))
			Expect(err).NotTo(HaveOccurred())
			Expect(written(report.JSON, got)).To(MatchJSON(want))
		},
		Entry("as JSON", report.JSON),
		Entry("as lines of JSON", report.Lines),
	)

	DescribeTable("shows what it can of one that is cut off, and says so",
		func(write writer) {
			whole := written(write, sample())
			got, err := report.Read(strings.NewReader(whole[:len(whole)*3/4]))
			Expect(err).To(MatchError(ContainSubstring("what could be read")))
			Expect(got.Interrupted).To(BeTrue())
			Expect(got.Sections).To(HaveLen(1))
			Expect(len(got.Sections[0].Results)).To(BeNumerically(">=", 1))
			Expect(got.Sections[0].Results[0].Check).To(Equal("tcp.connect"))
		},
		Entry("as JSON", report.JSON),
		Entry("as lines of JSON", report.Lines),
	)

	It("shows one of a newer belay, and says so", func() {
		r := sample()
		r.SchemaVersion = checks.SchemaVersion + 1
		got, err := report.Read(strings.NewReader(written(report.JSON, r)))
		Expect(err).To(MatchError(ContainSubstring("newer")))
		Expect(got.Sections).To(HaveLen(1))
	})

	DescribeTable("refuses what is no report",
		func(text string) {
			_, err := report.Read(strings.NewReader(text))
			Expect(err).To(MatchError(report.ErrNotReport))
		},
		Entry("an empty file", ""),
		Entry("another program's JSON", `{"name":"x","version":"1.0.0"}`),
		Entry("another program's JSON, cut off", `{"name":"x","version":`),
		Entry("text", "hello"),
		Entry("a list", "[1,2]"),
		Entry("lines of something else", `{"type":"log"}`+"\n"+`{"type":"log"}`),
	)
})

func FuzzRead(f *testing.F) {
	for _, write := range []writer{report.JSON, report.Lines} {
		var b bytes.Buffer
		if err := write(&b, sample()); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(b.Bytes()[:b.Len()/2])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, _ := report.Read(bytes.NewReader(data))
		for _, write := range []writer{report.JSON, report.JUnit, report.Markdown, report.GitHub, report.Lines} {
			if err := write(io.Discard, r); err != nil && !errors.As(err, new(*json.MarshalerError)) {
				t.Fatal(err)
			}
		}
		if err := report.Text(io.Discard, r, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
	})
}
