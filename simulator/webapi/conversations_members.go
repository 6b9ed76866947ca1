package webapi

import (
	"slices"
	"strings"
)

// conversationsJoin lets the caller join a public channel.
//
// https://docs.slack.dev/reference/methods/conversations.join
func conversationsJoin(r *Request) (any, error) {
	c, err := r.conversationOf("channel")
	if err != nil {
		return nil, err
	}
	switch {
	case c.has(r.token.UserID):
		r.warn("already_in_channel")
	case c.Archived:
		return nil, refuse("is_archived")
	default:
		r.w.join(r.team(), c, r.token.UserID, "")
	}
	return oneChannel{r.object(c, shown{membership: true})}, nil
}

// conversationsLeave lets the caller leave.
//
// https://docs.slack.dev/reference/methods/conversations.leave
func conversationsLeave(r *Request) (any, error) {
	c, err := r.conversationOf("channel", "group", "mpim")
	if err != nil {
		return nil, err
	}
	switch {
	case c.General:
		return nil, refuse("cant_leave_general")
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(r.token.UserID):
		// The documentation shows ok as false here, and says that it is no error.
		return struct {
			NotInChannel bool `json:"not_in_channel"`
		}{true}, nil
	case c.Sort == "group" && len(c.Members) == 1:
		return nil, refuse("last_member")
	}
	r.w.leave(r.team(), c, r.token.UserID, r.token.UserID)
	return nil, nil
}

// A refusedUser is one of several users who could not be invited.
type refusedUser struct {
	User  string `json:"user"`
	OK    bool   `json:"ok"`
	Error string `json:"error"`
}

type refusedUsers struct {
	Errors []refusedUser `json:"errors,omitempty"`
}

// conversationsInvite brings others in: all of them or, unless force is set, nobody.
//
// https://docs.slack.dev/reference/methods/conversations.invite
func conversationsInvite(r *Request) (any, error) {
	c, err := r.conversationOf("channel", "group")
	if err != nil {
		return nil, err
	}
	users := r.list("users")
	switch {
	case !c.has(r.token.UserID):
		return nil, refuse("not_in_channel")
	case c.Archived:
		return nil, refuse("is_archived")
	case len(users) == 0:
		return nil, refuse("no_user")
	}
	var invited []string
	var refused refusedUsers
	for _, id := range users {
		if code := r.uninvitable(c, id); code != "" {
			refused.Errors = append(refused.Errors, refusedUser{User: id, Error: code})
		} else if !slices.Contains(invited, id) {
			invited = append(invited, id)
		}
	}
	if len(refused.Errors) > 0 && (!r.yes("force") || len(invited) == 0) {
		return nil, &Error{Code: refused.Errors[0].Error, More: refused}
	}
	for _, id := range invited {
		r.w.join(r.team(), c, id, r.token.UserID)
	}
	return struct {
		oneChannel
		refusedUsers
	}{oneChannel{r.object(c, shown{membership: true})}, refused}, nil
}

// uninvitable is why a user cannot be invited, or "".
func (r *Request) uninvitable(c *Channel, id string) string {
	u := r.team().user(id)
	switch {
	case u == nil:
		return "user_not_found"
	case id == r.token.UserID:
		return "cant_invite_self"
	case c.has(id):
		return "already_in_channel"
	case u.Deleted:
		return "cant_invite"
	case u.IsUltraRestricted:
		return "ura_max_channels"
	}
	return ""
}

// conversationsKick puts somebody out.
//
// https://docs.slack.dev/reference/methods/conversations.kick
func conversationsKick(r *Request) (any, error) {
	c, err := r.conversationOf("channel", "group")
	if err != nil {
		return nil, err
	}
	user := r.text("user")
	switch {
	case user == r.token.UserID:
		return nil, refuse("cant_kick_self")
	case c.General:
		return nil, refuse("cant_kick_from_general")
	case r.team().user(user) == nil:
		return nil, refuse("user_not_found")
	case !c.has(r.token.UserID), !c.has(user):
		return nil, refuse("not_in_channel")
	}
	r.w.leave(r.team(), c, user, r.token.UserID)
	return struct {
		Errors struct{} `json:"errors"`
	}{}, nil
}

// join puts a user into a conversation and tells of it. Inviter is "" for who comes
// alone.
func (w *Workspace) join(t *Team, c *Channel, user, inviter string) {
	c.Members = append(slices.Clone(c.Members), user)
	w.happenMember("member_joined_channel", t, c, user, inviter)
	w.note(t, c, &Message{User: user, Subtype: c.word() + "_join", Text: "<@" + user + "> has joined the " + c.word(), Inviter: inviter})
}

// leave takes a user out of a conversation and tells of it. Actor is who did it. That
// somebody was put out is posted as if they had left: no message of its own is
// documented.
func (w *Workspace) leave(t *Team, c *Channel, user, actor string) {
	c.Members = slices.DeleteFunc(slices.Clone(c.Members), func(id string) bool { return id == user })
	w.happenMember("member_left_channel", t, c, user, "")
	w.happenLeft(t, c, user, actor)
	w.note(t, c, &Message{User: user, Subtype: c.word() + "_leave", Text: "<@" + user + "> has left the " + c.word()})
}

// note posts a message of Slack's own about the conversation.
func (w *Workspace) note(t *Team, c *Channel, m *Message) {
	c.Updated = w.now().UnixMilli()
	m.Text = strings.ToValidUTF8(m.Text, "\uFFFD")
	w.add(t, c, m)
}
