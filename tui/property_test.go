package tui_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

func matches(text, expression string) []string {
	return regexp.MustCompile(expression).FindAllString(text, -1)
}

// user is one that presses anything, on a screen that changes its size.
type user struct{ *rand.Rand }

func (u user) message(m tui.Model) tea.Msg {
	switch u.IntN(12) {
	case 0:
		return tea.WindowSizeMsg{Width: u.IntN(160), Height: u.IntN(50)}
	case 1:
		return tui.News(m, hostile, hostile, poisoned(u.IntN(8)).Sections[0].Results...)
	case 2:
		return tui.Ended(m, poisoned(u.IntN(20)))
	}
	all := tui.Keymap()
	key := all[u.IntN(len(all))].Keys[0]
	if u.IntN(20) == 0 {
		key = string([]rune(hostile)[u.IntN(20):])
	}
	return keyMsg(key)
}

// expectFits holds a screen to its size.
func expectFits(view string, width, height int) {
	GinkgoHelper()
	lines := strings.Split(view, "\n")
	Expect(lines).To(HaveLen(height))
	for _, line := range lines {
		if ansi.StringWidth(line) > width {
			Fail(fmt.Sprintf("wider than %d: %q", width, line))
		}
	}
}

var _ = It("never panics and never overflows, whatever is pressed", func() {
	for seed := range uint64(24) {
		u := user{rand.New(rand.NewPCG(seed, 7))}
		o := tui.Options{Report: poisoned(u.IntN(12)), Color: seed%2 == 0, ASCII: seed%3 == 0}
		if seed%4 != 0 {
			o.Live = func(context.Context, checks.Watch) checks.Report { return checks.Report{} }
		}
		m := tui.New(context.Background(), o)
		width, height := 80, 24
		for range 80 {
			msg := u.message(m)
			if size, ok := msg.(tea.WindowSizeMsg); ok {
				width, height = max(size.Width, 1), max(size.Height, 1)
			}
			m = updated(m, msg)
			expectFits(m.View(), width, height)
		}
	}
})
