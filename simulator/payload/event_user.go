package payload

// userEvents are about people.
var userEvents = []EventType{
	full("dnd_updated", "dnd:read", func(s Scene) Object {
		return Object{{"user", s.UserID}, {"dnd_status", append(s.undisturbed(),
			Member{"snooze_enabled", false}, Member{"snooze_endtime", 0}, Member{"snooze_remaining", 0})}}
	}),
	full("dnd_updated_user", "dnd:read", func(s Scene) Object {
		return Object{{"user", s.UserID}, {"dnd_status", s.undisturbed()}}
	}),
	full("team_join", "users:read", changedUser),
	full("user_change", "users:read", changedUser),
	bare(full("user_connection", "users:write", func(s Scene) Object {
		return Object{{"subtype", "connect"}, {"user", s.UserID}, {"trigger_id", s.TriggerID}}
	})),
	full("user_huddle_changed", "", func(s Scene) Object {
		s.Value = or(s.Value, "in_a_huddle")
		return changedUser(s)
	}),
	full("user_profile_changed", "users:read", changedUser),
	full("user_status_changed", "users:read", changedUser),
}

func (s Scene) undisturbed() Object {
	return Object{
		{"dnd_enabled", true}, {"next_dnd_start_ts", s.Time.Unix() + 3600}, {"next_dnd_end_ts", s.Time.Unix() + 36000},
	}
}

func changedUser(s Scene) Object {
	return Object{{"user", s.wholeUser()}, {"cache_ts", s.Time.Unix()}}
}

// wholeUser is the user as users.info shows it.
//
// https://docs.slack.dev/reference/objects/user-object
func (s Scene) wholeUser() Object {
	user := Object{
		{"id", s.UserID}, {"team_id", s.userTeam()}, {"name", s.userName()}, {"deleted", false}, {"color", "9f69e7"},
		{"real_name", "Belay"}, {"tz", "Europe/Berlin"}, {"tz_label", "Central European Time"}, {"tz_offset", 3600},
		{"profile", s.profile()},
		{"is_admin", false}, {"is_owner", false}, {"is_primary_owner", false}, {"is_restricted", s.Persona == PersonaGuest},
		{"is_ultra_restricted", s.Persona == PersonaGuest}, {"is_bot", false}, {"is_app_user", false}, {"updated", s.Time.Unix()},
		{"is_email_confirmed", true}, {"who_can_share_contact_card", "EVERYONE"}, {"locale", "en-US"},
	}
	switch s.Persona {
	case PersonaEnterprise:
		user = append(user, Member{"enterprise_user", Object{
			{"id", s.UserID}, {"enterprise_id", StandInEnterprise}, {"enterprise_name", enterpriseName},
			{"is_admin", false}, {"is_owner", false}, {"is_primary_owner", false}, {"teams", List{s.TeamID}},
		}})
	case PersonaSharedChannel:
		user = append(user, Member{"is_stranger", true})
	}
	return user
}

func (s Scene) profile() Object {
	picture := "https://secure.gravatar.com/avatar/be1a.jpg?s="
	return Object{
		{"title", ""}, {"phone", ""}, {"skype", ""}, {"real_name", "Belay"}, {"real_name_normalized", "Belay"},
		{"display_name", s.userName()}, {"display_name_normalized", s.userName()}, {"fields", Object{}},
		{"status_text", "climbing"}, {"status_emoji", ":climbing:"},
		{"status_emoji_display_info", List{Object{{"emoji_name", "climbing"}, {"display_url", "https://a.slack-edge.com/belay.png"}, {"unicode", "1f9d7"}}}},
		{"status_expiration", 0}, {"avatar_hash", "be1a00000000"},
		{"huddle_state", or(s.Value, "default_unset")}, {"huddle_state_expiration_ts", 0},
		{"email", "belay@example.com"}, {"first_name", "Belay"}, {"last_name", ""},
		{"image_24", picture + "24"}, {"image_32", picture + "32"}, {"image_48", picture + "48"}, {"image_72", picture + "72"},
		{"image_192", picture + "192"}, {"image_512", picture + "512"}, {"status_text_canonical", ""}, {"team", s.userTeam()},
	}
}
