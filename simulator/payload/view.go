package payload

import "strconv"

// wholeView is the view as Slack sends it: the given one, or one with the scene's
// element as its only input, and everything that Slack adds.
//
// https://docs.slack.dev/reference/views
func (s Scene) wholeView() Object {
	blocks := List{s.inputBlock()}
	if s.View != nil {
		blocks = named(s.View.list("blocks"))
	}
	id := or(s.View.Text("id"), StandInView)
	return completed(s.View.without("blocks").without("state"), Object{
		{"id", id}, {"team_id", s.TeamID}, {"type", "modal"}, {"blocks", blocks},
		{"private_metadata", ""}, {"callback_id", s.CallbackID}, {"state", s.state(blocks)},
		{"hash", strconv.FormatInt(s.Time.Unix(), 10) + ".be1aBELA"}, {"title", plainText("belay")},
		{"clear_on_close", false}, {"notify_on_close", false},
		{"close", s.unlessGiven(plainText("Cancel"))}, {"submit", s.unlessGiven(plainText("Submit"))},
		{"previous_view_id", nil}, {"root_view_id", id}, {"app_id", s.AppID}, {"external_id", ""},
		{"app_installed_team_id", s.TeamID}, {"bot_id", StandInBot},
	})
}

// unlessGiven is nil for what a given view does without.
func (s Scene) unlessGiven(text Object) any {
	if s.View != nil {
		return nil
	}
	return text
}

// inputBlock asks for an answer in the scene's element; a button cannot be answered.
func (s Scene) inputBlock() Object {
	if elementOf(s.Element).mute {
		s.Element = "plain_text_input"
	}
	kind := elementOf(s.Element)
	return Object{
		{"type", "input"}, {"block_id", s.BlockID}, {"label", plainText("Belay")}, {"optional", false}, {"dispatch_action", false},
		{"element", join(Object{{"type", kind.name}, {"action_id", s.ActionID}}, kind.sample)},
	}
}

// state is what stands in the elements of a view: by block_id and action_id.
//
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
func (s Scene) state(blocks List) Object {
	values := Object{}
	for _, p := range place(blocks) {
		kind := elementOf(p.element.Text("type"))
		if kind.mute {
			continue
		}
		id, action := p.block.Text("block_id"), p.element.Text("action_id")
		text := s.Inputs[action]
		if action == s.ActionID {
			text = or(text, s.Value)
		}
		fill := action == s.ActionID || p.answered && p.block.Value("optional") != true
		of := append(values.object(id), Member{action, Object{
			{"type", kind.name}, {kind.member, kind.value(p.element, text, fill)},
		}})
		values = values.With(id, of)
	}
	return Object{{"values", values}}
}
