package tui_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

// asked is a model whose run is under way; nothing runs really.
func asked(width, height int) tui.Model {
	o := tui.Options{
		Report: checks.Report{Tool: checks.Tool{Name: "belay"}, Command: "check"},
		Live:   func(context.Context, checks.Watch) checks.Report { panic("never called") },
	}
	return resized(tui.New(context.Background(), o), width, height)
}

// hears brings the first results of the sample to a model.
func hears(m tui.Model, n int) tui.Model {
	s := sample().Sections[0]
	for _, r := range s.Results[:n] {
		m = updated(m, tui.News(m, "asking about "+r.Check, s.Name, r))
	}
	return m
}

var _ = It("shows a run while it runs", func() {
	m := asked(80, 24)
	Expect(screen(m)).To(SatisfyAll(ContainSubstring("starting"), ContainSubstring("nothing is known yet")))
	m = hears(m, 6)
	expectGolden("80x24-live", screen(m))
	Expect(cursorLine(m)).To(Equal("▸ ✓ tcp 1 pass"))
})

var _ = It("stops at the first failure while it runs", func() {
	m := hears(asked(80, 24), 15)
	Expect(cursorLine(m)).To(HavePrefix("✗ fail ack.deadline"))
})

var _ = It("leaves the cursor where the user moved it", func() {
	m := hears(asked(80, 24), 6)
	m = pressed(m, "g")
	m = hears(m, 19)
	m = updated(m, tui.Ended(m, sample()))
	Expect(cursorLine(m)).To(HavePrefix("▸ ✓ url"))
})

var _ = It("takes the report when the run has ended", func() {
	m := hears(asked(120, 40), 3)
	m = updated(m, tui.Ended(m, sample()))
	expectGolden("120x40-ended", screen(m))
	m = hears(m, 3)
	expectGolden("120x40-ended", screen(m))
})

var _ = It("asks again, and goes back to the check that was selected", func() {
	m := asked(120, 40)
	m = updated(m, tui.Ended(m, sample()))
	Expect(screen(m)).To(ContainSubstring("r ask again"))
	m = pressed(m, "/", "h", "a", "n", "d", "l", "e", "r", "enter", "end", "esc")
	Expect(cursorLine(m)).To(HavePrefix("✓ pass ack.handler"))
	m = pressed(m, "r")
	Expect(screen(m)).To(ContainSubstring("nothing is known yet"))
	Expect(screen(pressed(m, "r"))).To(ContainSubstring("still asking"))
	m = hears(m, 14)
	Expect(cursorLine(m)).To(HavePrefix("✓ pass ack.handler"))
})

var _ = It("does not hear a run that was replaced", func() {
	first := asked(80, 24)
	late := tui.Ended(first, sample())
	m := updated(first, tui.Ended(first, checks.Report{}))
	m = updated(pressed(m, "r"), late)
	Expect(screen(m)).To(ContainSubstring("nothing is known yet"))
})

var _ = It("shows the same URL as a branch of its own when it is asked twice", func() {
	m := hears(hears(asked(120, 40), 6), 6)
	Expect(screen(m)).To(ContainSubstring("2 URLs"))
})

var _ = It("says in a low screen what is being asked", func() {
	Expect(screen(hears(asked(60, 10), 5))).To(ContainSubstring("⟳ asking about dns.speed"))
})
