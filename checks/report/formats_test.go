package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
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

// formats are all that are for programs, by the word the user types.
var formats = map[string]writer{
	"json": report.JSON, "ndjson": report.Lines, "junit": report.JUnit, "markdown": report.Markdown,
	"github": report.GitHub, "tap": report.TAP, "sarif": report.SARIF, "html": report.HTML,
}

// eachFormat is an entry for each of them.
func eachFormat() []TableEntry {
	var entries []TableEntry
	for _, name := range slices.Sorted(maps.Keys(formats)) {
		entries = append(entries, Entry(name, formats[name]))
	}
	return entries
}

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
		Entry("TAP", "report.tap", report.TAP),
		Entry("SARIF", "report.sarif", report.SARIF),
	)

	DescribeTable("hold no control character of an app's answer",
		func(write writer) {
			for _, r := range written(write, sample()) {
				Expect(r == '\n' || !unicode.Is(unicode.Cc, r) && !unicode.Is(unicode.Cf, r)).To(BeTrue(), "%q", r)
			}
		},
		eachFormat(),
	)
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
		for _, write := range formats {
			if err := write(io.Discard, r); err != nil && !errors.As(err, new(*json.MarshalerError)) {
				t.Fatal(err)
			}
		}
		if err := report.Text(io.Discard, r, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
	})
}
