package blockkit

import (
	"strings"

	"github.com/rivo/uniseg"
)

const (
	defaultWidth = 80
	leastWidth   = 20
	leastInside  = 8    // columns; what is nested deeper is not indented any more
	maxLines     = 2000 // of a drawing
)

// A drawer draws lines, top to bottom.
type drawer struct {
	o     DrawOptions
	width int
	kinds map[string]func(*drawer, placedBlock)
	depth int
	lines []Line
	left  *int // lines that may still be drawn, by all drawers of a drawing
}

func newDrawer(o DrawOptions) *drawer {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	left := maxLines
	return &drawer{o: o, width: max(o.Width, leastWidth), kinds: drawings, left: &left}
}

// finish is what was drawn. The last line tells if there was more.
func (d *drawer) finish() Drawing {
	if d.full() {
		d.lines = append(d.lines[:len(d.lines):len(d.lines)], Line{Text: d.mark("…", "...")})
	}
	return d.lines
}

// full tells whether no more lines fit, so that a loop over hostile input can end.
func (d *drawer) full() bool { return *d.left <= 0 }

// mark is a sign, or what stands for it in ASCII.
func (d *drawer) mark(sign, ascii string) string {
	if d.o.ASCII {
		return ascii
	}
	return sign
}

// add draws a line. Its width is held here for all.
func (d *drawer) add(line Line) {
	if d.full() {
		return
	}
	*d.left--
	line.Text = strings.TrimRight(d.cut(oneOfLines(line.Text), d.width), " ")
	d.lines = append(d.lines, line)
}

// oneOfLines holds that a line is one line, free of control characters.
func oneOfLines(text string) string { return strings.ReplaceAll(clean(text), "\n", " ") }

// text draws lines of readable text, wrapped.
func (d *drawer) text(text string) { d.wrapped(text, d.width, func(s string) { d.add(Line{Text: s}) }) }

// wrapped calls for every line of a text after wrapping, and ends when the drawing is full.
func (d *drawer) wrapped(text string, width int, do func(string)) {
	text = strings.TrimRight(text, " \n")
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		if d.full() {
			return
		}
		for _, part := range wrap(line, width) {
			do(part)
		}
	}
}

// rule draws a line across.
func (d *drawer) rule(sign, ascii string) {
	d.add(Line{Text: strings.Repeat(d.mark(sign, ascii), d.width)})
}

// A piece is a part of a row.
type piece struct {
	text    string
	element *Interactive
	option  int
}

// row draws pieces side by side, in as many lines as they need.
func (d *drawer) row(pieces ...piece) {
	var line Line
	at := 0
	for _, p := range pieces {
		if p.text == "" {
			continue
		}
		p.text = d.cut(p.text, d.width)
		w := width(p.text)
		if at > 0 && at+2+w > d.width {
			d.add(line)
			line, at = Line{}, 0
		}
		if at > 0 {
			line.Text += "  "
			at += 2
		}
		if p.element != nil {
			line.Spots = append(line.Spots, Spot{Column: at, Width: w, Element: *p.element, Option: p.option})
		}
		line.Text += p.text
		at += w
	}
	if line.Text != "" {
		d.add(line)
	}
}

// nested draws what do draws after a prefix: first before the first line, rest before the
// others. Both have one width.
func (d *drawer) nested(first, rest string, do func(*drawer)) {
	inner := *d
	inner.lines = nil
	inner.depth++
	if inner.depth > maxDepth {
		return
	}
	inner.width = d.width - width(first)
	if inner.width < leastInside {
		first, rest, inner.width = "", "", d.width
	}
	do(&inner)
	for i, line := range inner.lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		if line.Text == "" {
			prefix = strings.TrimRight(prefix, " ")
		}
		line.Text = prefix + line.Text
		for s := range line.Spots {
			line.Spots[s].Column += width(prefix)
		}
		inner.lines[i] = line
	}
	d.lines = append(d.lines, inner.lines...)
}

// indented draws after a bar or spaces.
func (d *drawer) indented(prefix string, do func(*drawer)) { d.nested(prefix, prefix, do) }

// columns draws texts side by side, each wrapped to its width, with a separator.
func (d *drawer) columns(texts []string, widths []int, right []bool, separator string) {
	var wrapped [][]string
	tall := 0
	for i, text := range texts {
		var lines []string
		d.wrapped(text, widths[i], func(s string) { lines = append(lines, s) })
		wrapped = append(wrapped, lines)
		tall = max(tall, len(lines))
	}
	for row := 0; row < max(tall, 1) && !d.full(); row++ {
		var line strings.Builder
		for i, lines := range wrapped {
			if i > 0 {
				line.WriteString(separator)
			}
			text := ""
			if row < len(lines) {
				text = lines[row]
			}
			line.WriteString(pad(text, widths[i], i < len(right) && right[i]))
		}
		d.add(Line{Text: line.String()})
	}
}

// pad fills a text up to a width.
func pad(text string, to int, right bool) string {
	space := strings.Repeat(" ", max(0, to-width(text)))
	if right {
		return space + text
	}
	return text + space
}

// width is how many columns a text takes. East Asian characters and emoji take two.
func width(text string) int {
	if isPrintable(text) {
		return len(text)
	}
	return uniseg.StringWidth(text)
}

// cut shortens a text to a width and shows that it did.
func (d *drawer) cut(text string, to int) string {
	if len(text) <= to || width(text) <= to {
		return text
	}
	end := d.mark("…", "...")
	kept, _, _ := split(text, to-width(end))
	return kept + end
}

// split parts a text where it no longer fits into a width, but not in a character, and
// says how wide the first part is. It takes one character at least.
func split(text string, to int) (fits, rest string, used int) {
	at, state := 0, -1
	for at < len(text) {
		cluster, _, w, next := uniseg.FirstGraphemeClusterInString(text[at:], state)
		if used+w > to && at > 0 {
			break
		}
		used, at, state = used+w, at+len(cluster), next
	}
	return text[:at], text[at:], used
}

// wrap parts a line between words, or in a word that is too long. Spaces at the start of
// the line stay.
func wrap(line string, to int) []string {
	if len(line) <= to || width(line) <= to {
		return []string{line}
	}
	w := wrapper{to: to}
	for line != "" {
		word := strings.TrimLeft(line, " ")
		spaces := len(line) - len(word)
		if end := strings.IndexByte(word, ' '); end >= 0 {
			word = word[:end]
		}
		line = line[spaces+len(word):]
		w.word(spaces, word)
	}
	if w.used > 0 {
		w.flush()
	}
	return w.lines
}

// A wrapper fills lines with words.
type wrapper struct {
	to      int
	lines   []string
	current strings.Builder
	used    int
}

// word puts a word after spaces.
func (w *wrapper) word(spaces int, word string) {
	wide := width(word)
	if w.used > 0 && w.used+spaces+wide > w.to {
		w.flush()
	}
	switch {
	case w.used == 0 && len(w.lines) > 0:
		spaces = 0
	case w.used == 0:
		spaces = min(spaces, w.to/2)
	}
	w.put(strings.Repeat(" ", spaces), spaces)
	for w.used+wide > w.to {
		fits, rest, used := split(word, w.to-w.used)
		w.put(fits, used)
		if rest == "" {
			return
		}
		w.flush()
		word, wide = rest, wide-used
	}
	w.put(word, wide)
}

func (w *wrapper) put(text string, wide int) {
	w.current.WriteString(text)
	w.used += wide
}

func (w *wrapper) flush() {
	w.lines = append(w.lines, w.current.String())
	w.current.Reset()
	w.used = 0
}
