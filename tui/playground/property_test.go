package playground_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"

	"belay/simulator"
	"belay/tui/playground"
)

// hostile is what an app may answer: escape sequences, marks of direction, wide, joined
// and zero-width letters, invalid UTF-8.
const hostile = "a\x1b[2J\x1b]0;title\x07b\r\n\tc\u202egnp\u200b\u200d👩‍👩‍👧 漢字 e\u0301\u0301\u0301\u0301\u0301 \x9b31m \xff\xfe 🇩🇪 👍🏽 \u2028<@U1> &lt; `x`"

// poisoned is a fake Slack in which everything that an app has a hand in is hostile.
func poisoned(sees string) *simulator.Server {
	GinkgoHelper()
	slack := started(simulator.Targets{})
	text, _ := json.Marshal(hostile)
	said := strings.ReplaceAll(strings.ReplaceAll(blocks, `"Approve"`, string(text)), `"Tonight"`, string(text))
	said = strings.ReplaceAll(said, `"*Tests*\nall green"`, string(text))
	posts(slack, "general", hostile, said)
	posts(slack, "general", strings.Repeat(hostile, 200), `[{"type":"section","text":{"type":"plain_text","text":"`+strings.Repeat("long ", 500)+`"}}]`)
	opens(slack, sees, strings.ReplaceAll(modal, `"A little"`, string(text)))
	return slack
}

// hostileEntries are traffic of such an app.
func hostileEntries(n uint64) []simulator.Entry {
	all := traffic()
	for i := range all {
		all[i].ID = n + uint64(i)
		if a := all[i].Attempt; a != nil {
			a.Answer.Body = []byte(hostile + strings.Repeat("x", 2000))
			a.Answer.Header = http.Header{"X-" + hostile: {hostile}}
			a.Detail = hostile
		}
		if c := all[i].Call; c != nil {
			c.Path, c.Body, c.Error = "/"+hostile, []byte(`{"a":"`+strings.Repeat(hostile, 10)), hostile
		}
		if f := all[i].Finding; f != nil {
			f.Text = hostile
		}
	}
	return all
}

// monkey presses anything, on a screen that changes its size.
type monkey struct{ *rand.Rand }

func (u monkey) message(n int) tea.Msg {
	switch u.IntN(14) {
	case 0:
		return tea.WindowSizeMsg{Width: u.IntN(170), Height: u.IntN(50)}
	case 1:
		return playground.Entries(hostileEntries(uint64(n * 10))...)
	case 2, 3, 4:
		return keyMsg([]string{"enter", "esc", "up", "down", "right", "tab", "pgup", "backspace", "ctrl+w", "y", " "}[u.IntN(11)])
	case 5:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(hostile)[u.IntN(20):], Paste: true}
	}
	all := playground.Keymap()
	key := all[u.IntN(len(all))]
	if key.ID == "suspend" {
		return nil
	}
	return keyMsg(key.Keys[u.IntN(len(key.Keys))])
}

// expectFits holds a screen to its size, and to what a terminal may be sent.
func expectFits(view string, width, height int) {
	GinkgoHelper()
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		Fail(fmt.Sprintf("%d lines of %d:\n%s", len(lines), height, view))
	}
	for _, line := range lines {
		if ansi.StringWidth(line) != width {
			Fail(fmt.Sprintf("%d columns of %d: %q", ansi.StringWidth(line), width, line))
		}
	}
	for _, r := range playground.Looks().ReplaceAllString(view, "") {
		if unicode.In(r, unicode.Cc, unicode.Cf) && r != '\n' {
			Fail(fmt.Sprintf("%U in %q", r, view))
		}
	}
}

var _ = It("never panics, never overflows and never lets a control character through, whatever is pressed", func() {
	for seed := range uint64(20) {
		u := monkey{rand.New(rand.NewPCG(seed, 11))}
		o := playground.Options{Slack: poisoned([]string{"anna", "bob"}[seed%2]), Color: seed%2 == 0, Colors: 256, Theme: playground.Themes()[int(seed)%6], ASCII: seed%3 == 0}
		width, height := 80, 24
		m := at(width, height, o)
		for n := range 120 {
			msg := u.message(n)
			if msg == nil {
				continue
			}
			if size, ok := msg.(tea.WindowSizeMsg); ok {
				width, height = max(size.Width, 1), max(size.Height, 1)
			}
			m = updated(m, msg)
			expectFits(m.View(), width, height)
		}
	}
})
