package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"belay/checks"
)

type (
	htmlExchange struct {
		Title, Error string
		Open         bool
		Waterfall    *htmlWaterfall
		Stages       []htmlStage
		Request      htmlMessage
		Response     *htmlMessage
	}
	htmlMessage struct {
		Title, First string
		Headers      []htmlPair
		Body, Cut    string
		// Read is the body as a person reads it, or "".
		Read, ReadTitle string
	}
	htmlStage     struct{ Class, Name, Took string }
	htmlWaterfall struct {
		Label    string
		Ticks    []htmlTick
		Bars     []htmlBar
		Late     *htmlBar
		Deadline *htmlTick
	}
	htmlTick struct{ At, Anchor, Label string }
	htmlBar  struct{ Class, At, Width string }
)

func htmlExchangeOf(s checks.Section, x checks.Exchange) htmlExchange {
	h := htmlExchange{
		Title:   strings.Join([]string{who(x.Direction) + ": " + orText(Clean(x.Question, 200), "request"), outcome(x), htmlTook(x.TotalMS)}, " · "),
		Error:   Clean(x.Error, 1000),
		Request: htmlMessageOf("Request", x.Request.Method+" "+x.Request.URL, x.Request),
	}
	if r := x.Response; r != nil {
		// A response has the same parts as a request but for its first line.
		m := htmlMessageOf("Response", fmt.Sprintf("%s %d", r.Proto, r.Status), checks.Request{Header: r.Header, Body: r.Body})
		if r.Cut {
			m.Cut = fmt.Sprintf("The body is cut: it has %d bytes.", r.BodyBytes)
		}
		h.Response = &m
	}
	stages := stagesOf(x)
	for _, stage := range stages {
		if stage.took > 0 {
			h.Stages = append(h.Stages, htmlStage{stage.class, stage.name, htmlTook(stage.took)})
		}
	}
	deadline := s.Target.Deadline
	if x.Direction == checks.ToSlack {
		deadline = 0
	}
	h.Waterfall = htmlWaterfallOf(x, stages, deadline)
	return h
}

// who says who asked whom.
func who(d checks.Direction) string {
	if d == checks.ToSlack {
		return "app → Slack"
	}
	return "Slack → app"
}

func htmlMessageOf(title, first string, r checks.Request) htmlMessage {
	m := htmlMessage{Title: title, First: Clean(strings.TrimSpace(first), 2000)}
	contentType := ""
	for _, f := range r.Header[:min(len(r.Header), maxHTMLHeaders)] {
		m.Headers = append(m.Headers, htmlPair{Clean(f.Name, 200), Clean(f.Value, 2000)})
		if strings.EqualFold(f.Name, "Content-Type") {
			contentType, _, _ = strings.Cut(strings.ToLower(f.Value), ";")
		}
	}
	if len(r.Body) > maxHTMLBody {
		m.Body = cleanLines(r.Body, maxHTMLBody)
		m.Cut = fmt.Sprintf("The first %d of the %d bytes that were kept; -o json has all of them.", maxHTMLBody, len(r.Body))
		return m
	}
	m.Body = cleanLines(r.Body, 0)
	switch strings.TrimSpace(contentType) {
	case "application/x-www-form-urlencoded":
		m.Read, m.ReadTitle = cleanLines(readForm(r.Body), 2*maxHTMLBody), "Read as a form"
	case "application/json":
		m.Read, m.ReadTitle = cleanLines(readJSON(r.Body), 2*maxHTMLBody), "Read as JSON"
	}
	return m
}

// readForm has a line for each field. A value is decoded only where it was encoded in
// the usual way: in any other a secret in it may not have been recognised.
func readForm(body string) string {
	if body == "" {
		return ""
	}
	var b strings.Builder
	for field := range strings.SplitSeq(body, "&") {
		name, value, _ := strings.Cut(field, "=")
		if decoded, err := url.QueryUnescape(value); err == nil && strings.EqualFold(url.QueryEscape(decoded), value) {
			value = decoded
		}
		if read := readJSON(value); read != "" {
			value = "\n" + read
		}
		fmt.Fprintf(&b, "%s = %s\n", name, value)
	}
	return b.String()
}

// readJSON is an object or a list with a line for each member, or "".
func readJSON(text string) string {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return ""
	}
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil || b.Len() > 4*maxHTMLBody {
		return ""
	}
	return b.String()
}

// cleanLines is Clean for a text of several lines, which stay so.
func cleanLines(text string, most int) string {
	if most > 0 && len(text) > most {
		text = text[:most]
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var b strings.Builder
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(Clean(line, 0))
	}
	return b.String()
}

// A stage is one stretch of an exchange, and how it is drawn.
type stage struct {
	class, name string
	took        checks.Millis
}

// stagesOf are in the order of time. What nothing answered was waiting to its end.
func stagesOf(x checks.Exchange) []stage {
	s := x.Stages
	if x.Response == nil && s.FirstByte == 0 {
		s.FirstByte = max(x.TotalMS-s.DNS-s.Connect-s.TLS-s.Write, 0)
	}
	return []stage{
		{"dns", "name", s.DNS}, {"connect", "connect", s.Connect}, {"tls", "TLS", s.TLS},
		{"write", "sent", s.Write}, {"first-byte", "waiting", s.FirstByte}, {"body", "body", s.Body},
	}
}

// longestDrawn is the longest time that is drawn to scale.
const longestDrawn = checks.Millis(48 * time.Hour)

// An axis is a stretch of time that is drawn over the whole width.
type axis struct{ span checks.Millis }

// at is how far along the axis a time is.
func (a axis) at(d checks.Millis) string {
	return fmt.Sprintf("%.2f%%", 100*float64(min(max(d, 0), a.span))/float64(a.span))
}

// wide is how wide a stretch is: wide enough to be seen.
func (a axis) wide(from, to checks.Millis) string {
	from, to = min(max(from, 0), a.span), min(max(to, 0), a.span)
	return fmt.Sprintf("%.2f%%", max(100*float64(to-from)/float64(a.span), 0.3))
}

func (a axis) tick(d checks.Millis, label string) htmlTick {
	anchor := "middle"
	switch part := float64(d) / float64(a.span); {
	case part < 0.04:
		anchor = "start"
	case part > 0.96:
		anchor = "end"
	}
	return htmlTick{a.at(d), anchor, label}
}

// ticks are at round times, about five of them, and none beside the deadline.
func (a axis) ticks(deadline checks.Millis) []htmlTick {
	step := checks.Millis(time.Millisecond)
	for _, factor := range []checks.Millis{1, 2, 5} {
		for next := factor * checks.Millis(time.Millisecond); next <= a.span; next *= 10 {
			if a.span/next >= 4 && next > step {
				step = next
			}
		}
	}
	var all []htmlTick
	for d := checks.Millis(0); d <= a.span && len(all) < 60; d += step {
		if beside := max(d-deadline, deadline-d); deadline > 0 && beside < a.span/12 {
			continue
		}
		all = append(all, a.tick(d, onAxis(d)))
	}
	return all
}

// htmlWaterfallOf draws an exchange on Slack's clock, or is nil where nothing was
// measured.
func htmlWaterfallOf(x checks.Exchange, stages []stage, deadline checks.Millis) *htmlWaterfall {
	if x.TotalMS <= 0 || x.TotalMS > longestDrawn || deadline > longestDrawn {
		return nil
	}
	deadline = max(deadline, 0)
	a := axis{max(x.TotalMS, deadline*4/3)}
	w := htmlWaterfall{Ticks: a.ticks(deadline), Label: "Waterfall: " + stagesInWords(stages)}
	var began checks.Millis
	for _, s := range stages {
		if s.took > 0 {
			w.Bars = append(w.Bars, htmlBar{s.class, a.at(began), a.wide(began, began+s.took)})
			began += min(s.took, a.span)
		}
	}
	if deadline > 0 {
		tick := a.tick(deadline, onAxis(deadline))
		w.Deadline = &tick
		w.Label += ". Slack stops waiting after " + htmlTook(deadline)
		if x.TotalMS > deadline {
			w.Late = &htmlBar{"", a.at(deadline), a.wide(deadline, x.TotalMS)}
			w.Label += fmt.Sprintf(", %s before the end", htmlTook(x.TotalMS-deadline))
		}
	}
	return &w
}

func stagesInWords(stages []stage) string {
	var parts []string
	for _, s := range stages {
		if s.took > 0 {
			parts = append(parts, s.name+" "+htmlTook(s.took))
		}
	}
	return strings.Join(parts, ", ")
}
