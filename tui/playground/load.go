package playground

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// A seat is who looks at what.
type seat struct {
	// team, user and channel are ids; "" is the first.
	team, user, channel string
	// home shows the app's home tab in place of the channel.
	home bool
}

// A channel is a conversation of the list at the left.
type channel struct {
	webapi.ChannelInfo
	// label is its name, or that of the other side of a direct message.
	label string
	// last is the ts of its newest message, and unread how many the user has not seen.
	last   string
	unread int
}

// direct reports whether it is a direct message.
func (c channel) direct() bool { return c.Type == "im" || c.Type == "mpim" }

// A state is what the fake Slack holds, as far as it is shown.
type state struct {
	seat     seat
	now      time.Time
	waiting  int
	teams    []webapi.Team
	users    []webapi.User
	channels []channel
	// messages are the last ones of the channel, oldest first; whole is set when there
	// are none before them.
	messages []webapi.Message
	whole    bool
	modals   []webapi.View
	home     *webapi.View
	faults   []simulator.Injected
	sockets  int
	tally    simulator.Tally
	// whispers are the ts of messages that the user alone sees, in order.
	whispers []string
	// names are by the id of a user or a channel.
	names map[string]string
}

// mostUnread is how many unread messages are counted.
const mostUnread = 99

// A wish is what is to be loaded.
type wish struct {
	seat seat
	// most is how many messages of the channel.
	most int
	// read is the ts of what was seen last, by channel.
	read map[string]string
}

// load reads the fake Slack. It is the only place where that is done.
func load(slack *simulator.Server, app string, w wish) state {
	work := slack.Workspace()
	s := state{
		seat: w.seat, now: slack.Clock().Now(), waiting: slack.Clock().Waiting(), teams: work.Teams(),
		faults: slack.Faults(), sockets: len(slack.Sockets()), tally: slack.Tally(), names: map[string]string{},
	}
	if len(s.teams) == 0 {
		return s
	}
	if !slices.ContainsFunc(s.teams, func(t webapi.Team) bool { return t.ID == s.seat.team }) {
		s.seat.team = s.teams[0].ID
	}
	s.users = work.Users(s.seat.team)
	for _, u := range s.users {
		s.names[u.ID] = u.Name
	}
	if !slices.ContainsFunc(s.users, func(u webapi.User) bool { return u.ID == s.seat.user }) {
		s.seat.user = firstPerson(s.users)
	}
	s.channels = channelsOf(work, s.seat, s.names, w.read)
	if !slices.ContainsFunc(s.channels, func(c channel) bool { return c.ID == s.seat.channel }) {
		s.seat.channel = firstChannel(s.channels)
	}
	recent := work.Recent(s.seat.team, s.seat.channel, s.seat.user, w.most)
	s.whole = len(recent) < w.most
	slices.Reverse(recent)
	s.messages = recent
	for _, msg := range work.Ephemerals(s.seat.team, s.seat.channel, s.seat.user) {
		s.whispers = append(s.whispers, msg.TS)
	}
	slices.Sort(s.whispers)
	s.modals = work.Modals(s.seat.team, s.seat.user, app)
	if home, is := work.Home(s.seat.team, s.seat.user, app); is {
		s.home = &home
	}
	return s
}

func firstPerson(users []webapi.User) string {
	for _, u := range users {
		if !u.IsBot && !u.Deleted {
			return u.ID
		}
	}
	return ""
}

func firstChannel(channels []channel) string {
	if len(channels) == 0 {
		return ""
	}
	for _, c := range channels {
		if c.Name == "general" {
			return c.ID
		}
	}
	return channels[0].ID
}

// channelsOf are those that a user sees: channels by name, and then people.
func channelsOf(work *webapi.Workspace, at seat, names, read map[string]string) []channel {
	var all []channel
	for _, c := range work.Channels(at.team) {
		mine := slices.Contains(c.Members, at.user)
		if c.Archived || c.Type != "channel" && !mine {
			continue
		}
		one := channel{ChannelInfo: c, label: c.Name}
		if one.direct() {
			one.label = others(c, at.user, names)
		}
		names[c.ID] = one.label
		one.last, one.unread = unread(work, at, c.ID, read)
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b channel) int {
		if a.direct() != b.direct() {
			if b.direct() {
				return -1
			}
			return 1
		}
		return strings.Compare(a.label, b.label)
	})
	return all
}

// others are the people at the other side of a direct message.
func others(c webapi.ChannelInfo, user string, names map[string]string) string {
	var all []string
	for _, id := range c.Members {
		if id != user {
			all = append(all, names[id])
		}
	}
	if all == nil {
		return names[user] + " (you)"
	}
	return strings.Join(all, ", ")
}

// unread is the newest ts in a channel, and how many messages the user has not seen.
func unread(work *webapi.Workspace, at seat, id string, read map[string]string) (last string, n int) {
	if m, is := work.Last(at.team, id); is {
		last = m.TS
	}
	if own := work.Ephemerals(at.team, id, at.user); len(own) > 0 {
		last = max(last, own[len(own)-1].TS)
	}
	seen, known := read[id]
	if !known || last <= seen {
		return last, 0
	}
	for _, m := range work.Recent(at.team, id, at.user, mostUnread) {
		if m.TS <= seen {
			break
		}
		if m.User != at.user || m.BotID != "" {
			n++
		}
	}
	return last, n
}

// stateMsg is a state that was loaded.
type stateMsg state

// loaded is the command that reads the fake Slack.
func (m Model) loaded() tea.Cmd {
	slack, app := m.options.Slack, m.options.AppID
	w := wish{m.seat, m.talk.most, maps.Clone(m.read[m.seat.user])}
	return func() tea.Msg { return stateMsg(load(slack, app, w)) }
}

// A feed hands what the server remembers to the model, many entries at a time.
type feed struct {
	mu      sync.Mutex
	entries []simulator.Entry
	dropped uint64
	// more has an element while there are entries.
	more chan struct{}
	done chan struct{}
}

func newFeed() *feed { return &feed{more: make(chan struct{}, 1), done: make(chan struct{})} }

// mostWaiting is how many entries wait for the model.
const mostWaiting = mostRows

// follow takes what there is and what comes, until the server or the context ends.
func (f *feed) follow(ctx context.Context, slack *simulator.Server) {
	defer close(f.done)
	_ = slack.Follow(ctx, 0, func(e simulator.Entry) error {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.dropped += e.Dropped
		if len(f.entries) == mostWaiting {
			f.dropped++
			f.entries = f.entries[1:]
		}
		f.entries = append(f.entries, e)
		select {
		case f.more <- struct{}{}:
		default:
		}
		return nil
	})
}

// entriesMsg is what was remembered since the last one.
type entriesMsg struct {
	entries []simulator.Entry
	dropped uint64
}

// endedMsg is the end of the server.
type endedMsg struct{}

// pace is the shortest time between two batches of entries: a tenth of a second is
// soon enough for whoever looks.
const pace = 80 * time.Millisecond

// next is the command that waits for entries.
func (f *feed) next() tea.Msg {
	select {
	case <-f.more:
	case <-f.done:
		return endedMsg{}
	}
	select {
	case <-time.After(pace):
	case <-f.done:
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	msg := entriesMsg{f.entries, f.dropped}
	f.entries, f.dropped = nil, 0
	return msg
}

// tickMsg is the time on the wall, every now and then.
type tickMsg time.Time

func tick(after time.Duration) tea.Cmd {
	return tea.Tick(after, func(t time.Time) tea.Msg { return tickMsg(t) })
}

// appID is the app's id in the options, or belay's own.
func appID(o Options) string {
	if o.AppID == "" {
		return payload.StandInApp
	}
	return o.AppID
}
