package tui

import "strings"

// A help is the list of keys, which covers the screen.
type help struct {
	shown bool
	top   int
}

// helpLines lists every key.
func (m Model) helpLines() []string {
	s := m.style
	lines := []string{
		s.line(m.width, span{strong, " Keys"}),
		"",
	}
	for _, b := range m.keys {
		if b.does == "" {
			continue
		}
		keys := s.column(" "+s.symbols.keys.Replace(b.shown), 14)
		lines = append(lines, s.line(m.width, span{accent, keys}, say(b.does)))
	}
	return append(lines, "",
		s.line(m.width, span{faint, " Esc or ? goes back. A family is open where something in it is wrong."}))
}

// hints are the keys of most use now, as many as fit in a line. Those for help and
// for leaving are always among them.
func (m Model) hints(width int) []span {
	left := width - columns("  ? help   q quit")
	var spans []span
	for _, b := range m.keys {
		if b.hint == "" || b.when != nil && !b.when(m) {
			continue
		}
		keys, does, _ := strings.Cut(b.hint, " ")
		keys = m.style.symbols.keys.Replace(keys)
		if b.keys[0] != "?" && b.keys[0] != "q" {
			if need := columns(keys) + columns(does) + 4; need <= left {
				left -= need
			} else {
				continue
			}
		}
		gap := "   "
		if len(spans) == 0 {
			gap = " "
		}
		spans = append(spans, say(gap), span{accent, keys}, span{faint, " " + does})
	}
	return spans
}
