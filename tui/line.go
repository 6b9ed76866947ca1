package tui

import "strings"

// A span is a piece of a line in one look.
type span struct {
	role role
	text string
}

func say(text string) span { return span{plain, text} }

// line draws spans as one line of at most that many columns. Every line of the
// screen is made here, so that none is wider than the screen and none holds a
// control character of an app.
func (s *style) line(width int, spans ...span) string {
	return s.drawn(width, spans, false)
}

// padded is line, filled up to the width.
func (s *style) padded(width int, spans ...span) string {
	return s.drawn(width, spans, true)
}

// drawn draws spans, and fills the line up where that is wanted.
func (s *style) drawn(width int, spans []span, full bool) string {
	var b strings.Builder
	b.Grow(2 * width)
	for _, p := range spans {
		if p.text == "" {
			continue
		}
		text, n := fitted(p.text, width, s.more)
		width -= n
		if n == 0 {
			continue
		}
		look := &s.looks[p.role]
		b.WriteString(look.before)
		b.WriteString(text)
		b.WriteString(look.after)
	}
	if full {
		b.WriteString(spaces(width))
	}
	return b.String()
}

// blank is as many spaces as most lines need.
const blank = "                                                                                                                                "

// spaces are so many of them.
func spaces(n int) string {
	if n <= len(blank) {
		return blank[:max(n, 0)]
	}
	return strings.Repeat(" ", n)
}

// one is a line in one look from edge to edge, whatever its spans say.
func (s *style) one(r role, width int, spans ...span) string {
	var b strings.Builder
	for _, p := range spans {
		b.WriteString(fit(p.text, width, s.more))
	}
	text := cut(b.String(), width, s.more)
	return s.paint(r, text+spaces(width-columns(text)))
}

// between draws one end of a line at its left and the other at its right, which is
// left out where both do not fit and it would take more than half.
func (s *style) between(width int, left, right []span) string {
	used := widthOf(right)
	if used == 0 || used+2 > width/2 && used+2+widthOf(left) > width {
		return s.padded(width, left...)
	}
	return s.padded(width-used-2, left...) + "  " + s.line(used, right...)
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
func (s *style) column(text string, width int) string {
	text = fit(text, width, s.more)
	return text + spaces(width-columns(text))
}

// inColumn adds a text to spans, filled up or cut to a width. It makes no new text.
func (s *style) inColumn(spans []span, r role, text string, width int) []span {
	text, n := fitted(text, width, s.more)
	return append(spans, span{r, text}, say(spaces(width-n)))
}

// atRight is inColumn with the text at its right end.
func (s *style) atRight(spans []span, r role, text string, width int) []span {
	text, n := fitted(text, width, s.more)
	return append(spans, say(spaces(width-n)), span{r, text})
}

// right is column with the text at its right end.
func (s *style) right(text string, width int) string {
	text = fit(text, width, s.more)
	return spaces(width-columns(text)) + text
}
