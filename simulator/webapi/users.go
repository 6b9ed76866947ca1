package webapi

import "strings"

// usersMethods are those of the family users. Photos follow their facts.
var usersMethods = map[string]serve{
	"users.conversations": usersConversations,
	"users.getPresence":   usersGetPresence,
	"users.identity":      usersIdentity,
	"users.info":          usersInfo,
	"users.list":          usersList,
	"users.lookupByEmail": usersLookupByEmail,
	"users.profile.get":   usersProfileGet,
	"users.profile.set":   usersProfileSet,
	"users.setActive":     usersSetActive,
	"users.setPresence":   usersSetPresence,
}

// oneUser is the answer of methods that tell of one user.
type oneUser struct {
	User any `json:"user"`
}

// An EnterpriseUser is who a user is in the organization of their workspace.
type EnterpriseUser struct {
	ID             string   `json:"id"`
	EnterpriseID   string   `json:"enterprise_id"`
	EnterpriseName string   `json:"enterprise_name"`
	IsAdmin        bool     `json:"is_admin"`
	IsOwner        bool     `json:"is_owner"`
	IsPrimaryOwner bool     `json:"is_primary_owner"`
	Teams          []string `json:"teams"`
}

// A userObject is a user as methods and events show them.
//
// https://docs.slack.dev/reference/objects/user-object
type userObject struct {
	User
	IsEmailConfirmed       bool            `json:"is_email_confirmed"`
	WhoCanShareContactCard string          `json:"who_can_share_contact_card"`
	EnterpriseUser         *EnterpriseUser `json:"enterprise_user,omitempty"`
}

// userObject is a user as those see them who may know e-mail addresses, or not.
func (w *Workspace) userObject(u *User, email bool) userObject {
	o := userObject{User: *u, IsEmailConfirmed: !u.IsBot, WhoCanShareContactCard: "EVERYONE"}
	o.Locale = ""
	if !email {
		o.Profile.Email = ""
	}
	if e := w.enterprise; e != nil {
		o.EnterpriseUser = &EnterpriseUser{
			ID: u.ID, EnterpriseID: e.ID, EnterpriseName: e.Name, Teams: []string{},
			IsAdmin: u.IsAdmin, IsOwner: u.IsOwner, IsPrimaryOwner: u.IsPrimaryOwner,
		}
		for _, t := range w.teams {
			if t.user(u.ID) != nil {
				o.EnterpriseUser.Teams = append(o.EnterpriseUser.Teams, t.ID)
			}
		}
	}
	return o
}

// userSeen is a user as the caller sees them.
func (r *Request) userSeen(u *User) userObject {
	o := r.w.userObject(u, r.token.allows("users:read.email"))
	if r.yes("include_locale") {
		o.Locale = u.Locale
	}
	return o
}

// userNamed is the user whose id an argument is, or the caller where none is given.
func (r *Request) userNamed(name string) (*User, error) {
	if !r.has(name) {
		return r.me()
	}
	u := r.team().user(r.text(name))
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return u, nil
}

// me is the user who calls.
func (r *Request) me() (*User, error) {
	u := r.team().user(r.token.UserID)
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return u, nil
}

// usersInfo tells of a user.
//
// https://docs.slack.dev/reference/methods/users.info
func usersInfo(r *Request) (any, error) {
	u, err := r.userNamed("user")
	if err != nil {
		return nil, err
	}
	return oneUser{r.userSeen(u)}, nil
}

// usersList lists everybody who is or was in the workspace, bots too.
//
// https://docs.slack.dev/reference/methods/users.list
func usersList(r *Request) (any, error) {
	users := r.team().users
	users, err := page(r, users, max(len(users), 1))
	if err != nil {
		return nil, err
	}
	answer := struct {
		Members []userObject `json:"members"`
		CacheTS int64        `json:"cache_ts"`
	}{[]userObject{}, r.w.now().Unix()}
	for _, u := range users {
		answer.Members = append(answer.Members, r.userSeen(u))
	}
	return answer, nil
}

// usersLookupByEmail finds somebody by their address.
//
// https://docs.slack.dev/reference/methods/users.lookupByEmail
func usersLookupByEmail(r *Request) (any, error) {
	for _, u := range r.team().users {
		if !u.Deleted && u.Profile.Email != "" && strings.EqualFold(u.Profile.Email, r.text("email")) {
			return oneUser{r.userSeen(u)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

// usersConversations lists the conversations in which somebody is, as far as the
// caller may know of them.
//
// https://docs.slack.dev/reference/methods/users.conversations
func usersConversations(r *Request) (any, error) {
	u, err := r.userNamed("user")
	if err != nil {
		return nil, err
	}
	return r.listed(shown{}, func(c *Channel) bool { return c.has(u.ID) })
}

// usersGetPresence tells whether somebody is there, and more of the caller.
//
// https://docs.slack.dev/reference/methods/users.getPresence
func usersGetPresence(r *Request) (any, error) {
	u, err := r.userNamed("user")
	if err != nil {
		return nil, err
	}
	type presence struct {
		Presence string `json:"presence"`
	}
	if u.ID != r.token.UserID {
		return presence{u.presence}, nil
	}
	active := u.presence == "active"
	own := struct {
		presence
		Online          bool  `json:"online"`
		AutoAway        bool  `json:"auto_away"`
		ManualAway      bool  `json:"manual_away"`
		ConnectionCount int   `json:"connection_count"`
		LastActivity    int64 `json:"last_activity"`
	}{presence: presence{u.presence}, Online: active, ManualAway: !active, LastActivity: r.w.now().Unix()}
	if active {
		own.ConnectionCount = 1
	}
	return own, nil
}

// usersSetPresence makes the caller away, or leaves it to Slack.
//
// https://docs.slack.dev/reference/methods/users.setPresence
func usersSetPresence(r *Request) (any, error) {
	u, err := r.me()
	if err != nil {
		return nil, err
	}
	switch r.text("presence") {
	case "auto":
		u.presence = "active"
	case "away":
		u.presence = "away"
	default:
		return nil, refuse("invalid_presence")
	}
	return nil, nil
}

// usersSetActive does nothing, as Slack's has done for long.
//
// https://docs.slack.dev/reference/methods/users.setActive
func usersSetActive(*Request) (any, error) { return nil, nil }

// usersIdentity tells who signed in, as far as the scopes go.
//
// https://docs.slack.dev/reference/methods/users.identity
func usersIdentity(r *Request) (any, error) {
	u, err := r.me()
	if err != nil {
		return nil, err
	}
	type identity struct {
		Name     string `json:"name"`
		ID       string `json:"id"`
		Email    string `json:"email,omitempty"`
		Image24  string `json:"image_24,omitempty"`
		Image48  string `json:"image_48,omitempty"`
		Image72  string `json:"image_72,omitempty"`
		Image192 string `json:"image_192,omitempty"`
		Image512 string `json:"image_512,omitempty"`
	}
	type team struct {
		ID   string `json:"id"`
		Name string `json:"name,omitempty"`
	}
	who, where := identity{Name: u.RealName, ID: u.ID}, team{ID: u.TeamID}
	if r.token.allows("identity.email") {
		who.Email = u.Profile.Email
	}
	if p := u.Profile; r.token.allows("identity.avatar") {
		who.Image24, who.Image48, who.Image72, who.Image192, who.Image512 = p.Image24, p.Image48, p.Image72, p.Image192, p.Image512
	}
	if r.token.allows("identity.team") {
		where.Name = r.team().Name
	}
	return struct {
		User identity `json:"user"`
		Team team     `json:"team"`
	}{who, where}, nil
}
