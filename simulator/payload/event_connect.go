package payload

// connectEvents are about channels that are shared with another workspace.
//
// https://docs.slack.dev/apis/slack-connect
var connectEvents = []EventType{
	full("shared_channel_invite_accepted", "", func(s Scene) Object {
		return join(Object{{"approval_required", false}}, s.invitation(),
			Object{{"teams_in_channel", s.teams()}, {"accepting_user", s.stranger()}})
	}),
	full("shared_channel_invite_approved", "", func(s Scene) Object {
		return join(s.invitation(), Object{
			{"approving_team_id", s.TeamID}, {"teams_in_channel", s.teams()}, {"approving_user", s.stranger()},
		})
	}),
	full("shared_channel_invite_declined", "", func(s Scene) Object {
		return join(s.invitation(), Object{
			{"declining_team_id", s.TeamID}, {"teams_in_channel", s.teams()}, {"declining_user", s.stranger()},
		})
	}),
	full("shared_channel_invite_received", "", Scene.invitation),
	full("shared_channel_invite_requested", "", func(s Scene) Object {
		return Object{
			{"actor", Object{
				{"id", s.UserID}, {"name", s.userName()}, {"is_bot", false}, {"team_id", s.userTeam()},
				{"timezone", "Europe/Berlin"}, {"real_name", "Belay"}, {"display_name", s.userName()},
			}},
			{"channel_id", s.ChannelID}, {"event_type", "slack#/events/shared_channel_invite_requested"},
			{"channel_name", domain}, {"channel_type", "public"},
			{"target_users", List{Object{{"email", "belay@example.com"}, {"invite_id", "IBELAY00000"}}}},
			{"teams_in_channel", s.teams()}, {"is_external_limited", false},
			{"channel_date_created", s.Time.Unix()}, {"channel_message_latest_counted_timestamp", s.Time.Unix()},
		}
	}),
}

// invitation is who invites into which channel.
func (s Scene) invitation() Object {
	return Object{
		{"invite", Object{
			{"id", "IBELAY00000"}, {"date_created", s.Time.Unix()}, {"date_invalid", s.Time.Unix() + 14*86400},
			{"inviting_team", s.team(StandInOtherTeam)}, {"inviting_user", s.stranger()}, {"recipient_user_id", s.UserID},
		}},
		{"channel", Object{{"id", s.ChannelID}, {"is_private", s.Private}, {"is_im", false}, {"name", domain}}},
	}
}

func (s Scene) teams() List { return List{s.team(s.TeamID), s.team(StandInOtherTeam)} }

func (s Scene) team(id string) Object {
	return Object{
		{"id", id}, {"name", "Belay"}, {"icon", Object{{"image_34", "https://a.slack-edge.com/belay-34.png"}, {"image_default", true}}},
		{"avatar_base_url", "https://ca.slack-edge.com/"}, {"is_verified", false}, {"domain", domain},
		{"date_created", s.Time.Unix()}, {"requires_sponsorship", false},
	}
}

// stranger is the user of the other workspace.
func (s Scene) stranger() Object {
	s.Persona, s.UserID = PersonaSharedChannel, StandInOther
	return Object{
		{"id", s.UserID}, {"team_id", s.userTeam()}, {"name", s.userName()}, {"updated", s.Time.Unix()},
		{"profile", s.profile().without("fields")}, {"who_can_share_contact_card", "EVERYONE"},
	}
}
