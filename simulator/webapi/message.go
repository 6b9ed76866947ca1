package webapi

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// A Message is one message of a conversation.
//
// https://docs.slack.dev/reference/events/message
//
// What it holds by reference is replaced and never changed in place.
type Message struct {
	Subtype      string          `json:"subtype,omitempty"`
	User         string          `json:"user,omitempty"`
	Type         string          `json:"type"`
	TS           string          `json:"ts,omitempty"`
	ClientMsgID  string          `json:"client_msg_id,omitempty"`
	BotID        string          `json:"bot_id,omitempty"`
	AppID        string          `json:"app_id,omitempty"`
	Text         string          `json:"text"`
	Team         string          `json:"team,omitempty"`
	Username     string          `json:"username,omitempty"`
	Icons        json.RawMessage `json:"icons,omitempty"`
	BotProfile   *BotProfile     `json:"bot_profile,omitempty"`
	Mrkdwn       *bool           `json:"mrkdwn,omitempty"`
	ThreadTS     string          `json:"thread_ts,omitempty"`
	ParentUserID string          `json:"parent_user_id,omitempty"`
	// The counts are of a message with a thread.
	ReplyCount      int             `json:"reply_count,omitempty"`
	ReplyUsersCount int             `json:"reply_users_count,omitempty"`
	LatestReply     string          `json:"latest_reply,omitempty"`
	ReplyUsers      []string        `json:"reply_users,omitempty"`
	IsLocked        *bool           `json:"is_locked,omitempty"`
	Inviter         string          `json:"inviter,omitempty"`
	Topic           string          `json:"topic,omitempty"`
	Purpose         string          `json:"purpose,omitempty"`
	Name            string          `json:"name,omitempty"`
	OldName         string          `json:"old_name,omitempty"`
	Blocks          json.RawMessage `json:"blocks,omitempty"`
	Attachments     json.RawMessage `json:"attachments,omitempty"`
	Files           []*File         `json:"files,omitempty"`
	Upload          bool            `json:"upload,omitempty"`
	Edited          *Edited         `json:"edited,omitempty"`
	Reactions       []*Reaction     `json:"reactions,omitempty"`
	PinnedTo        []string        `json:"pinned_to,omitempty"`
	Metadata        json.RawMessage `json:"metadata,omitempty"`
	Root            *Message        `json:"root,omitempty"`
	// Hidden is set for what is left of a deleted message with a thread.
	Hidden bool `json:"hidden,omitempty"`
	// StreamingState is in_progress or completed for a message that was streamed.
	StreamingState string `json:"streaming_state,omitempty"`

	// ephemeralTo is the one user who sees it, or "". Ephemeral messages are in no
	// history.
	ephemeralTo string
	// stream is set while a stream is not stopped.
	stream *stream
}

// Edited is who changed a message when.
type Edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

// A BotProfile is what a bot's messages say of it.
type BotProfile struct {
	ID      string            `json:"id"`
	AppID   string            `json:"app_id"`
	UserID  string            `json:"user_id,omitempty"`
	Name    string            `json:"name"`
	Icons   map[string]string `json:"icons"`
	Deleted bool              `json:"deleted"`
	Updated int64             `json:"updated"`
	TeamID  string            `json:"team_id"`

	encoded json.RawMessage
}

// A Reaction is an emoji on a message or a file.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// A File is an uploaded file.
//
// https://docs.slack.dev/reference/objects/file-object
type File struct {
	ID                 string          `json:"id"`
	Created            int64           `json:"created"`
	Timestamp          int64           `json:"timestamp"`
	Name               string          `json:"name"`
	Title              string          `json:"title"`
	Mimetype           string          `json:"mimetype"`
	Filetype           string          `json:"filetype"`
	PrettyType         string          `json:"pretty_type"`
	User               string          `json:"user"`
	UserTeam           string          `json:"user_team,omitempty"`
	Editable           bool            `json:"editable"`
	Size               int             `json:"size"`
	Mode               string          `json:"mode"`
	IsExternal         bool            `json:"is_external"`
	ExternalType       string          `json:"external_type"`
	IsPublic           bool            `json:"is_public"`
	PublicURLShared    bool            `json:"public_url_shared"`
	DisplayAsBot       bool            `json:"display_as_bot"`
	Username           string          `json:"username"`
	URLPrivate         string          `json:"url_private"`
	URLPrivateDownload string          `json:"url_private_download"`
	Permalink          string          `json:"permalink"`
	PermalinkPublic    string          `json:"permalink_public,omitempty"`
	Channels           []string        `json:"channels"`
	Groups             []string        `json:"groups"`
	IMs                []string        `json:"ims"`
	CommentsCount      int             `json:"comments_count"`
	Shares             json.RawMessage `json:"shares,omitempty"`
	Reactions          []*Reaction     `json:"reactions,omitempty"`

	content []byte
	// ticket is what stands in the upload URL; pending is set until the upload is
	// completed, and uploaded once the content came.
	ticket                     string
	pending, uploaded, deleted bool
	teamID                     string
}

// keptMessage is where a message is, for dropping it.
type keptMessage struct {
	channel *Channel
	ts      string
}

// A happened message is the message event: the message, and where it is.
type happenedMessage struct {
	*Message
	Channel     string `json:"channel"`
	EventTS     string `json:"event_ts"`
	ChannelType string `json:"channel_type"`
}

// add puts a message into a conversation, tells apps of it, and drops the oldest when
// there are too many.
func (w *Workspace) add(t *Team, c *Channel, m *Message) {
	m.Type = "message"
	if m.TS == "" {
		m.TS = w.newTS()
	}
	w.reply(c, m)
	c.messages = append(c.messages, m)
	w.keep(c, m.TS)
	if w.options.Happens == nil {
		return
	}
	w.happen(Happening{
		TeamID: t.ID, Type: "message", Subscription: c.subscription(),
		ChannelID: c.ID, UserID: m.User, Members: c.Members,
		Event: func() any { return happenedMessage{m, c.ID, m.TS, c.Sort} },
	})
	w.mention(t, c, m)
	w.tellMetadata(t, c, nil, m)
}

// reply counts a message of a thread at its parent.
func (w *Workspace) reply(c *Channel, m *Message) {
	parent := c.parent(m)
	if parent == nil {
		return
	}
	parent.ThreadTS, parent.LatestReply = parent.TS, m.TS
	parent.ReplyCount++
	if by := m.author(); by != "" && !slices.Contains(parent.ReplyUsers, by) {
		parent.ReplyUsers = append(parent.ReplyUsers, by)
	}
	parent.ReplyUsersCount, parent.IsLocked = len(parent.ReplyUsers), &no
	m.ParentUserID = parent.User
}

// no is what is_locked says.
var no = false

// unreply takes a message back that was counted at its parent. A parent without
// replies is a message like others.
func (w *Workspace) unreply(c *Channel, m *Message) {
	parent := c.parent(m)
	if parent == nil {
		return
	}
	parent.ReplyCount, parent.ReplyUsers, parent.LatestReply = 0, nil, ""
	from, _ := c.find(parent.TS)
	for _, other := range c.messages[from:] {
		if other.ThreadTS != parent.TS || other == parent || other == m {
			continue
		}
		parent.ReplyCount++
		parent.LatestReply = other.TS
		if by := other.author(); by != "" && !slices.Contains(parent.ReplyUsers, by) {
			parent.ReplyUsers = append(parent.ReplyUsers, by)
		}
	}
	parent.ReplyUsersCount = len(parent.ReplyUsers)
	if parent.ReplyCount > 0 {
		return
	}
	parent.ThreadTS, parent.IsLocked = "", nil
	if parent.Subtype == "tombstone" {
		w.forget(c, parent.TS)
	}
}

// parent is the message to whose thread a message belongs, or nil. A reply is nobody's
// parent.
func (c *Channel) parent(m *Message) *Message {
	if m.ThreadTS == "" || m.ThreadTS == m.TS {
		return nil
	}
	parent := c.message(m.ThreadTS)
	if parent == nil || parent.ThreadTS != "" && parent.ThreadTS != parent.TS {
		return nil
	}
	return parent
}

// author is the user who wrote it, or the bot where a message has no user.
func (m *Message) author() string { return cmp.Or(m.User, m.BotID) }

// clone is a message that stays as it is when the workspace goes on.
func (m *Message) clone() Message {
	copied := *m
	copied.Reactions = nil
	for _, r := range m.Reactions {
		copied.Reactions = append(copied.Reactions, &Reaction{r.Name, slices.Clone(r.Users), r.Count})
	}
	copied.Files = nil
	for _, f := range m.Files {
		file := *f
		copied.Files = append(copied.Files, &file)
	}
	copied.ReplyUsers, copied.PinnedTo = slices.Clone(m.ReplyUsers), slices.Clone(m.PinnedTo)
	return copied
}

// keep remembers where a message is, and drops the oldest one when there are too many.
// What is dropped is taken off the front, so that the lists are copied only when they
// are full, without what is gone.
func (w *Workspace) keep(c *Channel, ts string) {
	w.kept = append(w.kept, keptMessage{c, ts})
	if len(w.kept) <= w.options.Messages {
		return
	}
	oldest := w.kept[0]
	w.kept[0] = keptMessage{}
	w.kept = w.kept[1:]
	w.dropped++
	oldest.channel.drop(oldest.ts)
}

// forget takes a message away that was deleted.
func (w *Workspace) forget(c *Channel, ts string) {
	c.drop(ts)
	i, _ := slices.BinarySearchFunc(w.kept, ts, func(k keptMessage, ts string) int { return strings.Compare(k.ts, ts) })
	if i < len(w.kept) && w.kept[i].channel == c && w.kept[i].ts == ts {
		w.kept = slices.Delete(w.kept, i, i+1)
	}
}

// drop takes a message out of the conversation.
func (c *Channel) drop(ts string) {
	if len(c.messages) > 0 && c.messages[0].TS == ts {
		c.messages[0] = nil
		c.messages = c.messages[1:]
		return
	}
	if i, ok := c.find(ts); ok {
		c.messages = slices.Delete(c.messages, i, i+1)
	}
}
