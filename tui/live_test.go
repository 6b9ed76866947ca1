package tui_test

import (
	"context"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

// asked is a model whose run is under way; nothing runs really.
func asked(width, height int) tui.Model {
	o := tui.Options{
		Report: checks.Report{Tool: checks.Tool{Name: "belay"}, Command: "check"},
		Live:   func(context.Context, checks.Watch, []string) checks.Report { panic("never called") },
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
	Expect(screen(m)).To(ContainSubstring("r/R ask again"))
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
	m := hears(asked(120, 40), 6)
	m = updated(m, tui.Through(m, sample().Sections[0]))
	m = hears(m, 6)
	Expect(strings.Count(screen(m), "https://bot.example.com/slack/commands  ")).To(Equal(2))
})

var _ = It("keeps results of several URLs apart that come in turn", func() {
	m := asked(120, 40)
	all := sample().Sections[0].Results
	for _, r := range all[:12] {
		for _, name := range []string{"https://one.example", "https://two.example"} {
			m = updated(m, tui.News(m, "asking", name, r))
		}
	}
	m = pressed(m, "z")
	Expect(screen(m)).To(ContainSubstring("2 sections"))
	Expect(screen(m)).To(MatchRegexp(`https://one.example +1 fail +1 warn +1 unknown +9 pass`))
	Expect(screen(m)).To(MatchRegexp(`https://two.example +1 fail +1 warn +1 unknown +9 pass`))
})

// twice is a report of two URLs.
func twice() checks.Report {
	r := sample()
	second := r.Sections[0]
	second.Name = "https://bot.example.com/slack/events"
	r.Sections = append(r.Sections, second)
	return checks.Sum(r.Sections)
}

var _ = It("asks one URL again, and keeps what is known of the other", func() {
	m := asked(120, 40)
	m = updated(m, tui.Ended(m, twice()))
	m = pressed(m, "G", "r")
	Expect(tui.Only(m)).To(Equal([]string{"https://bot.example.com/slack/events"}))
	Expect(screen(m)).To(ContainSubstring("https://bot.example.com/slack/events  nothing is known"))
	Expect(screen(m)).To(MatchRegexp("slack/commands +1 fail"))
	well := sample().Sections[0]
	well.Name, well.Results = "https://bot.example.com/slack/events", well.Results[:3]
	well.Counts, well.Verdict = checks.Counts{Pass: 3}, checks.Verdict{Status: checks.Pass}
	m = updated(m, tui.News(m, "", well.Name, well.Results...))
	m = updated(m, tui.Ended(m, checks.Sum([]checks.Section{well})))
	Expect(screen(m)).To(SatisfyAll(MatchRegexp("slack/events +3 pass"), MatchRegexp("slack/commands +1 fail"),
		ContainSubstring("1 fail  1 warn  1 unknown  17 pass  2 skip")))
	Expect(tui.Only(pressed(m, "R"))).To(BeEmpty())
})

var _ = It("is the same after results that come one by one as after all at once, and leaves older models alone", func() {
	all := sample().Sections[0]
	one := asked(120, 40)
	older := []tui.Model{}
	frames := []string{}
	for n := range all.Results {
		older, frames = append(older, one), append(frames, screen(one))
		// Two models grow out of each: neither may write into the other's results.
		updated(one, tui.News(one, "x", all.Name, checks.Result{Check: "intruder.came", Status: checks.Fail}))
		one = updated(one, tui.News(one, "x", all.Name, all.Results[n]))
	}
	batch := asked(120, 40)
	batch = updated(batch, tui.News(batch, "x", all.Name, all.Results...))
	Expect(screen(pressed(one, "z", "z", "g"))).To(Equal(screen(pressed(batch, "z", "z", "g"))))
	for n, m := range older {
		Expect(screen(m)).To(Equal(frames[n]))
	}
})

var _ = It("says in a low screen what is being asked", func() {
	Expect(screen(hears(asked(60, 10), 5))).To(ContainSubstring("⟳ asking about dns.speed"))
})
