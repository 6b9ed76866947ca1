package webapi

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// usergroupsMethods are those of the family usergroups.
var usergroupsMethods = map[string]serve{
	"usergroups.create":       usergroupsCreate,
	"usergroups.disable":      usergroupsDisable,
	"usergroups.enable":       usergroupsEnable,
	"usergroups.list":         usergroupsList,
	"usergroups.update":       usergroupsUpdate,
	"usergroups.users.list":   usergroupsUsersList,
	"usergroups.users.update": usergroupsUsersUpdate,
}

// A Usergroup is a group of users that can be mentioned together.
//
// https://docs.slack.dev/reference/objects/usergroup-object
type Usergroup struct {
	ID                  string         `json:"id"`
	TeamID              string         `json:"team_id"`
	IsUsergroup         bool           `json:"is_usergroup"`
	IsSubteam           bool           `json:"is_subteam"`
	Name                string         `json:"name"`
	Description         string         `json:"description"`
	Handle              string         `json:"handle"`
	IsExternal          bool           `json:"is_external"`
	DateCreate          int64          `json:"date_create"`
	DateUpdate          int64          `json:"date_update"`
	DateDelete          int64          `json:"date_delete"`
	AutoType            *string        `json:"auto_type"`
	AutoProvision       bool           `json:"auto_provision"`
	EnterpriseSubteamID string         `json:"enterprise_subteam_id"`
	CreatedBy           string         `json:"created_by"`
	UpdatedBy           string         `json:"updated_by"`
	DeletedBy           *string        `json:"deleted_by"`
	Prefs               UsergroupPrefs `json:"prefs"`
	Users               []string       `json:"users,omitempty"`
	UserCount           *int           `json:"user_count,omitempty"`
	ChannelCount        *int           `json:"channel_count,omitempty"`
}

// UsergroupPrefs are the conversations that a user group's members are put into.
type UsergroupPrefs struct {
	Channels []string `json:"channels"`
	Groups   []string `json:"groups"`
}

// oneUsergroup is the answer of methods that tell of one user group.
type oneUsergroup struct {
	Usergroup Usergroup `json:"usergroup"`
}

// full is a user group with its users and counts.
func (g *Usergroup) full() Usergroup {
	one := *g
	one.Users = slices.Clone(g.Users)
	one.UserCount, one.ChannelCount = new(len(g.Users)), new(len(g.Prefs.Channels)+len(g.Prefs.Groups))
	return one
}

// usergroup is the one that the argument names.
func (r *Request) usergroup() (*Usergroup, error) {
	for _, g := range r.team().usergroups {
		if g.ID == r.text("usergroup") {
			return g, nil
		}
	}
	return nil, refuse("no_such_subteam")
}

// usergroupsCreate makes a user group without users.
//
// https://docs.slack.dev/reference/methods/usergroups.create
func usergroupsCreate(r *Request) (any, error) {
	now, user := r.w.now().Unix(), r.token.UserID
	g := &Usergroup{
		TeamID: r.token.TeamID, IsUsergroup: true, IsSubteam: true, DateCreate: now, DateUpdate: now,
		CreatedBy: user, UpdatedBy: user, Prefs: UsergroupPrefs{[]string{}, []string{}},
	}
	if err := r.shapeUsergroup(g); err != nil {
		return nil, err
	}
	g.ID = r.w.newID("S")
	t := r.team()
	t.usergroups = append(t.usergroups, g)
	r.w.happenUsergroup("subteam_created", g, user)
	return oneUsergroup{g.full()}, nil
}

// The lengths that Slack allows, in characters.
const (
	maxUsergroupName        = 255
	maxUsergroupDescription = 140
)

// shapeUsergroup takes what was given into a user group, if all of it is right.
func (r *Request) shapeUsergroup(g *Usergroup) error {
	name, handle, description := g.Name, g.Handle, g.Description
	if r.has("name") {
		name = r.text("name")
	}
	if r.has("handle") {
		handle = strings.TrimPrefix(r.text("handle"), "@")
	}
	if handle == "" {
		handle = strings.ToLower(strings.Join(strings.Fields(name), "-"))
	}
	if r.given("description") {
		description = r.text("description")
	}
	switch {
	case utf8.RuneCountInString(name) > maxUsergroupName:
		return refuse("name_too_long")
	case utf8.RuneCountInString(description) > maxUsergroupDescription:
		return refuse("description_too_long")
	case strings.ContainsAny(handle, " @#<>,;:"):
		return refuse("bad_handle")
	}
	for _, other := range r.team().usergroups {
		switch {
		case other == g:
		case strings.EqualFold(other.Name, name):
			return refuse("name_already_exists")
		case strings.EqualFold(other.Handle, handle):
			return refuse("handle_already_exists")
		}
	}
	if r.given("channels") {
		prefs, err := r.usergroupPrefs()
		if err != nil {
			return err
		}
		g.Prefs = prefs
	}
	g.Name, g.Handle, g.Description = name, handle, description
	return nil
}

func (r *Request) usergroupPrefs() (UsergroupPrefs, error) {
	prefs := UsergroupPrefs{[]string{}, []string{}}
	for _, id := range r.list("channels") {
		c := r.team().channel(id)
		switch {
		case c == nil || !r.visible(c):
			return prefs, refuse("invalid_channel_provided")
		case c.private():
			prefs.Groups = append(prefs.Groups, id)
		default:
			prefs.Channels = append(prefs.Channels, id)
		}
	}
	return prefs, nil
}

// usergroupsUpdate changes a user group.
//
// https://docs.slack.dev/reference/methods/usergroups.update
func usergroupsUpdate(r *Request) (any, error) {
	g, err := r.usergroup()
	if err != nil {
		return nil, err
	}
	if err := r.shapeUsergroup(g); err != nil {
		return nil, err
	}
	return r.updated(g), nil
}

// updated tells of a change of a user group, and answers with it.
func (r *Request) updated(g *Usergroup) any {
	g.DateUpdate, g.UpdatedBy = r.w.now().Unix(), r.token.UserID
	r.w.happenUsergroup("subteam_updated", g, r.token.UserID)
	return oneUsergroup{g.full()}
}

// usergroupsDisable takes a user group out of use.
//
// https://docs.slack.dev/reference/methods/usergroups.disable
func usergroupsDisable(r *Request) (any, error) {
	g, err := r.usergroup()
	if err != nil {
		return nil, err
	}
	g.DateDelete, g.DeletedBy = r.w.now().Unix(), new(r.token.UserID)
	return r.updated(g), nil
}

// usergroupsEnable brings a user group back into use.
//
// https://docs.slack.dev/reference/methods/usergroups.enable
func usergroupsEnable(r *Request) (any, error) {
	g, err := r.usergroup()
	if err != nil {
		return nil, err
	}
	g.DateDelete, g.DeletedBy = 0, nil
	return r.updated(g), nil
}

// usergroupsList lists the user groups.
//
// https://docs.slack.dev/reference/methods/usergroups.list
func usergroupsList(r *Request) (any, error) {
	answer := struct {
		Usergroups []Usergroup `json:"usergroups"`
	}{[]Usergroup{}}
	for _, g := range r.team().usergroups {
		if g.DateDelete != 0 && !r.yes("include_disabled") {
			continue
		}
		one := g.full()
		if !r.yes("include_users") {
			one.Users = nil
		}
		if !r.yes("include_count") {
			one.UserCount, one.ChannelCount = nil, nil
		}
		answer.Usergroups = append(answer.Usergroups, one)
	}
	return answer, nil
}

// usergroupsUsersList lists who is in a user group.
//
// https://docs.slack.dev/reference/methods/usergroups.users.list
func usergroupsUsersList(r *Request) (any, error) {
	g, err := r.usergroup()
	if err != nil || g.DateDelete != 0 && !r.yes("include_disabled") {
		return nil, refuse("no_such_subteam")
	}
	return struct {
		Users []string `json:"users"`
	}{append([]string{}, g.Users...)}, nil
}

// usergroupsUsersUpdate replaces who is in a user group.
//
// https://docs.slack.dev/reference/methods/usergroups.users.update
func usergroupsUsersUpdate(r *Request) (any, error) {
	g, err := r.usergroup()
	if err != nil {
		return nil, err
	}
	users := r.list("users")
	if len(users) == 0 {
		return nil, refuse("no_users_provided")
	}
	for _, id := range users {
		if u := r.team().user(id); u == nil || u.Deleted {
			return nil, refuse("invalid_users")
		}
	}
	old, before := g.Users, g.DateUpdate
	g.Users = slices.Clone(users)
	answer := r.updated(g)
	r.w.happenUsergroupMembers(g, old, before, r.token.UserID)
	return answer, nil
}

// happenUsergroup tells of a user group.
func (w *Workspace) happenUsergroup(sort string, g *Usergroup, user string) {
	ts := w.newTS()
	w.happen(Happening{
		TeamID: g.TeamID, Type: sort, UserID: user,
		Event: func() any {
			return struct {
				Type    string    `json:"type"`
				Subteam Usergroup `json:"subteam"`
				EventTS string    `json:"event_ts"`
			}{sort, g.full(), ts}
		},
	})
}

// happenUsergroupMembers tells who came into a user group and who left it.
func (w *Workspace) happenUsergroupMembers(g *Usergroup, old []string, before int64, user string) {
	ts, added, removed := w.newTS(), without(g.Users, old), without(old, g.Users)
	w.happen(Happening{
		TeamID: g.TeamID, Type: "subteam_members_changed", UserID: user,
		Event: func() any {
			return struct {
				Type               string   `json:"type"`
				SubteamID          string   `json:"subteam_id"`
				TeamID             string   `json:"team_id"`
				DatePreviousUpdate int64    `json:"date_previous_update"`
				DateUpdate         int64    `json:"date_update"`
				AddedUsers         []string `json:"added_users"`
				AddedUsersCount    int      `json:"added_users_count"`
				RemovedUsers       []string `json:"removed_users"`
				RemovedUsersCount  int      `json:"removed_users_count"`
				EventTS            string   `json:"event_ts"`
			}{"subteam_members_changed", g.ID, g.TeamID, before, g.DateUpdate, added, len(added), removed, len(removed), ts}
		},
	})
}

// without are the ids of a list that are not in another.
func without(all, others []string) []string {
	left := []string{}
	for _, id := range all {
		if !slices.Contains(others, id) {
			left = append(left, id)
		}
	}
	return left
}
