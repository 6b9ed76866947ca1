package payload

import "time"

// completed is the app's own object with what Slack adds to it: the members of all
// in their order, with the given values, and behind them what else was given.
func completed(given, all Object) Object {
	result := make(Object, 0, len(all)+len(given))
	for _, m := range all {
		if given.Has(m.Name) {
			m.Value = given.Value(m.Name)
		}
		result = append(result, m)
	}
	for _, m := range given {
		if !result.Has(m.Name) {
			result = append(result, m)
		}
	}
	return result
}

// messageTS is the id of the message in which something happens: it was posted half
// a minute before.
func (s Scene) messageTS() string {
	return or(s.Message.Text("ts"), stamp(s.Time.Add(-30*time.Second), 0))
}

// message is the app's message in which something happens.
//
// https://docs.slack.dev/reference/objects/message-object
func (s Scene) message() Object {
	blocks := List{s.sampleBlock()}
	if s.Message != nil {
		blocks = named(s.Message.list("blocks"))
	}
	whole := Object{
		{"user", StandInBotUser}, {"type", "message"}, {"ts", s.messageTS()}, {"bot_id", StandInBot}, {"app_id", s.AppID},
		{"text", s.Text}, {"team", s.TeamID},
	}
	if s.ThreadTS != "" {
		whole = append(whole, Member{"thread_ts", s.ThreadTS}, Member{"parent_user_id", s.UserID})
	}
	if s.Message != nil && len(blocks) == 0 {
		return completed(s.Message, whole)
	}
	return completed(s.Message.without("blocks"), append(whole, Member{"blocks", blocks}))
}

// without returns a copy of the object without a member.
func (o Object) without(name string) Object {
	var rest Object
	for _, m := range o {
		if m.Name != name {
			rest = append(rest, m)
		}
	}
	return rest
}

// inMessage is the container of an action in a message.
func (s Scene) inMessage() Object {
	container := Object{
		{"type", "message"}, {"message_ts", s.messageTS()}, {"channel_id", s.ChannelID}, {"is_ephemeral", false},
	}
	if s.ThreadTS != "" {
		container = append(container, Member{"thread_ts", s.ThreadTS})
	}
	return container
}

// thread is the scene's thread, or one that began a minute ago.
func (s Scene) thread() string {
	return or(s.ThreadTS, stamp(s.Time.Add(-time.Minute), 0))
}
