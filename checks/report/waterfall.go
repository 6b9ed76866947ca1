package report

import (
	"fmt"
	"strings"
	"time"

	"belay/checks"
)

// waterfall draws an exchange on Slack's clock: the axis, the bar with the line at
// the deadline, and the stages in numbers.
func waterfall(x checks.Exchange, deadline checks.Millis, o TextOptions, columns int) []string {
	if o.Accessible {
		return []string{stages(x)}
	}
	columns = min(columns-12, 60)
	total := max(time.Duration(x.TotalMS), time.Duration(deadline)*4/3)
	at := func(d checks.Millis) int { return int(int64(d) * int64(columns) / int64(total)) }
	road := at(x.Stages.DNS + x.Stages.Connect + x.Stages.TLS + x.Stages.Write)
	end := max(at(x.TotalMS), 1)
	line := at(deadline)
	d := o.drawing()
	var bar strings.Builder
	for column := range columns {
		switch {
		case column == line:
			bar.WriteString(o.paint(red, d.line))
		case column < road || column == 0 && road == 0 && x.Stages.Connect > 0:
			bar.WriteString(o.paint(dim, d.road))
		case column < end:
			bar.WriteString(d.waiting)
		default:
			bar.WriteString(o.paint(dim, d.empty))
		}
	}
	return []string{
		axis(line, deadline),
		strings.TrimRight(bar.String(), " ") + "  " + outcome(x),
		stages(x),
	}
}

// axis labels the start and the deadline.
func axis(line int, deadline checks.Millis) string {
	label := seconds(deadline)
	return "0 s" + strings.Repeat(" ", max(line-3-len(label)/2, 1)) + label
}

func seconds(d checks.Millis) string {
	text := fmt.Sprintf("%.1f", time.Duration(d).Seconds())
	return strings.TrimSuffix(text, ".0") + " s"
}

func outcome(x checks.Exchange) string {
	switch {
	case x.GaveUp:
		return "no answer"
	case x.Response == nil:
		return "dropped"
	}
	return fmt.Sprint(x.Response.Status)
}

// stages are how long each stretch took. Those that were not reached are left out.
func stages(x checks.Exchange) string {
	var parts []string
	for _, stage := range []struct {
		name string
		took checks.Millis
	}{
		{"dns", x.Stages.DNS}, {"connect", x.Stages.Connect}, {"tls", x.Stages.TLS},
		{"sent", x.Stages.Write}, {"waiting", x.Stages.FirstByte}, {"body", x.Stages.Body},
	} {
		if stage.took > 0 {
			parts = append(parts, stage.name+" "+inMillis(stage.took))
		}
	}
	return strings.Join(parts, " · ") + " ms"
}

// inMillis is a number of milliseconds with thousands apart; small ones keep a
// decimal.
func inMillis(d checks.Millis) string {
	ms := time.Duration(d).Seconds() * 1000
	switch {
	case ms < 10:
		return fmt.Sprintf("%.1f", ms)
	case ms < 1000:
		return fmt.Sprintf("%.0f", ms)
	}
	n := int(ms + 0.5)
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
