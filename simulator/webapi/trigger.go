package webapi

import (
	"fmt"
	"time"
)

// A Trigger is what a trigger_id stands for: a moment in which a user did something,
// in answer to which an app may open something.
//
// https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
type Trigger struct {
	TeamID, UserID, AppID string
	// ViewID is the view in which it happened, or "".
	ViewID string
	made   time.Time
	used   bool
}

type triggers map[string]*Trigger

// maxTriggers bounds how many are remembered.
const maxTriggers = 10_000

// NewTrigger issues a trigger_id, which is good for one use within 3 s.
func (w *Workspace) NewTrigger(t Trigger) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.newTrigger(t)
}

func (w *Workspace) newTrigger(t Trigger) string {
	if len(w.triggers) >= maxTriggers {
		clear(w.triggers)
	}
	t.made = w.now()
	w.ids++
	id := fmt.Sprintf("%d.%d.be1a0%027x", t.made.UnixMilli(), 1_000_000_000+w.ids, w.ids)
	w.triggers[id] = &t
	return id
}

// triggerErrors are the codes by which methods refuse a trigger. Those of views.* and
// of dialog.open differ.
type triggerErrors struct{ invalid, expired, used string }

var (
	viewTrigger   = triggerErrors{"invalid_trigger_id", "expired_trigger_id", "exchanged_trigger_id"}
	dialogTrigger = triggerErrors{"invalid_trigger", "trigger_expired", "trigger_exchanged"}
)

// take uses a trigger_id up.
func (r *Request) take(id string, codes triggerErrors) (*Trigger, error) {
	w := r.w
	t := w.triggers[id]
	if t == nil || r.token != nil && t.AppID != "" && t.AppID != r.token.AppID {
		w.find("api.invalid-argument", "%s: there is no trigger_id %q", r.method.Name, clip(id, 80))
		return nil, refuse(codes.invalid)
	}
	age := w.now().Sub(t.made)
	switch {
	case t.used:
		w.find("api.trigger-expired", "%s: the trigger_id was used before; it was %s old", r.method.Name, age.Round(time.Millisecond))
		return nil, refuse(codes.used)
	case age > w.profile.TriggerLife:
		w.find("api.trigger-expired", "%s: the trigger_id was %s old; Slack takes it for %s", r.method.Name, age.Round(time.Millisecond), w.profile.TriggerLife)
		return nil, refuse(codes.expired)
	}
	t.used = true
	return t, nil
}
