package payload

import "time"

// teamEvents are about the workspace, its emoji and its user groups.
var teamEvents = []EventType{
	full("email_domain_changed", "team:read", func(Scene) Object { return Object{{"email_domain", "example.com"}} }),
	full("emoji_changed", "emoji:read", func(Scene) Object {
		return Object{
			{"subtype", "add"}, {"name", "belay"}, {"value", "https://emoji.slack-edge.com/" + StandInTeam + "/belay/be1a000000000000.png"},
		}
	}),
	full("grid_migration_finished", "", onlyEnterprise),
	full("grid_migration_started", "", onlyEnterprise),
	full("invite_requested", "admin.invites:read", requestedInvite),
	full("subteam_created", "usergroups:read", subteam),
	full("subteam_members_changed", "usergroups:read", func(s Scene) Object {
		return Object{
			{"subteam_id", subteamID}, {"team_id", s.TeamID}, {"date_previous_update", s.Time.Add(-time.Minute).Unix()},
			{"date_update", s.Time.Unix()}, {"added_users", List{s.UserID}}, {"added_users_count", 1},
			{"removed_users", List{}}, {"removed_users_count", 0},
		}
	}),
	full("subteam_self_added", "usergroups:read", onlySubteam),
	full("subteam_self_removed", "usergroups:read", onlySubteam),
	full("subteam_updated", "usergroups:read", subteam),
	full("team_access_granted", "", onlyTeams),
	full("team_access_revoked", "", onlyTeams),
	full("team_domain_change", "team:read", func(s Scene) Object {
		return Object{{"url", "https://" + domain + ".slack.com"}, {"domain", domain}, {"team_id", s.TeamID}}
	}),
	full("team_rename", "team:read", func(s Scene) Object { return Object{{"name", "Belay"}, {"team_id", s.TeamID}} }),
}

const subteamID = "SBELAY00000"

func onlyEnterprise(Scene) Object { return Object{{"enterprise_id", StandInEnterprise}} }

func onlySubteam(Scene) Object { return Object{{"subteam_id", subteamID}} }

func onlyTeams(s Scene) Object { return Object{{"team_ids", List{s.TeamID}}} }

// subteam is a user group.
//
// https://docs.slack.dev/reference/objects/usergroup-object
func subteam(s Scene) Object {
	return Object{{"subteam", Object{
		{"id", subteamID}, {"team_id", s.TeamID}, {"is_usergroup", true}, {"is_subteam", true}, {"name", "Belay"},
		{"description", "belay"}, {"handle", "belay"}, {"is_external", false}, {"date_create", s.Time.Unix()},
		{"date_update", s.Time.Unix()}, {"date_delete", 0}, {"auto_type", nil}, {"auto_provision", false},
		{"enterprise_subteam_id", ""}, {"created_by", s.UserID}, {"updated_by", s.UserID}, {"deleted_by", nil},
		{"prefs", Object{{"channels", List{}}, {"groups", List{}}}}, {"users", List{s.UserID}}, {"user_count", 1}, {"channel_count", 0},
	}}}
}

func requestedInvite(s Scene) Object {
	return Object{{"invite_request", Object{
		{"id", "IrBELAY0000"}, {"email", "belay@example.com"}, {"date_created", s.Time.Unix()}, {"requester_ids", List{s.UserID}},
		{"channel_ids", List{s.ChannelID}}, {"invite_type", "full_member"}, {"real_name", "Belay"},
		{"date_expire", s.Time.Unix() + 86400}, {"request_reason", "belay"},
		{"team", Object{{"id", s.TeamID}, {"name", "Belay"}, {"domain", domain}}},
	}}}
}
