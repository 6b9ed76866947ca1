package tui_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

var _ = DescribeTable("the screen",
	func(name string, width, height int, o tui.Options, keys ...string) {
		o.Report = sample()
		expectGolden(name, screen(at(width, height, o, keys...)))
	},
	Entry("wide: the list beside the first problem", "120x40", 120, 40, tui.Options{}),
	Entry("wide: the request", "120x40-request", 120, 40, tui.Options{}, "tab"),
	Entry("wide: the response", "120x40-response", 120, 40, tui.Options{}, "tab", "tab"),
	Entry("wide: a result with several exchanges", "120x40-exchanges", 120, 40, tui.Options{}, "/", "f", "o", "r", "g", "e", "d", "enter", "end", "]"),
	Entry("wide: a family", "120x40-family", 120, 40, tui.Options{}, "left"),
	Entry("wide: certificates", "120x40-chain", 120, 40, tui.Options{}, "/", "c", "h", "a", "i", "n", "enter", "end", "enter"),
	Entry("wide: only what is not well", "120x40-problems", 120, 40, tui.Options{}, "f"),
	Entry("wide: how the signatures of a forged request come about", "120x40-forged", 120, 40, tui.Options{}, "/", "f", "o", "r", "g", "e", "d", "enter", "end", "4"),
	Entry("wide: the chain as a tree", "120x40-tree", 120, 40, tui.Options{}, "5"),
	Entry("wide: the tries", "120x40-tries", 120, 40, tui.Options{}, "/", "f", "o", "r", "g", "e", "d", "enter", "end", "6"),
	Entry("wide: the tries, and what differs in the second", "120x40-tries-differ", 120, 40, tui.Options{}, "/", "f", "o", "r", "g", "e", "d", "enter", "end", "6", "]"),
	Entry("wide: the bytes", "120x40-raw", 120, 40, tui.Options{}, "7"),
	Entry("wide: the help", "120x40-help", 120, 40, tui.Options{}, "?"),
	Entry("wide: where to save", "120x40-save", 120, 40, tui.Options{Save: nowhere}, "s"),
	Entry("wide: without hosts and names", "120x40-private", 120, 40, tui.Options{}, "P", "tab", "esc"),
	Entry("wide: worst first", "120x40-worst", 120, 40, tui.Options{}, "S", "g"),
	Entry("huge: the list above the detail", "200x50", 200, 50, tui.Options{}),
	Entry("huge: the request beside the response", "200x50-request", 200, 50, tui.Options{}, "2"),
	Entry("huge: the help", "200x50-help", 200, 50, tui.Options{}, "?"),
	Entry("middle: the list above the detail", "80x24", 80, 24, tui.Options{}),
	Entry("middle: in ASCII", "80x24-ascii", 80, 24, tui.Options{ASCII: true}),
	Entry("middle: while a filter is typed", "80x24-filter", 80, 24, tui.Options{}, "/", "i", "s", ":", "w"),
	Entry("middle: the help", "80x24-help", 80, 24, tui.Options{}, "?"),
	Entry("middle: the help in ASCII", "80x24-help-ascii", 80, 24, tui.Options{ASCII: true}, "?"),
	Entry("middle: a saved report cannot be asked again", "80x24-again", 80, 24, tui.Options{}, "r"),
	Entry("middle: the request", "80x24-request", 80, 24, tui.Options{}, "2"),
	Entry("middle: the signature", "80x24-signature", 80, 24, tui.Options{}, "/", "f", "o", "r", "g", "e", "d", "enter", "end", "4"),
	Entry("low: the list alone, without a header", "80x10", 80, 10, tui.Options{}),
	Entry("narrow: the list alone", "60x15", 60, 15, tui.Options{}),
	Entry("narrow: the detail in its place", "60x15-detail", 60, 15, tui.Options{}, "enter"),
	Entry("narrow: the end of the detail", "60x15-end", 60, 15, tui.Options{}, "enter", "end"),
	Entry("smallest: the list", "20x5", 20, 5, tui.Options{}),
	Entry("smallest: the detail", "20x5-detail", 20, 5, tui.Options{}, "enter", "down"),
)

// nowhere saves nothing.
func nowhere(string, checks.Report) error { return nil }

var _ = Describe("the themes", func() {
	drawn := func(o tui.Options) string {
		o.Report = sample()
		return strings.ReplaceAll(at(80, 24, o).View(), "\x1b", "ESC") + "\n"
	}
	for _, theme := range tui.Themes() {
		It("draw in 256 colours: "+theme, func() {
			expectGolden("80x24-"+theme, drawn(tui.Options{Color: true, Colors: 256, Theme: theme}))
		})
		It("keep to sixteen where there are no more: "+theme, func() {
			Expect(drawn(tui.Options{Color: true, Colors: 16, Theme: theme})).NotTo(ContainSubstring("[38;"))
		})
	}
	It("are gone through by T, and by nobody without colours", func() {
		m := at(80, 24, tui.Options{Report: sample(), Color: true, Colors: 256}, "T")
		Expect(screen(m)).To(ContainSubstring("theme dark: for a dark background"))
		Expect(m.View()).To(ContainSubstring("\x1b[38;5;114m"))
		m = at(80, 24, tui.Options{Report: sample()}, "T")
		Expect(screen(m)).To(ContainSubstring("there are no themes without colours"))
	})
})

var _ = It("keeps to bold, faint, underline and reverse without colour", func() {
	view := at(80, 24, tui.Options{Report: sample()}).View()
	Expect(view).NotTo(MatchRegexp(`\x1b\[[0-9;]*[349][0-7][;m]`))
	Expect(view).To(ContainSubstring("\x1b[7m"))
})

var _ = It("shows several URLs as branches", func() {
	r := sample()
	second := r.Sections[0]
	second.Name = "https://bot.example.com/slack/events"
	r.Sections = append(r.Sections, second)
	m := at(100, 40, tui.Options{Report: r}, "home")
	expectGolden("100x40-urls", screen(m))
	m = pressed(m, " ")
	Expect(strings.Count(screen(m), "ack.deadline")).To(Equal(1))
})

var _ = It("says that there is nothing in an empty report", func() {
	Expect(screen(at(80, 24, tui.Options{}, "enter", "n", "left", " ", "tab"))).To(ContainSubstring("the report is empty"))
})

var _ = It("says what there is to know of an interrupted run without a summary", func() {
	r := checks.Report{Interrupted: true, Verdict: checks.Verdict{Status: checks.Fail}}
	r.StartedAt = sample().StartedAt
	Expect(screen(at(120, 24, tui.Options{Report: r}))).To(SatisfyAll(
		ContainSubstring("interrupted"), ContainSubstring("Something is wrong.")))
})

var _ = It("draws a line of a megabyte as fast as it needs to, and no wider than the screen", func() {
	r := sample()
	long := strings.Repeat("日本語 \x1b[31m", 1<<20/16)
	x := &r.Sections[0].Results[11]
	x.Saw, x.Evidence.Exchanges[0].Response.Body, x.Evidence.Exchanges[0].Request.Body = long, long, "text="+long
	x.Evidence.Exchanges[0].Request.Header[0].Value = long
	x.Problem.Fix, x.Check = long, "ack."+long
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "P", "esc"} {
		m := at(120, 40, tui.Options{Report: r}, key)
		expectFits(m.View(), 120, 40)
		expectHarmless(m.View())
	}
})

var _ = DescribeTable("takes a terminal of odd size for what it is",
	func(width, height, shownWidth, shownHeight int) {
		for _, keys := range [][]string{{}, {"enter"}, {"?"}, {"/"}, {"s"}, {"enter", "4"}, {"enter", "5"}} {
			expectFits(at(width, height, tui.Options{Report: sample(), Save: nowhere}, keys...).View(), shownWidth, shownHeight)
		}
	},
	Entry("tiny", 1, 1, 1, 1), Entry("low", 20, 2, 20, 2), Entry("small", 20, 5, 20, 5),
	Entry("unknown", 0, 0, 80, 24), Entry("negative", -1, -1, 80, 24), Entry("vast", 1000, 200, 1000, 200),
)
