package webapi

import (
	"cmp"
	"unicode/utf8"
)

// chatUpdate changes a message of the caller's.
//
// https://docs.slack.dev/reference/methods/chat.update
func chatUpdate(r *Request) (any, error) {
	c, m, err := r.message()
	if err != nil {
		return nil, err
	}
	if err := r.updatable(c, m); err != nil {
		return nil, err
	}
	b, err := r.body()
	if err != nil {
		return nil, err
	}
	if r.yes("reply_broadcast") {
		err = r.broadcast(c, m, b)
	} else {
		err = r.update(c, m, b)
	}
	if err != nil {
		return nil, err
	}
	return struct {
		Channel string   `json:"channel"`
		TS      string   `json:"ts"`
		Text    string   `json:"text"`
		Message *Message `json:"message"`
	}{c.ID, m.TS, m.Text, m}, nil
}

func (r *Request) updatable(c *Channel, m *Message) error {
	switch {
	case c.Archived:
		return refuse("is_inactive")
	case !r.wrote(m) || !m.threads():
		return refuse("cant_update_message")
	case r.w.streams(m):
		return refuse("streaming_state_conflict")
	}
	return nil
}

// update changes what is given. Blocks that are not given stay, unless a text is given to
// be shown in their place; attachments and metadata that are not given stay.
func (r *Request) update(c *Channel, m *Message, b Body) error {
	switch {
	case b.Text == "" && b.Blocks == nil && b.Attachments == nil && b.Metadata == nil && !r.has("file_ids"):
		return refuse("no_text")
	case utf8.RuneCountInString(b.Text) > r.w.profile.MaxUpdateText:
		return refuse("msg_too_long")
	case m.BotID == "" && !empty(b.Blocks) && hasRichText(m.Blocks) && !hasRichText(b.Blocks):
		return refuse("block_mismatch")
	}
	after := Body{
		Text: cmp.Or(b.Text, m.Text), Blocks: b.Blocks, Attachments: b.Attachments,
		Metadata: b.Metadata, NoMarkup: b.NoMarkup,
	}
	if b.Blocks == nil && b.Text == "" {
		after.Blocks = m.Blocks
	}
	if b.Attachments == nil {
		after.Attachments = m.Attachments
	}
	if err := after.wanted(); err != nil {
		return err
	}
	r.w.change(r.team(), c, m, func(m *Message) {
		r.w.fill(m, after)
		if string(b.Metadata) == "{}" {
			m.Metadata = nil
		}
		m.Edited = r.w.edited(cmp.Or(m.BotID, m.User))
	})
	return nil
}

// broadcast shows a reply that was posted before in the channel, too.
func (r *Request) broadcast(c *Channel, m *Message, b Body) error {
	parent := c.parent(m)
	switch {
	case parent == nil || m.Subtype != "":
		return refuse("cant_broadcast_message")
	case b.Blocks != nil || b.Attachments != nil || b.Text != "" && b.Text != m.Text:
		return refuse("no_dual_broadcast_content_update")
	}
	r.w.change(r.team(), c, m, func(m *Message) { m.broadcast(parent) })
	return nil
}
