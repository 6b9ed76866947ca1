package tui

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"belay/checks"
)

// A role is what a text means, which is what its look follows from.
type role int

const (
	plain role = iota
	good
	bad
	hurting
	unclear
	unasked
	faint
	strong
	accent
	// late is what lies beyond Slack's deadline; road and pause are the stages on the
	// way to an app, and the wait for it.
	late
	road
	pause
	// hit is the byte that differs, and the tab that is shown.
	hit
	// chosen is the selected row.
	chosen
	roles
)

// A look is the escape sequences around a text.
type look struct{ before, after string }

// A style is how everything looks. It is made once and only read.
type style struct {
	looks [roles]look
	symbols
}

// symbols are the characters that are not letters.
type symbols struct {
	marks                          map[checks.Status]string
	running, open, folded          string
	cursor, more, caret, dot       string
	across, down, tee, bottom      string
	road, waiting, body, gap, line string
	beyond, branch, arrow          string
	sent, came                     string
	keys                           *strings.Replacer
}

// newStyle makes the looks of a theme for a terminal of so many colours; none keeps
// what is no colour.
func newStyle(o Options) *style {
	s := &style{symbols: drawn()}
	if o.ASCII {
		s.symbols = typed()
	}
	t := themeOf(o.Theme)
	if !o.Color {
		t = themeOf("mono")
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	if o.Colors >= 256 {
		r.SetColorProfile(termenv.ANSI256)
	}
	r.SetHasDarkBackground(true)
	for role := range roles {
		s.looks[role] = lookOf(t.look(r.NewStyle(), role))
	}
	return s
}

// lookOf renders a letter once, because rendering each text would cost more than all
// the rest of a frame.
func lookOf(s lipgloss.Style) look {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return look{before, after}
}

func drawn() symbols {
	return symbols{
		marks: map[checks.Status]string{
			checks.Pass: "✓", checks.Fail: "✗", checks.Warn: "!", checks.Inconclusive: "?", checks.Skip: "○",
		},
		running: "⟳", open: "▾", folded: "▸", cursor: "▌", more: "…", caret: "▏", dot: "·",
		across: "─", down: "│", tee: "┬", bottom: "┴",
		road: "▒", waiting: "▓", body: "░", gap: "·", line: "┃",
		beyond: "»", branch: "└─ ", arrow: "▲",
		sent: "→", came: "←",
		keys: strings.NewReplacer(),
	}
}

func typed() symbols {
	return symbols{
		marks: map[checks.Status]string{
			checks.Pass: "+", checks.Fail: "x", checks.Warn: "!", checks.Inconclusive: "?", checks.Skip: "o",
		},
		running: "~", open: "-", folded: "+", cursor: ">", more: "..", caret: "_", dot: "-",
		across: "-", down: "|", tee: "+", bottom: "+",
		road: "-", waiting: "=", body: "#", gap: ".", line: "|",
		beyond: ">", branch: "`- ", arrow: "^",
		sent: ">", came: "<",
		keys: strings.NewReplacer("↑", "up", "↓", "down", "←", "left", "→", "right"),
	}
}

// words are the statuses in words, which stand beside every mark.
var words = map[checks.Status]string{
	checks.Pass: "pass", checks.Fail: "fail", checks.Warn: "warn",
	checks.Inconclusive: "unknown", checks.Skip: "skip",
}

// wordOf is a status in a word. One that a newer belay knows is its own.
func wordOf(status checks.Status) string {
	if word, ok := words[status]; ok {
		return word
	}
	return string(status)
}

// roleOf is the role of a status.
func roleOf(status checks.Status) role {
	switch status {
	case checks.Pass:
		return good
	case checks.Fail:
		return bad
	case checks.Warn:
		return hurting
	case checks.Inconclusive:
		return unclear
	case checks.Skip:
		return unasked
	}
	return plain
}

// mark is a status as a symbol.
func (s *style) mark(status checks.Status) span {
	symbol, ok := s.marks[status]
	if !ok {
		symbol = " "
	}
	return span{roleOf(status), symbol}
}

// paint gives a text the look of its role.
func (s *style) paint(r role, text string) string {
	if text == "" || r == plain {
		return text
	}
	return s.looks[r].before + text + s.looks[r].after
}
