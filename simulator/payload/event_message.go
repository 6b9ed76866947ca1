package payload

import "strings"

// messageEvents are what is said where. All arrive with the type message: the rest of
// the name is what an app subscribes to.
//
// https://docs.slack.dev/reference/events/message
var messageEvents = []EventType{
	posted("message", "channels:history groups:history im:history mpim:history"),
	posted("message.app_home", ""),
	posted("message.channels", "channels:history"),
	posted("message.groups", "groups:history"),
	posted("message.im", "im:history"),
	posted("message.mpim", "mpim:history"),
}

func posted(name, scopes string) EventType {
	return full(name, scopes, func(s Scene) Object {
		s.Text = or(s.Text, "hello")
		return join(s.said(), s.where(name))
	})
}

// where is in which channel a message was posted; of simply message, in the scene's.
func (s Scene) where(name string) Object {
	channel, sort := s.ChannelID, s.channelType()
	switch name {
	case "message.app_home":
		channel, sort = s.direct(), "app_home"
	case "message.channels":
		sort = "channel"
	case "message.groups":
		sort = "group"
	case "message.im":
		channel, sort = s.direct(), "im"
	case "message.mpim":
		sort = "mpim"
	}
	return Object{{"channel", channel}, {"event_ts", s.ts()}, {"channel_type", sort}}
}

// said is a message of the user.
func (s Scene) said() Object {
	said := Object{
		{"user", s.UserID}, {"type", "message"}, {"ts", s.ts()}, {"client_msg_id", s.clientID()},
		{"text", s.Text}, {"team", s.userTeam()},
	}
	if s.Persona == PersonaSharedChannel {
		said = append(said, Member{"user_team", s.userTeam()}, Member{"source_team", s.userTeam()}, Member{"user_profile", s.visitor()})
	}
	if s.ThreadTS != "" {
		said = append(said, Member{"thread_ts", s.ThreadTS}, Member{"parent_user_id", StandInBotUser})
	}
	return append(said, Member{"blocks", richText(s.Text)})
}

// clientID is the id that a client gives a message.
func (s Scene) clientID() string {
	return string(appendPadded([]byte("be1a0000-0000-4000-8000-"), s.Sequence, 12))
}

// visitor is what a message tells of a user of another workspace.
func (s Scene) visitor() Object {
	return Object{
		{"avatar_hash", "be1a00000000"}, {"image_72", "https://secure.gravatar.com/avatar/be1a.jpg?s=72"}, {"first_name", "Belay"},
		{"real_name", "Belay Other"}, {"display_name", s.userName()}, {"team", s.userTeam()}, {"name", s.userName()},
		{"is_restricted", false}, {"is_ultra_restricted", false},
	}
}

// richText is the block as which a client posts what is typed, with its first
// mention as an element.
//
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
func richText(text string) List {
	var parts List
	rest := text
	if mention, after, ok := strings.Cut(text, ">"); ok && strings.HasPrefix(mention, "<@") {
		parts = append(parts, Object{{"type", "user"}, {"user_id", mention[2:]}})
		rest = after
	}
	if rest != "" {
		parts = append(parts, Object{{"type", "text"}, {"text", rest}})
	}
	return List{Object{{"type", "rich_text"}, {"block_id", "belay"}, {"elements", List{section(parts...)}}}}
}
