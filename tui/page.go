package tui

import (
	"fmt"
	"strings"
)

// A page gathers the lines of a detail.
type page struct {
	*style
	width int
	// label is the width of a field's label, 0 for the usual one.
	label int
	lines []string
}

// labels is the width of a field's label.
func (p *page) labels() int { return max(p.label, labelled) }

// labelled is the width of a field's label, and roomy that of a page which has room
// for labels at the left.
const (
	labelled = 13
	roomy    = 44
)

// The most that is shown of one text.
const (
	mostText  = 64 << 10
	mostLines = 2000
)

// add adds a line, which is cut where it is too wide.
func (p *page) add(spans ...span) {
	p.lines = append(p.lines, p.line(p.width, append([]span{say(" ")}, spans...)...))
}

// gap adds an empty line, but neither at the start nor twice.
func (p *page) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// bounded is the beginning of a text, and what is to be said of its rest.
func bounded(text string) (string, string) {
	if len(text) <= mostText {
		return text, ""
	}
	return strings.ToValidUTF8(text[:mostText], ""), fmt.Sprintf("%d KiB more are not shown", (len(text)-mostText)>>10)
}

// wrapped adds a text, broken at spaces.
func (p *page) wrapped(r role, text string) {
	text, rest := bounded(text)
	for _, line := range wrap(text, p.width-2) {
		p.add(span{r, line})
	}
	p.rest(rest)
}

// rest says what is not shown.
func (p *page) rest(text string) {
	if text != "" {
		p.add(span{faint, text})
	}
}

// heading starts a part of the page.
func (p *page) heading(text string) {
	p.gap()
	p.add(span{strong, text})
}

// field adds a label and a text beside it, or below it where there is no room. An
// empty text adds nothing.
func (p *page) field(label, text string) { p.fieldAs(plain, label, text) }

func (p *page) fieldAs(r role, label, text string) {
	if text == "" {
		return
	}
	text, rest := bounded(text)
	if p.width < roomy {
		p.add(span{faint, label})
		for _, line := range wrap(text, p.width-4) {
			p.add(say("  "), span{r, line})
		}
		p.rest(rest)
		return
	}
	for _, line := range wrap(text, p.width-p.labels()-2) {
		p.add(span{faint, p.column(label, p.labels())}, span{r, line})
		label = ""
	}
	p.rest(rest)
}

// raw adds a text of several lines as it is, broken where it is too wide.
func (p *page) raw(r role, text string) {
	text, rest := bounded(text)
	lines := cleanLines(text)
	for n, line := range lines {
		if n == mostLines {
			rest = fmt.Sprintf("%d lines more are not shown", len(lines)-n)
			break
		}
		for _, part := range broken(line, p.width-2) {
			p.add(span{r, part})
		}
	}
	p.rest(rest)
}

// beside adds two pages next to each other, with a line between them. The widths of
// both and the line are at most the page's.
func (p *page) beside(left, right *page) {
	for n := range max(len(left.lines), len(right.lines)) {
		line, other := "", ""
		if n < len(left.lines) {
			line = left.lines[n]
		}
		if n < len(right.lines) {
			other = right.lines[n]
		}
		// The lines are drawn already: only their width is looked at.
		line += strings.Repeat(" ", max(left.width-columns(line), 0))
		p.lines = append(p.lines, line+p.paint(faint, p.down)+other)
	}
}

// halves are two pages that fit beside each other in this one, the first of them with
// so many hundredths of the width.
func (p *page) halves(share int) (left, right *page) {
	width := p.width * share / 100
	return &page{style: p.style, width: width}, &page{style: p.style, width: p.width - width - 1}
}
