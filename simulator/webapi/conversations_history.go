package webapi

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
)

// micros reads a ts as the microseconds that it is, with as many digits behind the
// point as somebody wrote.
func micros(ts string) (int64, bool) {
	whole, fraction, _ := strings.Cut(ts, ".")
	seconds, err := strconv.ParseUint(whole, 10, 40)
	if err != nil || strings.Trim(fraction, "0123456789") != "" {
		return 0, false
	}
	rest, _ := strconv.ParseInt((fraction + "000000")[:6], 10, 64)
	return int64(seconds)*1e6 + rest, true
}

// A span is the time within which messages are asked for, both ends included.
type span struct{ from, to int64 }

// span reads oldest, latest and inclusive.
func (r *Request) span() (span, error) {
	s := span{0, math.MaxInt64}
	if r.has("oldest") {
		at, ok := micros(r.text("oldest"))
		if !ok {
			return s, refuse("invalid_ts_oldest")
		}
		s.from = at
		if !r.yes("inclusive") {
			s.from++
		}
	}
	if r.has("latest") {
		at, ok := micros(r.text("latest"))
		if !ok {
			return s, refuse("invalid_ts_latest")
		}
		s.to = at
		if !r.yes("inclusive") {
			s.to--
		}
	}
	return s, nil
}

func (s span) holds(m *Message) bool {
	at, _ := micros(m.TS)
	return s.from <= at && at <= s.to
}

// A message's cursor names it by its ts, so that messages which come meanwhile do not
// move the pages.
func toMessageCursor(m *Message) string {
	at, _ := micros(m.TS)
	return base64.StdEncoding.EncodeToString([]byte("next_ts:" + strconv.FormatInt(at, 10)))
}

func fromMessageCursor(cursor string) (int64, bool) {
	plain, err := base64.StdEncoding.DecodeString(cursor)
	number, ok := strings.CutPrefix(string(plain), "next_ts:")
	at, wrong := strconv.ParseInt(number, 10, 64)
	return at, err == nil && ok && wrong == nil
}

// most is how many messages were asked for.
func (r *Request) most(otherwise int) int {
	n := r.number("limit", otherwise)
	if n <= 0 || n > 1000 {
		n = otherwise
	}
	return n
}

// cut takes the messages of a page, and notes where the next one begins. The second
// value reports whether there is one.
func (r *Request) cut(all []*Message, most int) ([]*Message, bool) {
	if len(all) <= most {
		return all, false
	}
	next := toMessageCursor(all[most])
	r.cursor = &next
	return all[:most], true
}

// asked are copies of messages without what was not asked for.
func (r *Request) asked(all []*Message) []*Message {
	copies := make([]*Message, len(all))
	for i, m := range all {
		one := *m
		if !r.yes("include_all_metadata") {
			one.Metadata = nil
		}
		copies[i] = &one
	}
	return copies
}

// conversationsHistory lists a conversation's messages, newest first, without those
// that stand in threads alone.
//
// https://docs.slack.dev/reference/methods/conversations.history
func conversationsHistory(r *Request) (any, error) {
	c, err := r.conversation("channel")
	if err != nil {
		return nil, err
	}
	if err := r.readable(c); err != nil {
		return nil, err
	}
	s, err := r.span()
	if err != nil {
		return nil, err
	}
	if r.has("cursor") {
		at, ok := fromMessageCursor(r.text("cursor"))
		if !ok {
			return nil, refuse("invalid_cursor")
		}
		s.to = min(s.to, at)
	}
	var found []*Message
	pins := 0
	for _, m := range slices.Backward(c.messages) {
		if len(m.PinnedTo) > 0 {
			pins++
		}
		if m.inHistory() && s.holds(m) {
			found = append(found, m)
		}
	}
	found, more := r.cut(found, r.most(100))
	return struct {
		Latest              string     `json:"latest,omitempty"`
		Messages            []*Message `json:"messages"`
		HasMore             bool       `json:"has_more"`
		PinCount            int        `json:"pin_count"`
		ChannelActionsTS    *string    `json:"channel_actions_ts"`
		ChannelActionsCount int        `json:"channel_actions_count"`
	}{Latest: r.text("latest"), Messages: r.asked(found), HasMore: more, PinCount: pins}, nil
}

// conversationsReplies lists a thread, its parent first. The ts of a reply gives that
// message alone: threads hang on their parent's.
//
// https://docs.slack.dev/reference/methods/conversations.replies
func conversationsReplies(r *Request) (any, error) {
	c, err := r.conversation("channel")
	if err != nil {
		return nil, err
	}
	if err := r.readable(c); err != nil {
		return nil, err
	}
	parent := c.message(r.text("ts"))
	if parent == nil || parent.ephemeralTo != "" {
		return nil, refuse("thread_not_found")
	}
	s, err := r.span()
	if err != nil {
		return nil, err
	}
	if r.has("cursor") {
		at, ok := fromMessageCursor(r.text("cursor"))
		if !ok {
			return nil, refuse("invalid_cursor")
		}
		s.from = max(s.from, at)
	}
	var replies []*Message
	for _, m := range c.messages {
		if m != parent && m.ThreadTS == parent.TS && m.ephemeralTo == "" && s.holds(m) {
			replies = append(replies, m)
		}
	}
	replies, more := r.cut(replies, max(r.most(1000)-1, 1))
	// The parent leads every page.
	return struct {
		Messages []*Message `json:"messages"`
		HasMore  bool       `json:"has_more"`
	}{r.asked(append([]*Message{parent}, replies...)), more}, nil
}

// readable refuses a bot that reads a public channel it is not in. People may.
func (r *Request) readable(c *Channel) error {
	if r.token.Kind != UserToken && !c.has(r.token.UserID) {
		return refuse("not_in_channel")
	}
	return nil
}
