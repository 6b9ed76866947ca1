package playground

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/simulator"
)

// Traffic is what goes between Slack and the app, and where the user is in it.
type traffic struct {
	// rows are what the server remembers, oldest first. Only the newest model appends.
	rows []simulator.Entry
	// shown are the rows that the filter lets through, by index; nil is all.
	shown []int
	// problems lets through what went wrong alone, and text what has it.
	problems bool
	text     string
	// at is the selected one of those that are shown, and top the first on the screen.
	at, top int
	// follow stays at the newest.
	follow  bool
	dropped uint64
	detail  detail
}

// mostRows is how many rows are kept; when there are more, a tenth is forgotten.
const mostRows = 10000

// filtered reports whether some rows are not shown.
func (t traffic) filtered() bool { return t.problems || t.text != "" }

// count is how many are shown.
func (t traffic) count() int {
	if t.filtered() {
		return len(t.shown)
	}
	return len(t.rows)
}

// row is one of those that are shown.
func (t traffic) row(n int) (simulator.Entry, bool) {
	if n < 0 || n >= t.count() {
		return simulator.Entry{}, false
	}
	if t.filtered() {
		n = t.shown[n]
	}
	return t.rows[n], true
}

// chosen is the selected row.
func (t traffic) chosen() (simulator.Entry, bool) { return t.row(t.at) }

// lets reports whether the filter lets a row through.
func (m Model) lets(e simulator.Entry) bool {
	t := m.traffic
	if t.problems && !troubled(e) {
		return false
	}
	if t.text == "" {
		return true
	}
	r := m.rowOf(e)
	return strings.Contains(strings.ToLower(r.arrow+" "+r.what+" "+r.word), strings.ToLower(t.text))
}

// heard takes in new rows.
func (m Model) heard(msg entriesMsg) Model {
	t := m.traffic
	t.dropped += msg.dropped
	from := len(t.rows)
	t.rows = append(t.rows, msg.entries...)
	m = m.called(msg.entries)
	if len(t.rows) > mostRows {
		kept, _ := t.chosen()
		t.rows = slices.Clone(t.rows[len(t.rows)-mostRows*9/10:])
		m.traffic = t
		return m.refiltered(kept.ID)
	}
	m.traffic = t
	if t.filtered() {
		for n := from; n < len(t.rows); n++ {
			if m.lets(t.rows[n]) {
				t.shown = append(t.shown, n)
			}
		}
	}
	if t.follow {
		t.at = max(t.count()-1, 0)
	}
	m.traffic = t
	return m
}

// called notes the methods that the app called after the last act.
func (m Model) called(entries []simulator.Entry) Model {
	if len(m.acts) == 0 {
		return m
	}
	last := m.acts[len(m.acts)-1]
	calls := last.Calls
	for _, e := range entries {
		if e.Call != nil && e.Call.API != "" && !slices.Contains(calls, e.Call.API) && !slices.Contains(housekeeping, e.Call.API) {
			calls = append(slices.Clip(calls), e.Call.API)
		}
	}
	if len(calls) > len(last.Calls) {
		m.acts = slices.Clone(m.acts)
		m.acts[len(m.acts)-1].Calls = calls
	}
	return m
}

// housekeeping are methods that SDKs call by themselves.
var housekeeping = []string{"auth.test", "api.test", "apps.connections.open"}

// refiltered finds the rows anew, and stays at the one with an ID.
func (m Model) refiltered(id uint64) Model {
	t := m.traffic
	t.shown = nil
	m.traffic = t
	if t.filtered() {
		t.shown = []int{}
		for n, e := range t.rows {
			if m.lets(e) {
				t.shown = append(t.shown, n)
			}
		}
	}
	if t.follow || t.count() == 0 {
		t.at = max(t.count()-1, 0)
	} else {
		t.at = 0
		for n := range t.count() {
			if e, _ := t.row(n); e.ID <= id {
				t.at = n
			}
		}
	}
	m.traffic = t
	return m
}

// trafficMoved moves the cursor.
func (m Model) trafficMoved(by int) Model {
	t := &m.traffic
	t.at = max(min(t.at+by, t.count()-1), 0)
	t.follow = t.at == t.count()-1
	t.detail.top = 0
	return m
}

// toProblem goes to the next row that went wrong, in a direction, around at the end.
func (m Model) toProblem(step int) Model {
	t := m.traffic
	for n := 1; n <= t.count(); n++ {
		at := ((t.at+n*step)%t.count() + t.count()) % t.count()
		if e, _ := t.row(at); troubled(e) {
			return m.trafficMoved(at - t.at)
		}
	}
	return m.noted("nothing there went wrong")
}

// troubled reports whether a row went wrong.
func troubled(e simulator.Entry) bool {
	switch {
	case e.Attempt != nil:
		return e.Attempt.Failure != ""
	case e.Call != nil:
		return e.Call.Error != "" || e.Call.Status >= 400
	}
	return e.Finding != nil
}

// A row is an entry in words.
type row struct {
	at    time.Time
	arrow string
	what  string
	role  role
	mark  string
	word  string
	took  time.Duration
	// timed rows are held against Slack's deadline.
	timed bool
}

// deadline is how long Slack waits for an acknowledgement.
const deadline = 3 * time.Second

// rowOf puts an entry into words.
func (m Model) rowOf(e simulator.Entry) row {
	s := m.style
	switch {
	case e.Attempt != nil:
		a := *e.Attempt
		r := row{at: a.At, arrow: s.out, what: a.Kind, role: good, mark: s.pass, word: "ok", took: a.Took, timed: true}
		if name := eventOf(a); name != "" {
			r.what = name
		}
		if a.RetryNum > 0 {
			r.what += fmt.Sprintf(" (retry %d)", a.RetryNum)
		}
		if status := a.Answer.Status; status != 0 {
			r.word = fmt.Sprint(status)
		}
		if a.Failure != "" {
			r.role, r.mark = bad, s.fail
			if a.Answer.Status == 0 {
				r.word = string(a.Failure)
			}
		}
		return r
	case e.Call != nil:
		c := *e.Call
		r := row{at: c.At, arrow: s.in, what: c.API, role: good, mark: s.pass, word: "ok", took: c.Took}
		if c.API == "" {
			r.what, r.word = pathName(c), fmt.Sprint(c.Status)
		}
		if troubled(e) {
			r.role, r.mark = bad, s.fail
			if c.Error != "" {
				r.word = c.Error
			} else {
				r.word = fmt.Sprint(c.Status)
			}
		}
		return r
	case e.Finding != nil:
		return row{at: e.Finding.At, arrow: " ", what: e.Finding.Problem, role: hurting, mark: s.warn, word: "found"}
	case e.Withheld != nil:
		return row{at: e.Withheld.At, arrow: s.out, what: e.Withheld.Event, role: faint, mark: s.skip, word: "not sent"}
	case e.Socket != nil:
		word := "closed"
		if e.Socket.Open {
			word = "open"
		}
		return row{at: e.Socket.At, arrow: s.wire, what: fmt.Sprintf("socket %d", e.Socket.ID), role: faint, mark: s.wire, word: word}
	}
	return row{}
}

// pathName is what was asked, where that is no method of the Web API.
func pathName(c simulator.Call) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Path, "/"), "/")
	switch first {
	case "commands", "actions", "app":
		return "response_url"
	case "services":
		return "incoming webhook"
	case "upload":
		return "upload"
	}
	return c.Method + " " + c.Path
}

// trafficLines draw the rows that are on the screen.
func (m Model) trafficLines(width, height int) []string {
	s, t := m.style, m.traffic
	lines := make([]string, height)
	for n := range lines {
		e, ok := t.row(t.top + n)
		switch {
		case ok:
			lines[n] = m.rowLine(e, t.top+n == t.at, width)
		case n == 0 && t.filtered():
			lines[n] = s.padded(width, span{faint, " nothing matches the filter"})
		case n == 0:
			lines[n] = s.padded(width, span{faint, " nothing was sent or called yet"})
		default:
			lines[n] = blank(width)
		}
	}
	return lines
}

// The widths of the columns of a row.
const (
	timeWidth = 9
	wordWidth = 6
	tookWidth = 8
	barWidth  = 8
)

func (m Model) rowLine(e simulator.Entry, selected bool, width int) string {
	s, r := m.style, m.rowOf(e)
	left := width - 1
	spans := []span{}
	if width >= 60 {
		spans = append(spans, span{faint, s.column(r.at.UTC().Format("15:04:05"), timeWidth)})
		left -= timeWidth
	}
	word := wordWidth
	if width >= 70 {
		word += 12
	}
	bar := 0
	if width >= 44 {
		bar = barWidth + 2
	}
	name := max(left-4-word-tookWidth-bar, 6)
	// What has no time or is not held against the deadline leaves room for its word.
	if !r.timed {
		word, bar = word+bar, 0
	}
	took := ""
	if r.took > 0 || r.timed {
		took = s.right(short(r.took), tookWidth-1)
	} else {
		word += tookWidth - 1
	}
	spans = append(spans, span{accent, r.arrow + " "}, say(s.column(m.masked(r.what), name)+" "), span{r.role, s.column(r.mark+" "+r.word, word+1)})
	spans = append(spans, span{tookRole(r), took})
	if bar > 0 {
		spans = append(spans, say(" "))
		spans = append(spans, m.bar(r.took, barWidth)...)
	}
	if selected {
		return s.one(m.chosenRole(trafficPane), width, append([]span{say(s.cursor)}, spans...)...)
	}
	return s.padded(width, append([]span{say(" ")}, spans...)...)
}

func tookRole(r row) role {
	if r.timed && r.took >= deadline {
		return late
	}
	return faint
}

// bar draws a time against Slack's deadline, which is the line at its end.
func (m Model) bar(took time.Duration, width int) []span {
	s := m.style
	filled := min(int(took*time.Duration(width)/deadline), width)
	if took > 0 {
		filled = max(filled, 1)
	}
	look := good
	switch {
	case took >= deadline:
		look = late
	case took >= deadline*2/3:
		look = hurting
	}
	return []span{{look, strings.Repeat(s.bar, filled)}, {faint, strings.Repeat(s.gap, width-filled) + s.limit}}
}

// short is a duration in a few characters.
func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
