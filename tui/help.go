package tui

import "strings"

// A help is the list of keys, which covers the screen.
type help struct {
	shown bool
	top   int
}

// twoFrom is the width from which the help has two columns.
const twoFrom = 112

// keysWidth is the width of the keys in the help.
const keysWidth = 24

// helpLines lists every key, as it is bound now.
func (m Model) helpLines() []string {
	p := &page{style: m.style, width: m.width}
	p.add(span{strong, "Keys"})
	var parts []*page
	column := m.width
	if m.width >= twoFrom {
		column = m.width / 2
	}
	for _, c := range chapters() {
		part := &page{style: m.style, width: column}
		part.heading(c.title)
		for _, b := range c.bindings {
			if b.does == "" {
				continue
			}
			keys := m.keysOf(b, 2)
			for _, line := range wrap(b.does, column-keysWidth-3) {
				part.add(span{accent, part.column(keys, keysWidth)}, say(" "+line))
				keys = ""
			}
		}
		parts = append(parts, part)
	}
	if m.width >= twoFrom {
		p.beside(joined(parts[:2]), joined(parts[2:]))
	} else {
		p.lines = append(p.lines, joined(parts).lines...)
	}
	p.gap()
	p.wrapped(faint, "Ctrl-C quits at once. Esc goes back. What a row hides is open where something in it is wrong. "+
		"Other keys, and a theme for good: config.yaml, see belay view --help.")
	return p.lines
}

// joined puts pages below each other.
func joined(parts []*page) *page {
	whole := &page{style: parts[0].style, width: parts[0].width}
	for _, part := range parts {
		whole.gap()
		whole.lines = append(whole.lines, part.lines...)
	}
	return whole
}

// keysOf are the first keys of an action and of its pair, as they are written.
func (m *Model) keysOf(b binding, most int) string {
	own, _ := m.binding(b.id)
	groups := [][]string{own.keys}
	if b.pair != "" {
		other, _ := m.binding(b.pair)
		groups = append(groups, other.keys)
	}
	var shown []string
	for n := range most {
		var sides []string
		for _, keys := range groups {
			if n < len(keys) {
				sides = append(sides, written(keys[n]))
			}
		}
		if len(sides) > 0 {
			shown = append(shown, strings.Join(sides, "/"))
		}
	}
	if len(shown) == 0 {
		return "no key"
	}
	return m.style.keys.Replace(strings.Join(shown, "  "))
}

// written is a key as people write it.
func written(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case " ", "space":
		return "Space"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	}
	if len([]rune(key)) == 1 {
		return key
	}
	parts := strings.Split(key, "+")
	for n, part := range parts {
		if part != "" && (n == 0 || len(part) > 1) {
			parts[n] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "-")
}

// hints are the keys of most use now, as many as fit in a line. Those for help and
// for leaving are always among them.
func (m *Model) hints(width int) []span {
	last := []string{"help", "quit"}
	var always []span
	for _, id := range last {
		if b, ok := m.binding(id); ok {
			always = append(always, m.hint(b)...)
		}
	}
	left := width - widthOf(always)
	var spans []span
	for _, b := range m.keys {
		if b.hint == "" || b.id == last[0] || b.id == last[1] || b.when != nil && !b.when(*m) {
			continue
		}
		hint := m.hint(b)
		if need := widthOf(hint); need <= left && len(b.keys) > 0 {
			left -= need
			spans = append(spans, hint...)
		}
	}
	return append(spans, always...)
}

func (m *Model) hint(b binding) []span {
	if own, ok := m.binding(b.id); ok && len(own.keys) > 0 && len([]rune(written(own.keys[0]))) > 2 {
		b.pair = "" // the name of one key is long enough
	}
	return []span{say(" "), {accent, m.keysOf(b, 1)}, {faint, " " + b.hint + " "}}
}

// keysPage is the table of keys as a page of Markdown.
func keysPage() string {
	var b strings.Builder
	b.WriteString("# Keys of the terminal program\n\nGenerated from the table of keys: `UPDATE_GOLDEN=1 go test ./tui`.\n" +
		"The action is the name by which `keys:` in `config.yaml` binds other keys to it.\n")
	for _, c := range chapters() {
		b.WriteString("\n## " + c.title + "\n\n| action | keys | what it does |\n|---|---|---|\n")
		does := ""
		for n, action := range c.bindings {
			if action.does != "" {
				does = action.does
			} else if n > 0 {
				does = "the other way"
			}
			var keys []string
			for _, key := range action.keys {
				keys = append(keys, "`"+strings.ReplaceAll(written(key), "|", "\\|")+"`")
			}
			b.WriteString("| `" + action.id + "` | " + strings.Join(keys, " ") + " | " + does + " |\n")
		}
	}
	return b.String()
}
