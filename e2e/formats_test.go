//go:build e2e

package e2e_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator/payload"
)

// hostile is what an app may answer to spoil a report.
const hostile = "\x1b]0;owned\x07 </script><script>window.owned=1</script><img src=x onerror=window.owned=1> ]]> # SKIP\n---\nnot ok 1 [x](javascript:owned) ::error:: \u202e\xff"

// played is the report of a scenario in which the app answers late and hostile words,
// and of a diagnosis.
func played() checks.Report {
	ms := func(n int) checks.Millis { return checks.Millis(time.Duration(n) * time.Millisecond) }
	call := func(question string, direction checks.Direction, at, took int) checks.Exchange {
		return checks.Exchange{
			Question: question, Direction: direction, SentAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC).Add(time.Duration(ms(at))),
			Request: checks.Request{
				Method: "POST", URL: "http://127.0.0.1:3000/slack/events", Body: "command=%2Fdeploy&text=prod+%26+eu",
				Header: []payload.HeaderField{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}, {Name: "User-Agent", Value: "Slackbot 1.0 (+https://api.slack.com/robots)"}},
			},
			Response: &checks.Response{Proto: "HTTP/1.1", Status: 200, Header: []payload.HeaderField{{Name: "X-App", Value: hostile}}, Body: hostile, BodyBytes: len(hostile)},
			Stages:   checks.StagesMS{DNS: ms(4), Connect: ms(6), TLS: ms(12), Write: ms(1), FirstByte: ms(took - 24), Body: ms(1)}, TotalMS: ms(took), Reached: "done",
		}
	}
	late := checks.Result{
		Check: "step.command", Title: "anna types /deploy", Status: checks.Fail, Saw: "4.2 s " + hostile, Remarks: []checks.Remark{{Text: hostile}}, Took: ms(4200),
		Place: &checks.Place{File: "belay/deploy.yaml", Line: 21, Column: 7},
		Problem: &checks.Finding{
			ID: "ack.timeout", Title: "The app acknowledges after Slack has stopped waiting", Why: "The work is done twice.", Fix: "Answer first.",
			Doc: "https://docs.slack.dev/faq", Shows: &checks.SlackShows{User: "operation_timeout", Confidence: "confirmed"},
		},
		Evidence: &checks.Evidence{
			Exchanges: []checks.Exchange{call("/deploy", checks.ToApp, 0, 4200)},
			Chain: []checks.Certificate{
				{State: "sent", Subject: "bot.example.com", Issuer: "R13, Let's Encrypt", Names: []string{"bot.example.com"}, NotBefore: time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC), Key: "ECDSA P-256"},
				{State: "missing", Subject: "R13, Let's Encrypt", From: "http://r13.i.lencr.org/"},
			},
			SignatureSteps: []checks.SignatureStep{{Name: "base string", Value: "v0:1795456800:command=%2Fdeploy"}, {Name: "digest", Value: "v0=a2a2a2a2"}},
			Fingerprint:    &checks.Fingerprint{Framework: "Bolt for JavaScript", Sure: true, Signs: []string{"an empty 401"}},
		},
	}
	posted := checks.Result{
		Check: "step.calls", Title: "the app posts", Status: checks.Pass, Saw: "chat.postMessage", Remarks: []checks.Remark{}, Took: ms(9),
		Evidence: &checks.Evidence{Exchanges: []checks.Exchange{call("chat.postMessage", checks.ToSlack, 3900, 60)}},
	}
	skipped := checks.Result{Check: "step.expect", Title: "nothing else is posted", Status: checks.Skip, Reason: "not asked " + hostile, Remarks: []checks.Remark{}}
	warned := checks.Result{Check: "dns.ipv4", Title: "the name has an IPv4 address", Status: checks.Warn, Saw: "only AAAA", Remarks: []checks.Remark{}}
	verdict := checks.Verdict{Status: checks.Fail, Cause: "ack.timeout", Summary: "The app acknowledges after Slack has stopped waiting."}
	target := checks.TargetInfo{URL: "http://127.0.0.1:3000/slack/events", Kind: "command", Named: "/deploy", Signed: true, Local: true, Deadline: ms(3000)}
	return checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: checks.Tool{Name: "belay", Version: "0.1.0"}, Command: "test",
		StartedAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), Duration: ms(4300), Verdict: verdict, Counts: checks.Counts{Fail: 1, Pass: 2, Skip: 1, Warn: 1},
		Sections: []checks.Section{
			{Name: "a slow deployment", Target: target, Verdict: verdict, Counts: checks.Counts{Fail: 1, Pass: 1, Skip: 1}, NotAsked: []string{}, Results: []checks.Result{late, posted, skipped}},
			{Name: hostile, Target: target, Verdict: checks.Verdict{Status: checks.Warn, Summary: hostile}, Counts: checks.Counts{Pass: 1, Warn: 1}, NotAsked: []string{hostile}, Results: []checks.Result{warned, posted}},
		},
	}
}

// shown is the report in a format, in a file that belay view writes.
func shown(format string) string {
	GinkgoHelper()
	dir := GinkgoT().TempDir()
	saved, out := filepath.Join(dir, "report.json"), filepath.Join(dir, "report."+format)
	var b bytes.Buffer
	Expect(report.JSON(&b, played())).To(Succeed())
	Expect(os.WriteFile(saved, b.Bytes(), 0o644)).To(Succeed())
	command := exec.Command(belay, "view", saved, "-o", format+"="+out)
	command.Env = environment()
	said, err := command.CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "%s", said)
	return out
}

var _ = Describe("a report", func() {
	It("of TAP is what the reference reader takes, strictly", func() {
		text, err := os.ReadFile(shown("tap"))
		Expect(err).NotTo(HaveOccurred())
		reader := exec.Command(filepath.Join("node_modules", ".bin", "tap-parser"), "--strict", "--json")
		reader.Stdin = bytes.NewReader(text)
		// It exits with 1, since a point is not ok.
		out, err := reader.Output()
		Expect(err).To(MatchError("exit status 1"))
		var events [][]any
		Expect(json.Unmarshal(out, &events)).To(Succeed())
		Expect(events).To(ContainElement(HaveExactElements(Equal("complete"), And(
			HaveKeyWithValue("count", 5.0), HaveKeyWithValue("pass", 4.0), HaveKeyWithValue("fail", 1.0),
			HaveKeyWithValue("skip", 1.0), HaveKeyWithValue("bailout", false)))))
	})

	It("of SARIF conforms to the schema", func() {
		schema, err := jsonschema.NewCompiler().Compile(filepath.Join("node_modules", "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))
		Expect(err).NotTo(HaveOccurred())
		text, err := os.ReadFile(shown("sarif"))
		Expect(err).NotTo(HaveOccurred())
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		Expect(err).NotTo(HaveOccurred())
		Expect(schema.Validate(log)).To(Succeed())
		Expect(string(text)).To(ContainSubstring(`"ruleId": "ack.timeout"`))
	})
})

// visible counts the results that a reader sees.
const visible = `[...document.querySelectorAll(".result")].filter(e => e.checkVisibility()).length`

// filtering types into the filter, and gives what is said then.
func filtering(words string) string {
	text, _ := json.Marshal(words)
	return `new Promise(done => {
		const told = document.getElementById("told"), search = document.getElementById("search");
		new MutationObserver(() => done(told.textContent)).observe(told, {childList: true});
		search.value = ` + string(text) + `; search.dispatchEvent(new Event("input"));
	})`
}

var _ = Describe("a report of HTML, in a browser,", func() {
	It("loads nothing else, complains of nothing, and runs none of an app's words", func() {
		b := openBrowser()
		file := shown("html")
		b.open(file)
		Expect(b.evaluate("typeof window.owned")).To(Equal("undefined"))
		Expect(b.of("Runtime.exceptionThrown")).To(BeEmpty())
		Expect(b.of("Log.entryAdded")).To(BeEmpty())
		for _, e := range b.of("Network.requestWillBeSent") {
			var request struct{ Request struct{ URL string } }
			Expect(json.Unmarshal(e.Params, &request)).To(Succeed())
			Expect(request.Request.URL).To(Or(Equal("file://"+file), HavePrefix("data:")))
		}
	})

	It("filters by text and by status", func() {
		b := openBrowser()
		b.open(shown("html"))
		Expect(b.evaluate(visible)).To(Equal(5.0))
		Expect(b.evaluate(filtering("Slow POSTS"))).To(Equal("1 of 5 results shown"))
		Expect(b.evaluate(visible)).To(Equal(1.0))
		Expect(b.evaluate(filtering(""))).To(BeEmpty())
		b.evaluate(`document.getElementById("show-pass").click()`)
		Expect(b.evaluate(visible)).To(Equal(3.0))
		Expect(b.evaluate(`document.getElementById("told").textContent`)).To(Equal("3 of 5 results shown"))
	})

	It("works by the keyboard", func() {
		b := openBrowser()
		b.open(shown("html"))
		b.press("/", "/")
		Expect(b.evaluate("document.activeElement.id")).To(Equal("search"))
		Expect(b.evaluate("document.activeElement.value")).To(BeEmpty())
		b.evaluate(`document.querySelectorAll("summary.head")[1].focus()`)
		b.press("Enter", "\r")
		Expect(b.evaluate(`document.querySelectorAll(".result > details")[1].open`)).To(BeTrue())
	})

	It("works with scripts off, but for the filter by text", func() {
		b := openBrowser()
		b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
		b.open(shown("html"))
		Expect(b.evaluate(`document.getElementById("search").checkVisibility()`)).To(BeFalse())
		Expect(b.evaluate(visible)).To(Equal(5.0))
		b.evaluate(`document.getElementById("show-skip").click()`)
		Expect(b.evaluate(visible)).To(Equal(4.0))
	})

	It("is as light or dark as the system, or as the reader wants", func() {
		b := openBrowser()
		const ground = "getComputedStyle(document.body).backgroundColor"
		light, dark := "rgb(255, 255, 255)", "rgb(18, 21, 26)"
		b.open(shown("html"))
		b.prefer("light")
		Expect(b.evaluate(ground)).To(Equal(light))
		b.prefer("dark")
		Expect(b.evaluate(ground)).To(Equal(dark))
		b.evaluate(`document.getElementById("theme-light").click()`)
		Expect(b.evaluate(ground)).To(Equal(light))
		b.prefer("light")
		b.evaluate(`document.getElementById("theme-dark").click()`)
		Expect(b.evaluate(ground)).To(Equal(dark))
	})

	DescribeTable("fits the window, and can be read by everybody",
		func(scheme string, width int) {
			b := openBrowser()
			b.resize(width)
			b.prefer(scheme)
			b.open(shown("html"))
			b.evaluate(`document.getElementById("open").click()`)
			Expect(b.evaluate("document.scrollingElement.scrollWidth")).To(Equal(float64(width)))
			axe, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
			Expect(err).NotTo(HaveOccurred())
			b.evaluate(string(axe) + "; 0")
			Expect(b.evaluate(`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html + " " + n.failureSummary).join("\n")))`)).To(BeEmpty())
			picture, err := png.Decode(bytes.NewReader(b.screenshot(strings.Join([]string{"report", scheme, map[bool]string{true: "wide", false: "narrow"}[width > 600]}, "-"))))
			Expect(err).NotTo(HaveOccurred())
			Expect(picture.Bounds().Dx()).To(Equal(width))
		},
		Entry("wide and light", "light", 1280), Entry("wide and dark", "dark", 1280),
		Entry("narrow and light", "light", 400), Entry("narrow and dark", "dark", 400),
	)

	It("prints without what is for the screen", func() {
		b := openBrowser()
		b.open(shown("html"))
		b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
		Expect(b.evaluate(`document.querySelector(".controls").checkVisibility()`)).To(BeFalse())
		var answer struct{ Data []byte }
		b.call("Page.printToPDF", nil, &answer)
		Expect(answer.Data).To(HavePrefix("%PDF-"))
	})
})
