package webapi

import (
	"encoding/json"
	"maps"
	"slices"
	"unicode/utf8"
)

// maxStatus is how many characters a status may have.
const maxStatus = 100

// oneProfile is the answer of the methods of profiles.
type oneProfile struct {
	Profile Profiled `json:"profile"`
}

// profileOf is somebody's profile as the caller sees it.
func (r *Request) profileOf(u *User) Profiled {
	p := u.Profile
	if !r.token.allows("users:read.email") {
		p.Email = ""
	}
	return p
}

// usersProfileGet tells somebody's profile.
//
// https://docs.slack.dev/reference/methods/users.profile.get
func usersProfileGet(r *Request) (any, error) {
	u, err := r.userNamed("user")
	if err != nil {
		return nil, err
	}
	return oneProfile{r.profileOf(u)}, nil
}

// usersProfileSet changes a profile: one field by name and value, or several at once.
//
// https://docs.slack.dev/reference/methods/users.profile.set
func usersProfileSet(r *Request) (any, error) {
	u, err := r.userNamed("user")
	if err != nil {
		return nil, refuse("profile_set_failed")
	}
	if me := r.team().user(r.token.UserID); u.ID != r.token.UserID {
		switch {
		case me == nil || !me.IsAdmin:
			return nil, refuse("not_admin")
		case u.IsAdmin:
			return nil, refuse("cannot_update_admin_user")
		}
	}
	changes, err := r.profileChanges()
	if err != nil {
		return nil, err
	}
	changed := u.Profile
	changed.Fields = maps.Clone(changed.Fields)
	// A change is JSON over the profile that there is, as far as it may be changed.
	if json.Unmarshal(changes, &changed) != nil {
		return nil, refuse("invalid_profile")
	}
	switch {
	case utf8.RuneCountInString(changed.StatusText) > maxStatus:
		return nil, refuse("too_long")
	case changed.RealName == "":
		return nil, refuse("profile_set_failed")
	}
	changed.RealNameNormalized, changed.DisplayNameNormalized = changed.RealName, changed.DisplayName
	status := changed.StatusText != u.Profile.StatusText || changed.StatusEmoji != u.Profile.StatusEmoji
	u.Profile, u.RealName, u.Updated = changed, changed.RealName, r.w.now().Unix()
	r.w.happenUser("user_change", u)
	r.w.happenUser("user_profile_changed", u)
	if status {
		r.w.happenUser("user_status_changed", u)
	}
	return oneProfile{r.profileOf(u)}, nil
}

// settable are the members of a profile that can be changed.
var settable = []string{
	"real_name", "display_name", "first_name", "last_name", "title", "phone", "skype", "email",
	"status_text", "status_emoji", "status_expiration", "fields",
}

// profileChanges are the members to change, as a JSON object.
func (r *Request) profileChanges() (json.RawMessage, error) {
	changes := map[string]json.RawMessage{}
	switch {
	case r.has("profile"):
		raw, err := r.json("profile")
		if err != nil || json.Unmarshal(raw, &changes) != nil {
			return nil, refuse("invalid_profile")
		}
	case r.has("name"):
		value, _ := json.Marshal(r.text("value"))
		if r.text("name") == "status_expiration" {
			value = []byte(r.text("value"))
		}
		changes[r.text("name")] = value
	default:
		return nil, refuse("invalid_profile")
	}
	for name := range changes {
		if !slices.Contains(settable, name) {
			delete(changes, name)
		}
	}
	encoded, err := json.Marshal(changes)
	if err != nil {
		return nil, refuse("invalid_profile")
	}
	return encoded, nil
}

// happenUser tells of a user. Each app sees the address if its scopes allow that.
func (w *Workspace) happenUser(sort string, u *User) {
	ts := w.newTS()
	for _, a := range w.apps {
		email := a.BotScopes == nil || slices.Contains(a.BotScopes, "users:read.email")
		w.happen(Happening{
			TeamID: u.TeamID, Type: sort, UserID: u.ID, AppID: a.ID,
			Event: func() any {
				return struct {
					Type    string     `json:"type"`
					User    userObject `json:"user"`
					CacheTS int64      `json:"cache_ts"`
					EventTS string     `json:"event_ts"`
				}{sort, w.userObject(u, email), u.Updated, ts}
			},
		})
	}
}
