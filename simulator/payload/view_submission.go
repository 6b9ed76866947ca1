package payload

// ViewSubmission is a modal that was submitted, with what stands in its inputs.
//
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
var ViewSubmission = Kind{
	Name: "view_submission", Title: "modal submitted",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		view := s.wholeView()
		return join(Object{
			{"type", "view_submission"}, {"team", s.home()}, {"user", s.actor()}, {"api_app_id", s.AppID}, {"token", s.Token},
			{"trigger_id", s.TriggerID}, {"view", view}, {"response_urls", s.responseURLs(view)},
		}, s.organization(), s.step())
	},
}

// responseURLs are those of the menus with response_url_enabled, which let an app
// post into the conversation that was chosen.
func (s Scene) responseURLs(view Object) List {
	all := List{}
	for _, p := range place(view.list("blocks")) {
		if p.element.Value("response_url_enabled") != true {
			continue
		}
		block, action := p.block.Text("block_id"), p.element.Text("action_id")
		chosen := view.object("state").object("values").object(block).object(action)
		all = append(all, Object{
			{"block_id", block}, {"action_id", action},
			{"channel_id", chosen.Text(elementOf(p.element.Text("type")).member)}, {"response_url", s.responseURL("app")},
		})
	}
	return all
}

// actor is the user as the payloads of blocks and views show them.
func (s Scene) actor() Object {
	return Object{{"id", s.UserID}, {"username", s.userName()}, {"name", s.userName()}, {"team_id", s.userTeam()}}
}

// step is what is added when something happens in the custom step of a workflow.
//
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func (s Scene) step() []Member {
	if s.Function == "" {
		return nil
	}
	return []Member{
		{"bot_access_token", workflowToken},
		{"function_data", Object{
			{"execution_id", s.Execution}, {"function", Object{{"callback_id", s.Function}}}, {"inputs", Object{{"user_id", s.UserID}}},
		}},
		{"interactivity", Object{
			{"interactor", Object{{"secret", "belay-stand-in-interactor-secret"}, {"id", s.UserID}}},
			{"interactivity_pointer", s.TriggerID},
		}},
	}
}
