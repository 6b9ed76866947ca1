package playground

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// A role is what a text means, which is what its look follows from.
type role int

const (
	plain role = iota
	good
	bad
	hurting
	faint
	strong
	accent
	// pressable is what a person may act upon.
	pressable
	// late is what lies beyond Slack's deadline.
	late
	// chosen is what the keys act upon, and kept that of a pane without the focus.
	chosen
	kept
	roles
)

// A theme gives roles their colours. What a role weighs (bold, faint, underlined) is
// the same in all of them, so that nothing is told by colour alone.
type theme struct {
	name   string
	colors map[role]string
	// row is the background of what is chosen; "" swaps text and background.
	row string
}

// themes are all of them, the default first. The two of blue and orange are for the
// common kinds of colour blindness (Okabe and Ito, "Color Universal Design").
func themes() []theme {
	return []theme{
		{name: "terminal", colors: map[role]string{good: "2", bad: "1", hurting: "3", accent: "6", pressable: "6", late: "1"}},
		{name: "dark", row: "237", colors: map[role]string{good: "114", bad: "203", hurting: "221", faint: "245", accent: "80", pressable: "117", late: "203"}},
		{name: "light", row: "254", colors: map[role]string{good: "28", bad: "160", hurting: "130", faint: "243", accent: "25", pressable: "25", late: "160"}},
		{name: "blue-orange", row: "237", colors: map[role]string{good: "75", bad: "208", hurting: "227", faint: "245", accent: "117", pressable: "117", late: "208"}},
		{name: "blue-orange-light", row: "254", colors: map[role]string{good: "25", bad: "166", hurting: "94", faint: "243", accent: "24", pressable: "24", late: "166"}},
		{name: "mono"},
	}
}

// Themes are the names of the themes, the default first.
func Themes() []string {
	var names []string
	for _, t := range themes() {
		names = append(names, t.name)
	}
	return names
}

// themeOf is the theme of that name, or the default.
func themeOf(name string) theme {
	all := themes()
	for _, t := range all {
		if t.name == name {
			return t
		}
	}
	return all[0]
}

// nextTheme is the name of the one after it, around at the end.
func nextTheme(name string) string {
	names := Themes()
	for n, known := range names {
		if known == name {
			return names[(n+1)%len(names)]
		}
	}
	return names[1]
}

// look is how a role looks in the theme.
func (t theme) look(s lipgloss.Style, r role) lipgloss.Style {
	if c, ok := t.colors[r]; ok {
		s = s.Foreground(lipgloss.Color(c))
	}
	switch r {
	case bad, strong, accent:
		return s.Bold(true)
	case faint:
		if _, colored := t.colors[r]; !colored {
			return s.Faint(true)
		}
	case kept:
		return s.Bold(true).Underline(true)
	case chosen:
		if t.row == "" {
			return s.Reverse(true)
		}
		return s.Background(lipgloss.Color(t.row)).Bold(true)
	}
	return s
}

// A look is the escape sequences around a text.
type look struct{ before, after string }

// A style is how everything looks. It is made once and only read.
type style struct {
	looks [roles]look
	symbols
}

// symbols are the characters that are not letters.
type symbols struct {
	pass, fail, warn, skip, running  string
	out, in, wire                    string
	cursor, more, caret, prompt, dot string
	across, down                     string
	corner                           [4]string
	bar, gap, limit, line, reply     string
	keys                             *strings.Replacer
}

// newStyle makes the looks of a theme for a terminal of so many colours; none keeps
// what is no colour.
func newStyle(o Options) style {
	s := style{symbols: drawn()}
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
		// A letter is rendered once: rendering each text would cost more than all the
		// rest of a frame.
		before, after, _ := strings.Cut(t.look(r.NewStyle(), role).Render("x"), "x")
		s.looks[role] = look{before, after}
	}
	return s
}

func drawn() symbols {
	return symbols{
		pass: "✓", fail: "✗", warn: "!", skip: "○", running: "⟳",
		out: "→", in: "←", wire: "~",
		cursor: "▌", more: "…", caret: "▏", prompt: "›", dot: "·",
		across: "─", down: "│", corner: [4]string{"┌", "┐", "└", "┘"},
		bar: "▓", gap: "·", limit: "┃", line: "⏎", reply: "↳ ",
		keys: strings.NewReplacer(),
	}
}

func typed() symbols {
	return symbols{
		pass: "+", fail: "x", warn: "!", skip: "o", running: "~",
		out: ">", in: "<", wire: "~",
		cursor: ">", more: "..", caret: "_", prompt: ">", dot: "-",
		across: "-", down: "|", corner: [4]string{"+", "+", "+", "+"},
		bar: "=", gap: ".", limit: "|", line: "\\n", reply: "> ",
		keys: strings.NewReplacer("↑", "up", "↓", "down", "←", "left", "→", "right"),
	}
}

// paint gives a text the look of its role.
func (s style) paint(r role, text string) string {
	if text == "" || r == plain {
		return text
	}
	return s.looks[r].before + text + s.looks[r].after
}

// A span is a piece of a line in one look.
type span struct {
	role role
	text string
}

func say(text string) span { return span{plain, text} }

// padded draws spans as one line of exactly that many columns. Every line of the
// screen is made here or by one, so that none is wider than the screen and none holds
// a control character of an app.
func (s style) padded(width int, spans ...span) string {
	var b strings.Builder
	for _, p := range spans {
		text := fit(p.text, width, s.more)
		width -= columns(text)
		b.WriteString(s.paint(p.role, text))
	}
	return b.String() + strings.Repeat(" ", max(width, 0))
}

// one is a line in one look from edge to edge, whatever its spans say.
func (s style) one(r role, width int, spans ...span) string {
	var b strings.Builder
	for _, p := range spans {
		b.WriteString(fit(p.text, width, s.more))
	}
	text := cut(b.String(), width, s.more)
	return s.paint(r, text+strings.Repeat(" ", max(width-columns(text), 0)))
}

// between draws one end of a line at its left and the other at its right, which is
// left out where there is no room for both.
func (s style) between(width int, left, right []span) string {
	used := widthOf(right)
	if used == 0 || used+2 > width/2 && used+2+widthOf(left) > width {
		return s.padded(width, left...)
	}
	return s.padded(width-used-2, left...) + "  " + s.padded(used, right...)
}

// widest is wider than any screen.
const widest = 4096

func widthOf(spans []span) int {
	n := 0
	for _, p := range spans {
		n += columns(clean(head(p.text, widest)))
	}
	return n
}

// column fills or cuts a text to a width.
func (s style) column(text string, width int) string {
	text = fit(text, width, s.more)
	return text + strings.Repeat(" ", max(width-columns(text), 0))
}

// right is column with the text at its right end.
func (s style) right(text string, width int) string {
	text = fit(text, width, s.more)
	return strings.Repeat(" ", max(width-columns(text), 0)) + text
}

// rule is a line across, with texts in it.
func (s style) rule(width int, left, right []span) string {
	fill := width - widthOf(left) - widthOf(right)
	if fill < 0 {
		return s.padded(width, left...)
	}
	left = append(left, span{faint, strings.Repeat(s.across, fill)})
	return s.padded(width, append(left, right...)...)
}

// blank is an empty line.
func blank(width int) string { return strings.Repeat(" ", max(width, 0)) }
