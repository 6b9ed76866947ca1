package webapi

import (
	"encoding/json"
	"fmt"
	"slices"

	"belay/simulator/blockkit"
)

// Modals are the views that a user has open of an app, from the bottom to the top.
func (w *Workspace) Modals(team, user, app string) []View {
	w.mu.Lock()
	defer w.mu.Unlock()
	var open []View
	for _, v := range w.views.stacks[viewer{team, user, app}] {
		open = append(open, *v)
	}
	return open
}

// Home is the home tab that an app shows to a user, and whether there is one.
func (w *Workspace) Home(team, user, app string) (View, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.views.homes[viewer{team, user, app}]
	if v == nil {
		return View{}, false
	}
	return *v, true
}

// View is the one of that id, and whether it is open.
func (w *Workspace) View(id string) (View, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.findView(func(v *View) bool { return v.ID == id })
	if v == nil {
		return View{}, false
	}
	return *v, true
}

// SetState puts into a view what its user typed and chose: the value of state.
func (w *Workspace) SetState(id string, state json.RawMessage) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.findView(func(v *View) bool { return v.ID == id })
	if v == nil {
		return fmt.Errorf("filling in the view %s: it is not open", id)
	}
	v.State = state
	return nil
}

// CloseView closes a modal and those above it, or with all the whole stack. It gives
// those that were closed, from the top to the bottom.
func (w *Workspace) CloseView(id string, all bool) ([]View, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for who, stack := range w.views.stacks {
		at := slices.IndexFunc(stack, func(v *View) bool { return v.ID == id })
		if at < 0 {
			continue
		}
		if all {
			at = 0
		}
		var closed []View
		for _, v := range slices.Backward(stack[at:]) {
			closed = append(closed, *v)
		}
		w.views.stacks[who] = stack[:at:at]
		if at == 0 {
			delete(w.views.stacks, who)
		}
		return closed, nil
	}
	return nil, fmt.Errorf("closing the view %s: it is not open", id)
}

// Respond does what the acknowledgement of a view_submission asks for, by its
// response_action: "" closes the view, clear the stack, update replaces the view, and
// push lays another on it. The error is Slack's, an *Error.
//
// https://docs.slack.dev/surfaces/modals#response_actions
func (w *Workspace) Respond(id, action string, view json.RawMessage) error {
	switch action {
	case "", "clear":
		_, err := w.CloseView(id, action == "clear")
		return err
	case "errors":
		return nil
	case "update", "push":
	default:
		return refuse("invalid_response_action")
	}
	draft, err := readView(view, blockkit.Modal)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for who, stack := range w.views.stacks {
		at := slices.IndexFunc(stack, func(v *View) bool { return v.ID == id })
		switch {
		case at < 0:
			continue
		case action == "update":
			w.revise(stack[at], draft)
		case len(stack) >= w.profile.ViewStack:
			return refuse("push_limit_reached")
		default:
			w.push(who, stack[:at+1], draft)
		}
		return nil
	}
	return fmt.Errorf("answering the view %s: it is not open", id)
}
