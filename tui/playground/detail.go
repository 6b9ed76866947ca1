package playground

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"belay/checks/problem"
	"belay/simulator"
	"belay/simulator/payload"
)

// A detail is the selected row in full.
type detail struct {
	// open is set while the keys are in it.
	open bool
	top  int
	// lines are those of the row with that id, at that width.
	id      uint64
	width   int
	private bool
	lines   []span
}

// mostLines bounds a detail.
const mostLines = 4000

// detailed draws the detail anew where it is of another row.
func (m Model) detailed(width, height int) Model {
	d := m.traffic.detail
	e, ok := m.traffic.chosen()
	if !ok {
		m.traffic.detail = detail{}
		return m
	}
	if d.id != e.ID || d.width != width || d.private != m.private {
		if d.id != e.ID {
			d.top = 0
		}
		d.id, d.width, d.private = e.ID, width, m.private
		d.lines = nil
		for _, l := range m.inFull(e) {
			for _, text := range wrap(m.masked(redacted(l.text)), max(width-1, 1)) {
				if len(d.lines) < mostLines {
					d.lines = append(d.lines, span{l.role, text})
				}
			}
		}
	}
	d.top = max(min(d.top, len(d.lines)-height), 0)
	m.traffic.detail = d
	return m
}

// detailLines draw what is on the screen of it.
func (m Model) detailLines(width, height int) []string {
	d := m.traffic.detail
	lines := make([]string, height)
	for n := range lines {
		lines[n] = blank(width)
		if d.top+n < len(d.lines) {
			lines[n] = m.style.padded(width, say(" "), d.lines[d.top+n])
		}
	}
	return lines
}

// inFull is an entry with all that is known of it.
func (m Model) inFull(e simulator.Entry) []span {
	switch {
	case e.Attempt != nil:
		return m.attemptInFull(*e.Attempt)
	case e.Call != nil:
		return m.callInFull(*e.Call)
	case e.Finding != nil:
		return findingInFull(*e.Finding)
	case e.Withheld != nil:
		return []span{{strong, "The app did not get " + e.Withheld.Subscription}, {faint, moment(e.Withheld.At)}, say(e.Withheld.Reason + ".")}
	case e.Socket != nil:
		r := m.rowOf(e)
		return []span{{strong, "Socket Mode: connection " + strconv.Itoa(e.Socket.ID) + " is " + r.word}}
	}
	return nil
}

func (m Model) attemptInFull(a simulator.Attempt) []span {
	s := m.style
	title := "Slack sent " + a.Kind
	if name := eventOf(a); name != "" {
		title += " " + name
	}
	lines := []span{{strong, title}, {faint, moment(a.At)}}
	if a.Failure == "" {
		lines = append(lines, span{good, s.pass + " acknowledged after " + short(a.Took) + " of 3.00 s"})
	} else {
		lines = append(lines, span{bad, s.fail + " not acknowledged after " + short(a.Took) + " of 3.00 s: " + string(a.Failure)}, say(a.Detail))
	}
	var bar strings.Builder
	for _, p := range m.bar(a.Took, 30) {
		bar.WriteString(p.text)
	}
	lines = append(lines, span{tookRole(row{timed: true, took: a.Took}), bar.String() + " 3 s"})
	if st := a.Answer.Stages; st.Total() > 0 {
		lines = append(lines, span{faint, fmt.Sprintf("connect %s  tls %s  waiting %s  body %s", short(st.DNS+st.Connect), short(st.TLS), short(st.FirstByte), short(st.Body))})
	}
	if a.RetryNum > 0 {
		lines = append(lines, say(fmt.Sprintf("retry %d, because of %s", a.RetryNum, a.RetryReason)))
	}
	lines = append(lines, say(""), span{strong, "Request"})
	if len(a.Hops) == 0 {
		lines = append(lines, say("over Socket Mode, envelope "+a.EnvelopeID))
	}
	for _, hop := range a.Hops {
		lines = append(lines, say(a.Answer.Request.Method+" "+hop))
	}
	lines = append(lines, readable(a.Answer.Request.Body)...)
	for _, h := range a.Answer.Request.Header {
		lines = append(lines, span{faint, h.Name + ": " + h.Value})
	}
	lines = append(lines, say(""), span{strong, "Response"})
	switch {
	case a.Ack != nil:
		lines = append(lines, say(fmt.Sprintf("acknowledged, %d bytes", a.Ack.Size)))
		return append(lines, readable(a.Ack.Payload)...)
	case a.Answer.Status == 0:
		return append(lines, say("none"))
	}
	lines = append(lines, say(fmt.Sprintf("%d %s", a.Answer.Status, http.StatusText(a.Answer.Status))))
	lines = append(lines, readable(a.Answer.Body)...)
	return append(lines, headers(a.Answer.Header)...)
}

func (m Model) callInFull(c simulator.Call) []span {
	name := c.API
	if name == "" {
		name = c.Method + " " + c.Path
	}
	lines := []span{{strong, "The app called " + name}, {faint, moment(c.At)}}
	r := m.rowOf(simulator.Entry{Call: &c})
	lines = append(lines, span{r.role, r.mark + " answered " + r.word + " in " + short(c.Took)})
	if c.Fault != "" {
		lines = append(lines, span{hurting, "Slack misbehaved: " + c.Fault})
	}
	if c.API != "" && !c.Modelled && c.Error == "" {
		lines = append(lines, span{faint, "answered from what is documented of the method: nothing stands behind it"})
	}
	lines = append(lines, say(""), span{strong, "Request"}, say(c.Method+" "+c.Path))
	for _, key := range slices.Sorted(maps.Keys(c.Query)) {
		lines = append(lines, say(key+": "+strings.Join(c.Query[key], ", ")))
	}
	lines = append(lines, readable(c.Body)...)
	lines = append(lines, headers(c.Header)...)
	lines = append(lines, say(""), span{strong, "Response"}, say(strconv.Itoa(c.Status)+" "+http.StatusText(c.Status)))
	return append(lines, readable(c.Answer)...)
}

func findingInFull(f simulator.Finding) []span {
	lines := []span{{hurting, f.Problem}, say(f.Text)}
	p, ok := problem.Find(f.Problem)
	if !ok {
		return lines
	}
	return append(lines, say(""), span{strong, p.Title}, say(p.Why), say(""), span{accent, "Do this"}, say(p.Fix), say(""), span{faint, "belay explain " + p.ID}, span{faint, p.Doc})
}

func moment(t time.Time) string { return "at " + t.UTC().Format("15:04:05.000") + " of Slack's clock" }

func headers(h http.Header) []span {
	var lines []span
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			lines = append(lines, span{faint, name + ": " + value})
		}
	}
	return lines
}

// readable are the lines of a body: JSON with its structure, a form by its fields.
func readable(body []byte) []span {
	text := bytes.TrimSpace(body)
	if len(text) == 0 {
		return []span{{faint, "(an empty body)"}}
	}
	if lines, ok := structured(text); ok {
		return lines
	}
	var lines []span
	if !bytes.ContainsAny(text, " \n<{") && bytes.Contains(text, []byte("=")) {
		for pair := range strings.SplitSeq(string(text), "&") {
			name, value, _ := strings.Cut(pair, "=")
			if plain, err := url.QueryUnescape(value); err == nil {
				value = plain
			}
			if inner, ok := structured([]byte(value)); ok {
				lines = append(append(lines, say(name+":")), inner...)
				continue
			}
			lines = append(lines, say(name+"="+value))
		}
		return lines
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		lines = append(lines, say(line))
	}
	return lines
}

// structured are the lines of a JSON object or list.
func structured(text []byte) ([]span, bool) {
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return nil, false
	}
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return nil, false
	}
	var lines []span
	for line := range strings.SplitSeq(b.String(), "\n") {
		lines = append(lines, say(line))
	}
	return lines, true
}

// eventOf is the type of the event that an attempt delivers, or the command.
func eventOf(a simulator.Attempt) string {
	body := a.Answer.Request.Body
	if a.Kind == payload.Command.Name && !bytes.HasPrefix(body, []byte("{")) {
		for pair := range bytes.SplitSeq(body, []byte("&")) {
			if value, ok := bytes.CutPrefix(pair, []byte("command=")); ok {
				text, _ := url.QueryUnescape(string(value))
				return text
			}
		}
	}
	if a.Kind != payload.Command.Name && a.Kind != payload.Event.Name {
		return ""
	}
	var what struct {
		Command string `json:"command"`
		Event   struct {
			Type string `json:"type"`
		} `json:"event"`
	}
	_ = json.Unmarshal(body, &what)
	return what.Command + what.Event.Type
}
