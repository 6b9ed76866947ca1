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
func (s style) line(width int, spans ...span) string {
	text, _ := s.draw(width, spans)
	return text
}

// padded is line, filled up to the width.
func (s style) padded(width int, spans ...span) string {
	text, left := s.draw(width, spans)
	return text + strings.Repeat(" ", max(left, 0))
}

// draw returns the columns that are left, too.
func (s style) draw(width int, spans []span) (string, int) {
	var b strings.Builder
	for _, p := range spans {
		text := fit(p.text, width, s.more)
		width -= columns(text)
		b.WriteString(s.paint(p.role, text))
	}
	return b.String(), width
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
// left out where both do not fit and it would take more than half.
func (s style) between(width int, left, right []span) string {
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
func (s style) column(text string, width int) string {
	text = fit(text, width, s.more)
	return text + strings.Repeat(" ", max(width-columns(text), 0))
}

// right is column with the text at its right end.
func (s style) right(text string, width int) string {
	text = fit(text, width, s.more)
	return strings.Repeat(" ", max(width-columns(text), 0)) + text
}
