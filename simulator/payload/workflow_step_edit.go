package payload

// WorkflowStepEdit is a workflow step of an app that is being configured. Slack
// retired these steps in 2024; apps that still listen can be tried with it.
//
// https://api.slack.com/changelog/2023-08-workflow-steps-from-apps-step-back
var WorkflowStepEdit = Kind{
	Name: "workflow_step_edit", Title: "workflow step edited (retired)",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		return join(Object{
			{"type", "workflow_step_edit"}, {"token", s.Token}, {"action_ts", s.ts()}, {"team", s.home()},
			{"user", Object{{"id", s.UserID}, {"username", s.userName()}, {"team_id", s.userTeam()}}},
		}, s.organization(), Object{
			{"callback_id", s.CallbackID}, {"trigger_id", s.TriggerID},
			{"workflow_step", workflowStep()},
		})
	},
}

const workflowID = "000000000000000000"

func workflowStep() Object {
	return Object{
		{"workflow_id", workflowID}, {"step_id", "be1a0000-0000-4000-8000-000000000001"},
		{"inputs", Object{{"belay", Object{{"value", "belay"}}}}},
		{"outputs", List{Object{{"name", "belay"}, {"type", "text"}, {"label", "Belay"}}}},
	}
}
