package webapi

import (
	"encoding/json"

	"belay/simulator/blockkit"
)

// A Dialog is what modals replaced.
//
// https://docs.slack.dev/legacy/legacy-dialogs
type Dialog struct {
	CallbackID     string          `json:"callback_id"`
	Title          string          `json:"title"`
	SubmitLabel    string          `json:"submit_label"`
	NotifyOnCancel bool            `json:"notify_on_cancel"`
	State          string          `json:"state"`
	Elements       json.RawMessage `json:"elements"`

	// AppID is whose it is.
	AppID string `json:"-"`
}

// dialogMethods are those of the family dialog.
var dialogMethods = map[string]serve{"dialog.open": dialogOpen}

// dialogOpen opens a dialog.
//
// https://docs.slack.dev/reference/methods/dialog.open
func dialogOpen(r *Request) (any, error) {
	raw, err := r.json("dialog")
	if err != nil {
		return nil, &Error{Code: "validation_errors", Messages: []string{"the dialog is no JSON"}}
	}
	if found := blockkit.ValidateDialog(raw); len(found) > 0 {
		e := &Error{Code: "validation_errors"}
		for _, f := range found {
			e.Messages = append(e.Messages, f.String())
		}
		return nil, e
	}
	trigger, err := r.take(r.text("trigger_id"), dialogTrigger)
	if err != nil {
		return nil, err
	}
	d := &Dialog{AppID: r.token.AppID}
	if json.Unmarshal(raw, d) != nil {
		return nil, refuse("cannot_create_dialog")
	}
	if r.w.dialogs == nil || len(r.w.dialogs) >= maxViewers {
		r.w.dialogs = map[viewer]*Dialog{}
	}
	r.w.dialogs[viewer{trigger.TeamID, trigger.UserID, r.token.AppID}] = d
	return nil, nil
}

// Dialog is the one that a user has open of an app, and whether there is one.
func (w *Workspace) Dialog(team, user, app string) (Dialog, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	d := w.dialogs[viewer{team, user, app}]
	if d == nil {
		return Dialog{}, false
	}
	return *d, true
}

// CloseDialog closes it.
func (w *Workspace) CloseDialog(team, user, app string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.dialogs, viewer{team, user, app})
}
