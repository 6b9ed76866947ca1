package checks

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"belay/simulator/blockkit"
)

// replyMenu asks whether Slack can fill a menu with what the app replies.
//
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
var replyMenu = Check{
	ID: "reply.menu", Title: "a menu gets options that Slack takes", Needs: []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"reply.options"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if s.Target.Kind.Surface() != Options {
			return skip("only an options load URL fills menus")
		}
		a, of, none := s.repliedTo(i, "block_suggestion", "interactive_message_suggestion", "dialog_suggestion")
		if none.Status != "" {
			return none
		}
		return s.judgeOptions(a, of)
	},
}

// maxOptions is how many options, groups and options of a group a menu has at most.
const maxOptions = 100

func (s *Session) judgeOptions(a asked, of sentPayload) Result {
	reply, ok := members(a.answer.Body)
	options, groups := reply["options"], reply["option_groups"]
	switch {
	case isEmpty(a.answer.Body):
		return found("reply.options", "an empty reply, where the menu waits for options or option_groups").with(s, a)
	case !ok:
		return found("reply.options", "%s, where the menu waits for options or option_groups in JSON", s.inShort(a.answer)).with(s, a)
	case !isSet(options) && !isSet(groups):
		return found("reply.options", "neither options nor option_groups in the reply").with(s, a)
	case holds(options) && holds(groups):
		return found("reply.options", "both options and option_groups in the reply, of which Slack takes one").with(s, a)
	}
	validate := validateOptions
	switch of.Type {
	case "interactive_message_suggestion":
		validate = messageMenu.validate
	case "dialog_suggestion":
		validate = dialogMenu.validate
	}
	if violations := validate(options, groups); len(violations) > 0 {
		return found("reply.options", "%s", s.violated(violations)).with(s, a)
	}
	if !holds(options) && !holds(groups) {
		return pass("no options: the menu says that nothing was found")
	}
	return pass("%s", counted(options, groups))
}

// counted says how many options there are, in a list that was judged.
func counted(options, groups json.RawMessage) string {
	var list []json.RawMessage
	if isSet(options) && json.Unmarshal(options, &list) == nil && len(list) > 0 {
		return plural(len(list), "option", "options")
	}
	_ = json.Unmarshal(groups, &list)
	return plural(len(list), "group of options", "groups of options")
}

// holds reports whether a list has anything in it. What is no list does, for its own
// judge.
func holds(raw json.RawMessage) bool {
	var list []json.RawMessage
	return isSet(raw) && (json.Unmarshal(raw, &list) != nil || len(list) > 0)
}

// validateOptions judges the options of a Block Kit menu as Slack judges those of a
// static one, but that there may be none.
func validateOptions(options, groups json.RawMessage) []blockkit.Violation {
	menu := map[string]any{"type": "static_select", "action_id": "belay"}
	if holds(options) {
		menu["options"] = options
	} else if holds(groups) {
		menu["option_groups"] = groups
	} else {
		return nil
	}
	blocks, err := json.Marshal([]any{map[string]any{"type": "actions", "elements": []any{menu}}})
	if err != nil {
		return []blockkit.Violation{{Message: "must provide options"}}
	}
	violations := blockkit.Validate(blockkit.Modal, blocks)
	for n := range violations {
		violations[n].Pointer = strings.TrimPrefix(violations[n].Pointer, "/blocks/0/elements/0")
	}
	return violations
}

// A legacyMenu is a menu from before Block Kit, whose texts are plain strings.
type legacyMenu struct {
	// text is the member with an option's text, and group that with a group's.
	text, group string
	// most is how long texts and values may be; zero where nothing is documented.
	most int
}

var (
	// messageMenu is a menu in a message's attachment.
	//
	// https://docs.slack.dev/legacy/legacy-messaging/legacy-adding-menus-to-messages
	messageMenu = legacyMenu{text: "text", group: "text"}
	// dialogMenu is a menu in a dialog.
	//
	// https://docs.slack.dev/legacy/legacy-dialogs
	dialogMenu = legacyMenu{text: "label", group: "label", most: 75}
)

func (m legacyMenu) validate(options, groups json.RawMessage) []blockkit.Violation {
	if holds(options) {
		return m.options("/options", options)
	}
	if !holds(groups) {
		return nil
	}
	list, wrong := limited("/option_groups", groups)
	for n, group := range list {
		at := fmt.Sprintf("/option_groups/%d", n)
		wrong = append(wrong, m.string(at, m.group, group)...)
		wrong = append(wrong, m.options(at+"/options", group["options"])...)
	}
	return wrong
}

func (m legacyMenu) options(at string, raw json.RawMessage) []blockkit.Violation {
	list, wrong := limited(at, raw)
	for n, option := range list {
		at := fmt.Sprintf("%s/%d", at, n)
		wrong = append(wrong, m.string(at, m.text, option)...)
		wrong = append(wrong, m.string(at, "value", option)...)
	}
	return wrong
}

// string judges a member that must be a text.
func (m legacyMenu) string(at, name string, object map[string]json.RawMessage) []blockkit.Violation {
	var text string
	switch raw, ok := object[name]; {
	case !ok:
		return []blockkit.Violation{{Pointer: at, Message: "missing required field: " + name}}
	case json.Unmarshal(raw, &text) != nil || !isSet(raw):
		return []blockkit.Violation{{Pointer: at + "/" + name, Message: "must provide a string"}}
	case m.most > 0 && utf8.RuneCountInString(text) > m.most:
		return []blockkit.Violation{{Pointer: at + "/" + name, Message: fmt.Sprintf("must be less than %d characters", m.most+1)}}
	}
	return nil
}

// limited is a list of at most a hundred objects.
func limited(at string, raw json.RawMessage) ([]map[string]json.RawMessage, []blockkit.Violation) {
	var list []map[string]json.RawMessage
	switch {
	case json.Unmarshal(raw, &list) != nil || !isSet(raw):
		return nil, []blockkit.Violation{{Pointer: at, Message: "must provide an array of objects"}}
	case len(list) > maxOptions:
		return nil, []blockkit.Violation{{Pointer: at, Message: fmt.Sprintf("no more than %d items allowed", maxOptions)}}
	}
	return list, nil
}
