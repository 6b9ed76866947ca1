package webapi

import (
	"strings"
)

// postable is the conversation that an argument names, if the caller may post there.
func (r *Request) postable(name string) (*Channel, error) {
	c, err := r.channel(name)
	if err != nil {
		return nil, err
	}
	app := r.w.app(r.token.AppID)
	switch {
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(r.token.UserID) && (r.token.BotID == "" || !r.token.allows("chat:write.public")):
		return nil, refuse("not_in_channel")
	case c.ReadOnly:
		return nil, refuse("restricted_action_read_only_channel")
	case c.Sort == "im" && app != nil && app.NoMessagesTab && r.token.BotID != "":
		return nil, refuse("messages_tab_disabled")
	}
	return c, nil
}

// identified is the conversation whose id an argument is. Names are not taken.
func (r *Request) identified(name string) (*Channel, error) {
	c := r.team().channel(r.text(name))
	if c == nil || !r.visible(c) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

// message is the message that channel and ts name.
func (r *Request) message() (*Channel, *Message, error) {
	c, err := r.identified("channel")
	if err != nil {
		return nil, nil, err
	}
	m := c.message(r.text("ts"))
	if m == nil || m.Subtype == "tombstone" {
		return nil, nil, refuse("message_not_found")
	}
	return c, m, nil
}

// wrote reports whether the message is the caller's.
func (r *Request) wrote(m *Message) bool {
	if r.token.BotID != "" {
		return m.BotID == r.token.BotID
	}
	return m.BotID == "" && m.User == r.token.UserID
}

// draft is the message that the arguments describe.
func (r *Request) draft(c *Channel) (*Message, error) {
	l, err := r.look()
	if err != nil {
		return nil, err
	}
	b, err := r.body()
	if err != nil {
		return nil, err
	}
	if err := b.wanted(); err != nil {
		return nil, err
	}
	m := r.signed(l)
	r.w.fill(m, b)
	if r.given("thread_ts") {
		if err := c.join(m, r.text("thread_ts"), r.yes("reply_broadcast")); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// body is what the arguments say, with the warning that it was cut.
func (r *Request) body() (Body, error) {
	b, err := r.w.body(r.args, true)
	if b.truncated {
		r.warn("message_truncated")
	}
	return b, err
}

// signed is a message by the caller.
func (r *Request) signed(l look) *Message {
	m := &Message{Team: r.token.TeamID}
	app := r.w.app(r.token.AppID)
	if r.token.BotID != "" && app != nil {
		r.w.sign(m, app, r.token.TeamID, l)
		return m
	}
	m.User, m.AppID = r.token.UserID, r.token.AppID
	return m
}

// look is how a bot wants to look. It needs a scope of its own; people look as they do.
//
// https://docs.slack.dev/reference/scopes/chat.write.customize
func (r *Request) look() (look, error) {
	if r.token.BotID == "" {
		return look{}, nil
	}
	if r.yes("as_user") {
		// The documentation leaves it to classic apps, whose bots look as they do.
		return look{}, nil
	}
	l := look{username: r.text("username"), emoji: r.text("icon_emoji"), url: r.text("icon_url")}
	if l == (look{}) {
		return l, nil
	}
	if !r.token.allows("chat:write.customize") {
		provided := strings.Join(r.token.Scopes, ",")
		r.w.find("api.missing-scope", "%s with a username or an icon needs chat:write.customize, and the token has %s", r.method.Name, provided)
		return look{}, &Error{Code: "missing_scope", Needed: "chat:write.customize", Provided: provided}
	}
	if l.emoji != "" {
		l.emoji = ":" + strings.Trim(l.emoji, ":") + ":"
	}
	return l, nil
}

// permalink is where a message is on the web.
func (t *Team) permalink(c *Channel, m *Message) string {
	link := "https://" + t.Domain + ".slack.com/archives/" + c.ID + "/p" + strings.Replace(m.TS, ".", "", 1)
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + c.ID
	}
	return link
}
