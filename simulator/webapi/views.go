package webapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"belay/simulator/blockkit"
)

// A View is a modal or a home tab.
//
// https://docs.slack.dev/reference/views
type View struct {
	ID                 string          `json:"id"`
	TeamID             string          `json:"team_id"`
	Type               string          `json:"type"`
	Blocks             json.RawMessage `json:"blocks"`
	PrivateMetadata    string          `json:"private_metadata"`
	CallbackID         string          `json:"callback_id"`
	State              json.RawMessage `json:"state"`
	Hash               string          `json:"hash"`
	Title              json.RawMessage `json:"title"`
	ClearOnClose       bool            `json:"clear_on_close"`
	NotifyOnClose      bool            `json:"notify_on_close"`
	Close              json.RawMessage `json:"close"`
	Submit             json.RawMessage `json:"submit"`
	PreviousViewID     *string         `json:"previous_view_id"`
	RootViewID         string          `json:"root_view_id"`
	AppID              string          `json:"app_id"`
	ExternalID         string          `json:"external_id"`
	AppInstalledTeamID string          `json:"app_installed_team_id"`
	BotID              string          `json:"bot_id"`

	// UserID is who sees it.
	UserID string `json:"-"`
}

// views are what people have open: for each, the modals from the bottom to the top,
// and the home tabs.
type views struct {
	stacks map[viewer][]*View
	homes  map[viewer]*View
}

// A viewer is somebody who looks at an app.
type viewer struct{ team, user, app string }

// maxViewers bounds how many people have views at a time.
const maxViewers = 10_000

// viewsMethods are those of the family views.
var viewsMethods = map[string]serve{
	"views.open": viewsOpen, "views.push": viewsPush, "views.update": viewsUpdate, "views.publish": viewsPublish,
}

type viewed struct {
	View *View `json:"view"`
}

// viewsOpen opens a modal in the place of those that the user has open.
//
// https://docs.slack.dev/reference/methods/views.open
func viewsOpen(r *Request) (any, error) {
	who, draft, err := r.opening()
	if err != nil {
		return nil, err
	}
	if r.w.isTaken(draft.ExternalID, nil) {
		return nil, refuse("duplicate_external_id")
	}
	return viewed{r.w.push(who, nil, draft)}, nil
}

// opening is a new modal, and who will see it.
func (r *Request) opening() (viewer, *View, error) {
	draft, err := r.view(blockkit.Modal)
	if err != nil {
		return viewer{}, nil, err
	}
	trigger, err := r.trigger()
	if err != nil {
		return viewer{}, nil, err
	}
	return viewer{trigger.TeamID, trigger.UserID, r.token.AppID}, draft, nil
}

// viewsPush lays a modal on the one in which the user did something.
//
// https://docs.slack.dev/reference/methods/views.push
func viewsPush(r *Request) (any, error) {
	who, draft, err := r.opening()
	if err != nil {
		return nil, err
	}
	stack := r.w.views.stacks[who]
	switch {
	case len(stack) == 0:
		return nil, refuse("not_found")
	case len(stack) >= r.w.profile.ViewStack:
		return nil, refuse("push_limit_reached")
	case r.w.isTaken(draft.ExternalID, nil):
		return nil, refuse("duplicate_external_id")
	}
	return viewed{r.w.push(who, stack, draft)}, nil
}

// viewsUpdate replaces what stands in a view.
//
// https://docs.slack.dev/reference/methods/views.update
func viewsUpdate(r *Request) (any, error) {
	draft, err := r.view("")
	if err != nil {
		return nil, err
	}
	if !r.has("view_id") && !r.has("external_id") {
		return nil, invalid("must provide either `view_id` or `external_id` [json-pointer:/view_id]")
	}
	at := r.w.findView(func(v *View) bool {
		return v.AppID == r.token.AppID && (r.has("view_id") && v.ID == r.text("view_id") ||
			!r.has("view_id") && v.ExternalID == r.text("external_id"))
	})
	switch {
	case at == nil:
		return nil, refuse("not_found")
	case r.has("hash") && r.text("hash") != at.Hash:
		return nil, refuse("hash_conflict")
	case draft.Type != at.Type:
		return nil, invalid("the type of a view cannot change from %s to %s [json-pointer:/view/type]", at.Type, draft.Type)
	case r.w.isTaken(draft.ExternalID, at):
		return nil, refuse("duplicate_external_id")
	}
	r.w.revise(at, draft)
	return viewed{at}, nil
}

// viewsPublish shows a home tab to a user.
//
// https://docs.slack.dev/reference/methods/views.publish
func viewsPublish(r *Request) (any, error) {
	draft, err := r.view(blockkit.Home)
	if err != nil {
		return nil, err
	}
	w, user := r.w, r.text("user_id")
	app := w.app(r.token.AppID)
	switch {
	case r.token.Kind == UserToken:
		return nil, refuse("not_allowed_token_type")
	case app == nil || app.NoHomeTab:
		return nil, refuse("not_enabled")
	case r.team().user(user) == nil:
		return nil, invalid("there is no user %s [json-pointer:/user_id]", clip(user, 40))
	}
	who := viewer{r.token.TeamID, user, r.token.AppID}
	at := w.views.homes[who]
	switch {
	case at != nil && r.has("hash") && r.text("hash") != at.Hash:
		return nil, refuse("hash_conflict")
	case w.isTaken(draft.ExternalID, at):
		return nil, refuse("duplicate_external_id")
	case at == nil:
		at = w.newView(who, nil)
		if w.views.homes == nil || len(w.views.homes) >= maxViewers {
			w.views.homes = map[viewer]*View{}
		}
		w.views.homes[who] = at
	}
	w.revise(at, draft)
	return viewed{at}, nil
}

// view is the view that the argument describes, of any surface for "".
func (r *Request) view(surface blockkit.Surface) (*View, error) {
	raw, err := r.json("view")
	if err != nil {
		return nil, invalid("must provide an object [json-pointer:/view]")
	}
	draft, err := readView(raw, surface)
	var refused *Error
	if errors.As(err, &refused) && len(refused.Messages) > 0 {
		r.w.find("api.blocks", "%s: %s", r.method.Name, refused.Messages[0])
	}
	return draft, err
}

// trigger uses up the trigger_id or the interactivity_pointer, of which there must be
// one.
func (r *Request) trigger() (*Trigger, error) {
	id := cmp.Or(r.text("trigger_id"), r.text("interactivity_pointer"))
	if id == "" {
		return nil, invalid("missing required field: trigger_id")
	}
	return r.take(id, viewTrigger)
}

// newView is a view without what the app decides.
func (w *Workspace) newView(who viewer, stack []*View) *View {
	v := &View{ID: w.newID("V"), TeamID: who.team, AppID: who.app, AppInstalledTeamID: who.team, UserID: who.user}
	if app := w.app(who.app); app != nil {
		v.BotID = app.BotID
	}
	v.RootViewID = v.ID
	if len(stack) > 0 {
		v.RootViewID = stack[0].ID
		v.PreviousViewID = &stack[len(stack)-1].ID
	}
	return v
}

// push lays a modal on a stack.
func (w *Workspace) push(who viewer, stack []*View, draft *View) *View {
	v := w.newView(who, stack)
	w.revise(v, draft)
	if w.views.stacks == nil || len(w.views.stacks) >= maxViewers {
		w.views.stacks = map[viewer][]*View{}
	}
	w.views.stacks[who] = append(slices.Clip(stack), v)
	return v
}

// revise takes over what the app decides of a view. Inputs keep their values as far as
// their blocks and actions are still there, which whoever fills the view sees to.
func (w *Workspace) revise(v, draft *View) {
	v.Type, v.Blocks, v.PrivateMetadata, v.CallbackID = draft.Type, w.withBlockIDs(draft.Blocks), draft.PrivateMetadata, draft.CallbackID
	v.Title, v.Close, v.Submit, v.ClearOnClose, v.NotifyOnClose = draft.Title, draft.Close, draft.Submit, draft.ClearOnClose, draft.NotifyOnClose
	v.ExternalID = draft.ExternalID
	if v.State == nil {
		v.State = json.RawMessage(`{"values":{}}`)
	}
	w.ids++
	v.Hash = fmt.Sprintf("%d.be1a%04x", w.now().Unix(), w.ids&0xffff)
}

// isTaken reports whether another view has the external id.
func (w *Workspace) isTaken(id string, but *View) bool {
	return id != "" && w.findView(func(v *View) bool { return v.ExternalID == id && v != but }) != nil
}

// findView is the first view that is meant, or nil.
func (w *Workspace) findView(is func(*View) bool) *View {
	for _, stack := range w.views.stacks {
		if i := slices.IndexFunc(stack, is); i >= 0 {
			return stack[i]
		}
	}
	for _, home := range w.views.homes {
		if is(home) {
			return home
		}
	}
	return nil
}
