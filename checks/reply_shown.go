package checks

import (
	"context"
	"strings"
)

// replyShown asks whether a reply holds a message that nobody will see.
var replyShown = Check{
	ID: "reply.shown", Title: "no message is lost in a reply", Needs: []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"reply.ignored"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if s.Target.Kind.Surface() != Action && s.Target.Kind.Surface() != Events {
			return skip("only what is replied to an action, a shortcut or an event is ignored")
		}
		// What Slack makes of a message in the reply to a dialog is not documented.
		a, of, none := s.repliedTo(i, "block_actions", "shortcut", "message_action", "view_closed", "dialog_cancellation", "event_callback")
		if none.Status != "" {
			return none
		}
		reply, ok := members(a.answer.Body)
		if !ok {
			return pass("no message in it")
		}
		var lost []string
		for _, name := range []string{"text", "blocks", "attachments"} {
			if isSet(reply[name]) {
				lost = append(lost, name)
			}
		}
		if len(lost) == 0 {
			return pass("no message in it")
		}
		return found("reply.ignored", "a message (%s) in the reply to %s, which Slack does not show", strings.Join(lost, ", "), of.Type).with(s, a)
	},
}
