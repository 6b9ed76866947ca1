package payload

// itemEvents are about what happens to messages: reactions, pins, stars, links and
// metadata.
var itemEvents = []EventType{
	full("link_shared", "links:read", func(s Scene) Object {
		return Object{
			{"user", s.UserID}, {"channel", s.ChannelID}, {"message_ts", s.messageTS()},
			{"links", List{Object{{"url", "https://example.com/belay"}, {"domain", "example.com"}}}},
			{"source", "conversations_history"}, {"unfurl_id", s.ChannelID + "-" + s.messageTS() + "-be1a0000"},
			{"is_bot_user_member", true},
		}
	}),
	full("message_metadata_deleted", "metadata.message:read", func(s Scene) Object {
		return join(Object{{"channel_id", s.ChannelID}, {"event_ts", s.ts()}, {"previous_metadata", metadata()}},
			s.metadataOwner(), Object{{"message_ts", s.messageTS()}, {"deleted_ts", s.messageTS()}})
	}),
	full("message_metadata_posted", "metadata.message:read", func(s Scene) Object {
		return join(s.metadataOwner(), Object{
			{"channel_id", s.ChannelID}, {"metadata", metadata()}, {"message_ts", s.messageTS()},
		})
	}),
	full("message_metadata_updated", "metadata.message:read", func(s Scene) Object {
		return join(Object{{"channel_id", s.ChannelID}, {"event_ts", s.ts()}, {"previous_metadata", metadata()}},
			s.metadataOwner(), Object{{"message_ts", s.messageTS()}, {"metadata", metadata()}})
	}),
	full("pin_added", "pins:read", Scene.pin),
	full("pin_removed", "pins:read", func(s Scene) Object {
		return append(s.pin(), Member{"has_pins", false})
	}),
	full("reaction_added", "reactions:read", Scene.reaction),
	full("reaction_removed", "reactions:read", Scene.reaction),
	full("star_added", "stars:read", Scene.star),
	full("star_removed", "stars:read", Scene.star),
}

func metadata() Object {
	return Object{{"event_type", "belay"}, {"event_payload", Object{{"id", "belay"}}}}
}

// metadataOwner is the app, here another one, that posted the metadata.
//
// https://docs.slack.dev/messaging/message-metadata
func (s Scene) metadataOwner() Object {
	return Object{
		{"app_id", "ABELAYOTHER"}, {"bot_id", "BBELAYOTHER"}, {"user_id", s.UserID}, {"team_id", s.TeamID},
	}
}

// reaction is by the user, to a message of the app. Its name has no colons.
//
// https://docs.slack.dev/reference/events/reaction_added
func (s Scene) reaction() Object {
	return Object{
		{"user", s.UserID}, {"reaction", or(s.Value, "thumbsup")},
		{"item", Object{{"type", "message"}, {"channel", s.ChannelID}, {"ts", s.messageTS()}}},
		{"item_user", StandInBotUser},
	}
}

func (s Scene) pin() Object {
	return Object{
		{"user", s.UserID}, {"channel_id", s.ChannelID},
		{"item", Object{
			{"type", "message"}, {"created", s.Time.Unix()}, {"created_by", s.UserID}, {"channel", s.ChannelID},
			{"message", s.linked().With("pinned_to", List{s.ChannelID})},
		}},
		{"item_user", StandInBotUser}, {"pin_count", 1},
		{"pinned_info", Object{{"channel", s.ChannelID}, {"pinned_by", s.UserID}, {"pinned_ts", s.Time.Unix()}}},
	}
}

func (s Scene) star() Object {
	return Object{
		{"user", s.UserID},
		{"item", Object{
			{"type", "message"}, {"channel", s.ChannelID}, {"message", s.linked().With("is_starred", true)},
			{"date_create", s.Time.Unix()},
		}},
	}
}

// linked is the app's message with the link to it.
func (s Scene) linked() Object {
	return append(s.message(), Member{"permalink", "https://" + domain + ".slack.com/archives/" + s.ChannelID + "/p0000000000000000"})
}
