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
	Entry("middle: the list above the detail", "80x24", 80, 24, tui.Options{}),
	Entry("middle: in ASCII", "80x24-ascii", 80, 24, tui.Options{ASCII: true}),
	Entry("middle: while a filter is typed", "80x24-filter", 80, 24, tui.Options{}, "/", "i", "s", ":", "w"),
	Entry("middle: the help", "80x24-help", 80, 24, tui.Options{}, "?"),
	Entry("middle: the help in ASCII", "80x24-help-ascii", 80, 24, tui.Options{ASCII: true}, "?"),
	Entry("middle: a saved report cannot be asked again", "80x24-again", 80, 24, tui.Options{}, "r"),
	Entry("narrow: the list alone", "60x15", 60, 15, tui.Options{}),
	Entry("narrow: the detail in its place", "60x15-detail", 60, 15, tui.Options{}, "enter"),
	Entry("narrow: the end of the detail", "60x15-end", 60, 15, tui.Options{}, "enter", "end"),
	Entry("smallest: the list", "20x5", 20, 5, tui.Options{}),
	Entry("smallest: the detail", "20x5-detail", 20, 5, tui.Options{}, "enter", "down"),
)

var _ = It("draws colours when they are wanted", func() {
	view := at(80, 24, tui.Options{Report: sample(), Color: true}).View()
	expectGolden("80x24-color", strings.ReplaceAll(view, "\x1b", "ESC")+"\n")
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
