package tui_test

import (
	"bytes"
	"context"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

// heard is what is read out to somebody who types those lines.
func heard(ctx context.Context, o tui.Options, lines ...string) (string, tui.End) {
	GinkgoHelper()
	var out bytes.Buffer
	o.Accessible, o.Out, o.In = true, &out, strings.NewReader(strings.Join(lines, "\n")+"\n")
	end, err := tui.Run(ctx, o)
	Expect(err).NotTo(HaveOccurred())
	return out.String(), end
}

var _ = Describe("reading out", func() {
	It("says every result in a line, then the verdict, and what each means by its number", func(ctx SpecContext) {
		text, _ := heard(ctx, tui.Options{Report: sample()}, "12", "q", "13")
		expectGolden("accessible", text)
	}, SpecTimeout(10*time.Second))

	It("draws nothing and goes nowhere back", func(ctx SpecContext) {
		text, _ := heard(ctx, tui.Options{Report: poisoned(6), Color: true}, "1", "2", "/x", "l")
		Expect(text).NotTo(MatchRegexp(`[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{202e}\x{2500}-\x{259f}]`))
	}, SpecTimeout(10*time.Second))

	It("says each result of a run when it is there, and asks again", func(ctx SpecContext) {
		runs := 0
		text, end := heard(ctx, tui.Options{Total: 2, Live: func(_ context.Context, w checks.Watch, _ []string) checks.Report {
			runs++
			for _, r := range sample().Sections[0].Results[:2] {
				w.Result("https://bot.example.com", r)
			}
			return sample()
		}}, "r", "q")
		Expect(runs).To(Equal(2))
		Expect(strings.Count(text, "1 of 2: url.valid: passed")).To(Equal(2))
		Expect(end.Report).To(Equal(sample()))
	}, SpecTimeout(10*time.Second))

	It("finds problems and words, and says what it does not understand", func(ctx SpecContext) {
		text, _ := heard(ctx, tui.Options{Report: sample(), Notice: "the file is cut off"}, "n", "n", "/family:tls", "/nothing-like-it", "99", "what")
		Expect(text).To(SatisfyAll(
			HavePrefix("notice: the file is cut off\n"),
			ContainSubstring("5 of 19: dns.speed: unknown"), ContainSubstring("9 of 19: cert.validity: warning"),
			ContainSubstring("7 of 19: tls.handshake: passed"), ContainSubstring("\nnothing\n"),
			ContainSubstring("there are results from 1 to 19"), ContainSubstring("what means nothing here")))
	}, SpecTimeout(10*time.Second))

	It("ends with the context though nobody types", func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		keys, _ := newKeys()
		_, err := tui.Run(ctx, tui.Options{Report: sample(), Accessible: true, In: keys, Out: &bytes.Buffer{}})
		Expect(err).NotTo(HaveOccurred())
	})
})
