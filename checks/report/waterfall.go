package report

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// barColumns is how long a bar is at most, without the status after it.
const barColumns = 60

// waterfall draws an exchange on Slack's clock: the axis, the bar with the line at
// the deadline, and the stages in numbers.
func waterfall(x checks.Exchange, deadline checks.Millis, o TextOptions, columns int) []string {
	numbers := wrap(o.words(stages(x)), columns)
	longest := checks.Millis(time.Hour)
	if o.Accessible || deadline <= 0 || deadline > longest || x.TotalMS < 0 || x.TotalMS > longest {
		return numbers
	}
	after := "  " + outcome(x)
	s := scale{
		columns: min(columns-len(after), barColumns),
		total:   max(x.TotalMS, deadline*4/3, 1),
	}
	return append([]string{s.axis(deadline, len(after)), s.bar(x, deadline, o) + after}, numbers...)
}

// A scale says in which column a time is drawn.
type scale struct {
	columns int
	total   checks.Millis
}

func (s scale) at(d checks.Millis) int {
	return int(int64(min(max(d, 0), s.total)) * int64(s.columns) / int64(s.total))
}

// axis labels every third of the deadline, which of Slack's is a second, as far as
// there is room, with so many columns to the right of the bar.
func (s scale) axis(deadline checks.Millis, right int) string {
	line := ""
	step := deadline / 3
	if s.at(step) < 7 {
		step = max(deadline, s.total/60)
	}
	for d := checks.Millis(0); d <= s.total; d += step {
		label, column := onAxis(d), s.at(d)
		if column < len(line)+1 && line != "" || column+len(label) > s.columns+right {
			continue
		}
		line += strings.Repeat(" ", column-len(line)) + label
	}
	return line
}

// onAxis is a time as short as it goes.
func onAxis(d checks.Millis) string {
	ms := time.Duration(d).Round(time.Millisecond).Milliseconds()
	switch {
	case ms == 0:
		return "0 s"
	case ms < 1000:
		return fmt.Sprintf("%d ms", ms)
	case ms%1000 < 50:
		return fmt.Sprintf("%d s", ms/1000)
	}
	return fmt.Sprintf("%.1f s", float64(ms)/1000)
}

// bar draws the road, the wait and the body, with a line where Slack stops waiting.
func (s scale) bar(x checks.Exchange, deadline checks.Millis, o TextOptions) string {
	road := s.at(x.Stages.DNS + x.Stages.Connect + x.Stages.TLS + x.Stages.Write)
	if road == 0 && x.Stages.Connect > 0 {
		road = 1
	}
	line, end := s.at(deadline), max(s.at(x.TotalMS), 1)
	body := end
	if x.Response != nil {
		body = max(end-s.at(x.Stages.Body), road)
	}
	d := o.drawing()
	var b strings.Builder
	// stretch draws up to a column, across the line at the deadline.
	drawn := 0
	stretch := func(to int, sign, color, lateColor string) {
		if before := min(to, line) - drawn; before > 0 {
			b.WriteString(o.paint(color, strings.Repeat(sign, before)))
			drawn += before
		}
		if drawn == line && to > line {
			b.WriteString(o.paint(red, d.line))
			drawn++
		}
		if after := to - drawn; after > 0 {
			b.WriteString(o.paint(lateColor, strings.Repeat(sign, after)))
			drawn += after
		}
	}
	stretch(min(road, end), d.road, dim, dim)
	stretch(min(body, end), d.waiting, "", red)
	stretch(end, d.body, "", red)
	stretch(line+1, d.empty, dim, dim)
	return b.String()
}

// outcome is how an exchange ended.
func outcome(x checks.Exchange) string {
	switch {
	case x.Response == nil && x.GaveUp:
		return "no answer"
	case x.Response == nil:
		return "dropped"
	case x.GaveUp:
		return fmt.Sprintf("%d, no end", x.Response.Status)
	}
	return fmt.Sprint(x.Response.Status)
}

// stages are how long each stretch took. Those that took no time worth naming are
// left out.
func stages(x checks.Exchange) string {
	s := x.Stages
	if x.Response == nil && s.FirstByte == 0 {
		// The wait that nothing ended.
		s.FirstByte = max(x.TotalMS-s.DNS-s.Connect-s.TLS-s.Write, 0)
	}
	var parts []string
	for _, stage := range []struct {
		name string
		took checks.Millis
	}{
		{"dns", s.DNS}, {"connect", s.Connect}, {"tls", s.TLS},
		{"sent", s.Write}, {"waiting", s.FirstByte}, {"body", s.Body},
	} {
		if n := time.Duration(stage.took).Round(time.Millisecond).Milliseconds(); n > 0 {
			parts = append(parts, stage.name+" "+thousands(n))
		}
	}
	if len(parts) == 0 {
		return "less than 1 ms"
	}
	return strings.Join(parts, " · ") + " ms"
}

// thousands sets them apart.
func thousands(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
