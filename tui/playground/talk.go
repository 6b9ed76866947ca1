package playground

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	"belay/simulator/webapi"
)

// firstMessages is how many messages of a channel are loaded at first. Whoever goes to
// the first of them gets as many again.
const firstMessages = 200

// A talk is the conversation in the middle, and where the user is in it.
type talk struct {
	most int
	// messages are those of the state and Slackbot's, oldest first.
	messages []webapi.Message
	slackbot []said
	// at is the ts of the selected message; "" follows the last one.
	at string
	// spot is which of the message's buttons and menus is selected.
	spot int
	// within is the first line that is shown of a message that is taller than the pane.
	within int
	// lines are what is on the screen.
	lines []talkLine
	// spots are those of the selected message.
	spots []spot
	// tall is by how many lines the selected message exceeds the pane.
	tall int
}

// said is a message of Slackbot's that one user sees in one channel.
type said struct {
	seat    seat
	message webapi.Message
}

// A talkLine is one line of the conversation.
type talkLine struct {
	spans    []span
	selected bool
	// text and spots are those of a line of the message's body.
	text  string
	spots []spot
}

// joined puts what Slackbot said between the messages.
func (m Model) joined() []webapi.Message {
	all := m.state.messages
	for _, one := range m.talk.slackbot {
		if one.seat.team == m.seat.team && one.seat.user == m.seat.user && one.seat.channel == m.seat.channel {
			all = append(slices.Clip(all), one.message)
		}
	}
	if len(all) > len(m.state.messages) {
		slices.SortStableFunc(all, func(a, b webapi.Message) int { return strings.Compare(a.TS, b.TS) })
	}
	return all
}

// index is the place of the selected message, or -1.
func (t talk) index() int {
	if t.at == "" {
		return len(t.messages) - 1
	}
	// They are in order, so the nearest is found where it was deleted.
	n, _ := slices.BinarySearchFunc(t.messages, t.at, func(msg webapi.Message, ts string) int { return strings.Compare(msg.TS, ts) })
	return min(n, len(t.messages)-1)
}

// selected is the message that the cursor is on.
func (m Model) selected() (webapi.Message, bool) {
	if n := m.talk.index(); n >= 0 && !m.seat.home {
		return m.talk.messages[n], true
	}
	return webapi.Message{}, false
}

// talkMoved moves the cursor by messages, or through one that is taller than the pane.
func (m Model) talkMoved(by int) (Model, tea.Cmd) {
	t := m.talk
	if by > 0 && by < far && t.within < t.tall {
		m.talk.within = min(t.within+max(by, 3), t.tall)
		return m, nil
	}
	if by < 0 && by > -far && t.within > 0 {
		m.talk.within = max(t.within-max(-by, 3), 0)
		return m, nil
	}
	n := max(min(t.index()+by, len(t.messages)-1), 0)
	if len(t.messages) == 0 {
		return m, nil
	}
	m.talk.at, m.talk.spot, m.talk.within = t.messages[n].TS, 0, 0
	if n == len(t.messages)-1 {
		m.talk.at = ""
	}
	if n == 0 && by < 0 && !m.state.whole {
		m.talk.most *= 2
		return m.refreshed()
	}
	return m, nil
}

// talkUsed uses what is selected in the selected message.
func (m Model) talkUsed() (Model, tea.Cmd) {
	at, ok := m.selected()
	if !ok || len(m.talk.spots) == 0 {
		return m.composing(""), nil
	}
	h := holder{id: at.TS, place: simulator.Place{Channel: m.seat.channel, TS: at.TS}}
	return m.used(h, m.talk.spots[min(m.talk.spot, len(m.talk.spots)-1)].Spot)
}

// retalked draws the messages that are on the screen around the selected one.
func (m Model) retalked(width, height int) Model {
	t := m.talk
	t.messages, t.lines, t.spots, t.tall = m.joined(), nil, nil, 0
	m.talk = t
	at := t.index()
	if at < 0 || height <= 0 || width <= 0 {
		return m
	}
	drawn, spots := m.messageLines(at, width)
	m.talk.spots = spots
	m.talk.spot = max(min(t.spot, len(spots)-1), 0)
	focus := 0
	if len(spots) > 0 {
		s := spots[m.talk.spot]
		focus = s.line
		if s.line < len(drawn) {
			drawn[s.line].spans = bodySpans(drawn[s.line].text, drawn[s.line].spots, s.Column, m.chosenRole(talkPane))
		}
	}
	for n := range drawn {
		drawn[n].selected = true
	}
	if len(drawn) >= height {
		m.talk.tall = len(drawn) - height
		within := min(t.within, m.talk.tall)
		if len(spots) > 0 && t.spot > 0 {
			within = max(min(within, focus), focus-height+1)
		}
		m.talk.within = within
		m.talk.lines = drawn[within : within+height]
		return m
	}
	m.talk.within = 0
	below := m.linesFrom(at+1, 1, width, (height-len(drawn))/2)
	above := m.linesFrom(at-1, -1, width, height-len(drawn)-len(below))
	below = append(below, m.moreBelow(at+1, width, height-len(drawn)-len(below)-len(above), len(below))...)
	lines := append(append(above, drawn...), below...)
	for len(lines) < height {
		lines = append([]talkLine{{}}, lines...)
	}
	m.talk.lines = lines
	return m
}

// linesFrom are the lines of the messages from one on, in a direction.
func (m Model) linesFrom(from, step, width, most int) []talkLine {
	var lines []talkLine
	for n := from; n >= 0 && n < len(m.talk.messages) && len(lines) < most; n += step {
		drawn, _ := m.messageLines(n, width)
		if step > 0 {
			lines = append(lines, drawn...)
		} else {
			lines = append(drawn, lines...)
		}
	}
	switch {
	case len(lines) <= most:
		return lines
	case step > 0:
		return lines[:most]
	}
	return lines[len(lines)-most:]
}

// moreBelow are the lines after those that are there already, where there is room.
func (m Model) moreBelow(from, width, most, there int) []talkLine {
	if most <= 0 {
		return nil
	}
	lines := m.linesFrom(from, 1, width, most+there)
	return lines[min(there, len(lines)):]
}

// bodyIndent is how far the body of a message stands from the edge.
const bodyIndent = 2

// messageLines draw a message: who, and when, and what.
func (m Model) messageLines(n, width int) ([]talkLine, []spot) {
	s, msg := m.style, m.talk.messages[n]
	name, app := m.author(msg)
	first := []span{{strong, m.masked(name)}}
	if app {
		first[0].role = accent
		first = append(first, span{faint, " APP"})
	}
	first = append(first, span{faint, "  " + clockOf(msg.TS)})
	if about := m.aboutMessage(msg); about != "" {
		first = append(first, span{faint, "  " + about})
	}
	lines := []talkLine{{spans: first}}
	d := m.draw(msg, m.formOf(msg.TS), max(width-bodyIndent-1, 1))
	spots := d.spots
	for i := range spots {
		spots[i].line++
	}
	for n, text := range d.lines {
		here := spotsOf(spots, n+1)
		lines = append(lines, talkLine{spans: bodySpans(text, here, -1, plain), text: text, spots: here})
	}
	for _, f := range msg.Files {
		lines = append(lines, talkLine{spans: []span{{faint, "  [file: " + f.Name + ", " + f.Mimetype + "]"}}})
	}
	if len(msg.Reactions) > 0 {
		text := " "
		for _, r := range msg.Reactions {
			text += fmt.Sprintf(" :%s: %d", r.Name, r.Count)
		}
		lines = append(lines, talkLine{spans: []span{{faint, text}}})
	}
	if msg.ReplyCount > 0 {
		lines = append(lines, talkLine{spans: []span{{faint, "  " + s.reply + strconv.Itoa(msg.ReplyCount) + " in the thread"}}})
	}
	return lines, spots
}

func spotsOf(all []spot, line int) []spot {
	var here []spot
	for _, s := range all {
		if s.line == line {
			here = append(here, s)
		}
	}
	return here
}

// bodySpans give the spots of a line their look, and the one at a column another.
func bodySpans(text string, spots []spot, column int, chosen role) []span {
	r := plain
	if strings.HasPrefix(strings.TrimSpace(text), wrongMark) {
		r = bad
	}
	var spans []span
	at := 0
	for _, s := range spots {
		if s.Column < at {
			continue
		}
		look := pressable
		if s.Column == column {
			look = chosen
		}
		spans = append(spans, span{r, between(text, at, s.Column)}, span{look, between(text, s.Column, s.Column+s.Width)})
		at = s.Column + s.Width
	}
	return append(spans, span{r, between(text, at, widest)})
}

// author is whose message it is, and whether that is an app.
func (m Model) author(msg webapi.Message) (string, bool) {
	switch {
	case msg.Username != "":
		return msg.Username, msg.Username != "Slackbot"
	case m.state.names[msg.User] != "":
		return m.state.names[msg.User], msg.BotID != ""
	case msg.BotProfile != nil:
		return msg.BotProfile.Name, true
	case msg.User != "":
		return msg.User, msg.BotID != ""
	}
	return "somebody", msg.BotID != ""
}

// aboutMessage is what is said of a message beside its time.
func (m Model) aboutMessage(msg webapi.Message) string {
	var all []string
	if own := m.state.whisper(msg.TS); own || msg.Username == "Slackbot" {
		all = append(all, "only you see this")
	}
	if msg.ThreadTS != "" && msg.ThreadTS != msg.TS {
		all = append(all, "in a thread")
	}
	if msg.Edited != nil {
		all = append(all, "edited")
	}
	if len(msg.PinnedTo) > 0 {
		all = append(all, "pinned")
	}
	return strings.Join(all, ", ")
}

// whisper reports whether a message is seen by the acting user alone.
func (s state) whisper(ts string) bool {
	_, is := slices.BinarySearch(s.whispers, ts)
	return is
}

// clockOf is the time of a ts.
func clockOf(ts string) string {
	seconds, _, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(n, 0).UTC().Format("15:04")
}

// titled is a channel's name as people write it.
func (m Model) titled(c channel) string {
	switch {
	case c.direct():
		return "@" + c.label
	case c.Type == "group":
		return "#" + c.label + " (private)"
	}
	return "#" + c.label
}
