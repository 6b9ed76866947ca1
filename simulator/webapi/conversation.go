package webapi

import (
	"cmp"
	"slices"
	"strings"
)

// conversation is the one that an argument names by its id, if the caller may know of
// it and its token has the scope for its type. The error is channel_not_found or
// missing_scope.
func (r *Request) conversation(name string) (*Channel, error) {
	c := r.team().channel(r.text(name))
	if c == nil || !r.visible(c) {
		return nil, refuse("channel_not_found")
	}
	return c, r.scoped(c.scopePrefix())
}

// conversationOf is a conversation of one of these sorts; of another it is
// method_not_supported_for_channel_type.
func (r *Request) conversationOf(sorts ...string) (*Channel, error) {
	c, err := r.conversation("channel")
	if err == nil && !slices.Contains(sorts, c.Sort) {
		err = refuse("method_not_supported_for_channel_type")
	}
	return c, err
}

// scoped checks that the token has the scope for one type of conversation: the
// documented scopes are alternatives, of which each opens a type. Prefix is such as
// groups.
func (r *Request) scoped(prefix string) error {
	var needed []string
	for _, scope := range r.accepted() {
		if strings.HasPrefix(scope, prefix+":") {
			needed = append(needed, scope)
		}
	}
	if r.token.allows(needed...) {
		return nil
	}
	return r.missingScope(needed)
}

// A conversationObject is a channel or a group of people as methods show it.
//
// https://docs.slack.dev/reference/objects/conversation-object
type conversationObject struct {
	ID                      string    `json:"id"`
	Name                    string    `json:"name"`
	IsChannel               bool      `json:"is_channel"`
	IsGroup                 bool      `json:"is_group"`
	IsIM                    bool      `json:"is_im"`
	IsMPIM                  bool      `json:"is_mpim"`
	IsPrivate               bool      `json:"is_private"`
	Created                 int64     `json:"created"`
	IsArchived              bool      `json:"is_archived"`
	IsGeneral               bool      `json:"is_general"`
	Unlinked                int       `json:"unlinked"`
	NameNormalized          string    `json:"name_normalized"`
	IsShared                bool      `json:"is_shared"`
	IsFrozen                bool      `json:"is_frozen"`
	IsOrgShared             bool      `json:"is_org_shared"`
	IsPendingExtShared      bool      `json:"is_pending_ext_shared"`
	PendingShared           []string  `json:"pending_shared"`
	ContextTeamID           string    `json:"context_team_id"`
	Updated                 int64     `json:"updated"`
	ParentConversation      *string   `json:"parent_conversation"`
	Creator                 string    `json:"creator"`
	IsReadOnly              bool      `json:"is_read_only,omitempty"`
	IsExtShared             bool      `json:"is_ext_shared"`
	EnterpriseID            string    `json:"enterprise_id,omitempty"`
	SharedTeamIDs           []string  `json:"shared_team_ids"`
	PendingConnectedTeamIDs []string  `json:"pending_connected_team_ids"`
	IsMember                *bool     `json:"is_member,omitempty"`
	LastRead                string    `json:"last_read,omitempty"`
	Topic                   Described `json:"topic"`
	Purpose                 Described `json:"purpose"`
	PreviousNames           []string  `json:"previous_names"`
	NumMembers              *int      `json:"num_members,omitempty"`
	Locale                  string    `json:"locale,omitempty"`
}

// A directObject is a direct message of two people as methods show it.
type directObject struct {
	ID                 string   `json:"id"`
	Created            int64    `json:"created"`
	IsArchived         bool     `json:"is_archived"`
	IsIM               bool     `json:"is_im"`
	IsOrgShared        bool     `json:"is_org_shared"`
	ContextTeamID      string   `json:"context_team_id"`
	Updated            int64    `json:"updated"`
	User               string   `json:"user"`
	IsUserDeleted      bool     `json:"is_user_deleted"`
	LastRead           string   `json:"last_read,omitempty"`
	Latest             *Message `json:"latest,omitempty"`
	UnreadCount        *int     `json:"unread_count,omitempty"`
	UnreadCountDisplay *int     `json:"unread_count_display,omitempty"`
	IsOpen             *bool    `json:"is_open,omitempty"`
	Priority           int      `json:"priority"`
	Locale             string   `json:"locale,omitempty"`
}

// shown is what is said of a conversation besides what is always said.
type shown struct {
	// members counts them, membership says whether the caller is one, and read says
	// up to where they have read.
	members, membership, read, locale bool
}

// object is a conversation as the caller sees it.
func (r *Request) object(c *Channel, s shown) any {
	if c.Sort == "im" {
		return r.directObject(c, s)
	}
	// Only private channels from before March 2021 are groups; their ids begin
	// with G.
	group := c.ID[0] == 'G'
	o := conversationObject{
		ID: c.ID, Name: c.Name, IsChannel: !group, IsGroup: group, IsMPIM: c.Sort == "mpim", IsPrivate: c.Sort != "channel",
		Created: c.Created, IsArchived: c.Archived, IsGeneral: c.General, NameNormalized: c.Name,
		IsShared: c.Shared, IsExtShared: c.Shared, PendingShared: []string{}, ContextTeamID: c.TeamID, Updated: c.Updated,
		Creator: c.Creator, IsReadOnly: c.ReadOnly, EnterpriseID: r.team().EnterpriseID,
		SharedTeamIDs: []string{c.TeamID}, PendingConnectedTeamIDs: []string{},
		Topic: c.Topic, Purpose: c.Purpose, PreviousNames: append([]string{}, c.PreviousNames...),
	}
	member := c.has(r.token.UserID)
	if s.membership {
		o.IsMember = &member
	}
	if s.read && member {
		o.LastRead = c.readBy(r.token.UserID)
	}
	if s.members {
		o.NumMembers = new(len(c.Members))
	}
	if s.locale {
		o.Locale = "en-US"
	}
	return o
}

func (r *Request) directObject(c *Channel, s shown) directObject {
	o := directObject{
		ID: c.ID, Created: c.Created, IsArchived: c.Archived, IsIM: true, ContextTeamID: c.TeamID, Updated: c.Updated,
		User: c.other(r.token.UserID),
	}
	if u := r.team().user(o.User); u != nil {
		o.IsUserDeleted = u.Deleted
	}
	if s.locale {
		o.Locale = "en-US"
	}
	if !s.read {
		return o
	}
	o.LastRead, o.IsOpen = c.readBy(r.token.UserID), new(!c.closed)
	unread := 0
	for _, m := range c.messages {
		if m.inHistory() {
			o.Latest = m
			if m.TS > o.LastRead && m.User != r.token.UserID {
				unread++
			}
		}
	}
	o.UnreadCount, o.UnreadCountDisplay = &unread, &unread
	return o
}

// other is the other side of a direct message; who writes to themselves is that.
func (c *Channel) other(user string) string {
	for _, id := range c.Members {
		if id != user {
			return id
		}
	}
	return cmp.Or(user, c.User)
}

// readBy is the ts up to which a user has read.
func (c *Channel) readBy(user string) string {
	return cmp.Or(c.read[user], "0000000000.000000")
}

// private reports whether only members know of the conversation.
func (c *Channel) private() bool { return c.Sort != "channel" }

// word is what events and messages call the conversation: channel or group.
func (c *Channel) word() string {
	if c.private() {
		return "group"
	}
	return "channel"
}

// witnesses are the users who may learn what happens to the conversation: nil is
// everybody.
func (c *Channel) witnesses() []string {
	if c.private() {
		return c.Members
	}
	return nil
}

// inHistory reports whether a message stands in the conversation itself, not in a
// thread alone, for everybody to see.
func (m *Message) inHistory() bool {
	return m.ephemeralTo == "" && (m.ThreadTS == "" || m.ThreadTS == m.TS || m.Subtype == "thread_broadcast")
}
