package webapi

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
)

// A Draft is a message that somebody posts without the Web API: a person, or an app by a
// response_url or an incoming webhook.
type Draft struct {
	TeamID string
	// ChannelID is the conversation; a #name and a user's id, for the direct message
	// with them, name one as well.
	ChannelID string
	// UserID is the person, or "" for AppID, the app.
	UserID, AppID string
	Body
	// ThreadTS puts it into a thread, and ReplyBroadcast shows it in the channel, too.
	ThreadTS       string
	ReplyBroadcast bool
	// EphemeralTo is the one user who sees it, or "" for everybody.
	EphemeralTo string
	// Webhook posts it as an incoming webhook does: as a bot_message, by no user.
	Webhook bool
	// Username, IconEmoji and IconURL are what an app looks like in it, or "".
	Username, IconEmoji, IconURL string
	// TS is the message that Update replaces; Post makes one.
	TS string
}

// Post posts a message and tells apps of it, and returns it with its ts. It is refused
// with an *Error in Slack's words. Whether an app may post there is not asked, because
// neither a response_url nor a webhook asks it.
func (w *Workspace) Post(d Draft) (Message, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, c, err := w.addressed(d)
	if err != nil {
		return Message{}, err
	}
	if err := w.allowsPost(c, d); err != nil {
		return Message{}, err
	}
	m := w.drafted(t, d)
	if d.ThreadTS != "" {
		if err := c.join(m, d.ThreadTS, d.ReplyBroadcast); err != nil {
			return Message{}, err
		}
	}
	if d.EphemeralTo != "" {
		w.whisper(c, m, d.EphemeralTo)
	} else {
		w.add(t, c, m)
	}
	return m.clone(), nil
}

// addressed finds where a draft goes.
func (w *Workspace) addressed(d Draft) (*Team, *Channel, error) {
	t := w.team(d.TeamID)
	if t == nil {
		return nil, nil, refuse("team_not_found")
	}
	self := d.UserID
	if app := w.app(d.AppID); self == "" && app != nil {
		self = app.BotUserID
	}
	if self == "" {
		return nil, nil, refuse("user_not_found")
	}
	c := w.named(t, self, d.ChannelID)
	if c == nil {
		return nil, nil, refuse("channel_not_found")
	}
	return t, c, nil
}

// allowsPost refuses what nobody may post.
func (w *Workspace) allowsPost(c *Channel, d Draft) error {
	switch {
	case c.Archived:
		return refuse("is_archived")
	case d.UserID != "" && !c.has(d.UserID):
		return refuse("not_in_channel")
	case d.EphemeralTo != "" && !c.has(d.EphemeralTo):
		return refuse("user_not_in_channel")
	}
	return d.wanted()
}

// drafted is the message of a draft.
func (w *Workspace) drafted(t *Team, d Draft) *Message {
	m := &Message{User: d.UserID, Team: t.ID}
	if d.UserID != "" {
		m.ClientMsgID = w.newClientID()
	} else {
		w.sign(m, w.app(d.AppID), t.ID, look{d.Username, d.IconEmoji, d.IconURL})
		if d.Webhook && m.Subtype == "" {
			m.Subtype, m.User = "bot_message", ""
		}
	}
	w.fill(m, d.Body)
	return m
}

// newClientID is the id that a client gives a message.
func (w *Workspace) newClientID() string {
	w.ids++
	id := strconv.FormatUint(1e12+w.ids, 10)
	return "be1a0000-0000-4000-8000-" + id[len(id)-12:]
}

// look is how an app wants to look in a message.
type look struct{ username, emoji, url string }

// sign makes the app's bot the author of a message. One that wants to look differently
// is a bot_message, by no user.
func (w *Workspace) sign(m *Message, a *App, team string, l look) {
	m.User, m.BotID, m.AppID = a.BotUserID, a.BotID, a.ID
	if l == (look{}) {
		m.BotProfile = a.profile(team)
		return
	}
	m.Subtype, m.User, m.Username = "bot_message", "", cmp.Or(l.username, a.Name)
	switch {
	case l.emoji != "":
		m.Icons = json.RawMessage(`{"emoji":` + quoted(l.emoji) + `}`)
	case l.url != "":
		m.Icons = json.RawMessage(`{"image_48":` + quoted(l.url) + `}`)
	}
}

// Update replaces what the message of the draft's TS says, whether everybody sees it or
// one user, and tells apps of it in the former case. Who did not write it gets
// cant_update_message.
func (w *Workspace) Update(d Draft) (Message, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, c, err := w.addressed(d)
	if err != nil {
		return Message{}, err
	}
	m, _ := c.whispered(d.TS)
	if m == nil {
		m = c.message(d.TS)
	}
	switch {
	case m == nil:
		return Message{}, refuse("message_not_found")
	case !w.wrote(m, d.UserID, d.AppID):
		return Message{}, refuse("cant_update_message")
	}
	if err := d.wanted(); err != nil {
		return Message{}, err
	}
	if m.ephemeralTo != "" {
		w.fill(m, d.Body)
		return m.clone(), nil
	}
	w.change(t, c, m, func(m *Message) {
		w.fill(m, d.Body)
		m.Edited = w.edited(cmp.Or(d.UserID, m.BotID))
	})
	return m.clone(), nil
}

// wrote reports whether a message is by that person or app.
func (w *Workspace) wrote(m *Message, user, app string) bool {
	if user != "" {
		return m.User == user && m.BotID == ""
	}
	return app != "" && m.AppID == app && m.BotID != ""
}

// Delete takes a message away, whether everybody sees it or one user, and tells apps of
// it in the former case. By is the id of the user or the app who wrote it; nobody else
// may.
func (w *Workspace) Delete(team, channel, ts, by string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.conversation(team, channel)
	if c == nil {
		return refuse("channel_not_found")
	}
	m, i := c.whispered(ts)
	if m == nil {
		m = c.message(ts)
	}
	switch {
	case m == nil || m.Subtype == "tombstone":
		return refuse("message_not_found")
	case !w.wrote(m, by, "") && !w.wrote(m, "", by):
		return refuse("cant_delete_message")
	case i >= 0:
		c.ephemerals = slices.Delete(c.ephemerals, i, i+1)
	default:
		w.remove(w.team(team), c, m)
	}
	return nil
}

// Message returns the message of that ts that everybody sees.
func (w *Workspace) Message(team, channel, ts string) (Message, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.conversation(team, channel)
	if c == nil {
		return Message{}, false
	}
	m := c.message(ts)
	if m == nil {
		return Message{}, false
	}
	return m.clone(), true
}

// Last returns the newest message of a conversation.
func (w *Workspace) Last(team, channel string) (Message, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.conversation(team, channel)
	if c == nil || len(c.messages) == 0 {
		return Message{}, false
	}
	return c.messages[len(c.messages)-1].clone(), true
}
