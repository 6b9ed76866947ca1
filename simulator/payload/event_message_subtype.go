package payload

import (
	"slices"
	"strings"
)

// A subtype is a message that is not simply what a user said: its members besides
// where it was posted.
type subtype struct {
	name  string
	shape func(Scene) Object
}

var messageSubtypes = []subtype{
	{"assistant_app_thread", func(s Scene) Object {
		s.Text = or(s.Text, "New chat")
		return changed(s, join(Object{{"subtype", "assistant_app_thread"}}, s.replied(), Object{
			{"assistant_app_thread", Object{{"title", s.Text}, {"title_blocks", List{}}, {"artifacts", List{}}}},
		}), join(Object{{"subtype", "assistant_app_thread"}}, s.replied()))
	}},
	{"bot_message", func(s Scene) Object {
		return Object{
			{"type", "message"}, {"subtype", "bot_message"}, {"text", or(s.Text, "hello")}, {"ts", s.ts()},
			{"username", "belay"}, {"icons", Object{{"emoji", ":climbing:"}}}, {"bot_id", "BBELAYOTHER"},
		}
	}},
	notice("channel_archive", "has archived the channel"),
	notice("channel_convert_to_private", "made this channel private"),
	notice("channel_join", "has joined the channel", Member{"inviter", StandInUser}),
	notice("channel_leave", "has left the channel"),
	notice("channel_name", `has renamed the channel from "belay" to "belay-probe"`, Member{"old_name", "belay"}, Member{"name", domain}),
	notice("channel_posting_permissions", "changed the posting permissions of this channel"),
	notice("channel_purpose", "set the channel's description: belay", Member{"purpose", "belay"}),
	notice("channel_topic", "set the channel's topic: belay", Member{"topic", "belay"}),
	notice("channel_unarchive", "has unarchived the channel"),
	{"ekm_access_denied", func(s Scene) Object {
		return Object{
			{"type", "message"}, {"subtype", "ekm_access_denied"}, {"ts", s.ts()},
			{"text", "Your admins have suspended everyone's access to this content."}, {"user", "UREVOKEDU"},
		}
	}},
	{"file_share", sharedFile},
	notice("group_archive", "archived the private channel"),
	notice("group_join", "has joined the group", Member{"inviter", StandInUser}),
	notice("group_leave", "has left the group"),
	notice("group_name", `has renamed the group from "belay" to "belay-probe"`, Member{"old_name", "belay"}, Member{"name", domain}),
	notice("group_purpose", "set the group's description: belay", Member{"purpose", "belay"}),
	notice("group_topic", "set the group's topic: belay", Member{"topic", "belay"}),
	notice("group_unarchive", "unarchived the private channel"),
	{"me_message", func(s Scene) Object {
		return Object{
			{"type", "message"}, {"subtype", "me_message"}, {"user", s.UserID}, {"text", or(s.Text, "waves")}, {"ts", s.ts()},
		}
	}},
	{"message_changed", func(s Scene) Object {
		before, after := s, s
		before.Text, after.Text = "hello", or(s.Text, "hello, changed")
		edited := Object{{"edited", Object{{"user", s.UserID}, {"ts", s.ts()}}}}
		return changed(s, join(after.original(), edited), before.original())
	}},
	{"message_deleted", func(s Scene) Object {
		s.Text = or(s.Text, "hello")
		return Object{
			{"type", "message"}, {"subtype", "message_deleted"}, {"previous_message", s.original()},
			{"hidden", true}, {"deleted_ts", s.messageTS()}, {"ts", s.ts()},
		}
	}},
	{"message_replied", func(s Scene) Object {
		s.Text = or(s.Text, "hello")
		return Object{
			{"type", "message"}, {"subtype", "message_replied"},
			{"message", append(s.replied(), Member{"replies", List{Object{{"user", s.UserID}, {"ts", s.ts()}}}})},
			{"hidden", true}, {"ts", s.ts()},
		}
	}},
	{"thread_broadcast", func(s Scene) Object {
		s.Text = or(s.Text, "hello, everybody")
		s.ThreadTS = s.thread()
		return append(s.said(), Member{"subtype", "thread_broadcast"}, Member{"root", s.replied()})
	}},
}

// messageType is a subtype in the channels that a name such as message.im says, or
// the zero type.
func messageType(base, name string) EventType {
	of := eventType(base)
	if base != "message" && !strings.HasPrefix(of.Name, "message.") {
		return EventType{}
	}
	for _, m := range messageSubtypes {
		if m.name == name {
			of.Name = base + "/" + name
			of.shape = func(s Scene) Object { return postedIn(m.shape(s), s.where(base)) }
			return of
		}
	}
	return EventType{}
}

// postedIn adds where a message was posted: the channel stands before hidden.
func postedIn(event, where Object) Object {
	at := slices.IndexFunc(event, func(m Member) bool { return m.Name == "hidden" })
	if at < 0 {
		at = len(event)
	}
	return join(event[:at], where[:1], event[at:], where[1:])
}

// notice is what Slack itself writes into a channel about something that a user did.
func notice(name, did string, more ...Member) subtype {
	return subtype{name, func(s Scene) Object {
		return join(Object{
			{"type", "message"}, {"subtype", name}, {"ts", s.ts()}, {"user", s.UserID},
			{"text", "<@" + s.UserID + "> " + did}, {"team", s.userTeam()},
		}, more)
	}}
}

// changed is a message that is not what it was.
func changed(s Scene, now, before Object) Object {
	return Object{
		{"type", "message"}, {"subtype", "message_changed"}, {"message", now}, {"previous_message", before},
		{"hidden", true}, {"ts", s.ts()},
	}
}

// original is a message of the user that was posted before.
func (s Scene) original() Object {
	said := s.said()
	return join(said.With("ts", s.messageTS()).With("blocks", richText(s.Text)),
		Object{{"source_team", s.userTeam()}, {"user_team", s.userTeam()}})
}

// replied is a message with a thread.
func (s Scene) replied() Object {
	s.ThreadTS = ""
	return join(s.said().With("ts", s.thread()), Object{
		{"thread_ts", s.thread()}, {"reply_count", 1}, {"reply_users_count", 1}, {"latest_reply", s.ts()},
		{"reply_users", List{s.UserID}}, {"is_locked", false},
	})
}

func sharedFile(s Scene) Object {
	return Object{
		{"type", "message"}, {"text", s.Text}, {"files", List{file("belay.txt", s.Time.Unix())}},
		{"upload", false}, {"user", s.UserID}, {"display_as_bot", false}, {"ts", s.ts()}, {"client_msg_id", s.clientID()},
		{"subtype", "file_share"},
	}
}
