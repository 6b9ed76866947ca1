package tui_test

import (
	"context"
	"os"

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

var _ = It("has one meaning for each key, and a line of help for each action or for its pair", func() {
	seen, told := map[string]bool{}, map[string]bool{}
	for _, b := range tui.Keymap() {
		Expect(b.Keys).NotTo(BeEmpty())
		for _, key := range b.Keys {
			Expect(seen).NotTo(HaveKey(key))
			Expect(tui.KnownKey(key)).To(BeTrue(), key)
			seen[key] = true
		}
		Expect(b.Does != "").NotTo(Equal(told[b.ID]), b.ID)
		told[b.ID], told[b.Pair] = true, true
	}
	_, _, _, conflict := tui.Keys(nil).Conflict()
	Expect(conflict).To(BeFalse())
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
	Expect(screen(m)).To(ContainSubstring("[1 Overview] of 7"))
	m = pressed(m, "esc")
	Expect(screen(m)).To(ContainSubstring("/ack"))
	m = pressed(m, "esc")
	Expect(screen(m)).NotTo(ContainSubstring("/ack"))
})

var _ = It("keeps the tab from problem to problem", func() {
	m := at(60, 15, tui.Options{Report: sample()}, "tab", "tab", "n")
	Expect(screen(m)).To(SatisfyAll(ContainSubstring("[2 Request]"), ContainSubstring("No exchange is kept")))
	m = pressed(m, "p", "shift+tab", "shift+tab")
	Expect(screen(m)).To(ContainSubstring("[7 Raw]"))
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

var _ = It("is told of in docs/keys.md", func() {
	const file = "../docs/keys.md"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		Expect(os.WriteFile(file, []byte(tui.KeysPage()), 0o644)).To(Succeed())
	}
	page, err := os.ReadFile(file)
	Expect(err).NotTo(HaveOccurred())
	Expect(tui.KeysPage()).To(Equal(string(page)), "UPDATE_GOLDEN=1 go test ./tui writes it")
})

var _ = Describe("keys of one's own", func() {
	It("do what they are bound to, and what they replace does nothing", func() {
		o := tui.Options{Report: sample(), Keys: tui.Keys{"bottom": {"ctrl+e"}, "quit": {"x", "f10"}, "sort": nil}}
		m := at(120, 40, o, "G")
		Expect(cursorLine(m)).To(HavePrefix("✗ fail ack.deadline"))
		m = updated(m, tea.KeyMsg{Type: tea.KeyCtrlE})
		Expect(cursorLine(m)).To(Equal("▸ ○ events 1 skip"))
		Expect(screen(m)).To(ContainSubstring("x quit"))
		Expect(screen(pressed(m, "?"))).To(SatisfyAll(ContainSubstring("Ctrl-e"), ContainSubstring("F10")))
		_, cmd := m.Update(keyMsg("x"))
		Expect(cmd()).To(Equal(tea.QuitMsg{}))
	})
	It("find the key that would do two things", func() {
		key, action, other, found := tui.Keys{"sort": {"q"}}.Conflict()
		Expect(found).To(BeTrue())
		Expect([]string{key, action, other}).To(Equal([]string{"q", "quit", "sort"}))
	})
	DescribeTable("are keys that a terminal can send",
		func(key string, known bool) { Expect(tui.KnownKey(key)).To(Equal(known)) },
		Entry("a letter", "x", true), Entry("a letter of another language", "ä", true), Entry("a name", "pgup", true),
		Entry("with Ctrl", "ctrl+n", true), Entry("with Alt", "alt+x", true), Entry("a function key", "f12", true),
		Entry("Ctrl-C, which always quits", "ctrl+c", false), Entry("no key", "blue", false), Entry("nothing", "", false),
		Entry("a control character", "\x1b", false),
	)
})
