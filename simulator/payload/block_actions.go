package payload

// BlockActions is an interactive element that was used: in a message, or in the
// scene's view.
//
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
var BlockActions = Kind{
	Name: "block_actions", Title: "action",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		head := Object{
			{"type", "block_actions"}, {"user", s.actor()}, {"api_app_id", s.AppID}, {"token", s.Token},
			{"container", s.container()}, {"trigger_id", s.TriggerID}, {"team", s.home()},
			{"enterprise", s.enterprise()}, {"is_enterprise_install", s.Persona == PersonaEnterprise},
		}
		if s.View != nil {
			view := s.wholeView()
			of, e := s.acted(view.list("blocks"))
			return join(head, Object{{"view", view}, {"actions", List{of.action(e)}}}, s.step())
		}
		message := s.message()
		of, e := s.acted(message.list("blocks"))
		return join(head, Object{
			{"channel", s.channel()}, {"message", message}, {"state", s.state(message.list("blocks"))},
			{"response_url", s.responseURL("actions")}, {"actions", List{of.action(e)}},
		}, s.step())
	},
}

// container is where something happens.
func (s Scene) container() Object {
	if s.View != nil {
		return Object{{"type", "view"}, {"view_id", or(s.View.Text("id"), StandInView)}}
	}
	return s.inMessage()
}
