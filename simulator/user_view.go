package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"belay/simulator/blockkit"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// Submit submits a modal, the one on top for an id of "", with what is typed and chosen
// by action_id or label. What the app replies becomes of the view as Slack does it.
//
// https://docs.slack.dev/surfaces/modals#view-submissions
func (u *User) Submit(ctx context.Context, id string, inputs map[string]string) (Outcome, error) {
	v, err := u.view(id)
	if err != nil {
		return Outcome{}, err
	}
	scene, err := u.viewed(v)
	if err != nil {
		return Outcome{}, err
	}
	if scene.Inputs, err = filled(v, inputs); err != nil {
		return Outcome{}, err
	}
	fields := payload.ViewSubmission.Fields(scene)
	u.fill(v.ID, fields)
	o := u.send(ctx, payload.ViewSubmission, scene)
	if o.Acknowledged {
		o.Refused = u.respond(v, o)
	}
	if o.Refused != "" || !o.Acknowledged {
		o.Shows = "We had some trouble connecting. Try again?"
	}
	return o, nil
}

// filled are the inputs by action_id. One that must be filled in and is not is an
// error, as Slack's client does not submit then.
func filled(v webapi.View, inputs map[string]string) (map[string]string, error) {
	byID := map[string]string{}
	for name, value := range inputs {
		e, err := named(v, name)
		if err != nil {
			return nil, err
		}
		byID[e.ActionID] = chosen(e, value)
	}
	var state struct {
		Values map[string]map[string]json.RawMessage `json:"values"`
	}
	_ = json.Unmarshal(v.State, &state)
	encoded, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	optional := optionals(v.Blocks)
	var missing []string
	for _, e := range blockkit.Interactives(encoded) {
		_, typed := byID[e.ActionID]
		if !e.Input || typed || optional[e.BlockID] || initially(e) {
			continue
		}
		if kept, ok := typedBefore(state.Values[e.BlockID][e.ActionID]); ok {
			byID[e.ActionID] = kept
			continue
		}
		missing = append(missing, fmt.Sprintf("%q (%s)", e.Label, e.ActionID))
	}
	if missing != nil {
		return nil, fmt.Errorf("submitting the modal: required inputs are empty, and so Slack's client does not submit it: %s", strings.Join(missing, ", "))
	}
	return byID, nil
}

// typedBefore is what was typed into an input before the submission.
func typedBefore(raw json.RawMessage) (string, bool) {
	var members map[string]any
	_ = json.Unmarshal(raw, &members)
	for name, value := range members {
		if text, ok := value.(string); ok && name != "type" {
			return text, true
		}
		if option, ok := value.(map[string]any); ok {
			text, ok := option["value"].(string)
			return text, ok
		}
	}
	return "", false
}

// optionals are the ids of the blocks that may stay empty.
func optionals(blocks json.RawMessage) map[string]bool {
	var all []struct {
		BlockID  string `json:"block_id"`
		Optional bool   `json:"optional"`
	}
	_ = json.Unmarshal(blocks, &all)
	may := map[string]bool{}
	for _, b := range all {
		may[b.BlockID] = b.Optional
	}
	return may
}

// initially reports whether an element stands filled in from the beginning.
func initially(e blockkit.Interactive) bool {
	for name := range e.Object {
		if strings.HasPrefix(name, "initial_") {
			return true
		}
	}
	return slices.ContainsFunc(e.Options, func(o blockkit.Option) bool { return o.Selected })
}

// respond does what the reply to a submission asks for, and says why Slack does not.
func (u *User) respond(v webapi.View, o Outcome) string {
	reply := strings.TrimSpace(string(o.Reply()))
	w := u.server.workspace
	if reply == "" || reply == "{}" {
		return problem(w.Respond(v.ID, "", nil))
	}
	var action struct {
		ResponseAction string            `json:"response_action"`
		View           json.RawMessage   `json:"view"`
		Errors         map[string]string `json:"errors"`
	}
	if !o.asJSON() || json.Unmarshal([]byte(reply), &action) != nil {
		return "the reply to a submission must be empty or a response_action as JSON"
	}
	if action.ResponseAction == "errors" {
		return unknownInputs(v, action.Errors)
	}
	return problem(w.Respond(v.ID, action.ResponseAction, action.View))
}

// problem puts a refusal into words.
func problem(err error) string {
	var refused *webapi.Error
	if errors.As(err, &refused) && len(refused.Messages) > 0 {
		return refused.Code + ": " + strings.Join(refused.Messages, "; ")
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// unknownInputs says which errors are of no input of the view.
func unknownInputs(v webapi.View, errors map[string]string) string {
	if len(errors) == 0 {
		return "response_action errors without errors"
	}
	encoded, _ := json.Marshal(v)
	inputs := map[string]bool{}
	for _, e := range blockkit.Interactives(encoded) {
		if e.Input {
			inputs[e.BlockID] = true
		}
	}
	for id := range errors {
		if !inputs[id] {
			return fmt.Sprintf("the view has no input block %q to show an error at", id)
		}
	}
	return ""
}

// CloseModal closes a modal, the one on top for an id of "", or with all the whole
// stack. The app learns of those that it wants to be notified of; the outcome is the
// last one's.
//
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
func (u *User) CloseModal(ctx context.Context, id string, all bool) (Outcome, error) {
	v, err := u.view(id)
	if err != nil {
		return Outcome{}, err
	}
	closed, err := u.server.workspace.CloseView(v.ID, all)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{Acknowledged: true}
	for _, one := range closed {
		if !one.NotifyOnClose {
			continue
		}
		scene, err := u.viewed(one)
		if err != nil {
			return o, err
		}
		t := u.server.options.Targets
		o = u.server.Deliver(ctx, payload.Delivery{
			Kind: payload.ViewClosed, Fields: payload.ViewClosed.Fields(scene).With("is_cleared", all),
			URL: t.of(payload.ViewClosed), Secret: t.Secret,
		})
	}
	return o, nil
}
