package payload

// appEvents are about the app itself.
var appEvents = []EventType{
	full("app_deleted", "admin.apps:read", changedApp),
	full("app_home_opened", "", func(s Scene) Object {
		event := Object{{"user", s.UserID}, {"channel", s.direct()}, {"tab", "home"}}
		if s.View != nil {
			event = append(event, Member{"view", s.wholeView().With("type", "home")})
		}
		return event
	}),
	full("app_installed", "", func(s Scene) Object {
		return join(changedApp(s)[:3], Object{{"user_id", s.UserID}}, changedApp(s)[3:])
	}),
	full("app_mention", "app_mentions:read", func(s Scene) Object {
		s.Text = or(s.Text, "<@"+StandInBotUser+"> hello")
		return join(s.said().With("type", "app_mention"), Object{{"channel", s.ChannelID}})
	}),
	full("app_rate_limited", "", nil),
	full("app_requested", "", requestedApp),
	bare(full("app_uninstalled", "", nothing)),
	full("app_uninstalled_team", "admin.apps:read", func(s Scene) Object {
		return append(changedApp(s), Member{"user_id", s.UserID})
	}),
	full("call_rejected", "", func(s Scene) Object {
		return Object{
			{"call_id", "RBELAY00000"}, {"user_id", s.UserID}, {"channel_id", s.ChannelID}, {"external_unique_id", "belay"},
		}
	}),
	full("entity_comments_requested", "", func(s Scene) Object {
		return join(Object{{"user", s.UserID}}, entity(), Object{
			{"cursor", ""}, {"limit", 100}, {"event_ts", s.ts()}, {"trigger_id", s.TriggerID},
		})
	}),
	full("entity_details_requested", "", func(s Scene) Object {
		return join(Object{{"user", s.UserID}}, entity(), Object{
			{"app_unfurl_url", "https://example.com/document/belay"}, {"trigger_id", s.TriggerID}, {"user_locale", "en-US"},
			{"channel", s.ChannelID}, {"message_ts", s.messageTS()},
		})
	}),
	bare(full("function_executed", "", executed)),
	bare(full("tokens_revoked", "", func(s Scene) Object {
		return Object{{"tokens", Object{{"oauth", List{s.UserID}}, {"bot", List{StandInBotUser}}}}}
	})),
	full("url_verification", "", nil),
}

func nothing(Scene) Object { return nil }

// direct is the direct message with the app.
func (s Scene) direct() string {
	if s.channelType() == "im" {
		return s.ChannelID
	}
	return StandInDirect
}

func changedApp(s Scene) Object {
	return Object{
		{"app_id", s.AppID}, {"app_name", "Belay"}, {"app_owner_id", s.UserID}, {"team_id", s.TeamID}, {"team_domain", domain},
	}
}

// entity is what a Work Object is about.
//
// https://docs.slack.dev/messaging/work-objects-implementation
func entity() Object {
	return Object{
		{"external_ref", Object{{"id", "belay"}, {"type", "document"}}},
		{"entity_url", "https://example.com/document/belay"},
		{"link", Object{{"url", "https://example.com/document/belay"}, {"domain", "example.com"}}},
	}
}

// executed is a custom step of a workflow that is to be run.
//
// https://docs.slack.dev/reference/events/function_executed
func executed(s Scene) Object {
	parameter := func(name, title string) List {
		return List{Object{
			{"type", "slack#/types/user_id"}, {"name", name}, {"description", "Belay"}, {"title", title}, {"is_required", true},
		}}
	}
	return Object{
		{"function", Object{
			{"id", "FnBELAY0000"}, {"callback_id", or(s.Function, s.CallbackID)}, {"title", "Belay"}, {"description", "Belay"},
			{"type", "app"}, {"input_parameters", parameter("user_id", "User")}, {"output_parameters", parameter("user_id", "User")},
			{"app_id", s.AppID}, {"date_created", s.Time.Unix()}, {"date_released", 0}, {"date_updated", s.Time.Unix()},
			{"date_deleted", 0}, {"form_enabled", false},
		}},
		{"inputs", Object{{"user_id", s.UserID}}},
		{"function_execution_id", s.Execution}, {"workflow_execution_id", "WxBELAY00000"},
		{"event_ts", s.ts()}, {"bot_access_token", workflowToken},
	}
}

// requestedApp is a member's wish for an app, which an administrator decides.
//
// https://docs.slack.dev/reference/events/app_requested
func requestedApp(s Scene) Object {
	wanted := List{Object{
		{"name", "chat:write"}, {"description", "Send messages as Belay"}, {"is_dangerous", false}, {"token_type", "bot"},
	}}
	return Object{{"app_request", Object{
		{"id", "ArBELAY0000"},
		{"app", Object{
			{"id", s.AppID}, {"name", "Belay"}, {"description", "Belay"}, {"help_url", "https://example.com/help"},
			{"privacy_policy_url", "https://example.com/privacy"}, {"app_homepage_url", "https://example.com"},
			{"app_directory_url", "https://slack.com/apps/" + s.AppID}, {"is_app_directory_approved", false},
			{"is_internal", true}, {"additional_info", ""},
		}},
		{"previous_resolution", nil},
		{"user", Object{{"id", s.UserID}, {"name", s.userName()}, {"email", "belay@example.com"}}},
		{"team", Object{{"id", s.TeamID}, {"name", "Belay"}, {"domain", domain}}},
		{"enterprise", s.enterprise()}, {"scopes", wanted}, {"message", "belay"},
	}}}
}
