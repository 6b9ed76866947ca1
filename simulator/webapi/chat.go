package webapi

import (
	"unicode/utf8"

	"belay/simulator/blockkit"
)

// chatMethods are those of the family chat.
var chatMethods = map[string]serve{"chat.postMessage": chatPostMessage}

// chatPostMessage posts a message as the app.
//
// https://docs.slack.dev/reference/methods/chat.postMessage
func chatPostMessage(r *Request) (any, error) {
	c, err := r.postable("channel")
	if err != nil {
		return nil, err
	}
	m, err := r.draft()
	if err != nil {
		return nil, err
	}
	r.w.add(r.team(), c, m)
	return posted{c.ID, m.TS, m}, nil
}

type posted struct {
	Channel string   `json:"channel"`
	TS      string   `json:"ts"`
	Message *Message `json:"message"`
}

// postable is the conversation that an argument names, if the caller may post there.
func (r *Request) postable(name string) (*Channel, error) {
	c, err := r.channel(name)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Archived:
		return nil, refuse("is_archived")
	case c.Sort == "channel" && !c.has(r.token.UserID) && !r.token.allows("chat:write.public"):
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// draft is the message that the arguments describe.
func (r *Request) draft() (*Message, error) {
	m := &Message{User: r.token.UserID, Team: r.token.TeamID, Text: r.text("text"), ThreadTS: r.text("thread_ts")}
	if app := r.w.app(r.token.AppID); app != nil {
		m.AppID = app.ID
		if r.token.BotID != "" {
			m.BotID, m.BotProfile = r.token.BotID, app.profile(r.token.TeamID)
		}
	}
	if err := r.blocks(m); err != nil {
		return nil, err
	}
	if m.Text == "" && m.Blocks == nil && m.Attachments == nil {
		return nil, refuse("no_text")
	}
	if utf8.RuneCountInString(m.Text) > r.w.profile.MaxText {
		m.Text = string([]rune(m.Text)[:r.w.profile.MaxText])
		r.warn("message_truncated")
	}
	return m, nil
}

func (r *Request) blocks(m *Message) error {
	raw, err := r.json("blocks")
	if err != nil {
		return refuse("invalid_blocks_format")
	}
	if raw == nil {
		return nil
	}
	if found := blockkit.Validate(blockkit.Message, raw); len(found) > 0 {
		e := &Error{Code: "invalid_blocks"}
		for _, v := range found {
			e.Errors = append(e.Errors, v.String())
		}
		e.Messages = e.Errors
		r.w.find("api.blocks", "%s: %s", r.method.Name, e.Errors[0])
		return e
	}
	m.Blocks = raw
	return nil
}
