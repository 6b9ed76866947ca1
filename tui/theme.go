package tui

import "github.com/charmbracelet/lipgloss"

// A theme gives roles their colours. What a role weighs (bold, faint, underlined) is
// the same in all of them, so that nothing is told by colour alone.
type theme struct {
	name, does string
	// colors are lipgloss's: a number of the terminal's palette.
	colors map[role]string
	// row is the background of the selected row; "" swaps the colours of text and
	// background.
	row string
}

// themes are all of them, the default first. The palettes for dark and light are of
// 256 colours, and become the nearest of 16 where the terminal has no more. The last
// two tell good from bad by blue and orange, which people with any of the common
// kinds of colour blindness see apart (Okabe and Ito, "Color Universal Design").
func themes() []theme {
	return []theme{
		{name: "terminal", does: "the terminal's own sixteen colours, which fit its background",
			colors: map[role]string{good: "2", bad: "1", hurting: "3", unclear: "6", accent: "6", late: "1", road: "4", pause: "6"}},
		{name: "dark", does: "for a dark background", row: "237",
			colors: map[role]string{good: "114", bad: "203", hurting: "221", unclear: "80", unasked: "245", faint: "245", accent: "80", late: "203", road: "68", pause: "146"}},
		{name: "light", does: "for a light background", row: "254",
			colors: map[role]string{good: "28", bad: "160", hurting: "130", unclear: "30", unasked: "243", faint: "243", accent: "25", late: "160", road: "25", pause: "103"}},
		{name: "blue-orange", does: "for colour-blind people, on a dark background", row: "237",
			colors: map[role]string{good: "75", bad: "208", hurting: "227", unclear: "252", unasked: "245", faint: "245", accent: "117", late: "208", road: "67", pause: "152"}},
		{name: "blue-orange-light", does: "for colour-blind people, on a light background", row: "254",
			colors: map[role]string{good: "25", bad: "166", hurting: "94", unclear: "238", unasked: "243", faint: "243", accent: "24", late: "166", road: "24", pause: "103"}},
		{name: "mono", does: "no colour: bold, faint, underlined and reversed"},
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
	case faint, unasked:
		if _, colored := t.colors[r]; !colored {
			return s.Faint(true)
		}
	case hit:
		return s.Bold(true).Underline(true)
	case chosen:
		if t.row == "" {
			return s.Reverse(true)
		}
		return s.Background(lipgloss.Color(t.row)).Bold(true)
	}
	return s
}
