package checks

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"belay/checks/problem"
	"belay/simulator/blockkit"
)

// replyView asks whether Slack takes what the app replies to a modal's submission.
//
// https://docs.slack.dev/surfaces/modals#response_actions
var replyView = Check{
	ID: "reply.view", Title: "a modal's submission gets a reply that Slack takes", Needs: []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"reply.view-action"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if !s.Target.Kind.is("view_submission") && s.Target.Kind != Action {
			return skip("only a modal's submission is answered so: --kind view_submission")
		}
		a, of, none := s.repliedTo(i, "view_submission")
		if none.Status != "" {
			return none
		}
		return s.judgeViewReply(a, of)
	},
}

func (s *Session) judgeViewReply(a asked, of sentPayload) Result {
	body := a.answer.Body
	if isEmpty(body) {
		return pass("empty: the view closes")
	}
	reply, ok := members(body)
	if !ok {
		return found("reply.view-action", "%s, where Slack takes nothing, or a response_action in JSON", s.inShort(a.answer)).with(s, a)
	}
	// An object without members is what clients of Socket Mode send for nothing. Over
	// HTTP nobody says that Slack refuses it.
	if len(reply) == 0 {
		return pass("an empty object: the view closes")
	}
	var action string
	_ = json.Unmarshal(reply["response_action"], &action)
	switch action {
	case "clear":
		return pass("clear: all views close")
	case "update", "push":
		if violations := blockkit.ValidateView(blockkit.Modal, reply["view"]); len(violations) > 0 {
			return found("reply.view-action", "%s: %s", action, s.violated(violations)).with(s, a)
		}
		return pass("%s, with a view", action)
	case "errors":
		return s.judgeErrors(a, of, reply["errors"])
	case "":
		return found("reply.view-action", "%s: neither empty nor a response_action", s.inShort(a.answer)).with(s, a)
	}
	return found("reply.view-action", "response_action is %s, none of clear, update, push and errors [json-pointer:/response_action]", cutAt(s.hide(action), 40)).with(s, a)
}

// judgeErrors judges what is shown beside the inputs of the view that was sent.
func (s *Session) judgeErrors(a asked, of sentPayload, raw json.RawMessage) Result {
	texts, ok := members(raw)
	if !ok {
		return found("reply.view-action", "errors is no object of a text for each input block [json-pointer:/errors]").with(s, a)
	}
	var inputs []string
	for _, block := range of.View.Blocks {
		if block.Type == "input" {
			inputs = append(inputs, block.BlockID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		shown := cutAt(s.hide(id), 60)
		var text string
		switch {
		case json.Unmarshal(texts[id], &text) != nil || text == "":
			return found("reply.view-action", "the error for %s is no text [json-pointer:/errors/%s]", shown, pointed(shown)).with(s, a)
		case !slices.Contains(inputs, id):
			return s.strangeKey(a, of, shown, inputs)
		}
	}
	return pass("errors beside %d of %d inputs", len(texts), len(inputs))
}

// strangeKey is an error for a block that the view does not have, or not as an input. In
// a view of belay's own that says nothing: the app knows another.
func (s *Session) strangeKey(a asked, of sentPayload, id string, inputs []string) Result {
	r := found("reply.view-action", "there is no input block %s in the view; its inputs are %s [json-pointer:/errors/%s]",
		id, orText(strings.Join(inputs, ", "), "none"), pointed(id)).with(s, a)
	if of.standsIn() {
		r.Reason = "the view that was sent is belay's own, and whether " + id + " is an input block of yours it cannot tell: send yours with --view FILE"
		return r.at(problem.Inconclusive)
	}
	return r
}

// standsIn reports a view that belay made up.
func (p sentPayload) standsIn() bool {
	return len(p.View.Blocks) == 1 && p.View.Blocks[0].BlockID == "belay"
}

// pointed escapes a member's name for a json-pointer, RFC 6901 section 3.
func pointed(name string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(name) }
