package payload

// agentEvents are about agents and assistants. The scene's ThreadTS is their thread.
//
// https://docs.slack.dev/ai/agent-sessions
var agentEvents = []EventType{
	full("agent_session_stopped", "chat:write", func(s Scene) Object {
		return Object{
			{"channel", s.direct()}, {"user", s.UserID}, {"thread_ts", s.thread()},
			{"streaming_message_ts", List{stamp(s.Time, 0)}},
		}
	}),
	full("agent_session_title_changed", "chat:write", func(s Scene) Object {
		return Object{
			{"channel", s.direct()}, {"user", s.UserID}, {"team_id", s.TeamID}, {"thread_ts", s.thread()},
			{"title", or(s.Text, "belay")}, {"previous_title", "New chat"},
		}
	}),
	full("app_context_changed", "assistant:write", func(s Scene) Object {
		seen := Object{{"type", "slack#/types/channel_id"}, {"value", s.ChannelID}, {"team_id", s.TeamID}}
		if s.Persona == PersonaEnterprise {
			seen = append(seen, Member{"enterprise_id", StandInEnterprise})
		}
		return Object{
			{"channel", s.direct()}, {"user", s.UserID}, {"context", Object{{"entities", List{seen}}}},
		}
	}),
	full("assistant_thread_context_changed", "", assistantThread),
	full("assistant_thread_started", "", assistantThread),
}

// assistantThread is a conversation with an assistant, and which channel its user
// looks at.
//
// https://docs.slack.dev/reference/events/assistant_thread_started
func assistantThread(s Scene) Object {
	return Object{{"assistant_thread", Object{
		{"user_id", s.UserID},
		{"context", Object{{"channel_id", s.ChannelID}, {"team_id", s.TeamID}, {"enterprise_id", s.enterpriseID()}}},
		{"channel_id", s.direct()}, {"thread_ts", s.thread()},
	}}}
}
