package webapi

import "slices"

// conversationsMethods are those of the family conversations. Slack Connect and
// canvases follow their facts: there is no other organization to share with.
var conversationsMethods = map[string]serve{
	"conversations.archive":    conversationsArchive,
	"conversations.close":      conversationsClose,
	"conversations.create":     conversationsCreate,
	"conversations.history":    conversationsHistory,
	"conversations.info":       conversationsInfo,
	"conversations.invite":     conversationsInvite,
	"conversations.join":       conversationsJoin,
	"conversations.kick":       conversationsKick,
	"conversations.leave":      conversationsLeave,
	"conversations.list":       conversationsList,
	"conversations.mark":       conversationsMark,
	"conversations.members":    conversationsMembers,
	"conversations.open":       conversationsOpen,
	"conversations.rename":     conversationsRename,
	"conversations.replies":    conversationsReplies,
	"conversations.setPurpose": conversationsSetPurpose,
	"conversations.setTopic":   conversationsSetTopic,
	"conversations.unarchive":  conversationsUnarchive,
}

// oneChannel is the answer of methods that tell of one conversation.
type oneChannel struct {
	Channel any `json:"channel"`
}

type manyChannels struct {
	Channels []any `json:"channels"`
}

// conversationsInfo tells of a conversation.
//
// https://docs.slack.dev/reference/methods/conversations.info
func conversationsInfo(r *Request) (any, error) {
	c, err := r.conversation("channel")
	if err != nil {
		return nil, err
	}
	s := shown{membership: true, read: true, members: r.yes("include_num_members"), locale: r.yes("include_locale")}
	return oneChannel{r.object(c, s)}, nil
}

// conversationTypes are the words of the types argument, by the sort they stand for.
var conversationTypes = map[string]string{"public_channel": "channel", "private_channel": "group", "mpim": "mpim", "im": "im"}

// sorts are those of conversations that the types argument asks for. The token needs
// the scope of each.
func (r *Request) sorts() ([]string, error) {
	types := r.list("types")
	if len(types) == 0 {
		types = []string{"public_channel"}
	}
	var sorts []string
	for _, name := range types {
		sort, ok := conversationTypes[name]
		if !ok {
			return nil, refuse("invalid_types")
		}
		if err := r.scoped((&Channel{Sort: sort}).scopePrefix()); err != nil {
			return nil, err
		}
		sorts = append(sorts, sort)
	}
	return sorts, nil
}

// listed answers with the conversations that the arguments ask for and which pass.
func (r *Request) listed(s shown, passes func(*Channel) bool) (any, error) {
	sorts, err := r.sorts()
	if err != nil {
		return nil, err
	}
	var all []*Channel
	for _, c := range r.team().channels {
		if slices.Contains(sorts, c.Sort) && r.visible(c) && (!c.Archived || !r.yes("exclude_archived")) && passes(c) {
			all = append(all, c)
		}
	}
	all, err = page(r, all, 100)
	if err != nil {
		return nil, err
	}
	answer := manyChannels{[]any{}}
	for _, c := range all {
		answer.Channels = append(answer.Channels, r.object(c, s))
	}
	return answer, nil
}

// conversationsList lists the conversations that the caller may know of.
//
// https://docs.slack.dev/reference/methods/conversations.list
func conversationsList(r *Request) (any, error) {
	return r.listed(shown{membership: true, members: true}, func(*Channel) bool { return true })
}

// conversationsMembers lists who is in a conversation.
//
// https://docs.slack.dev/reference/methods/conversations.members
func conversationsMembers(r *Request) (any, error) {
	c, err := r.conversation("channel")
	if err != nil {
		return nil, err
	}
	members, err := page(r, c.Members, 100)
	if err != nil {
		return nil, err
	}
	return struct {
		Members []string `json:"members"`
	}{append([]string{}, members...)}, nil
}

// conversationsMark moves up to where the caller has read.
//
// https://docs.slack.dev/reference/methods/conversations.mark
func conversationsMark(r *Request) (any, error) {
	c, err := r.conversation("channel")
	if err != nil {
		return nil, err
	}
	if _, ok := micros(r.text("ts")); !ok {
		return nil, refuse("invalid_timestamp")
	}
	if !c.has(r.token.UserID) {
		return nil, refuse("not_in_channel")
	}
	if c.read == nil {
		c.read = map[string]string{}
	}
	c.read[r.token.UserID] = r.text("ts")
	return nil, nil
}
