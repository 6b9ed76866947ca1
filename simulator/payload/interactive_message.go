package payload

// InteractiveMessage is a button pressed, or a menu used, in the attachment of a
// message: the forerunner of block_actions.
//
// https://api.slack.com/docs/interactive-message-field-guide
var InteractiveMessage = Kind{
	Name: "interactive_message", Title: "legacy button or menu",
	Encoding: FormPayload, Accept: acceptAnswer,
	Fields: func(s Scene) Object {
		s = s.filled()
		value := or(s.Value, "belay")
		action := Object{{"name", s.ActionID}, {"type", "button"}, {"value", value}}
		if s.Element != "button" {
			action = Object{{"name", s.ActionID}, {"type", "select"}, {"selected_options", List{Object{{"value", value}}}}}
		}
		return join(Object{{"type", "interactive_message"}, {"actions", List{action}}}, s.attachment(), Object{
			{"is_app_unfurl", false}, {"enterprise", s.enterprise()}, {"is_enterprise_install", s.Persona == PersonaEnterprise},
			{"original_message", s.originalMessage()}, {"response_url", s.responseURL("actions")}, {"trigger_id", s.TriggerID},
		})
	},
}

// attachment is whose menu or button is used, where.
func (s Scene) attachment() Object {
	return Object{
		{"callback_id", s.CallbackID}, {"team", s.home()}, {"channel", s.channel()}, {"user", s.namedUser()},
		{"action_ts", s.ts()}, {"message_ts", s.messageTS()}, {"attachment_id", "1"}, {"token", s.Token},
	}
}

// namedUser is the user as the payloads of attachments and dialogs show them.
func (s Scene) namedUser() Object {
	user := Object{{"id", s.UserID}, {"name", s.userName()}}
	if s.Persona == PersonaEnterprise || s.Persona == PersonaSharedChannel {
		user = append(user, Member{"team_id", s.userTeam()})
	}
	return user
}

// originalMessage is the given message or one with an attachment to act on.
func (s Scene) originalMessage() Object {
	if s.Message != nil {
		return s.message()
	}
	action := Object{{"id", "1"}, {"name", s.ActionID}, {"text", "belay"}, {"type", "button"}, {"value", "belay"}, {"style", ""}}
	if s.Element != "button" {
		action = Object{{"id", "1"}, {"name", s.ActionID}, {"text", "belay"}, {"type", "select"}, {"data_source", "external"}}
	}
	return Object{
		{"type", "message"}, {"subtype", "bot_message"}, {"text", s.Text}, {"ts", s.messageTS()}, {"bot_id", StandInBot},
		{"attachments", List{Object{
			{"id", 1}, {"color", "2b72cb"}, {"fallback", "belay"}, {"text", "belay"}, {"callback_id", s.CallbackID},
			{"actions", List{action}},
		}}},
	}
}
