package checks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"belay/simulator/blockkit"
	"belay/simulator/payload"
)

// maxOptions is how many options, and how many groups of them, a menu may have.
//
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
const maxOptions = 100

// replyWrong judges what stands in the answer to an interaction, where Slack reads it:
// the replies to commands have checks of their own. It returns false where nothing is
// wrong.
func (j *judgedDelivery) replyWrong() (Result, bool) {
	a := asked{qNamed, j.sent.Answer}
	if !a.answer.OK() || !a.answer.Complete() || a.answer.TooLarge {
		return Result{}, false
	}
	body := bytes.TrimSpace(a.answer.Body)
	var wrong, problem string
	switch j.sent.Delivery.Kind.Name {
	case payload.ViewSubmission.Name:
		problem, wrong = viewReplyWrong(body, inputBlocks(fieldsOf(j.sent.Delivery)))
	case payload.BlockSuggestion.Name, payload.InteractiveMessageSuggestion.Name, payload.DialogSuggestion.Name:
		problem, wrong = "reply.invalid-message", optionsWrong(body)
	}
	if wrong == "" {
		return Result{}, false
	}
	r := found(problem, "%s", wrong).with(j.s, a)
	if problem == "reply.invalid-message" {
		r = r.probable()
	}
	r.Check, r.Title = replyMessage.ID, "the reply is one that Slack takes"
	r.Problem.Shows = &SlackShows{Words: "an empty menu", Confidence: "probable"}
	fix := `Answer with JSON that has "options" or "option_groups", at most 100 of them, and the content type application/json.`
	if j.sent.Delivery.Kind.Name == payload.ViewSubmission.Name {
		r.Problem.Shows.Words = troubleConnecting
		fix = "Answer with an empty body, or with JSON whose response_action is clear, update or push (with a view) or errors (at the block_ids of input blocks)."
	}
	if problem == "reply.invalid-message" {
		r.Problem.Why = "Slack understands nothing else in the answer to " + j.sent.Delivery.Kind.Name + "."
		r.Problem.Fix = fix
	}
	r.Remarks = []Remark{}
	j.s.redactResult(&r)
	return r, true
}

// viewReply is what an app may answer to a submitted modal.
//
// https://docs.slack.dev/surfaces/modals#response_actions
type viewReply struct {
	Action string                     `json:"response_action"`
	View   json.RawMessage            `json:"view"`
	Errors map[string]json.RawMessage `json:"errors"`
}

// viewReplyWrong says what Slack cannot do with the answer to a submitted modal, and
// the problem that this is; "" where it can.
func viewReplyWrong(body []byte, inputs []string) (problem, wrong string) {
	const id = "reply.invalid-message"
	var reply viewReply
	switch err := json.Unmarshal(body, &reply); {
	case len(body) == 0:
		return id, ""
	case err != nil:
		return id, "the body is neither empty nor a response_action in JSON"
	}
	switch reply.Action {
	case "", "clear":
		return id, ""
	case "errors":
		return id, errorsWrong(reply, inputs)
	case "update", "push":
		if !isSet(reply.View) {
			return id, "response_action is " + reply.Action + ", and there is no view"
		}
		var texts []string
		for _, v := range blockkit.ValidateView(blockkit.Modal, reply.View) {
			texts = append(texts, cutAt(v.String(), 200))
		}
		return "reply.invalid-blocks", strings.Join(texts[:min(len(texts), 5)], "; ")
	}
	return id, fmt.Sprintf("response_action is %q: want clear, update, push or errors", cutAt(reply.Action, 40))
}

// errorsWrong finds errors at blocks that take no input. Without the view nothing is
// known of its blocks.
func errorsWrong(reply viewReply, inputs []string) string {
	if len(reply.Errors) == 0 {
		return "response_action is errors, and there are none"
	}
	var unknown []string
	for block := range reply.Errors {
		if !slices.Contains(inputs, block) {
			unknown = append(unknown, cutAt(block, 40))
		}
	}
	slices.Sort(unknown)
	if len(unknown) == 0 || len(inputs) == 0 {
		return ""
	}
	return "errors name " + strings.Join(unknown[:min(len(unknown), 5)], ", ") + ", and the view's input blocks are " + strings.Join(inputs[:min(len(inputs), 10)], ", ")
}

// inputBlocks are the block_ids of the input blocks of a submitted view.
func inputBlocks(fields payload.Object) []string {
	view, _ := fields.Value("view").(payload.Object)
	blocks, _ := view.Value("blocks").(payload.List)
	var ids []string
	for _, b := range blocks {
		if block, ok := b.(payload.Object); ok && block.Text("type") == "input" {
			ids = append(ids, block.Text("block_id"))
		}
	}
	return ids
}

// optionsWrong says why a menu stays empty, or "".
func optionsWrong(body []byte) string {
	var reply struct {
		Options []json.RawMessage `json:"options"`
		Groups  []json.RawMessage `json:"option_groups"`
	}
	switch err := json.Unmarshal(body, &reply); {
	case err != nil:
		return "the answer is no JSON object with options or option_groups"
	case reply.Options == nil && reply.Groups == nil:
		return "the answer has neither options nor option_groups"
	case len(reply.Options) > maxOptions:
		return fmt.Sprintf("%d options, and a menu takes %d", len(reply.Options), maxOptions)
	case len(reply.Groups) > maxOptions:
		return fmt.Sprintf("%d groups of options, and a menu takes %d", len(reply.Groups), maxOptions)
	}
	return ""
}
