package payload

// unlistedEvents are delivered and decoded by Slack's own libraries, though its list
// of events lacks them.
var unlistedEvents = []EventType{
	unlisted(full("channel_archive", "channels:read", archived)),
	unlisted(full("channel_unarchive", "channels:read", userInChannel)),
	unlisted(full("group_archive", "groups:read", archived)),
	unlisted(full("group_unarchive", "groups:read", userInChannel)),
	unlisted(full("user_connection_status_requested", "users:write", func(s Scene) Object { return Object{{"user", s.UserID}} })),
	unlisted(full("workflow_deleted", "workflow.steps:execute", draft)),
	unlisted(full("workflow_published", "workflow.steps:execute", func(Scene) Object {
		return Object{{"workflow_id", workflowID}, {"workflow_published_configuration", configured()}}
	})),
	unlisted(full("workflow_step_deleted", "workflow.steps:execute", func(s Scene) Object {
		return append(draft(s), Member{"workflow_published_configuration", configured()})
	})),
	unlisted(full("workflow_step_execute", "workflow.steps:execute", func(s Scene) Object {
		step := workflowStep()
		return Object{{"callback_id", s.CallbackID}, {"workflow_step", join(
			Object{{"workflow_step_execute_id", "0000000000.be1a"}, {"workflow_id", workflowID}, {"workflow_instance_id", "000000000000000001"}},
			step[1:],
		)}}
	})),
	unlisted(full("workflow_unpublished", "workflow.steps:execute", draft)),
}

func archived(s Scene) Object { return append(userInChannel(s), Member{"is_moved", 0}) }

func userInChannel(s Scene) Object { return Object{{"channel", s.ChannelID}, {"user", s.UserID}} }

func draft(Scene) Object {
	return Object{{"workflow_id", workflowID}, {"workflow_draft_configuration", configured()}}
}

// configured is the steps of the app that a workflow has.
func configured() Object {
	return Object{
		{"version_id", "000000000000000002"},
		{"app_steps", List{Object{
			{"app_id", StandInApp}, {"workflow_step_id", "be1a0000-0000-4000-8000-000000000001"}, {"callback_id", "belay_probe"},
		}}},
	}
}
