package payload

// BlockSuggestion asks an options load URL for the options of a menu: in a message,
// or in the scene's view.
//
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
var BlockSuggestion = Kind{
	Name: "block_suggestion", Title: "options request",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s.Element = or(s.Element, "external_select")
		s = s.filled()
		place := Object{{"channel", s.channel()}, {"message", s.message()}}
		blocks := s.message().list("blocks")
		if s.View != nil {
			place = Object{{"view", s.wholeView()}}
			blocks = place.object("view").list("blocks")
		}
		of, _ := s.acted(blocks)
		return join(Object{
			{"type", "block_suggestion"}, {"user", s.actor()}, {"container", s.container()},
			{"api_app_id", s.AppID}, {"token", s.Token},
			{"action_id", s.ActionID}, {"block_id", of.BlockID}, {"value", or(s.Value, "be")},
			{"team", s.home()}, {"enterprise", s.enterprise()}, {"is_enterprise_install", s.Persona == PersonaEnterprise},
		}, place)
	},
}
