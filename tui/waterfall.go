package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"belay/checks"
)

// A stage is one stretch of an exchange, as drawn.
type stage struct {
	name string
	took checks.Millis
	fill string
	role role
}

func (s *style) stages(x checks.Exchange) []stage {
	return []stage{
		{"dns", x.Stages.DNS, s.road, road}, {"connect", x.Stages.Connect, s.road, road},
		{"tls", x.Stages.TLS, s.road, road}, {"sent", x.Stages.Write, s.road, road},
		{"waiting", x.Stages.FirstByte, s.waiting, pause}, {"body", x.Stages.Body, s.body, pause},
	}
}

// The columns of a waterfall before its bars, and the least and most of a bar.
const (
	beforeBar = 22
	leastBar  = 16
	mostBar   = 72
)

// waterfall draws the stages of an exchange below each other on Slack's clock, with
// the line at the deadline.
func (p *page) waterfall(x checks.Exchange, deadline checks.Millis) {
	p.heading("On Slack's clock")
	width := min(p.width-beforeBar-2, mostBar)
	if width < leastBar {
		for _, s := range p.stages(x) {
			p.add(span{faint, p.column(s.name, 9)}, say(p.right(millis(s.took), 12)))
		}
	} else {
		p.bars(x, scaleOf(x, deadline, width))
	}
	p.add(span{strong, p.column("total", 9) + p.right(millis(x.TotalMS), 12) + "  "}, say(outcome(x)+", "), lateness(x, deadline))
	if x.Error != "" {
		p.fieldAs(bad, "error", x.Error)
	}
}

// A scale turns times into columns.
type scale struct {
	width int
	total checks.Millis
	// line is the deadline's column, -1 without one.
	line     int
	deadline checks.Millis
}

func scaleOf(x checks.Exchange, deadline checks.Millis, width int) scale {
	s := scale{width: width, total: max(x.TotalMS, deadline*4/3, 1), deadline: deadline, line: -1}
	if deadline > 0 {
		s.line = s.at(deadline)
	}
	return s
}

// at is the column of a time.
func (s scale) at(t checks.Millis) int {
	t = max(min(t, s.total), 0)
	return min(int(float64(t)/float64(max(s.total, 1))*float64(s.width)), s.width-1)
}

func (p *page) bars(x checks.Exchange, s scale) {
	p.add(say(strings.Repeat(" ", beforeBar)), span{faint, axis(s)})
	began := checks.Millis(0)
	for _, stage := range p.stages(x) {
		spans := []span{
			{faint, p.column(stage.name, 9)}, say(p.right(millis(stage.took), 12) + " "),
		}
		c := p.canvas(s)
		c.bar(stage, began)
		p.add(append(spans, c.spans()...)...)
		began += max(stage.took, 0)
	}
}

// row is all stages of an exchange in one line. What is beyond the scale shows as an
// arrow.
func (s *style) row(x checks.Exchange, scale scale) []span {
	c := s.canvas(scale)
	began := checks.Millis(0)
	for _, stage := range s.stages(x) {
		c.bar(stage, began)
		began = min(began+max(stage.took, 0), scale.total)
	}
	if began == 0 {
		c.bar(stage{took: x.TotalMS, fill: s.waiting, role: pause}, 0)
	}
	if x.TotalMS > scale.total {
		c.cells[scale.width-1] = cell{late, s.beyond}
	}
	return c.spans()
}

// A canvas is a line that bars are drawn on.
type canvas struct {
	scale
	cells []cell
}

type cell struct {
	role role
	text string
}

func (s *style) canvas(on scale) canvas {
	c := canvas{on, make([]cell, on.width)}
	for n := range c.cells {
		c.cells[n] = cell{plain, " "}
	}
	if on.line >= 0 {
		c.cells[on.line] = cell{bad, s.symbols.line}
	}
	return c
}

// bar draws a stage between its start and its end. What is past the deadline shows
// as late.
func (c canvas) bar(s stage, began checks.Millis) {
	if s.took <= 0 {
		return
	}
	from, to := c.at(began), c.at(min(began+s.took, c.total))
	for column := from; column <= to; column++ {
		switch {
		case column == c.line, from == to && c.cells[column].text != " ":
			// A stage that is too short for a column of its own hides no other.
		case c.line >= 0 && column > c.line:
			c.cells[column] = cell{late, s.fill}
		default:
			c.cells[column] = cell{s.role, s.fill}
		}
	}
}

// spans joins cells of one look.
func (c canvas) spans() []span {
	var spans []span
	for from := 0; from < len(c.cells); {
		to := from
		var b strings.Builder
		for ; to < len(c.cells) && c.cells[to].role == c.cells[from].role; to++ {
			b.WriteString(c.cells[to].text)
		}
		spans = append(spans, span{c.cells[from].role, b.String()})
		from = to
	}
	return spans
}

// axis labels the start and the deadline, and the seconds between them.
func axis(s scale) string {
	if s.line < 0 {
		return "0 s"
	}
	line := []byte("0 s" + strings.Repeat(" ", s.width))
	second := checks.Millis(time.Second)
	for t := second; t < s.deadline && s.deadline <= 10*second && s.at(second) >= 8; t += second {
		copy(line[s.at(t):], short(t))
	}
	label := short(s.deadline)
	at := max(s.line-len(label)/2, 4)
	copy(line[at:], label)
	return strings.TrimRight(string(line[:min(len(line), max(s.width, at+len(label)))]), " ")
}

// lateness compares an exchange with the deadline.
func lateness(x checks.Exchange, deadline checks.Millis) span {
	switch {
	case deadline <= 0:
		return say("")
	case x.TotalMS > deadline:
		return span{bad, short(x.TotalMS-deadline) + " too late"}
	case x.Response == nil:
		return span{bad, "no answer in time"}
	}
	if x.TotalMS < deadline/2 {
		return span{good, "in time"}
	}
	return span{hurting, short(deadline-x.TotalMS) + " left"}
}

// millis is a time in milliseconds, with thousands apart; small ones keep a decimal.
// What was not reached is a dash.
func millis(d checks.Millis) string {
	ms := time.Duration(d).Seconds() * 1000
	switch {
	case ms <= 0:
		return "-   "
	case ms < 0.1:
		return "<0.1 ms"
	case ms < 10:
		return strconv.FormatFloat(ms, 'f', 1, 64) + " ms"
	case ms < 999.5:
		return strconv.FormatFloat(ms, 'f', 0, 64) + " ms"
	}
	n := int(ms + 0.5)
	return fmt.Sprintf("%d,%03d ms", n/1000, n%1000)
}
