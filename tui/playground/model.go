package playground

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A pane is a part of the screen that the keys can be in.
type pane int

const (
	channelsPane pane = iota
	talkPane
	trafficPane
	panes
)

// A Model is the state of the program. Update returns a new one, and View only draws:
// all that it needs is at hand. What it knows of the fake Slack comes by messages;
// only commands touch the server.
type Model struct {
	ctx     context.Context
	options Options
	style   style
	keys    []binding
	feed    *feed

	width, height int

	seat  seat
	state state
	// loading is set while a state is on its way, and stale when it is old by then.
	loading, stale bool
	// read is the ts of what a user saw last, by user and channel.
	read map[string]map[string]string
	// wall is the machine's time.
	wall time.Time

	focus   pane
	list    list
	talk    talk
	page    page
	forms   map[string]form
	writing writing
	traffic traffic
	over    overlay

	acts []Act
	jobs []job
	// made counts the jobs that were begun.
	made int
	// kept is how many acts were written to a file.
	kept int

	private bool
	// mask hides names; nil hides nothing.
	mask *strings.Replacer
	// note is said in the last line until the next key, and wrong when it is bad news.
	note  string
	wrong bool
	ended bool
}

// list is where the user is in the channels.
type list struct{ at, top int }

// New is a model of a terminal of 80 columns and 24 lines, until it is told better.
func New(ctx context.Context, o Options) Model {
	o.AppID = appID(o)
	m := Model{
		ctx: ctx, options: o, style: newStyle(o), keys: keymap(), feed: newFeed(),
		width: 80, height: 24, focus: talkPane, loading: true,
		talk: talk{most: firstMessages}, traffic: traffic{follow: true},
	}
	return m.settled()
}

// Init implements tea.Model.
func (m Model) Init() tea.Cmd { return tea.Batch(m.loaded(), m.feed.next, tick(idle)) }

// The times between two looks at the clock: while something is under way, and else.
const (
	busy = 200 * time.Millisecond
	idle = time.Second
)

// refreshed loads the state anew, or notes that the one on its way is old.
func (m Model) refreshed() (Model, tea.Cmd) {
	if m.loading {
		m.stale = true
		return m, nil
	}
	m.loading = true
	return m, m.loaded()
}

// noted says something in the last line.
func (m Model) noted(text string) Model {
	m.note, m.wrong = text, false
	return m
}

// warned says bad news in the last line.
func (m Model) warned(text string) Model {
	m.note, m.wrong = text, true
	return m
}

// seen notes that a user saw a channel up to a message.
func (m Model) seen(user, channel, ts string) Model {
	if old, known := m.read[user][channel]; known && old >= ts {
		return m
	}
	m.read = maps.Clone(m.read)
	if m.read == nil {
		m.read = map[string]map[string]string{}
	}
	of := maps.Clone(m.read[user])
	if of == nil {
		of = map[string]string{}
	}
	of[channel] = ts
	m.read[user] = of
	return m
}

// channel is the one that is shown.
func (m Model) channel() channel {
	for _, c := range m.state.channels {
		if c.ID == m.seat.channel {
			return c
		}
	}
	return channel{}
}

// userName is the acting user's.
func (m Model) userName() string { return m.state.names[m.seat.user] }

// teamName is the acting user's workspace's.
func (m Model) teamName() string {
	for _, t := range m.state.teams {
		if t.ID == m.seat.team {
			return t.Name
		}
	}
	return ""
}

// bot is the app's user, or "".
func (m Model) bot() (id, name string) {
	for _, u := range m.state.users {
		if u.IsBot && (id == "" || u.Profile.APIAppID == m.options.AppID) {
			id, name = u.ID, u.Name
		}
	}
	return id, name
}

// number counts from 1.
func number(n int) string { return strconv.Itoa(n + 1) }
