package tui_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/tui"
)

var _ = DescribeTable("filters",
	func(text string, want ...string) {
		m := at(200, 60, tui.Options{Report: sample()}, append([]string{"/"}, strings.Split(text, "")...)...)
		var got []string
		for line := range strings.Lines(screen(m)) {
			if strings.HasPrefix(line, "──") && len(got) > 0 {
				break
			}
			if fields := strings.Fields(strings.TrimPrefix(line, "▌")); len(fields) > 2 && strings.Contains(fields[2], ".") && tui.IsWord(fields[1]) {
				got = append(got, fields[2])
			}
		}
		Expect(got).To(Equal(want))
	},
	Entry("by what failed", "is:fail", "ack.deadline"),
	Entry("by the start of a status", "is:w", "cert.validity"),
	Entry("by unknown, which the report calls inconclusive", "is:inconclusive", "dns.speed"),
	Entry("by several statuses", "is:fail is:warn", "cert.validity", "ack.deadline"),
	Entry("by all that is not well", "is:problem", "dns.speed", "cert.validity", "ack.deadline"),
	Entry("by an id", "signature.f", "signature.forged"),
	Entry("by a word of the title, in any case", "TAMPERED", "signature.tampered"),
	Entry("by the problem's id", "ack.timeout", "ack.deadline"),
	Entry("by words that must all occur", "forged version-v1", "signature.forged"),
	Entry("by a family", "family:cert", "cert.chain", "cert.validity"),
	Entry("by the start of a family, and a status", "family:ce is:warn", "cert.validity"),
	Entry("by several families", "family:dns family:events", "dns.resolve", "dns.speed", "events.challenge"),
	Entry("by a status and a word", "is:pass handler", "ack.handler"),
)

var _ = It("says when nothing matches, and shows all after Esc", func() {
	m := at(80, 24, tui.Options{Report: sample()}, "/", "x", "y", "z", "z")
	Expect(screen(m)).To(SatisfyAll(ContainSubstring("nothing matches /xyzz"), ContainSubstring("0 of 19")))
	m = pressed(m, "esc")
	Expect(screen(m)).To(ContainSubstring("ack.deadline"))
})

var _ = It("takes back what was typed", func() {
	m := at(80, 24, tui.Options{Report: sample()}, "/", "a", "b", " ", "c", "backspace", "backspace")
	Expect(screen(m)).To(ContainSubstring("/ab▏"))
	m = pressed(m, "ctrl+u", "backspace", "pgdown")
	Expect(screen(m)).To(ContainSubstring("/▏"))
})

var _ = It("keeps what is pasted short and clean", func() {
	m := at(80, 24, tui.Options{Report: sample()}, "/", strings.Repeat("\x1b[31m", 1000))
	Expect(screen(m)).To(ContainSubstring(`/\x1b[31m`))
	Expect(len(screen(m))).To(BeNumerically("<", 10000))
})

var _ = It("shows only what is not well by f, and all by f again", func() {
	m := at(80, 24, tui.Options{Report: sample()}, "f")
	Expect(screen(m)).To(ContainSubstring("3 of 19"))
	m = pressed(m, "f")
	Expect(screen(m)).To(ContainSubstring("ack.handler"))
})
