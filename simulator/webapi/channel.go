package webapi

import (
	"slices"
	"strings"
)

// A Channel is a conversation: a public or private channel, a direct message or a
// group of people.
//
// https://docs.slack.dev/reference/objects/conversation-object
type Channel struct {
	ID      string
	Name    string
	TeamID  string
	Creator string
	Created int64
	Updated int64
	// Sort is channel, group, im or mpim, the words of events.
	Sort string
	// User is the other side of a direct message.
	User          string
	Archived      bool
	General       bool
	Shared        bool
	ReadOnly      bool
	Topic         Described
	Purpose       Described
	PreviousNames []string
	// Members are user ids in the order in which they came.
	Members []string

	// messages are in the order of their ts; those of threads are among them.
	messages []*Message
	// ephemerals are those of all users, in their order.
	ephemerals []*Message
	// read is the ts up to which a user has read.
	read map[string]string
	// closed is set for direct messages that were closed.
	closed bool
	// featured are the triggers of the workflows that the conversation shows.
	featured  []string
	pins      []Pin
	bookmarks []*Bookmark
}

// Described is a topic or a purpose.
type Described struct {
	Value   string `json:"value"`
	Creator string `json:"creator"`
	LastSet int64  `json:"last_set"`
}

// has reports whether the user is a member.
func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

// message is the one of that ts, or nil.
func (c *Channel) message(ts string) *Message {
	i, ok := c.find(ts)
	if !ok {
		return nil
	}
	return c.messages[i]
}

func (c *Channel) find(ts string) (int, bool) {
	return slices.BinarySearchFunc(c.messages, ts, func(m *Message, ts string) int { return strings.Compare(m.TS, ts) })
}

// subscription is what an app subscribes to for the messages of the conversation.
func (c *Channel) subscription() string {
	switch c.Sort {
	case "group":
		return "message.groups"
	case "im":
		return "message.im"
	case "mpim":
		return "message.mpim"
	}
	return "message.channels"
}

// scopePrefix is that of the scopes which open the conversation, such as channels.
func (c *Channel) scopePrefix() string {
	return strings.TrimPrefix(c.subscription(), "message.")
}

// visible reports whether the caller may know of the conversation. Guests know those
// alone in which they are.
func (r *Request) visible(c *Channel) bool {
	if c.has(r.token.UserID) {
		return true
	}
	u := r.team().user(r.token.UserID)
	return c.Sort == "channel" && (u == nil || !u.IsRestricted)
}

// channel is the conversation that an argument names: by id, for some methods by
// #name, and a user's id for the direct message with them. The error is
// channel_not_found.
func (r *Request) channel(name string) (*Channel, error) {
	c := r.lookup(r.text(name))
	if c == nil || !r.visible(c) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

func (r *Request) lookup(text string) *Channel {
	return r.w.named(r.team(), r.token.UserID, text)
}

// named is the conversation that an id, a name or another user's id stands for, as a
// user sees it; nil if there is none.
func (w *Workspace) named(team *Team, self, text string) *Channel {
	if c := team.channel(text); c != nil {
		return c
	}
	if u := team.user(text); u != nil && u.ID != self {
		return w.direct(team, self, u.ID)
	}
	plain := strings.TrimPrefix(text, "#")
	for _, c := range team.channels {
		if c.Name == plain && plain != "" && (c.Sort == "channel" || c.Sort == "group") {
			return c
		}
	}
	return nil
}

// direct is the direct message of two users, or nil.
func (t *Team) direct(one, other string) *Channel {
	for _, c := range t.channels {
		if c.Sort == "im" && len(c.Members) == 2 && c.has(one) && c.has(other) {
			return c
		}
	}
	return nil
}

// newChannel makes an empty conversation.
func (w *Workspace) newChannel(t *Team, sort, name, creator string) *Channel {
	prefix := "C"
	if sort == "im" {
		prefix = "D"
	}
	c := &Channel{
		ID: w.newID(prefix), Name: name, TeamID: t.ID, Creator: creator, Sort: sort,
		Created: w.now().Unix(), Updated: w.now().UnixMilli(),
	}
	t.channels = append(t.channels, c)
	return c
}

// direct is the direct message of two users, which is opened when there is none.
func (w *Workspace) direct(t *Team, one, other string) *Channel {
	if c := t.direct(one, other); c != nil {
		return c
	}
	c := w.newChannel(t, "im", "", one)
	c.User, c.Members = other, []string{one, other}
	w.happenIMCreated(c)
	return c
}
