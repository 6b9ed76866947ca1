package checks

import (
	"slices"

	"belay/simulator/payload"
)

// A Kind is what a URL is for: one of the Surfaces, or one of Slack's own type words,
// which says besides what is sent there. The zero value is Command.
type Kind string

// The surfaces: the sorts of URLs that an app gives Slack.
const (
	Command Kind = "command"
	Action  Kind = "action"
	Options Kind = "options"
	Events  Kind = "event"
)

// Surfaces are all of them, the default first.
func Surfaces() []Kind { return []Kind{Command, Action, Options, Events} }

// Kinds are the surfaces, and then Slack's type words of what it sends to them.
func Kinds() []Kind {
	kinds := make([]Kind, 0, len(kindTable))
	for _, k := range kindTable {
		kinds = append(kinds, k.kind)
	}
	return kinds
}

// ParseKind reads a kind as a user writes it; "" is Command. The error says which
// kinds there are, and which of them is most alike.
func ParseKind(word string) (Kind, error) {
	if word == "" {
		return Command, nil
	}
	names := make([]string, 0, len(kindTable))
	for _, k := range kindTable {
		if string(k.kind) == word {
			return k.kind, nil
		}
		names = append(names, string(k.kind))
	}
	return "", payload.Unknown("kind", word, names)
}

// Surface is the sort of URL to which Slack sends the kind. That of a word that is no
// kind is the word itself.
func (k Kind) Surface() Kind {
	if k == "" {
		return Command
	}
	for _, known := range kindTable {
		if known.kind == k {
			return known.surface
		}
	}
	return k
}

// naming says what is meant by the name of a thing in an app.
type naming int

const (
	// byName is a command's name, or an event's type.
	byName naming = iota
	// byAction is an action_id.
	byAction
	// byCallback is a callback_id.
	byCallback
	// byEither is the callback_id of a menu, a button or a dialog of old, which some
	// apps tell apart by the name of the element: it is sent as both.
	byEither
)

// kindFacts is what is known of a kind.
type kindFacts struct {
	kind, surface Kind
	// sends is what the URL gets: forged, and signed where something is named.
	sends *payload.Kind
	named naming
}

// kindTable has the surfaces first. What says no more than which URL is meant, such as
// url_verification, is asked as its surface is.
var kindTable = []kindFacts{
	{Command, Command, &payload.Command, byName},
	{Action, Action, &payload.BlockActions, byAction},
	{Options, Options, &payload.BlockSuggestion, byAction},
	{Events, Events, &payload.Event, byName},
	{"ssl_check", Command, &payload.Command, byName},
	{"block_actions", Action, &payload.BlockActions, byAction},
	{"shortcut", Action, &payload.Shortcut, byCallback},
	{"message_action", Action, &payload.MessageAction, byCallback},
	{"view_submission", Action, &payload.ViewSubmission, byCallback},
	{"view_closed", Action, &payload.ViewClosed, byCallback},
	{"block_suggestion", Options, &payload.BlockSuggestion, byAction},
	{"interactive_message", Action, &payload.InteractiveMessage, byEither},
	{"interactive_message_suggestion", Options, &payload.InteractiveMessageSuggestion, byEither},
	{"dialog_submission", Action, &payload.DialogSubmission, byCallback},
	{"dialog_suggestion", Options, &payload.DialogSuggestion, byEither},
	{"dialog_cancellation", Action, &payload.DialogCancellation, byCallback},
	{"workflow_step_edit", Action, &payload.WorkflowStepEdit, byCallback},
	{"url_verification", Events, &payload.Event, byName},
	{"app_rate_limited", Events, &payload.Event, byName},
}

// facts are those of the kind; of a word that is none, those of Command.
func (k Kind) facts() kindFacts {
	for _, known := range kindTable {
		if known.kind == k {
			return known
		}
	}
	return kindTable[0]
}

// probe is the payload that a URL of this kind gets.
func (k Kind) probe() payload.Kind { return *k.facts().sends }

// interactive kinds get no signed request unless one is named: actions that an app
// does not know crash real ones.
func (k Kind) interactive() bool { return k.Surface() == Action || k.Surface() == Options }

// is reports whether the kind sends one of those payloads, by Slack's type words.
func (k Kind) is(words ...string) bool { return slices.Contains(words, k.probe().Name) }

// naming puts what was named into a scene, where the kind's payload has it.
func (t Target) naming(scene payload.Scene) payload.Scene {
	scene.Command, scene.EventType, scene.View = t.Command, t.Event, t.View
	switch t.Kind.facts().named {
	case byAction:
		scene.ActionID = t.Action
	case byCallback:
		scene.CallbackID = t.Action
	case byEither:
		scene.ActionID, scene.CallbackID = t.Action, t.Action
	}
	if scene.View != nil && scene.CallbackID != "" {
		scene.View = scene.View.With("callback_id", scene.CallbackID)
	}
	return scene
}
