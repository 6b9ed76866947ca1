package webapi

import "encoding/json"

// messageChanged is the event that a message is not what it was.
//
// https://docs.slack.dev/reference/events/message/message_changed
type messageChanged struct {
	Type            string         `json:"type"`
	Subtype         string         `json:"subtype"`
	Message         changedMessage `json:"message"`
	PreviousMessage *Message       `json:"previous_message"`
	Channel         string         `json:"channel"`
	Hidden          bool           `json:"hidden"`
	TS              string         `json:"ts"`
	EventTS         string         `json:"event_ts"`
	ChannelType     string         `json:"channel_type"`
}

// changedMessage is a message within messageChanged.
type changedMessage struct {
	*Message
	SourceTeam string `json:"source_team,omitempty"`
	UserTeam   string `json:"user_team,omitempty"`
}

// messageDeleted is the event that a message is gone.
//
// https://docs.slack.dev/reference/events/message/message_deleted
type messageDeleted struct {
	Type            string   `json:"type"`
	Subtype         string   `json:"subtype"`
	PreviousMessage *Message `json:"previous_message"`
	Channel         string   `json:"channel"`
	Hidden          bool     `json:"hidden"`
	DeletedTS       string   `json:"deleted_ts"`
	TS              string   `json:"ts"`
	EventTS         string   `json:"event_ts"`
	ChannelType     string   `json:"channel_type"`
}

// change changes a message and tells apps of it. What the message holds by reference
// has to be replaced, so that the previous message stays as it was.
func (w *Workspace) change(t *Team, c *Channel, m *Message, by func(*Message)) {
	before := *m
	by(m)
	w.changed(t, c, &before, m)
	w.tellMetadata(t, c, &before, m)
}

func (w *Workspace) changed(t *Team, c *Channel, before, m *Message) {
	if w.options.Happens == nil {
		return
	}
	ts := w.newTS()
	w.happen(Happening{
		TeamID: t.ID, Type: "message", Subscription: c.subscription(),
		ChannelID: c.ID, UserID: m.User, Members: c.Members,
		Event: func() any {
			return messageChanged{
				Type: "message", Subtype: "message_changed", Message: changedMessage{m, m.Team, m.Team},
				PreviousMessage: before, Channel: c.ID, Hidden: true, TS: ts, EventTS: ts, ChannelType: c.Sort,
			}
		},
	})
}

// remove deletes a message. One with replies leaves a tombstone, which apps see as a
// change.
func (w *Workspace) remove(t *Team, c *Channel, m *Message) {
	before := *m
	if m.ReplyCount > 0 {
		*m = Message{
			Subtype: "tombstone", User: "USLACKBOT", Type: "message", TS: m.TS, Text: "This message was deleted.", Hidden: true,
			ThreadTS: m.ThreadTS, ReplyCount: m.ReplyCount, ReplyUsersCount: m.ReplyUsersCount, LatestReply: m.LatestReply,
			ReplyUsers: m.ReplyUsers, IsLocked: m.IsLocked,
		}
		w.changed(t, c, &before, m)
	} else {
		w.forget(c, m.TS)
		w.unreply(c, m)
		w.deleted(t, c, &before)
	}
	w.tellMetadata(t, c, &before, nil)
}

func (w *Workspace) deleted(t *Team, c *Channel, before *Message) {
	if w.options.Happens == nil {
		return
	}
	ts := w.newTS()
	w.happen(Happening{
		TeamID: t.ID, Type: "message", Subscription: c.subscription(),
		ChannelID: c.ID, UserID: before.User, Members: c.Members,
		Event: func() any {
			return messageDeleted{
				Type: "message", Subtype: "message_deleted", PreviousMessage: before, Channel: c.ID,
				Hidden: true, DeletedTS: before.TS, TS: ts, EventTS: ts, ChannelType: c.Sort,
			}
		},
	})
}

// edited is who changes a message now. Slack writes whole seconds, and a bot's id for
// what a bot changes.
func (w *Workspace) edited(by string) *Edited {
	return &Edited{User: by, TS: formatTS(w.now().Unix() * 1e6)}
}

// hasRichText reports whether blocks hold a rich_text block.
func hasRichText(blocks json.RawMessage) bool {
	var all []struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(blocks, &all) != nil {
		return false
	}
	for _, b := range all {
		if b.Type == "rich_text" {
			return true
		}
	}
	return false
}
