package playground_test

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/tui"
	"belay/tui/playground"
)

// sample is a fake Slack in which something happened.
func sample() *simulator.Server {
	GinkgoHelper()
	slack := started(simulator.Targets{})
	u, err := slack.User("", "anna")
	Expect(err).NotTo(HaveOccurred())
	_, err = u.Say("ops", "All yours, <@"+user(slack, "bob")+">", "")
	Expect(err).NotTo(HaveOccurred())
	posts(slack, "ops", "Deploy to staging?", strings.ReplaceAll(blocks, "UANNA", u.ID))
	return slack
}

// shown is the sample in the channel ops, with traffic, after those keys.
func shown(width, height int, o playground.Options, keys ...string) playground.Model {
	GinkgoHelper()
	if o.Slack == nil {
		o.Slack = sample()
	}
	m := at(width, height, o, "c", "ops", "enter")
	m = updated(m, playground.Entries(traffic()...))
	m = updated(m, m.Loaded())
	return pressed(m, keys...)
}

var _ = DescribeTable("looks", func(name string, width, height int, keys ...string) {
	expectGolden(name, screen(shown(width, height, playground.Options{}, keys...)))
},
	Entry("like Slack", "120x40", 120, 40),
	Entry("like Slack, wide", "200x50", 200, 50),
	Entry("like Slack, small", "80x24", 80, 24),
	Entry("like Slack, narrow", "60x18", 60, 18),
	Entry("like Slack, tiny", "20x5", 20, 5),
	Entry("at the channels", "60x18-channels", 60, 18, "shift+tab"),
	Entry("at the traffic", "60x18-traffic", 60, 18, "tab"),
	Entry("at the traffic with a detail", "80x24-detail", 80, 24, "tab", "g", "down", "enter"),
	Entry("at a delivery that failed", "120x40-failed", 120, 40, "p", "p", "enter"),
	Entry("at a finding", "120x40-finding", 120, 40, "p"),
	Entry("at problems alone", "120x40-problems", 120, 40, "f"),
	Entry("at a menu", "120x40-menu", 120, 40, "enter"),
	Entry("at a question", "120x40-confirm", 120, 40, "right", "right", "enter"),
	Entry("at who writes", "120x40-writing", 120, 40, "i", "see @an"),
	Entry("at the help", "120x40-help", 120, 40, "?"),
	Entry("at tampers", "120x40-tamper", 120, 40, "tab", "g", "down", "x"),
	Entry("at faults", "120x40-faults", 120, 40, "F"),
	Entry("at a revocation", "120x40-revoke", 120, 40, "tab", "R"),
	Entry("at names hidden", "120x40-privacy", 120, 40, "P"),
)

var _ = DescribeTable("looks at views", func(name string, width, height int, keys ...string) {
	slack := sample()
	opens(slack, "anna", modal)
	expectGolden(name, screen(shown(width, height, playground.Options{Slack: slack}, keys...)))
},
	Entry("empty", "120x40-modal", 120, 40),
	Entry("with what is missing", "80x24-modal", 80, 24, "G", "enter"),
	Entry("filled in", "120x40-filled", 120, 40, "enter", "It is down", "enter", "down", "down", "enter"),
)

var _ = It("looks at the home tab", func() {
	slack := sample()
	called(slack, "views.publish", `{"user_id":"`+user(slack, "anna")+`","view":{"type":"home","blocks":`+strings.ReplaceAll(blocks, "UANNA", user(slack, "anna"))+`}}`)
	expectGolden("120x40-home", screen(shown(120, 40, playground.Options{Slack: slack}, "H", "x")))
})

var _ = DescribeTable("has themes", func(o playground.Options, name string) {
	o.Slack = sample()
	expectGolden("theme-"+name, shown(100, 24, o).View()+"\n")
},
	Entry("16 colours", playground.Options{Color: true, Colors: 16}, "terminal"),
	Entry("dark", playground.Options{Color: true, Colors: 256, Theme: "dark"}, "dark"),
	Entry("light", playground.Options{Color: true, Colors: 256, Theme: "light"}, "light"),
	Entry("blue and orange", playground.Options{Color: true, Colors: 256, Theme: "blue-orange"}, "blue-orange"),
	Entry("blue and orange, light", playground.Options{Color: true, Colors: 256, Theme: "blue-orange-light"}, "blue-orange-light"),
	Entry("no colours", playground.Options{}, "none"),
	Entry("ASCII", playground.Options{ASCII: true}, "ascii"),
)

var _ = It("has the themes that reports have", func() {
	Expect(playground.Themes()).To(Equal(tui.Themes()))
})

var _ = It("draws with ASCII alone when it is to", func() {
	slack := sample()
	opens(slack, "anna", modal)
	for _, keys := range [][]string{{}, {"esc"}, {"?"}, {"tab"}, {"enter", "a", "enter", "down", "enter"}, {"G", "enter"}, {"F"}} {
		view := ansi.Strip(shown(120, 40, playground.Options{Slack: slack, ASCII: true}, keys...).View())
		for _, r := range view {
			Expect(r < 0x7f).To(BeTrue(), "%q in\n%s", r, view)
		}
	}
})

var _ = It("uses no colour without colours", func() {
	view := shown(120, 40, playground.Options{}).View()
	Expect(view).NotTo(MatchRegexp(`\x1b\[[0-9;]*(3[0-7]|38|48|4[0-7])[;m]`))
	Expect(view).To(ContainSubstring("\x1b["))
})

var _ = It("shows no secret", func() {
	for _, keys := range [][]string{{"g", "down"}, {"g", "down", "down"}, {"g", "down", "down", "down"}, {"g", "down", "down", "down", "down", "down"}} {
		for _, more := range []string{"home", "end"} {
			m := shown(120, 60, playground.Options{}, append(append([]string{"tab"}, keys...), "enter", more)...)
			Expect(screen(m)).NotTo(MatchRegexp(`secrethook|=abc|verification|secrettoken`))
		}
	}
})
