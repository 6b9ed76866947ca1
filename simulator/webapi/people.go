package webapi

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What people do, and what is asked about them. Teams, users and conversations are
// named by their ids or names; a team that is "" is the first one. An error says what
// is not there, and what is.

// ChannelInfo is a conversation as people know it.
type ChannelInfo struct {
	ID     string `json:"id"`
	TeamID string `json:"team_id"`
	Name   string `json:"name,omitempty"`
	// Type is channel, group, im or mpim.
	Type     string `json:"type"`
	Archived bool   `json:"archived,omitempty"`
	// Members are the ids of users in the order in which they came.
	Members []string `json:"members"`
}

func (c *Channel) info() ChannelInfo {
	return ChannelInfo{c.ID, c.TeamID, c.Name, c.Sort, c.Archived, append([]string{}, c.Members...)}
}

// Teams lists the workspaces.
func (w *Workspace) Teams() []Team {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Team
	for _, t := range w.teams {
		all = append(all, t.bare())
	}
	return all
}

// Users lists everybody in a workspace, bots too; nil where there is no such workspace.
func (w *Workspace) Users(team string) []User {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return nil
	}
	var all []User
	for _, u := range t.users {
		all = append(all, *u)
	}
	return all
}

// Channels lists the conversations of a workspace; nil where there is no such
// workspace.
func (w *Workspace) Channels(team string) []ChannelInfo {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return nil
	}
	var all []ChannelInfo
	for _, c := range t.channels {
		all = append(all, c.info())
	}
	return all
}

// FindUser finds a user by id, name, @name, real name or address, or an app's bot by
// the app's name.
func (w *Workspace) FindUser(team, name string) (User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return User{}, err
	}
	u, err := w.userOf(t, name)
	if err != nil {
		return User{}, err
	}
	return *u, nil
}

// FindChannel finds a conversation by id, name or #name.
func (w *Workspace) FindChannel(team, name string) (ChannelInfo, error) {
	return w.act(team, name, func(*Team, *Channel) error { return nil })
}

// AddUser puts another person into a workspace. Apps learn of it by team_join.
func (w *Workspace) AddUser(team string, s SeedUser) (User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return User{}, err
	}
	for _, taken := range []string{s.ID, s.Name} {
		if _, err := w.userOf(t, taken); err == nil && taken != "" {
			return User{}, fmt.Errorf("adding a user: team %s has a user %q already", t.Name, taken)
		}
	}
	u := w.newUser(t, s, false)
	t.users = append(t.users, u)
	w.happenUser("team_join", u)
	return *u, nil
}

// CreateChannel makes a channel for a user, who is in it.
func (w *Workspace) CreateChannel(team, user, name string, private bool) (ChannelInfo, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return ChannelInfo{}, err
	}
	u, err := w.userOf(t, user)
	if err != nil {
		return ChannelInfo{}, err
	}
	name = strings.TrimPrefix(name, "#")
	if code := t.badName(name); code != "" {
		return ChannelInfo{}, fmt.Errorf("creating the channel %q: %s", name, code)
	}
	sort := "channel"
	if private {
		sort = "group"
	}
	return w.create(t, sort, name, u.ID).info(), nil
}

// OpenDirect opens the direct message of a user with another, or with several.
func (w *Workspace) OpenDirect(team, user string, others ...string) (ChannelInfo, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return ChannelInfo{}, err
	}
	ids, err := w.usersOf(t, append([]string{user}, others...))
	if err != nil {
		return ChannelInfo{}, err
	}
	if c := t.among(ids[0], ids[1:]); c != nil {
		w.reopen(c, ids[0])
		return c.info(), nil
	}
	return w.open(t, ids[0], ids[1:]).info(), nil
}

// Join lets a user join a conversation. Who is in it already stays.
func (w *Workspace) Join(team, channel, user string) (ChannelInfo, error) {
	return w.invite(team, channel, "", user)
}

// Invite brings a user into a conversation, by another.
func (w *Workspace) Invite(team, channel, by, user string) (ChannelInfo, error) {
	return w.invite(team, channel, by, user)
}

func (w *Workspace) invite(team, channel, by, user string) (ChannelInfo, error) {
	return w.act(team, channel, func(t *Team, c *Channel) error {
		u, err := w.userOf(t, user)
		if err != nil {
			return err
		}
		if by != "" {
			inviter, err := w.userOf(t, by)
			if err != nil {
				return err
			}
			by = inviter.ID
		}
		if c.Sort == "im" || c.Sort == "mpim" {
			return errors.New("nobody joins a direct message: open one with everybody who should be in it")
		}
		if !c.has(u.ID) {
			w.join(t, c, u.ID, by)
		}
		return nil
	})
}

// Leave takes a user out of a conversation. By is who put them out, or "".
func (w *Workspace) Leave(team, channel, user, by string) (ChannelInfo, error) {
	return w.act(team, channel, func(t *Team, c *Channel) error {
		u, err := w.userOf(t, user)
		if err != nil {
			return err
		}
		actor := u
		if by != "" {
			if actor, err = w.userOf(t, by); err != nil {
				return err
			}
		}
		if c.has(u.ID) {
			w.leave(t, c, u.ID, actor.ID)
		}
		return nil
	})
}

// Rename gives a channel another name, by a user.
func (w *Workspace) Rename(team, channel, user, name string) (ChannelInfo, error) {
	return w.manage(team, channel, user, func(t *Team, c *Channel, id string) error {
		if code := t.badName(name); code != "" {
			return fmt.Errorf("renaming the channel to %q: %s", name, code)
		}
		w.rename(t, c, id, name)
		return nil
	})
}

// Archive archives a channel, by a user. One that is archived stays so.
func (w *Workspace) Archive(team, channel, user string) (ChannelInfo, error) {
	return w.manage(team, channel, user, func(t *Team, c *Channel, id string) error {
		if !c.Archived {
			w.archive(t, c, id)
		}
		return nil
	})
}

// DeleteChannel deletes a channel with its messages, as admins can.
func (w *Workspace) DeleteChannel(team, channel, user string) (ChannelInfo, error) {
	return w.manage(team, channel, user, func(t *Team, c *Channel, id string) error {
		if c.General {
			return errors.New("the general channel cannot be deleted")
		}
		w.happenArchive(t, c, "deleted", "")
		t.channels = slices.DeleteFunc(t.channels, func(other *Channel) bool { return other == c })
		return nil
	})
}

// manage does something to a channel as a user.
func (w *Workspace) manage(team, channel, user string, do func(*Team, *Channel, string) error) (ChannelInfo, error) {
	return w.act(team, channel, func(t *Team, c *Channel) error {
		u, err := w.userOf(t, user)
		if err != nil {
			return err
		}
		if c.Sort == "im" || c.Sort == "mpim" {
			return fmt.Errorf("%s is a direct message, not a channel", c.ID)
		}
		return do(t, c, u.ID)
	})
}

// act does something to a conversation, and says what it is then.
func (w *Workspace) act(team, channel string, do func(*Team, *Channel) error) (ChannelInfo, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.teamOf(team)
	if err != nil {
		return ChannelInfo{}, err
	}
	c, err := t.channelOf(channel)
	if err != nil {
		return ChannelInfo{}, err
	}
	if err := do(t, c); err != nil {
		return ChannelInfo{}, err
	}
	return c.info(), nil
}

// teamOf is the team of that id, name or domain; "" is the first.
func (w *Workspace) teamOf(name string) (*Team, error) {
	var names []string
	for _, t := range w.teams {
		if name == "" || name == t.ID || name == t.Name || name == t.Domain {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return nil, fmt.Errorf("there is no team %q; there is %s", clip(name, 80), some(names))
}

func (w *Workspace) userOf(t *Team, name string) (*User, error) {
	plain := strings.TrimPrefix(name, "@")
	if id := w.member(t, plain); id != "" {
		return t.user(id), nil
	}
	var names []string
	for _, u := range t.users {
		if plain != "" && (u.RealName == plain || strings.EqualFold(u.Profile.Email, plain)) {
			return u, nil
		}
		names = append(names, u.Name)
	}
	return nil, fmt.Errorf("team %s has no user %q; it has %s", t.Name, clip(name, 80), some(names))
}

// usersOf are the ids of users, each once.
func (w *Workspace) usersOf(t *Team, names []string) ([]string, error) {
	var ids []string
	for _, name := range names {
		u, err := w.userOf(t, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, u.ID) {
			ids = append(ids, u.ID)
		}
	}
	return ids, nil
}

func (t *Team) channelOf(name string) (*Channel, error) {
	plain := strings.TrimPrefix(name, "#")
	var names []string
	for _, c := range t.channels {
		if c.ID == plain || c.Name == plain && plain != "" {
			return c, nil
		}
		if c.Name != "" {
			names = append(names, "#"+c.Name)
		}
	}
	return nil, fmt.Errorf("team %s has no channel %q; it has %s", t.Name, clip(name, 80), some(names))
}

// some are a few names, for a message.
func some(names []string) string {
	const few = 8
	switch {
	case len(names) == 0:
		return "none"
	case len(names) > few:
		return strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", len(names)-few)
	}
	return strings.Join(names, ", ")
}
