package tui_test

import (
	tea "github.com/charmbracelet/bubbletea"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/tui"
)

func pointed(m tui.Model, x, y int, button tea.MouseButton) tui.Model {
	return updated(m, tea.MouseMsg{X: x, Y: y, Button: button, Action: tea.MouseActionPress})
}

var _ = Describe("the mouse", func() {
	o := tui.Options{Report: sample(), Mouse: true}

	It("is off unless it is wanted", func() {
		m := at(120, 40, tui.Options{Report: sample()})
		Expect(screen(pointed(m, 5, 5, tea.MouseButtonLeft))).To(Equal(screen(m)))
		m = pressed(m, "m")
		Expect(screen(m)).To(ContainSubstring("the mouse is on"))
		Expect(cursorLine(pointed(m, 5, 4, tea.MouseButtonLeft))).To(HavePrefix("▸ ✓ url"))
		Expect(screen(pressed(m, "m"))).To(ContainSubstring("the mouse is off"))
	})
	It("selects a row, and opens the selected one", func() {
		m := pointed(at(120, 40, o), 5, 12, tea.MouseButtonLeft)
		Expect(cursorLine(m)).To(HavePrefix("! warn cert.validity"))
		m = pointed(m, 5, 12, tea.MouseButtonLeft)
		Expect(screen(m)).To(ContainSubstring("[1 Overview]"))
	})
	It("chooses a tab", func() {
		m := pointed(at(120, 40, o, "enter"), 16, 3, tea.MouseButtonLeft)
		Expect(screen(m)).To(ContainSubstring("[2 Request]"))
	})
	It("scrolls what it is over", func() {
		m := pointed(at(120, 40, o, "g"), 5, 10, tea.MouseButtonWheelDown)
		Expect(cursorLine(m)).To(HavePrefix("? unknown dns.speed"))
		Expect(screen(pointed(at(120, 40, o), 5, 30, tea.MouseButtonWheelDown))).To(ContainSubstring("4 more below"))
	})
	It("finds nothing outside", func() {
		m := at(120, 40, o)
		for _, y := range []int{-1, 0, 3, 39, 400} {
			Expect(cursorLine(pointed(m, 5, y, tea.MouseButtonLeft))).To(Equal(cursorLine(m)))
		}
	})
})
