package webapi

import (
	"slices"
	"strings"
)

// maxGroupMessage is how many others may be in one message of a group.
const maxGroupMessage = 8

// conversationsOpen opens a direct message, or one of a group, by its id or by the
// others who are in it.
//
// https://docs.slack.dev/reference/methods/conversations.open
func conversationsOpen(r *Request) (any, error) {
	if r.has("channel") {
		c, err := r.conversationOf("im", "mpim")
		if err != nil {
			return nil, err
		}
		return r.opened(c, !r.w.reopen(c, r.token.UserID)), nil
	}
	others, err := r.others()
	if err != nil {
		return nil, err
	}
	t, user := r.team(), r.token.UserID
	if c := t.among(user, others); c != nil {
		return r.opened(c, !r.w.reopen(c, user)), nil
	}
	if r.yes("prevent_creation") {
		return nil, refuse("channel_not_found")
	}
	return r.opened(r.w.open(t, user, others), false), nil
}

// others are the users that the argument names, without the caller.
func (r *Request) others() ([]string, error) {
	if !r.has("users") {
		return nil, refuse("users_list_not_supplied")
	}
	var others []string
	for _, id := range r.list("users") {
		u := r.team().user(id)
		switch {
		case u == nil:
			return nil, refuse("user_not_found")
		case u.Deleted:
			return nil, refuse("user_disabled")
		case id != r.token.UserID && !slices.Contains(others, id):
			others = append(others, id)
		}
	}
	switch {
	case len(others) > maxGroupMessage:
		return nil, refuse("too_many_users")
	case len(others) == 0 && r.token.Kind != UserToken:
		// People may write to themselves, bots may not.
		return nil, refuse("not_enough_users")
	case len(others) > 1:
		return others, r.scoped("mpim")
	}
	return others, r.scoped("im")
}

// among is the open conversation of a user with exactly these others, or nil.
func (t *Team) among(user string, others []string) *Channel {
	if len(others) == 1 {
		return t.direct(user, others[0])
	}
	for _, c := range t.channels {
		if (c.Sort == "mpim" || c.Sort == "im") && len(c.Members) == len(others)+1 && c.has(user) &&
			!slices.ContainsFunc(others, func(id string) bool { return !c.has(id) }) {
			return c
		}
	}
	return nil
}

// open makes the conversation of a user with others.
func (w *Workspace) open(t *Team, user string, others []string) *Channel {
	switch len(others) {
	case 0:
		c := w.newChannel(t, "im", "", user)
		c.User, c.Members = user, []string{user}
		w.happenIMCreated(c)
		return c
	case 1:
		return w.direct(t, user, others[0])
	}
	c := w.newChannel(t, "mpim", "", user)
	c.Members = append([]string{user}, others...)
	t.nameGroup(c)
	for _, id := range c.Members {
		w.happenMember("member_joined_channel", t, c, id, user)
	}
	return c
}

// nameGroup gives a message of a group the name and purpose that Slack gives it.
func (t *Team) nameGroup(c *Channel) {
	var names []string
	for _, id := range c.Members {
		if u := t.user(id); u != nil {
			names = append(names, u.Name)
		}
	}
	c.Name = "mpdm-" + strings.Join(names, "--") + "-1"
	c.Purpose = Described{Value: "Group messaging with: @" + strings.Join(names, " @"), Creator: c.Creator, LastSet: c.Created}
}

// reopen reports whether the conversation was closed, and opens it.
func (w *Workspace) reopen(c *Channel, user string) bool {
	if !c.closed {
		return false
	}
	c.closed = false
	w.happenOpen(c, "open", user)
	return true
}

// opened is the answer of conversations.open.
func (r *Request) opened(c *Channel, already bool) any {
	answer := struct {
		NoOp        bool `json:"no_op,omitempty"`
		AlreadyOpen bool `json:"already_open,omitempty"`
		Channel     any  `json:"channel"`
	}{NoOp: already, AlreadyOpen: already}
	if r.yes("return_im") {
		answer.Channel = r.object(c, shown{membership: true, read: true})
	} else {
		answer.Channel = struct {
			ID string `json:"id"`
		}{c.ID}
	}
	return answer
}

// conversationsClose closes a direct message, or one of a group, for the caller.
//
// https://docs.slack.dev/reference/methods/conversations.close
func conversationsClose(r *Request) (any, error) {
	c, err := r.conversationOf("im", "mpim")
	if err != nil {
		return nil, err
	}
	if c.closed {
		return struct {
			NoOp          bool `json:"no_op"`
			AlreadyClosed bool `json:"already_closed"`
		}{true, true}, nil
	}
	c.closed = true
	r.w.happenOpen(c, "close", r.token.UserID)
	return nil, nil
}
