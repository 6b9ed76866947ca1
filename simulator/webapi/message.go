package webapi

import (
	"encoding/json"
	"slices"
)

// A Message is one message of a conversation.
//
// https://docs.slack.dev/reference/events/message
type Message struct {
	Subtype      string          `json:"subtype,omitempty"`
	User         string          `json:"user,omitempty"`
	Type         string          `json:"type"`
	TS           string          `json:"ts"`
	ClientMsgID  string          `json:"client_msg_id,omitempty"`
	BotID        string          `json:"bot_id,omitempty"`
	AppID        string          `json:"app_id,omitempty"`
	Text         string          `json:"text"`
	Team         string          `json:"team,omitempty"`
	Username     string          `json:"username,omitempty"`
	Icons        json.RawMessage `json:"icons,omitempty"`
	BotProfile   *BotProfile     `json:"bot_profile,omitempty"`
	ThreadTS     string          `json:"thread_ts,omitempty"`
	ParentUserID string          `json:"parent_user_id,omitempty"`
	ReplyCount   int             `json:"reply_count,omitempty"`
	ReplyUsers   []string        `json:"reply_users,omitempty"`
	LatestReply  string          `json:"latest_reply,omitempty"`
	Inviter      string          `json:"inviter,omitempty"`
	Topic        string          `json:"topic,omitempty"`
	Purpose      string          `json:"purpose,omitempty"`
	Name         string          `json:"name,omitempty"`
	OldName      string          `json:"old_name,omitempty"`
	Blocks       json.RawMessage `json:"blocks,omitempty"`
	Attachments  json.RawMessage `json:"attachments,omitempty"`
	Files        []*File         `json:"files,omitempty"`
	Upload       bool            `json:"upload,omitempty"`
	Edited       *Edited         `json:"edited,omitempty"`
	Reactions    []*Reaction     `json:"reactions,omitempty"`
	PinnedTo     []string        `json:"pinned_to,omitempty"`
	Metadata     json.RawMessage `json:"metadata,omitempty"`
	Root         *Message        `json:"root,omitempty"`

	// ephemeralTo is the one user who sees it, or "". Ephemeral messages are in no
	// history.
	ephemeralTo string
	// streaming is set while a stream is not stopped.
	streaming bool
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
	ChannelType string `json:"channel_type"`
	EventTS     string `json:"event_ts"`
}

// add puts a message into a conversation, tells apps of it, and drops the oldest when
// there are too many.
func (w *Workspace) add(t *Team, c *Channel, m *Message) {
	m.Type = "message"
	if m.TS == "" {
		m.TS = w.newTS()
	}
	c.messages = append(c.messages, m)
	w.reply(c, m)
	w.keep(c, m.TS)
	w.happen(Happening{
		TeamID: t.ID, Type: "message", Subscription: c.subscription(),
		ChannelID: c.ID, UserID: m.User, Members: c.Members,
		Event: func() any { return happenedMessage{m, c.ID, c.Sort, m.TS} },
	})
	w.mention(t, c, m)
}

// reply counts a message of a thread at its parent.
func (w *Workspace) reply(c *Channel, m *Message) {
	if m.ThreadTS == "" || m.ThreadTS == m.TS {
		return
	}
	parent := c.message(m.ThreadTS)
	if parent == nil {
		return
	}
	parent.ThreadTS, parent.LatestReply = parent.TS, m.TS
	parent.ReplyCount++
	if !slices.Contains(parent.ReplyUsers, m.User) && m.User != "" {
		parent.ReplyUsers = append(parent.ReplyUsers, m.User)
	}
	m.ParentUserID = parent.User
}

// keep remembers where a message is, and drops the oldest ones. The list is shifted
// when half of it is gone, not every time.
func (w *Workspace) keep(c *Channel, ts string) {
	w.kept = append(w.kept, keptMessage{c, ts})
	if len(w.kept)-w.head <= w.options.Messages {
		return
	}
	oldest := w.kept[w.head]
	w.kept[w.head] = keptMessage{}
	w.head++
	w.dropped++
	oldest.channel.drop(oldest.ts)
	if w.head > len(w.kept)/2 {
		w.kept = slices.Delete(w.kept, 0, w.head)
		w.head = 0
	}
}

// drop forgets a message.
func (c *Channel) drop(ts string) {
	if i, ok := c.find(ts); ok {
		c.messages = slices.Delete(c.messages, i, i+1)
	}
}
