package tui_test

import (
	"encoding/json"
	"os"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/payload"
	"belay/tui"
)

// saved is a report of testdata, as belay wrote it.
func saved(name string) checks.Report {
	data, err := os.ReadFile("testdata/" + name + ".json")
	Expect(err).NotTo(HaveOccurred())
	var r checks.Report
	Expect(json.Unmarshal(data, &r)).To(Succeed())
	return r
}

// signed is a report of one request with that signature, and the right one.
func signed(sent, right string) checks.Report {
	r := sample()
	result := checks.Result{Check: "signature.valid", Status: checks.Fail, Title: "the app takes what Slack signed"}
	result.Evidence = &checks.Evidence{
		Exchanges: []checks.Exchange{{
			Question: "probe", SentAt: r.StartedAt, TotalMS: 4e6, Response: &checks.Response{Proto: "HTTP/1.1", Status: 401},
			Request: checks.Request{Method: "POST", URL: "https://bot.example.com/slack/commands", Body: "command=%2Fdeploy&text=", Header: []payload.HeaderField{
				{Name: "X-Slack-Request-Timestamp", Value: "1795468987"}, {Name: "X-Slack-Signature", Value: sent},
			}},
		}},
		SignatureSteps: []checks.SignatureStep{
			{Name: "secret (SHA-256, first 8 digits)", Value: "b4f9b1e7"}, {Name: "signature", Value: sent}, {Name: "right signature", Value: right},
		},
	}
	r.Sections[0].Results = []checks.Result{result}
	return r
}

var _ = Describe("the signature, step by step", func() {
	right := "v0=" + strings.Repeat("ab", 32)

	It("is right", func() {
		text := screen(at(120, 40, tui.Options{Report: signed(right, right)}, "4"))
		Expect(text).To(MatchRegexp(`5 the header +v0=abab`))
		Expect(text).To(SatisfyAll(MatchRegexp(`(?m)^ +right$`), Not(ContainSubstring("the first that differs"))))
	})
	It("marks the first byte that differs", func() {
		wrong := "v0=" + strings.Repeat("ab", 10) + "c" + strings.Repeat("ab", 21) + "b"
		text := screen(at(120, 40, tui.Options{Report: signed(wrong, right)}, "4"))
		lines := strings.Split(text, "\n")
		for n, line := range lines {
			if !strings.Contains(line, "byte 24 is the first that differs") {
				continue
			}
			column := strings.Index(line, "▲")
			Expect(lines[n-2][column]).To(BeEquivalentTo('c'))
			Expect(lines[n-1][column]).To(BeEquivalentTo('a'))
			return
		}
		Fail("no mark in\n" + text)
	})
	It("objects to a timestamp that an app has to refuse", func() {
		r := signed(right, right)
		r.Sections[0].Results[0].Evidence.Exchanges[0].Request.Header[0].Value = "1795468000"
		Expect(screen(at(120, 40, tui.Options{Report: r}, "4"))).To(SatisfyAll(
			ContainSubstring("s before it was sent"), ContainSubstring("more than 300 s: an app has to refuse it")))
	})
	It("says what was not sent", func() {
		r := signed("", right)
		r.Sections[0].Results[0].Evidence.Exchanges[0].Request.Header = nil
		Expect(strings.Count(screen(at(120, 40, tui.Options{Report: r}, "4")), "none was sent")).To(Equal(3))
	})
	It("shows where a body departs from itself once it was parsed and written anew", func() {
		expectGolden("120x40-signature", screen(at(120, 40, tui.Options{Report: saved("parsed")}, "4")))
		Expect(screen(at(120, 40, tui.Options{Report: saved("parsed")}, "4", "]"))).NotTo(ContainSubstring("Beside the same body"))
	})
})
