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
}

func (p *page) stages(x checks.Exchange) []stage {
	return []stage{
		{"dns", x.Stages.DNS, p.style.road}, {"connect", x.Stages.Connect, p.style.road},
		{"tls", x.Stages.TLS, p.style.road}, {"sent", x.Stages.Write, p.style.road},
		{"waiting", x.Stages.FirstByte, p.waiting}, {"body", x.Stages.Body, p.style.body},
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
	return min(int(float64(t)/float64(s.total)*float64(s.width)), s.width-1)
}

func (p *page) bars(x checks.Exchange, s scale) {
	p.add(say(strings.Repeat(" ", beforeBar)), span{faint, axis(s)})
	began := checks.Millis(0)
	for _, stage := range p.stages(x) {
		spans := []span{
			{faint, p.column(stage.name, 9)}, say(p.right(millis(stage.took), 12) + " "),
		}
		p.add(append(spans, p.bar(stage, s, began)...)...)
		began += max(stage.took, 0)
	}
}

// bar draws a stage between its start and its end. What is past the deadline shows
// as bad.
func (p *page) bar(stage stage, s scale, began checks.Millis) []span {
	from, to := s.at(began), s.at(began+stage.took)
	if stage.took <= 0 {
		to = from - 1
	}
	var spans []span
	for column := range s.width {
		next := span{faint, " "}
		switch {
		case column == s.line:
			next = span{bad, p.style.symbols.line}
		case column >= from && column <= to && s.line >= 0 && column > s.line:
			next = span{bad, stage.fill}
		case column >= from && column <= to:
			next = span{plain, stage.fill}
		}
		if n := len(spans); n > 0 && spans[n-1].role == next.role {
			spans[n-1].text += next.text
			continue
		}
		spans = append(spans, next)
	}
	return spans
}

// axis labels the start and the deadline.
func axis(s scale) string {
	if s.line < 0 {
		return "0 s"
	}
	label := short(s.deadline)
	return "0 s" + strings.Repeat(" ", max(s.line-3-len(label)/2, 1)) + label
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
