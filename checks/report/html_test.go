package report_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator/payload"
)

// A page is an HTML report as a browser takes it in.
type page struct{ *html.Node }

func pageOf(r checks.Report) page {
	GinkgoHelper()
	root, err := html.Parse(strings.NewReader(written(report.HTML, r)))
	Expect(err).NotTo(HaveOccurred())
	return page{root}
}

// all are the elements of a name, or all for "", in their order.
func (p page) all(name string) []page {
	var found []page
	for n := range p.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			found = append(found, page{n})
		}
	}
	return found
}

// classed are the elements with a class.
func (p page) classed(class string) []page {
	return slices.DeleteFunc(p.all(""), func(e page) bool { return !slices.Contains(strings.Fields(e.attr("class")), class) })
}

func (p page) attr(name string) string {
	for _, a := range p.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (p page) text() string {
	var b strings.Builder
	for n := range p.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func texts(pages []page) []string {
	var all []string
	for _, p := range pages {
		all = append(all, p.text())
	}
	return all
}

// everyPage are the reports that people meet, as pages.
func everyPage() map[string]page {
	GinkgoHelper()
	pages := map[string]page{}
	for name, r := range meetings() {
		pages[name] = pageOf(r)
	}
	pages["scenarios"] = pageOf(scenarios())
	return pages
}

// readable is the text of a page without its style and script.
func (p page) readable() string {
	text := p.text()
	for _, hidden := range append(p.all("style"), p.all("script")...) {
		text = strings.Replace(text, hidden.text(), "", 1)
	}
	return text
}

var _ = Describe("the HTML report", func() {
	It("loads nothing from elsewhere, and lets nothing run but its own script", func() {
		for name, p := range everyPage() {
			for _, e := range p.all("") {
				Expect(e.Data).NotTo(BeElementOf("img", "iframe", "object", "embed", "base", "form", "image", "use", "foreignobject"), name)
				for _, a := range e.Attr {
					Expect(a.Key).NotTo(HavePrefix("on"), name)
					Expect(a.Key).NotTo(BeElementOf("src", "style", "srcset", "srcdoc"), name)
					if a.Key == "href" && e.Data != "a" {
						Expect(a.Val).To(Equal("data:,"))
					}
					if a.Key == "href" && e.Data == "a" {
						Expect(a.Val).To(MatchRegexp(`^(#|https?://)`), name)
					}
				}
			}
			Expect(p.all("script")).To(HaveLen(1))
			Expect(p.all("style")).To(HaveLen(1))
			policy := p.all("meta")[2].attr("content")
			Expect(policy).To(HavePrefix("default-src 'none'"))
			for _, inline := range []page{p.all("style")[0], p.all("script")[0]} {
				sum := sha256.Sum256([]byte(inline.FirstChild.Data))
				Expect(policy).To(ContainSubstring(base64.StdEncoding.EncodeToString(sum[:])))
				Expect(inline.FirstChild.Data).NotTo(MatchRegexp(`@import|@font-face|https?:|url\(`))
			}
		}
	})

	It("has the elements that it has with harmless words, whatever an app's words are", func() {
		shape := func(p page) []string {
			var names []string
			for _, e := range p.all("") {
				names = append(names, e.Data)
			}
			return names
		}
		with := func(words string) checks.Report {
			r := scenarios()
			for i := range r.Sections {
				s := &r.Sections[i]
				s.Name, s.Target.URL, s.Target.Named, s.Verdict.Summary, s.NotAsked = words, words, words, words, []string{words}
				for n := range s.Results {
					result := &s.Results[n]
					result.Check, result.Title, result.Saw, result.Reason, result.Remarks = words, words, words, words, []checks.Remark{{Text: words}}
					if result.Problem != nil {
						result.Problem = &checks.Finding{ID: words, Title: words, Why: words, Fix: words}
					}
					if result.Evidence == nil {
						continue
					}
					for i := range result.Evidence.Exchanges {
						x := &result.Evidence.Exchanges[i]
						x.Question, x.Error, x.Request.URL, x.Request.Body, x.Response.Body = words, words, words, words, words
						x.Request.Header = []payload.HeaderField{{Name: words, Value: words}}
					}
					result.Evidence.Chain = []checks.Certificate{{State: words, Subject: words, Issuer: words, From: words}}
					result.Evidence.SignatureSteps = []checks.SignatureStep{{Name: words, Value: words}}
				}
			}
			return r
		}
		want := shape(pageOf(with("harmless")))
		for _, words := range []string{
			hostile, `"><img src=x onerror=alert(1)>`, "</script><script>alert(1)</script>", "</style><svg onload=alert(1)>",
			"{{.Secret}}", "javascript:alert(1)", "'\" onfocus=alert(1) autofocus x='", "<!--", "]]>", "&lt;script&gt;",
		} {
			Expect(shape(pageOf(with(words)))).To(Equal(want), words)
		}
	})

	It("makes a link only of an address of the web", func() {
		for _, doc := range []string{"javascript:alert(1)", "data:text/html,x", "//evil.example", "x", "vbscript:x"} {
			r := sample()
			r.Sections[0].Results[1].Problem.Doc = doc
			for _, a := range pageOf(r).all("a") {
				Expect(a.attr("href")).To(MatchRegexp(`^(#|https://docs\.slack\.dev/)`), doc)
			}
		}
	})

	It("begins with the verdict, and what was found stands before what passed", func() {
		p := pageOf(sample())
		Expect(p.all("h1")[0].text()).To(Equal("✗ failed The app acknowledges after Slack has stopped waiting."))
		var order []string
		for _, result := range p.classed("result") {
			order = append(order, result.attr("data-status"))
		}
		Expect(order).To(Equal([]string{"fail", "warn", "inconclusive", "pass", "skip"}))
		Expect(p.readable()).To(And(ContainSubstring("Fix: Answer first."), ContainSubstring(`/command failed with the error "operation_timeout"`)))
	})

	It("keeps the order of a scenario's steps", func() {
		p := pageOf(scenarios())
		Expect(p.all("h1")[0].text()).To(Equal("✗ failed 1 of 3 scenarios failed."))
		Expect(texts(p.classed("section")[1].classed("title"))[0]).To(HavePrefix("anna types /deploy prod & eu"))
		Expect(texts(p.classed("section")[2].classed("title"))[0]).To(ContainSubstring("belay/deploy.yaml:21:7"))
	})

	It("shows request and response, with their headers, and the body as a person reads it", func() {
		r := delivered()
		x := &r.Sections[0].Results[0].Evidence.Exchanges[0]
		x.Request.Body = "token=x&text=prod+%26+eu&payload=%7B%22a%22%3A%7B%22b%22%3A1%7D%7D"
		text := pageOf(r).readable()
		Expect(text).To(ContainSubstring("POST " + commands))
		Expect(text).To(ContainSubstring("Content-Type application/json"))
		Expect(text).To(ContainSubstring(x.Request.Body))
		Expect(text).To(ContainSubstring("text = prod & eu"))
		Expect(text).To(ContainSubstring(`"a": { "b": 1 }`))
		Expect(text).To(ContainSubstring(`{"text":"Deploying."}`))
	})

	It("decodes nothing in which a secret may not have been recognised", func() {
		r := delivered()
		x := &r.Sections[0].Results[0].Evidence.Exchanges[0]
		x.Request.Body = "a=%68unter2&b=h%75nter2&c=%7B%22d%22%3A%22%5Cu0068unter2%22%7D&e=plain+words"
		text := pageOf(r).readable()
		Expect(text).NotTo(ContainSubstring("hunter2"))
		Expect(text).To(ContainSubstring("e = plain words"))
	})

	It("draws the waterfall of the stages, with the line where Slack stops waiting", func() {
		p := pageOf(late())
		drawing := p.classed("waterfall")[0].all("svg")[0]
		Expect(drawing.attr("aria-label")).To(And(
			ContainSubstring("waiting 4.0 s"), ContainSubstring("Slack stops waiting after 3.0 s"), ContainSubstring("1.1 s before the end")))
		Expect(texts(drawing.classed("deadline"))).To(ContainElement("3 s : Slack stops waiting"))
		Expect(texts(p.classed("result")[0].classed("pairs"))[0]).To(ContainSubstring("TLS 54 ms"))
		var end float64
		for _, bar := range drawing.all("rect") {
			at, width := percent(bar.attr("x")), percent(bar.attr("width"))
			Expect(at + width).To(BeNumerically("<=", 100.5))
			end = max(end, at+width)
		}
		Expect(end).To(BeNumerically("~", 100, 0.6))
	})

	It("shows the certificates, the missing one too, and how the signature comes about", func() {
		r := chainIncomplete()
		for n := range r.Sections[0].Results {
			if r.Sections[0].Results[n].Problem != nil {
				r.Sections[0].Results[n].Evidence.SignatureSteps = []checks.SignatureStep{{Name: "base string", Value: "v0:1:a=b\nc"}}
			}
		}
		p := pageOf(r)
		rows := texts(p.classed("chain")[0].all("tr"))
		Expect(rows[1]).To(And(HavePrefix("✓ sent bot.example.com"), ContainSubstring("2026-11-03 to 2027-02-01")))
		Expect(rows[2]).To(And(HavePrefix("✗ missing"), ContainSubstring("to be had from http://r13.i.lencr.org/")))
		Expect(p.readable()).To(ContainSubstring("base string v0:1:a=b c"))
	})

	It("praises no certificate of a chain that is complete", func() {
		Expect(texts(pageOf(expired()).classed("chain")[0].all("tr"))[1]).To(HavePrefix("sent"))
	})

	Describe("has a timeline", func() {
		rows := func(p page) []string { return texts(p.classed("timeline")[0].all("tbody")[0].all("tr")) }

		It("of who called whom in a scenario, in the order of time", func() {
			p := pageOf(scenarios())
			Expect(rows(p)).To(Equal([]string{
				"+0.000 s Slack → app /deploy 200 46 ms", "+0.061 s app → Slack views.open 200 8.0 ms",
				"+0.820 s Slack → app view_submission 200 31 ms", "+1.204 s app → Slack chat.postMessage 200 12 ms",
			}))
			// Both deliveries have their line, the calls of the app have none.
			Expect(p.classed("timeline")[0].all("tbody")[0].classed("deadline")).To(HaveLen(2))
		})

		It("in which what was late is hatched from the line on", func() {
			svg := pageOf(scenarios()).classed("timeline")[1].all("tbody")[0].all("svg")[0]
			bars := svg.all("rect")
			Expect(bars).To(HaveLen(2))
			Expect(bars[1].attr("fill")).To(Equal("url(#hatch)"))
			Expect(bars[1].attr("x")).To(Equal(svg.classed("deadline")[0].attr("x1")))
			Expect(percent(bars[1].attr("x"))).To(BeNumerically("~", 100*3000.0/4200, 0.1))
		})

		It("that leads to the results", func() {
			p := pageOf(scenarios())
			ids := map[string]bool{}
			for _, e := range p.all("") {
				ids["#"+e.attr("id")] = true
			}
			for _, a := range p.all("a") {
				if href := a.attr("href"); strings.HasPrefix(href, "#") {
					Expect(ids).To(HaveKey(href))
				}
			}
		})

		It("only where an app called Slack, or of scenarios", func() {
			Expect(pageOf(late()).classed("timeline")).To(BeEmpty())
			r := scenarios()
			r.Command = "drill"
			Expect(pageOf(r).classed("timeline")).To(HaveLen(2))
		})
	})

	It("stays bounded, and keeps what failed before what passed", func() {
		r := healthy()
		s := &r.Sections[0]
		body := strings.Repeat("<\"&'", 8<<10)
		x := posted(body, 0, 45, responded(200, "text/html", body))
		good := passed("ack.deadline", strings.Repeat("<", 800))
		good.Evidence = &checks.Evidence{Exchanges: []checks.Exchange{x}}
		bad := failing("ack.timeout", "late", x)
		s.Results = append(slices.Repeat([]checks.Result{good}, 10_000), bad)
		s.Counts = checks.Counts{Pass: 10_000, Fail: 1}
		text := written(report.HTML, r)
		Expect(len(text)).To(BeNumerically("<", 80<<20))
		p := pageOf(r)
		first := p.classed("result")[0]
		Expect(first.attr("data-status")).To(Equal("fail"))
		Expect(first.classed("exchange")).To(HaveLen(1))
		Expect(texts(p.classed("notice"))).To(ContainElement(MatchRegexp(`The evidence of \d+ results was left out`)))
	})

	It("shows what can be shown of a report that is nearly empty", func() {
		for _, r := range []checks.Report{{}, {Sections: []checks.Section{{}}}, {Command: "test"}, {Interrupted: true}} {
			Expect(pageOf(r).all("h1")).To(HaveLen(1))
		}
		Expect(pageOf(interrupted()).readable()).To(ContainSubstring("Interrupted: this is what was found so far."))
	})
})

func percent(text string) float64 {
	GinkgoHelper()
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	Expect(err).NotTo(HaveOccurred(), text)
	Expect(text).To(HaveSuffix("%"))
	return n
}

var _ = Describe("the HTML report for who does not see, or has no mouse,", func() {
	It("has headings of which none leaves out a level", func() {
		for name, p := range everyPage() {
			level := 0
			for _, e := range p.all("") {
				if !regexp.MustCompile(`^h[1-6]$`).MatchString(e.Data) {
					continue
				}
				next := int(e.Data[1] - '0')
				Expect(next).To(BeNumerically("<=", level+1), "%s: %s %s", name, e.Data, e.text())
				Expect(e.text()).NotTo(BeEmpty(), name)
				level = next
			}
		}
	})

	It("has no id twice, and names for what can be used or is drawn", func() {
		for name, p := range everyPage() {
			ids := map[string]bool{}
			for _, e := range p.all("") {
				if id := e.attr("id"); id != "" {
					Expect(ids).NotTo(HaveKey(id), name)
					ids[id] = true
				}
			}
			for _, e := range p.all("") {
				for _, reference := range []string{"for", "aria-labelledby"} {
					if id := e.attr(reference); id != "" {
						Expect(ids).To(HaveKey(id), name)
					}
				}
				if e.Data == "svg" {
					Expect(e.attr("aria-hidden")+e.attr("aria-label")).NotTo(BeEmpty(), name)
				}
				if e.Data == "th" {
					Expect(e.attr("scope")).To(BeElementOf("row", "col"), name)
				}
				if e.attr("tabindex") != "" {
					Expect(e.attr("tabindex")).To(Equal("0"))
					Expect(e.attr("role")).To(Equal("group"))
					Expect(e.attr("aria-label")).NotTo(BeEmpty())
				}
			}
		}
	})

	It("says each status with a word", func() {
		for _, m := range pageOf(sample()).classed("mark") {
			Expect(m.text()).To(MatchRegexp(`[a-z]{4,}`))
		}
	})

	It("has colours that can be read, in light and in dark", func() {
		style, err := os.ReadFile("html/style.css")
		Expect(err).NotTo(HaveOccurred())
		colours := map[string][2]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+): light-dark\((#\w{6}), (#\w{6})\)`).FindAllStringSubmatch(string(style), -1) {
			colours[m[1]] = [2]string{m[2], m[3]}
		}
		for _, ground := range []string{"ground", "panel"} {
			for _, ink := range []string{"text", "faint", "link", "pass", "warn", "fail", "inconclusive", "skip", "late"} {
				for theme := range 2 {
					Expect(contrast(colours[ground][theme], colours[ink][theme])).To(BeNumerically(">=", 4.5), "%s on %s", ink, ground)
				}
			}
			for _, drawn := range []string{"road", "wait", "body"} {
				for theme := range 2 {
					Expect(contrast(colours[ground][theme], colours[drawn][theme])).To(BeNumerically(">=", 3), "%s on %s", drawn, ground)
				}
			}
		}
		Expect(slices.Sorted(maps.Keys(colours))).To(ContainElements("ground", "panel", "line"))
	})
})

// contrast is that of two colours.
//
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(a, b string) float64 {
	luminance := func(colour string) float64 {
		var sum float64
		for n, weight := range []float64{0.2126, 0.7152, 0.0722} {
			var value int
			_, err := fmt.Sscanf(colour[1+2*n:3+2*n], "%x", &value)
			Expect(err).NotTo(HaveOccurred(), colour)
			c := float64(value) / 255
			if c <= 0.04045 {
				sum += weight * c / 12.92
			} else {
				sum += weight * math.Pow((c+0.055)/1.055, 2.4)
			}
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
