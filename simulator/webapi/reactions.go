package webapi

import (
	"regexp"
	"slices"
	"sync"
)

// reactionsMethods are those of the family reactions.
var reactionsMethods = map[string]serve{
	"reactions.add": reactionsAdd, "reactions.remove": reactionsRemove,
	"reactions.get": reactionsGet, "reactions.list": reactionsList,
}

const (
	// maxReactions is how many emoji a message takes, and maxOwnReactions how many of
	// one user.
	//
	// https://slack.com/help/articles/206870317-Use-emoji-reactions
	maxReactions, maxOwnReactions = 50, 23
)

// emojiName is the form of an emoji's name, with its skin tone.
var emojiName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_+'.-]{1,100}(::skin-tone-[2-6])?$`)
})

// reactionEvent is the event that somebody reacted, or does not any more.
//
// https://docs.slack.dev/reference/events/reaction_added
type reactionEvent struct {
	Type     string      `json:"type"`
	User     string      `json:"user"`
	Reaction string      `json:"reaction"`
	Item     reactedItem `json:"item"`
	ItemUser string      `json:"item_user,omitempty"`
	EventTS  string      `json:"event_ts"`
}

type reactedItem struct {
	Type    string `json:"type"`
	Channel string `json:"channel"`
	TS      string `json:"ts"`
}

// reactionsAdd puts an emoji on a message.
//
// https://docs.slack.dev/reference/methods/reactions.add
func reactionsAdd(r *Request) (any, error) {
	c, m, err := r.reactedTo()
	if err != nil {
		return nil, err
	}
	if c.Archived {
		return nil, refuse("is_archived")
	}
	name := r.text("name")
	if !emojiName().MatchString(name) {
		return nil, refuse("invalid_name")
	}
	return nil, r.w.react(r.team(), c, m, r.token.UserID, name)
}

// React puts a user's emoji on a message. The error is Slack's.
func (w *Workspace) React(team, channel, ts, user, name string) error {
	return w.onMessage(team, channel, ts, func(t *Team, c *Channel, m *Message) error { return w.react(t, c, m, user, name) })
}

// Unreact takes a user's emoji back. The error is Slack's.
func (w *Workspace) Unreact(team, channel, ts, user, name string) error {
	return w.onMessage(team, channel, ts, func(t *Team, c *Channel, m *Message) error { return w.unreact(t, c, m, user, name) })
}

// onMessage does something with a message.
func (w *Workspace) onMessage(team, channel, ts string, do func(*Team, *Channel, *Message) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.team(team)
	if t == nil {
		return refuse("team_not_found")
	}
	c := t.channel(channel)
	if c == nil {
		return refuse("channel_not_found")
	}
	m := c.message(ts)
	if m == nil {
		return refuse("message_not_found")
	}
	return do(t, c, m)
}

func (w *Workspace) react(t *Team, c *Channel, m *Message, user, name string) error {
	own := 0
	var with *Reaction
	for _, one := range m.Reactions {
		if slices.Contains(one.Users, user) {
			own++
		}
		if one.Name == name {
			with = one
		}
	}
	switch {
	case with != nil && slices.Contains(with.Users, user):
		return refuse("already_reacted")
	case with == nil && len(m.Reactions) >= maxReactions:
		return refuse("too_many_emoji")
	case own >= maxOwnReactions:
		return refuse("too_many_reactions")
	case with == nil:
		with = &Reaction{Name: name}
		m.Reactions = append(m.Reactions, with)
	}
	with.Users, with.Count = append(with.Users, user), with.Count+1
	w.reacted("reaction_added", t, c, m, user, name)
	return nil
}

func (w *Workspace) unreact(t *Team, c *Channel, m *Message, user, name string) error {
	at := slices.IndexFunc(m.Reactions, func(one *Reaction) bool { return one.Name == name && slices.Contains(one.Users, user) })
	if at < 0 {
		return refuse("no_reaction")
	}
	one := m.Reactions[at]
	one.Users = slices.DeleteFunc(one.Users, func(u string) bool { return u == user })
	if one.Count--; one.Count == 0 {
		m.Reactions = slices.Delete(m.Reactions, at, at+1)
	}
	w.reacted("reaction_removed", t, c, m, user, name)
	return nil
}

func (w *Workspace) reacted(event string, t *Team, c *Channel, m *Message, user, name string) {
	w.happen(Happening{
		TeamID: t.ID, Type: event, ChannelID: c.ID, UserID: user, Members: c.Members,
		Event: func() any {
			return reactionEvent{event, user, name, reactedItem{"message", c.ID, m.TS}, m.User, w.newTS()}
		},
	})
}

// reactionsRemove takes an emoji back.
//
// https://docs.slack.dev/reference/methods/reactions.remove
func reactionsRemove(r *Request) (any, error) {
	c, m, err := r.reactedTo()
	if err != nil {
		return nil, err
	}
	return nil, r.w.unreact(r.team(), c, m, r.token.UserID, r.text("name"))
}

// reactedTo is the message that the arguments name.
func (r *Request) reactedTo() (*Channel, *Message, error) {
	if !r.has("channel") || !r.has("timestamp") {
		return nil, nil, refuse("no_item_specified")
	}
	c, err := r.channel("channel")
	if err != nil {
		return nil, nil, err
	}
	if !wellFormedTS(r.text("timestamp")) {
		return nil, nil, refuse("bad_timestamp")
	}
	m := c.message(r.text("timestamp"))
	if m == nil {
		return nil, nil, refuse("message_not_found")
	}
	return c, m, nil
}

// An item is a message that somebody reacted to or pinned.
type item struct {
	Type      string   `json:"type"`
	Channel   string   `json:"channel"`
	Message   *Message `json:"message"`
	Permalink string   `json:"permalink,omitempty"`
}

// reactionsGet says who reacted to a message.
//
// https://docs.slack.dev/reference/methods/reactions.get
func reactionsGet(r *Request) (any, error) {
	c, m, err := r.reactedTo()
	if err != nil {
		return nil, err
	}
	return item{Type: "message", Channel: c.ID, Message: m}, nil
}

// reactionsList says what a user reacted to, newest first.
//
// https://docs.slack.dev/reference/methods/reactions.list
func reactionsList(r *Request) (any, error) {
	user := r.token.UserID
	if r.has("user") {
		user = r.text("user")
	}
	if r.team().user(user) == nil {
		return nil, refuse("user_not_found")
	}
	all := []item{}
	for _, c := range r.team().channels {
		if !r.visible(c) {
			continue
		}
		for _, m := range slices.Backward(c.messages) {
			if slices.ContainsFunc(m.Reactions, func(one *Reaction) bool { return slices.Contains(one.Users, user) }) {
				all = append(all, item{Type: "message", Channel: c.ID, Message: m})
			}
		}
	}
	all, err := page(r, all, 100)
	return struct {
		Items []item `json:"items"`
	}{all}, err
}
