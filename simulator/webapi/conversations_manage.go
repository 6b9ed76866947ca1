package webapi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lengths that Slack allows, in characters.
const (
	maxChannelName = 80
	maxTopic       = 250
)

// badName is why a channel cannot have a name, or "".
func (t *Team) badName(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "invalid_name_required"
	case utf8.RuneCountInString(name) > maxChannelName:
		return "invalid_name_maxlength"
	case strings.Trim(name, "-_") == "":
		return "invalid_name_punctuation"
	case strings.ContainsFunc(name, notInName):
		return "invalid_name_specials"
	case t.named(name) != nil:
		return "name_taken"
	}
	return ""
}

// notInName reports whether a character cannot be in a channel's name: letters of every
// alphabet can, unless they are upper case.
func notInName(c rune) bool {
	return unicode.IsUpper(c) || !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && c != '-' && c != '_'
}

// named is the public or private channel of that name, or nil.
func (t *Team) named(name string) *Channel {
	for _, c := range t.channels {
		if c.Name == name && (c.Sort == "channel" || c.Sort == "group") {
			return c
		}
	}
	return nil
}

// conversationsCreate makes a channel, in which the caller is.
//
// https://docs.slack.dev/reference/methods/conversations.create
func conversationsCreate(r *Request) (any, error) {
	sort, prefix := "channel", "channels"
	if r.yes("is_private") {
		sort, prefix = "group", "groups"
	}
	if err := r.scoped(prefix); err != nil {
		return nil, err
	}
	t, user := r.team(), r.token.UserID
	name := strings.TrimPrefix(r.text("name"), "#")
	if code := t.badName(name); code != "" {
		return nil, refuse(code)
	}
	if u := t.user(user); u != nil && u.IsRestricted {
		return nil, refuse("restricted_action")
	}
	c := r.w.create(t, sort, name, user)
	return oneChannel{r.object(c, shown{membership: true, read: true})}, nil
}

// create makes a channel and puts its creator in.
func (w *Workspace) create(t *Team, sort, name, creator string) *Channel {
	c := w.newChannel(t, sort, name, creator)
	w.happenCreated(t, c)
	w.join(t, c, creator, "")
	return c
}

// conversationsRename gives a channel another name. Its creator and admins may.
//
// https://docs.slack.dev/reference/methods/conversations.rename
func conversationsRename(r *Request) (any, error) {
	c, err := r.conversationOf("channel", "group")
	if err != nil {
		return nil, err
	}
	t, user := r.team(), r.token.UserID
	u := t.user(user)
	name := strings.TrimPrefix(r.text("name"), "#")
	switch {
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(user):
		return nil, refuse("not_in_channel")
	case c.Creator != user && (u == nil || !u.IsAdmin):
		return nil, refuse("not_authorized")
	}
	if name != c.Name {
		if code := t.badName(name); code != "" {
			return nil, refuse(code)
		}
		r.w.rename(t, c, user, name)
	}
	return oneChannel{r.object(c, shown{membership: true, read: true})}, nil
}

func (w *Workspace) rename(t *Team, c *Channel, user, name string) {
	old := c.Name
	c.PreviousNames = append([]string{old}, c.PreviousNames...)
	c.Name = name
	w.happenRename(t, c, user)
	w.note(t, c, &Message{
		User: user, Subtype: c.word() + "_name", Name: name, OldName: old, Team: t.ID,
		Text: "<@" + user + "> has renamed the " + c.word() + ` from "` + old + `" to "` + name + `"`,
	})
}

// conversationsArchive puts a channel away.
//
// https://docs.slack.dev/reference/methods/conversations.archive
func conversationsArchive(r *Request) (any, error) {
	c, err := r.conversationOf("channel", "group")
	if err != nil {
		return nil, err
	}
	switch {
	case c.General:
		return nil, refuse("cant_archive_general")
	case c.Archived:
		return nil, refuse("already_archived")
	case !c.has(r.token.UserID):
		return nil, refuse("not_in_channel")
	}
	r.w.archive(r.team(), c, r.token.UserID)
	return nil, nil
}

func (w *Workspace) archive(t *Team, c *Channel, user string) {
	w.note(t, c, &Message{User: user, Subtype: c.word() + "_archive", Text: "<@" + user + "> archived the " + c.word()})
	c.Archived = true
	w.happenArchive(t, c, "archive", user)
}

// conversationsUnarchive brings a channel back. The caller is in it then.
//
// https://docs.slack.dev/reference/methods/conversations.unarchive
func conversationsUnarchive(r *Request) (any, error) {
	c, err := r.conversationOf("channel", "group")
	if err != nil {
		return nil, err
	}
	if !c.Archived {
		return nil, refuse("not_archived")
	}
	r.w.unarchive(r.team(), c, r.token.UserID)
	return nil, nil
}

func (w *Workspace) unarchive(t *Team, c *Channel, user string) {
	c.Archived = false
	w.happenArchive(t, c, "unarchive", user)
	w.note(t, c, &Message{User: user, Subtype: c.word() + "_unarchive", Text: "<@" + user + "> un-archived the " + c.word()})
	if !c.has(user) {
		w.join(t, c, user, "")
	}
}

// described is the conversation whose topic or purpose may be set to an argument.
func (r *Request) described(name string) (*Channel, error) {
	c, err := r.conversation("channel")
	if err != nil {
		return nil, err
	}
	switch {
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(r.token.UserID):
		return nil, refuse("not_in_channel")
	case utf8.RuneCountInString(r.text(name)) > maxTopic:
		return nil, refuse("too_long")
	}
	return c, nil
}

// conversationsSetTopic says what a conversation is about now.
//
// https://docs.slack.dev/reference/methods/conversations.setTopic
func conversationsSetTopic(r *Request) (any, error) {
	c, err := r.described("topic")
	if err != nil {
		return nil, err
	}
	r.w.setTopic(r.team(), c, r.token.UserID, r.text("topic"))
	return oneChannel{r.object(c, shown{membership: true, read: true})}, nil
}

func (w *Workspace) setTopic(t *Team, c *Channel, user, topic string) {
	if c.Topic.Value == topic {
		return
	}
	c.Topic = Described{Value: topic, Creator: user, LastSet: w.now().Unix()}
	w.note(t, c, &Message{User: user, Subtype: c.word() + "_topic", Topic: topic, Text: "<@" + user + "> set the " + c.word() + " topic: " + topic})
}

// conversationsSetPurpose says what a conversation is for.
//
// https://docs.slack.dev/reference/methods/conversations.setPurpose
func conversationsSetPurpose(r *Request) (any, error) {
	c, err := r.described("purpose")
	if err != nil {
		return nil, err
	}
	r.w.setPurpose(r.team(), c, r.token.UserID, r.text("purpose"))
	return struct {
		Purpose string `json:"purpose"`
	}{r.text("purpose")}, nil
}

func (w *Workspace) setPurpose(t *Team, c *Channel, user, purpose string) {
	if c.Purpose.Value == purpose {
		return
	}
	c.Purpose = Described{Value: purpose, Creator: user, LastSet: w.now().Unix()}
	w.note(t, c, &Message{User: user, Subtype: c.word() + "_purpose", Purpose: purpose, Text: "<@" + user + "> set the " + c.word() + " purpose: " + purpose})
}
