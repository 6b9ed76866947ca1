package tui

// A page gathers the lines of a detail.
type page struct {
	style
	width int
	lines []string
}

// labelled is the width of a field's label, and roomy that of a page which has room
// for labels at the left.
const (
	labelled = 13
	roomy    = 44
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

// wrapped adds a text, broken at spaces.
func (p *page) wrapped(r role, text string) {
	for _, line := range wrap(text, p.width-2) {
		p.add(span{r, line})
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
	if p.width < roomy {
		p.add(span{faint, label})
		for _, line := range wrap(text, p.width-4) {
			p.add(say("  "), span{r, line})
		}
		return
	}
	for _, line := range wrap(text, p.width-labelled-2) {
		p.add(span{faint, p.column(label, labelled)}, span{r, line})
		label = ""
	}
}

// raw adds a text of several lines as it is, broken where it is too wide.
func (p *page) raw(r role, text string) {
	for _, line := range cleanLines(text) {
		for _, part := range broken(line, p.width-2) {
			p.add(span{r, part})
		}
	}
}
