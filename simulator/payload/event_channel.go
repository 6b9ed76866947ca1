package payload

// channelEvents are about public channels and who is in them.
var channelEvents = []EventType{
	full("channel_created", "channels:read", func(s Scene) Object {
		return Object{{"channel", s.conversation()}}
	}),
	full("channel_deleted", "channels:read", onlyChannel),
	full("channel_history_changed", "channels:history groups:history mpim:history", changedHistory),
	full("channel_id_changed", "", func(s Scene) Object {
		return Object{{"old_channel_id", "GBELAY00000"}, {"new_channel_id", s.ChannelID}}
	}),
	full("channel_left", "channels:read", leftChannel),
	general("channel_posting_permissions", "channels:history groups:history im:history mpim:history"),
	full("channel_rename", "channels:read", renamedChannel),
	full("channel_shared", "channels:read groups:read", func(s Scene) Object {
		return Object{{"connected_team_id", StandInOtherTeam}, {"channel", s.ChannelID}}
	}),
	full("channel_unshared", "channels:read groups:read", func(s Scene) Object {
		return Object{
			{"previously_connected_team_id", StandInOtherTeam}, {"channel", s.ChannelID}, {"is_ext_shared", false},
		}
	}),
	full("member_joined_channel", "channels:read groups:read mpim:read", func(s Scene) Object {
		return append(s.membership(), Member{"inviter", StandInUser})
	}),
	full("member_left_channel", "channels:read groups:read", Scene.membership),
}

// groupEvents are about private channels and direct messages.
var groupEvents = []EventType{
	full("group_close", "groups:read", userAndChannel),
	full("group_deleted", "groups:read", func(s Scene) Object {
		return Object{{"channel", s.ChannelID}, {"date_deleted", s.Time.Unix()}, {"actor_id", s.UserID}}
	}),
	full("group_history_changed", "groups:history", changedHistory),
	full("group_left", "groups:read", leftChannel),
	full("group_open", "groups:read", userAndChannel),
	full("group_rename", "groups:read", renamedChannel),
	full("im_close", "im:read", userAndDirect),
	full("im_created", "im:read", func(s Scene) Object {
		return Object{{"user", s.UserID}, {"channel", Object{{"id", s.direct()}}}}
	}),
	full("im_history_changed", "im:history", changedHistory),
	full("im_open", "im:read", userAndDirect),
}

func onlyChannel(s Scene) Object { return Object{{"channel", s.ChannelID}} }

func userAndChannel(s Scene) Object { return Object{{"user", s.UserID}, {"channel", s.ChannelID}} }

func userAndDirect(s Scene) Object { return Object{{"user", s.UserID}, {"channel", s.direct()}} }

func leftChannel(s Scene) Object { return Object{{"channel", s.ChannelID}, {"actor_id", s.UserID}} }

func changedHistory(s Scene) Object {
	return Object{{"latest", s.messageTS()}, {"ts", s.ts()}, {"event_ts", s.ts()}}
}

func renamedChannel(s Scene) Object {
	return Object{{"channel", Object{
		{"id", s.ChannelID}, {"name", domain}, {"name_normalized", domain}, {"created", s.Time.Unix()},
		{"is_channel", true}, {"is_mpim", false},
	}}}
}

// membership is who is, or was, in which channel. The type is a letter here.
//
// https://docs.slack.dev/reference/events/member_joined_channel
func (s Scene) membership() Object {
	letter := "C"
	if s.Private {
		letter = "G"
	}
	return Object{{"user", s.UserID}, {"channel", s.ChannelID}, {"channel_type", letter}, {"team", s.userTeam()}}
}

// conversation is a channel as channel_created shows it.
//
// https://docs.slack.dev/reference/objects/conversation-object
func (s Scene) conversation() Object {
	return Object{
		{"id", s.ChannelID}, {"name", domain}, {"is_channel", true}, {"is_group", false}, {"is_im", false},
		{"is_mpim", false}, {"is_private", s.Private}, {"created", s.Time.Unix()}, {"is_archived", false}, {"is_general", false},
		{"is_frozen", false}, {"name_normalized", domain}, {"is_shared", false}, {"is_org_shared", false},
		{"is_ext_shared", false}, {"is_pending_ext_shared", false}, {"context_team_id", s.TeamID}, {"creator", s.UserID},
	}
}
