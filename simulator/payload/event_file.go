package payload

// fileEvents name a file by its id; files.info tells the rest.
//
// https://docs.slack.dev/reference/objects/file-object
var fileEvents = []EventType{
	full("file_change", "files:read", onlyFile),
	full("file_comment_added", "files:read", commented),
	full("file_comment_deleted", "files:read", func(s Scene) Object {
		return join(Object{{"comment", "FcBELAY0000"}}, onlyFile(s))
	}),
	full("file_comment_edited", "files:read", commented),
	full("file_created", "files:read", userAndFile),
	full("file_deleted", "files:read", func(s Scene) Object {
		return Object{{"file_id", StandInFile}, {"channel_ids", List{s.ChannelID}}}
	}),
	full("file_public", "files:read", userAndFile),
	full("file_shared", "files:read", fileInChannel),
	full("file_unshared", "files:read", fileInChannel),
}

func onlyFile(Scene) Object {
	return Object{{"file_id", StandInFile}, {"file", Object{{"id", StandInFile}}}}
}

func userAndFile(s Scene) Object {
	return Object{{"file_id", StandInFile}, {"user_id", s.UserID}, {"file", Object{{"id", StandInFile}}}}
}

func fileInChannel(s Scene) Object {
	return append(userAndFile(s), Member{"channel_id", s.ChannelID})
}

func commented(s Scene) Object {
	return join(Object{{"comment", Object{
		{"id", "FcBELAY0000"}, {"created", s.Time.Unix()}, {"timestamp", s.Time.Unix()}, {"user", s.UserID},
		{"is_intro", false}, {"comment", or(s.Text, "belay")},
	}}}, onlyFile(s))
}
