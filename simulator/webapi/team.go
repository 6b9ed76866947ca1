package webapi

// An Enterprise is an organization of workspaces.
type Enterprise struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Domain string `json:"domain"`
}

// A Team is one Slack workspace.
type Team struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Domain       string `json:"domain"`
	EnterpriseID string `json:"enterprise_id,omitempty"`

	// users and channels are in the order in which they came.
	users    []*User
	channels []*Channel

	usergroups []*Usergroup
	reminders  []*Reminder
	// emoji are the workspace's own: an address or alias:NAME, by name.
	emoji map[string]string
}

// team is the workspace of that id, or nil.
func (w *Workspace) team(id string) *Team {
	for _, t := range w.teams {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// team is the caller's workspace. A method that takes a team_id may name another one
// of the organization.
func (r *Request) team() *Team {
	if r.token == nil {
		return nil
	}
	if r.token.OrgWide && r.has("team_id") {
		if other := r.w.team(r.text("team_id")); other != nil && other.EnterpriseID != "" {
			return other
		}
	}
	return r.w.team(r.token.TeamID)
}

// bare is the team without what is in it.
func (t *Team) bare() Team {
	return Team{ID: t.ID, Name: t.Name, Domain: t.Domain, EnterpriseID: t.EnterpriseID}
}

// user is the user of that id, or nil.
func (t *Team) user(id string) *User {
	for _, u := range t.users {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// channel is the conversation of that id, or nil.
func (t *Team) channel(id string) *Channel {
	for _, c := range t.channels {
		if c.ID == id {
			return c
		}
	}
	return nil
}
