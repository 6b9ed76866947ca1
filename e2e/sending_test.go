//go:build e2e

package e2e_test

import (
	"strings"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/simulator/payload"
)

// A sending is something that Slack sends, and what an app does about it.
type sending struct {
	kind  payload.Kind
	scene payload.Scene
	// says is the message that the handler posts.
	says string
	// part leads to what of the payload the handler is given; none is all of it.
	part []string
	// answer is the JSON with which the app acknowledges, or "".
	answer string
}

func (s sending) title() string {
	title := s.says
	if s.kind.Name == payload.Event.Name {
		title += " of type " + s.scene.EventType
	}
	if s.scene.Persona != "" {
		title += ", from a " + string(s.scene.Persona) + " user"
	}
	return title
}

// from is the same from another sort of workspace.
func (s sending) from(persona payload.Persona) sending {
	s.scene.Persona, s.scene.UserID = persona, payload.StandInUser
	return s
}

func (s sending) isAnswer() types.GomegaMatcher {
	if s.answer == "" {
		// Bolt acknowledges an envelope with an object in any case.
		return Or(BeEmpty(), MatchJSON(`{}`))
	}
	return MatchJSON(s.answer)
}

// given is what of the fields the handler gets.
func (s sending) given(fields payload.Object) any {
	var value any = fields
	for _, name := range s.part {
		value = value.(payload.Object).Value(name)
		if list, ok := value.(payload.List); ok {
			value = list[0]
		}
	}
	return value
}

// The ids that the apps listen for are those of payload's scenes.
const probe = "belay_probe"

var (
	deploy = sending{
		kind: payload.Command, scene: payload.Scene{Command: "/deploy", Text: "prod <@U1> äöü+%"},
		says: "command /deploy prod <@U1> äöü+%", answer: `{"text":"deploying"}`,
	}
	submission = sending{
		kind: payload.ViewSubmission, scene: payload.Scene{Element: "plain_text_input", Value: "a rope"},
		says: "view_submission a rope", part: []string{"view"}, answer: `{"response_action":"clear"}`,
	}
	mention = anEvent("app_mention", "event")
	// step is a custom step of a workflow. The handler is given its inputs.
	step = anEvent("function_executed", "event", "inputs")
)

// anEvent of that type is of a user.
func anEvent(sort string, part ...string) sending {
	word, _, _ := strings.Cut(sort, ".")
	return sending{
		kind: payload.Event, scene: payload.Scene{EventType: sort, Text: "hello"},
		says: "event " + word + " " + payload.StandInUser, part: part,
	}
}

// anAction is the use of an element of that type.
func anAction(element string) sending {
	return sending{
		kind: payload.BlockActions, scene: payload.Scene{Element: element},
		says: "block_actions " + element + " " + probe, part: []string{"actions"},
	}
}

// events are some of the most used.
func events() []sending {
	var all []sending
	for _, sort := range []string{
		"app_mention", "message.channels", "message.im", "app_home_opened", "reaction_added", "member_joined_channel",
	} {
		all = append(all, anEvent(sort, "event"))
	}
	return all
}

// everything is what Slack sends today.
func everything() []sending {
	all := append(events(), step, deploy, submission,
		sending{kind: payload.ViewClosed, says: "view_closed " + probe, part: []string{"view"}},
		sending{kind: payload.Shortcut, says: "shortcut " + probe},
		sending{kind: payload.MessageAction, says: "message_action " + probe},
		sending{
			kind: payload.BlockSuggestion, scene: payload.Scene{Value: "rop"}, says: "block_suggestion " + probe + " rop",
			answer: `{"options":[{"text":{"type":"plain_text","text":"Belay","emoji":false},"value":"belay"}]}`,
		},
	)
	for _, element := range payload.Elements() {
		all = append(all, anAction(element))
	}
	for _, persona := range []payload.Persona{payload.PersonaEnterprise, payload.PersonaSharedChannel} {
		for _, s := range []sending{deploy, mention, submission, anAction("button")} {
			all = append(all, s.from(persona))
		}
	}
	return all
}
