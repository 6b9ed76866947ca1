package tui_test

import (
	"context"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"

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
	switch u.IntN(13) {
	case 0:
		return tea.WindowSizeMsg{Width: u.IntN(210) - 5, Height: u.IntN(55) - 5}
	case 3:
		buttons := []tea.MouseButton{tea.MouseButtonLeft, tea.MouseButtonWheelUp, tea.MouseButtonWheelDown, tea.MouseButtonRight}
		return tea.MouseMsg{X: u.IntN(220) - 10, Y: u.IntN(60) - 5, Action: tea.MouseActionPress, Button: buttons[u.IntN(len(buttons))]}
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

// known is the size that the program takes for the terminal's.
func known(size tea.WindowSizeMsg) (width, height int) {
	width, height = size.Width, size.Height
	if width <= 0 {
		width = 80
	}
	if height <= 0 {
		height = 24
	}
	return width, height
}

// expectHarmless holds a screen to what is printable, and to changes of colour.
func expectHarmless(view string) {
	GinkgoHelper()
	if bad := harmful().FindString(coloured().ReplaceAllString(view, "")); bad != "" {
		Expect(bad).To(BeEmpty(), "the screen holds it")
	}
}

var (
	coloured = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(looks) })
	harmful  = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)
	})
)

// expectFits holds a screen to its size.
func expectFits(view string, width, height int) {
	GinkgoHelper()
	lines := strings.Split(view, "\n")
	Expect(lines).To(HaveLen(height))
	for _, line := range lines {
		if ansi.StringWidth(line) > width {
			Expect(line).To(BeEmpty(), "wider than %d", width)
		}
	}
}

var _ = It("never panics and never overflows, whatever is pressed", func() {
	for seed := range uint64(48) {
		u := user{rand.New(rand.NewPCG(seed, 7))}
		o := tui.Options{
			Report: poisoned(u.IntN(12)), Notice: []string{"", hostile}[u.IntN(2)], Total: u.IntN(20),
			Color: seed%2 == 0, Colors: 256, ASCII: seed%3 == 0, Mouse: seed%5 == 0,
			Save: nowhere, Copy: (&board{}).copy,
		}
		if seed%4 != 0 {
			o.Live = func(context.Context, checks.Watch, []string) checks.Report { return checks.Report{} }
		}
		if seed%3 == 1 {
			o.Report.Command = "test"
		}
		u.plays(o, 80)
	}
})

// plays presses so many keys on a program, and holds each screen to its size.
func (u user) plays(o tui.Options, keys int) {
	m := tui.New(context.Background(), o)
	width, height := 80, 24
	for range keys {
		msg := u.message(m)
		if size, ok := msg.(tea.WindowSizeMsg); ok {
			width, height = known(size)
		}
		m = updated(m, msg)
		view := m.View()
		expectFits(view, width, height)
		expectHarmless(view)
	}
}

// FuzzUpdate lets a fuzzer choose what is pressed, and in what an app had a hand.
func FuzzUpdate(f *testing.F) {
	f.Add(uint64(1), "\x1b[2J", true)
	f.Add(uint64(2), "\u202eabc\u200d", false)
	f.Fuzz(func(t *testing.T, seed uint64, text string, scenarios bool) {
		RegisterTestingT(t)
		r := suites()
		if !scenarios {
			r = sample()
		}
		for n := range r.Sections {
			s := &r.Sections[n]
			s.Name, s.Note = text, text
			for i := range s.Results {
				s.Results[i].Saw, s.Results[i].Title, s.Results[i].Check = text, text, text
				if e := s.Results[i].Evidence; e != nil && e.Story != nil {
					e.Story.Output, e.Story.Calls, e.Story.Excerpt = []string{text}, []string{text}, []string{text}
				}
			}
		}
		user{rand.New(rand.NewPCG(seed, 1))}.plays(tui.Options{Report: r, Save: nowhere, Copy: (&board{}).copy}, 20)
	})
}
