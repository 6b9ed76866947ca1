package simulator

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"belay/simulator/blockkit"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// A Place is where an element stands: in a message or in a view.
type Place struct {
	// Channel and TS are a message's; a TS of "" is the last one there that has the
	// element.
	Channel, TS string
	// View is a view's id. Without it and without a channel, the place is the modal on
	// top.
	View string
}

// Press uses an element: it presses a button, chooses from a menu, types into an
// input, ticks a box. The element is named by its action_id or by its visible label,
// and the value by an option's value or label, or it is what is typed; several are
// separated by commas. An element of an input block that tells the app nothing is
// filled in, with no outcome.
//
// https://docs.slack.dev/interactivity/handling-user-interaction
func (u *User) Press(ctx context.Context, p Place, element, value string) (Outcome, error) {
	if p.Channel == "" {
		return u.pressInView(ctx, p, element, value)
	}
	scene := u.scene("")
	m, err := u.on(&scene, p.Channel, u.with(p, element))
	if err != nil {
		return Outcome{}, err
	}
	e, err := named(m, element)
	if err != nil {
		return Outcome{}, err
	}
	scene.ResponseURL = u.responseURL("actions", scene, m.TS)
	return u.use(ctx, scene, e, value)
}

func (u *User) pressInView(ctx context.Context, p Place, element, value string) (Outcome, error) {
	v, err := u.view(p.View)
	if err != nil {
		return Outcome{}, err
	}
	e, err := named(v, element)
	if err != nil {
		return Outcome{}, err
	}
	scene, err := u.viewed(v)
	if err != nil {
		return Outcome{}, err
	}
	scene.Inputs = map[string]string{e.ActionID: chosen(e, value)}
	if state := payload.ViewSubmission.Fields(scene); e.Input || value != "" {
		u.fill(v.ID, state)
	}
	if e.Input && !e.Dispatches {
		return Outcome{}, nil
	}
	return u.use(ctx, scene, e, value)
}

// use sends what became of an element.
func (u *User) use(ctx context.Context, scene payload.Scene, e blockkit.Interactive, value string) (Outcome, error) {
	scene.ActionID, scene.BlockID, scene.Value, scene.Element = e.ActionID, e.BlockID, chosen(e, value), e.Type
	kind := payload.BlockActions
	if e.Attachment > 0 && e.CallbackID != "" {
		kind, scene.CallbackID = payload.InteractiveMessage, e.CallbackID
	}
	return u.send(ctx, kind, scene), nil
}

// recently is how many messages a person looks back for an element.
const recently = 50

// with is the ts of the place, or of the last message there that has the element; ""
// where none has.
func (u *User) with(p Place, element string) string {
	c, err := u.server.workspace.FindChannel(u.TeamID, p.Channel)
	if p.TS != "" || err != nil {
		return p.TS
	}
	for _, m := range u.server.workspace.Recent(u.TeamID, c.ID, u.ID, recently) {
		if _, err := named(m, element); err == nil {
			return m.TS
		}
	}
	return ""
}

// named is the element of that action_id or label.
func named(in any, name string) (blockkit.Interactive, error) {
	encoded, err := json.Marshal(in)
	if err != nil {
		return blockkit.Interactive{}, err
	}
	var labels []string
	all := blockkit.Interactives(encoded)
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, e := range all {
			if same(e.ActionID, name) || same(e.Label, name) {
				return e, nil
			}
		}
	}
	for _, e := range all {
		labels = append(labels, fmt.Sprintf("%q (%s)", e.Label, e.ActionID))
	}
	if labels == nil {
		return blockkit.Interactive{}, fmt.Errorf("there is nothing to press there, and no %q", name)
	}
	return blockkit.Interactive{}, fmt.Errorf("there is no element %q; there are %s", name, strings.Join(labels, ", "))
}

// chosen is the value for what the user picks, who may name an option by its label.
func chosen(e blockkit.Interactive, value string) string {
	for _, o := range e.Options {
		if o.Label == value {
			return o.Value
		}
	}
	return value
}

// Suggest types into a menu whose options the app gives, and gives the app's answer.
//
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
func (u *User) Suggest(ctx context.Context, p Place, element, query string) (Outcome, error) {
	scene, in := u.scene(""), any(nil)
	if p.Channel != "" {
		m, err := u.on(&scene, p.Channel, u.with(p, element))
		if err != nil {
			return Outcome{}, err
		}
		in = m
	} else {
		v, err := u.view(p.View)
		if err != nil {
			return Outcome{}, err
		}
		if scene, err = u.viewed(v); err != nil {
			return Outcome{}, err
		}
		in = v
	}
	e, err := named(in, element)
	if err != nil {
		return Outcome{}, err
	}
	scene.ActionID, scene.BlockID, scene.Element, scene.Value = e.ActionID, e.BlockID, e.Type, query
	return u.send(ctx, payload.BlockSuggestion, scene), nil
}

// view is the one of that id, or the modal on top for "".
func (u *User) view(id string) (webapi.View, error) {
	w := u.server.workspace
	if id != "" {
		if v, is := w.View(id); is {
			return v, nil
		}
		return webapi.View{}, fmt.Errorf("the view %s is not open", id)
	}
	stack := w.Modals(u.TeamID, u.ID, u.server.options.AppID)
	if len(stack) == 0 {
		return webapi.View{}, fmt.Errorf("%s has no modal open", u.Name)
	}
	return stack[len(stack)-1], nil
}

// viewed is a scene in a view.
func (u *User) viewed(v webapi.View) (payload.Scene, error) {
	scene := u.scene(v.ID)
	encoded, err := json.Marshal(v)
	if err != nil {
		return scene, err
	}
	scene.View, err = payload.ParseObject("view", encoded)
	return scene, err
}

// fill remembers what stands in a view: the state of a payload's fields.
func (u *User) fill(id string, fields payload.Object) {
	view, _ := fields.Value("view").(payload.Object)
	_ = u.server.workspace.SetState(id, payload.Encode(payload.JSON, asObject(view.Value("state"))))
}

func asObject(value any) payload.Object {
	o, _ := value.(payload.Object)
	return o
}
