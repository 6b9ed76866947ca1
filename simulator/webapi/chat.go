package webapi

// chatMethods are those of the family chat.
var chatMethods = map[string]serve{
	"chat.appendStream":           chatAppendStream,
	"chat.delete":                 chatDelete,
	"chat.deleteScheduledMessage": chatDeleteScheduledMessage,
	"chat.getPermalink":           chatGetPermalink,
	"chat.meMessage":              chatMeMessage,
	"chat.postEphemeral":          chatPostEphemeral,
	"chat.postMessage":            chatPostMessage,
	"chat.scheduleMessage":        chatScheduleMessage,
	"chat.scheduledMessages.list": chatScheduledMessagesList,
	"chat.startStream":            chatStartStream,
	"chat.stopStream":             chatStopStream,
	"chat.unfurl":                 chatUnfurl,
	"chat.update":                 chatUpdate,
}

// chatPostMessage posts a message as the app.
//
// https://docs.slack.dev/reference/methods/chat.postMessage
func chatPostMessage(r *Request) (any, error) {
	c, err := r.postable("channel")
	if err != nil {
		return nil, err
	}
	m, err := r.draft(c)
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

// chatPostEphemeral shows a message to one user.
//
// https://docs.slack.dev/reference/methods/chat.postEphemeral
func chatPostEphemeral(r *Request) (any, error) {
	c, err := r.postable("channel")
	if err != nil {
		return nil, err
	}
	if !c.has(r.text("user")) {
		return nil, refuse("user_not_in_channel")
	}
	m, err := r.draft(c)
	if err != nil {
		return nil, err
	}
	r.w.whisper(c, m, r.text("user"))
	return struct {
		TS string `json:"message_ts"`
	}{m.TS}, nil
}

// chatMeMessage says what the caller does.
//
// https://docs.slack.dev/reference/methods/chat.meMessage
func chatMeMessage(r *Request) (any, error) {
	c, err := r.postable("channel")
	if err != nil {
		return nil, err
	}
	b, err := r.body()
	if err != nil {
		return nil, err
	}
	if b.truncated {
		return nil, refuse("msg_too_long")
	}
	m := r.signed(look{})
	m.Subtype, m.Text = "me_message", b.Text
	r.w.add(r.team(), c, m)
	return placed{c.ID, m.TS}, nil
}

type placed struct {
	Channel string `json:"channel"`
	TS      string `json:"ts"`
}

// chatDelete deletes a message of the caller's. An admin may delete those of others.
//
// https://docs.slack.dev/reference/methods/chat.delete
func chatDelete(r *Request) (any, error) {
	c, m, err := r.message()
	if err != nil {
		return nil, err
	}
	if !r.wrote(m) {
		u := r.team().user(r.token.UserID)
		if r.token.BotID != "" || u == nil || !u.IsAdmin {
			return nil, refuse("cant_delete_message")
		}
	}
	r.w.remove(r.team(), c, m)
	return placed{c.ID, m.TS}, nil
}

// chatGetPermalink says where a message is on the web.
//
// https://docs.slack.dev/reference/methods/chat.getPermalink
func chatGetPermalink(r *Request) (any, error) {
	c, err := r.identified("channel")
	if err != nil {
		return nil, err
	}
	m := c.message(r.text("message_ts"))
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return struct {
		Channel   string `json:"channel"`
		Permalink string `json:"permalink"`
	}{c.ID, r.team().permalink(c, m)}, nil
}
