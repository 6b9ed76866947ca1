package tui_test

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/tui"
)

var _ = DescribeTable("moves the cursor",
	func(want string, keys ...string) {
		Expect(cursorLine(at(120, 40, tui.Options{Report: sample()}, keys...))).To(HavePrefix(want))
	},
	Entry("to the verdict's cause at the start", "✗ fail ack.deadline"),
	Entry("down", "✓ pass ack.handler", "down"),
	Entry("up", "▾ ✗ ack", "k"),
	Entry("to the top", "▸ ✓ url", "g"),
	Entry("not beyond the top", "▸ ✓ url", "g", "up", "up"),
	Entry("to the end", "▸ ○ events", "G"),
	Entry("not beyond the end", "▸ ○ events", "end", "j", "pgdown"),
	Entry("to the next problem, around the end", "? unknown dns.speed", "n"),
	Entry("to the one after it", "! warn cert.validity", "n", "n"),
	Entry("to the previous problem", "! warn cert.validity", "p"),
	Entry("to the previous one, around the start", "✗ fail ack.deadline", "g", "p"),
	Entry("to the next problem from a family above it", "✗ fail ack.deadline", "up", "n"),
	Entry("into a folded family", "✗ fail ack.deadline", "up", " ", "g", "p"),
	Entry("to the family", "▾ ✗ ack", "left"),
	Entry("and folds it", "▸ ✗ ack", "left", "left"),
	Entry("and opens it", "▾ ✗ ack", "left", "left", "right"),
	Entry("and goes into it", "✗ fail ack.deadline", "left", "left", "enter", "right"),
	Entry("stays in a row that is folded away", "▸ ✗ ack", "z"),
	Entry("opens everything", "✓ pass url.valid", "z", "z", "g", "down"),
)

var _ = It("has one meaning for each key, and a line of help", func() {
	seen := map[string]bool{}
	for _, b := range tui.Keymap() {
		Expect(b.Keys).NotTo(BeEmpty())
		for _, key := range b.Keys {
			Expect(seen).NotTo(HaveKey(key))
			seen[key] = true
		}
		Expect(b.Does == "").To(Equal(b.Shown == ""), "%v", b.Keys)
	}
	Expect(tui.Keymap()[0].Does).NotTo(BeEmpty())
})

var _ = DescribeTable("quits",
	func(quits bool, keys ...string) {
		m := at(120, 40, tui.Options{Report: sample()}, keys[:len(keys)-1]...)
		_, cmd := m.Update(keyMsg(keys[len(keys)-1]))
		Expect(cmd != nil).To(Equal(quits))
		if quits {
			Expect(cmd()).To(Equal(tea.QuitMsg{}))
		}
	},
	Entry("by q", true, "q"),
	Entry("by Ctrl-C", true, "ctrl+c"),
	Entry("by Ctrl-C while a filter is typed", true, "/", "ctrl+c"),
	Entry("by q in the detail", true, "enter", "q"),
	Entry("but not by q in a filter", false, "/", "q"),
	Entry("but not by q in the help, which it closes", false, "?", "q"),
	Entry("but not by Esc", false, "esc"),
)

var _ = It("goes back from the detail, and then from the filter", func() {
	m := at(60, 15, tui.Options{Report: sample()}, "/", "a", "c", "k", "enter", "end", "enter")
	Expect(screen(m)).To(ContainSubstring("[Overview]"))
	m = pressed(m, "esc")
	Expect(screen(m)).To(ContainSubstring("/ack"))
	m = pressed(m, "esc")
	Expect(screen(m)).NotTo(ContainSubstring("/ack"))
})

var _ = It("keeps the tab from problem to problem", func() {
	m := at(60, 15, tui.Options{Report: sample()}, "tab", "tab", "n")
	Expect(screen(m)).To(SatisfyAll(ContainSubstring("[Request]"), ContainSubstring("No exchange is kept")))
	m = pressed(m, "p", "shift+tab", "shift+tab")
	Expect(screen(m)).To(ContainSubstring("[Response]"))
})

var _ = It("goes through the exchanges of a result", func() {
	m := at(120, 40, tui.Options{Report: sample()}, "/", "f", "o", "r", "g", "e", "d", "enter", "end")
	Expect(screen(m)).To(ContainSubstring("exchange 1 of 4"))
	m = pressed(m, "[")
	Expect(screen(m)).To(ContainSubstring("exchange 4 of 4"))
	m = pressed(m, "]", "]")
	Expect(screen(m)).To(ContainSubstring("exchange 2 of 4"))
})

var _ = It("leaves a model that was handed out as it was", func() {
	m := at(120, 40, tui.Options{Report: sample()})
	before := screen(m)
	pressed(m, "z", "g", " ", "f", "tab")
	Expect(screen(m)).To(Equal(before))
	Expect(tui.New(context.Background(), tui.Options{Report: sample()}).Init()).To(BeNil())
})
