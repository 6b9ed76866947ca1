package webapi

import (
	"slices"
	"strings"
)

// join puts a message into the thread that it asks for. Slack posts a reply to a message
// that is gone outside of any thread, and says so only by leaving thread_ts out of the
// answer. The ts of a reply makes a thread that nobody finds: it is kept as it is.
//
// https://github.com/slack-go/slack/issues/1571
func (c *Channel) join(m *Message, ts string, broadcast bool) error {
	if !wellFormedTS(ts) {
		return &Error{Code: "invalid_thread_ts", Messages: []string{clip(ts, 80) + " is not a valid thread_ts"}}
	}
	parent := c.message(ts)
	if parent == nil {
		return nil
	}
	if !parent.threads() {
		return refuse("cannot_reply_to_message")
	}
	m.ThreadTS = ts
	if broadcast && (parent.ThreadTS == "" || parent.ThreadTS == parent.TS) {
		m.broadcast(parent)
	}
	return nil
}

// broadcast shows a reply in the channel, too.
func (m *Message) broadcast(parent *Message) {
	root := *parent
	root.Root = nil
	m.Subtype, m.Root = "thread_broadcast", &root
}

// threads reports whether people may reply to the message. They may not to what Slack
// writes itself.
func (m *Message) threads() bool {
	return slices.Contains([]string{"", "bot_message", "me_message", "file_share", "thread_broadcast", "tombstone"}, m.Subtype)
}

// wellFormedTS reports whether a text is the id of a message: 1790000000.000123.
func wellFormedTS(ts string) bool {
	seconds, fraction, ok := strings.Cut(ts, ".")
	return ok && len(ts) <= 24 && digits(seconds) && digits(fraction)
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
