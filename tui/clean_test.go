package tui_test

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/payload"
	"belay/tui"
)

var _ = DescribeTable("cleans what an app says",
	func(text, want string) { Expect(tui.Clean(text)).To(Equal(want)) },
	Entry("plain text", "ok", "ok"),
	Entry("an escape sequence", "\x1b[2Jgone", `\x1b[2Jgone`),
	Entry("lines and tabs", "a\tb\nc", "a b c"),
	Entry("a carriage return", "a\rb", `a\x0db`),
	Entry("a mark of direction", "a\u202eb", `a\x202eb`),
	Entry("bytes that are no text", "a\xff\xfeb", "a�b"),
	Entry("C1 control characters", "a\u009bb", `a\x9bb`),
	Entry("letters of other languages", "日本語 éü", "日本語 éü"),
	Entry("an emoji with a variation", "❤\ufe0f", "❤"),
)

var _ = DescribeTable("wraps",
	func(text string, width int, want ...string) { Expect(tui.Wrap(text, width)).To(Equal(want)) },
	Entry("at spaces", "one two three", 7, "one two", "three"),
	Entry("in a long word", "a abcdefgh b", 4, "a", "abcd", "efgh", "b"),
	Entry("wide characters", "日本語", 4, "日本", "語"),
	Entry("nothing", "", 4, ""),
	Entry("into no room at all", "ab", 0, "a", "b"),
)

// hostile is a text that would break a screen.
const hostile = "\x1b[2J\x1b]0;t\x07\r\n日本語\t\u202e👍🏽 \xff\u0301\u200dlong-long-long-long-long-long-long-long-long-long"

// poisoned is a report in which everything is hostile.
func poisoned(results int) checks.Report {
	r := checks.Report{Tool: checks.Tool{Name: hostile}, Command: hostile, Verdict: checks.Verdict{Status: checks.Fail, Summary: hostile}}
	fields := []payload.HeaderField{{Name: hostile, Value: hostile}, {Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
	exchange := checks.Exchange{
		Question: hostile, Error: hostile, TotalMS: -5, Stages: checks.StagesMS{DNS: -1, FirstByte: 1 << 62},
		Request:  checks.Request{Method: hostile, URL: hostile, Header: fields, Body: "a=%7B%22a%22%3A1%7D&b=%zz&" + hostile},
		Response: &checks.Response{Proto: hostile, Status: -1, Header: fields, Body: hostile, Cut: true},
	}
	evidence := &checks.Evidence{
		Exchanges: []checks.Exchange{exchange, {}}, Resolution: &checks.Resolution{Host: hostile, Addresses: []string{hostile}},
		Connections: []checks.Connection{{Address: hostile, Error: hostile}, {Address: hostile}},
		TLS:         &checks.TLS{Version: hostile}, Chain: []checks.Certificate{{State: "missing", Subject: hostile, From: hostile}},
		Samples:        &checks.Samples{Times: []checks.Millis{1, 2}},
		SignatureSteps: []checks.SignatureStep{{Name: hostile, Value: hostile}},
		Story:          &checks.Story{Misses: []string{hostile, hostile}, Difference: hostile, Calls: []string{hostile}, Output: []string{hostile}, Excerpt: []string{hostile}},
		Fingerprint:    &checks.Fingerprint{Framework: hostile, Signs: []string{hostile}},
	}
	statuses := []checks.Status{checks.Pass, checks.Fail, checks.Warn, checks.Inconclusive, checks.Skip, "odd\x1b"}
	var section checks.Section
	section.Name, section.NotAsked = hostile, []string{hostile}
	for n := range results {
		section.Results = append(section.Results, checks.Result{
			Check: strings.Repeat("f", n%7) + "." + hostile, Title: hostile, Status: statuses[n%len(statuses)], Saw: hostile,
			Remarks: []checks.Remark{{Problem: hostile, Text: hostile}}, Took: checks.Millis(n) * 1e6, Evidence: evidence,
			Problem: &checks.Finding{ID: hostile, Title: hostile, Why: hostile, Fix: hostile, Shows: &checks.SlackShows{Words: hostile}},
		})
	}
	r.Sections = []checks.Section{section, {}, section}
	return r
}

// looks are the only escape sequences that a screen may hold.
const looks = `\x1b\[[0-9;]*m`

var _ = It("shows no control character of an app", func() {
	for _, tabs := range []int{0, 1, 2} {
		m := at(120, 60, tui.Options{Report: poisoned(6), Color: true}, "z", "z", "g", "down", "down", "enter")
		for range tabs {
			m = pressed(m, "tab")
		}
		view := m.View()
		Expect(ansi.Strip(view)).NotTo(MatchRegexp(`[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{202e}]`))
		Expect(strings.Count(view, "\x1b")).To(Equal(len(matches(view, looks))))
	}
})

var _ = It("takes nothing for narrow that a terminal draws otherwise", func() {
	for r := rune(' '); r < 0x30000; r++ {
		if n, ok := tui.Narrow(string(r)); ok {
			Expect(n).To(Equal(ansi.StringWidth(string(r))), "%U", r)
			Expect(unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me, unicode.Co)).To(BeFalse(), "%U", r)
		}
	}
})
