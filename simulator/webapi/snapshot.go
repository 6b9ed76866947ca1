package webapi

// A Snapshot is everything that there is, for a person or a test to look at. It holds
// no token.
type Snapshot struct {
	Enterprise *Enterprise    `json:"enterprise,omitempty"`
	Teams      []TeamSnapshot `json:"teams"`
	Apps       []AppSnapshot  `json:"apps"`
	// DroppedMessages is how many were forgotten because there were too many.
	DroppedMessages int `json:"dropped_messages"`
}

// A TeamSnapshot is one workspace.
type TeamSnapshot struct {
	Team
	Users      []User            `json:"users"`
	Channels   []ChannelSnapshot `json:"channels"`
	Usergroups []Usergroup       `json:"usergroups,omitempty"`
	Reminders  []Reminder        `json:"reminders,omitempty"`
}

// A ChannelSnapshot is one conversation with its messages, oldest first.
type ChannelSnapshot struct {
	ID       string    `json:"id"`
	Name     string    `json:"name,omitempty"`
	Type     string    `json:"type"`
	Archived bool      `json:"archived,omitempty"`
	Topic    string    `json:"topic,omitempty"`
	Purpose  string    `json:"purpose,omitempty"`
	Members  []string  `json:"members"`
	Messages []Message `json:"messages"`
	// Ephemerals are what single users see, oldest first.
	Ephemerals []Ephemeral `json:"ephemerals,omitempty"`
}

// An Ephemeral is a message that one user alone sees.
type Ephemeral struct {
	User    string  `json:"user"`
	Message Message `json:"message"`
}

// An AppSnapshot is one app.
type AppSnapshot struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	BotID     string   `json:"bot_id,omitempty"`
	BotUserID string   `json:"bot_user_id,omitempty"`
	BotScopes []string `json:"bot_scopes"`
	ClientID  string   `json:"client_id"`
	// Installations are where it is installed.
	Installations []Installation `json:"installations"`
}

// Snapshot copies the state.
func (w *Workspace) Snapshot() Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := Snapshot{Enterprise: w.enterprise, DroppedMessages: w.dropped, Teams: []TeamSnapshot{}, Apps: []AppSnapshot{}}
	for _, t := range w.teams {
		s.Teams = append(s.Teams, t.snapshot())
	}
	for _, a := range w.apps {
		s.Apps = append(s.Apps, AppSnapshot{a.ID, a.Name, a.BotID, a.BotUserID, a.BotScopes, a.ClientID, w.installations(a)})
	}
	return s
}

func (t *Team) snapshot() TeamSnapshot {
	s := TeamSnapshot{Team: t.bare(), Users: []User{}, Channels: []ChannelSnapshot{}}
	for _, g := range t.usergroups {
		s.Usergroups = append(s.Usergroups, g.full())
	}
	for _, r := range t.reminders {
		s.Reminders = append(s.Reminders, *r)
	}
	for _, u := range t.users {
		s.Users = append(s.Users, *u)
	}
	for _, c := range t.channels {
		one := ChannelSnapshot{
			ID: c.ID, Name: c.Name, Type: c.Sort, Archived: c.Archived, Topic: c.Topic.Value, Purpose: c.Purpose.Value,
			Members: append([]string{}, c.Members...), Messages: []Message{},
		}
		for _, m := range c.messages {
			one.Messages = append(one.Messages, m.clone())
		}
		for _, m := range c.ephemerals {
			one.Ephemerals = append(one.Ephemerals, Ephemeral{m.ephemeralTo, m.clone()})
		}
		s.Channels = append(s.Channels, one)
	}
	return s
}
