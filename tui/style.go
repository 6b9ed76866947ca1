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
	// chosen is the selected row of the pane that the keys move in, and kept that of
	// the other.
	chosen
	kept
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
	keys                           *strings.Replacer
}

func newStyle(color, ascii bool) style {
	s := style{symbols: drawn()}
	if ascii {
		s.symbols = typed()
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	r.SetHasDarkBackground(true)
	for role := range roles {
		s.looks[role] = lookOf(styleOf(r.NewStyle(), role, color))
	}
	return s
}

// styleOf uses the terminal's own sixteen colours, which fit its background.
func styleOf(s lipgloss.Style, r role, color bool) lipgloss.Style {
	if color {
		if c, ok := map[role]string{good: "2", bad: "1", hurting: "3", unclear: "6", accent: "6"}[r]; ok {
			s = s.Foreground(lipgloss.Color(c))
		}
	}
	switch r {
	case bad, strong, accent:
		return s.Bold(true)
	case kept:
		return s.Bold(true).Underline(true)
	case faint, unasked:
		return s.Faint(true)
	case chosen:
		return s.Reverse(true)
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
		keys: strings.NewReplacer("↑", "up", "↓", "down", "←", "left", "→", "right"),
	}
}

// words are the statuses in words, which stand beside every mark.
var words = map[checks.Status]string{
	checks.Pass: "pass", checks.Fail: "fail", checks.Warn: "warn",
	checks.Inconclusive: "unknown", checks.Skip: "skip",
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
func (s style) mark(status checks.Status) span {
	symbol, ok := s.marks[status]
	if !ok {
		symbol = " "
	}
	return span{roleOf(status), symbol}
}

// paint gives a text the look of its role.
func (s style) paint(r role, text string) string {
	if text == "" || r == plain {
		return text
	}
	return s.looks[r].before + text + s.looks[r].after
}
