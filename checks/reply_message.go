package checks

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"unicode/utf8"

	"belay/simulator/blockkit"
)

// replyMessage asks whether Slack would post what the app replies, where it is shown.
var replyMessage = Check{
	ID: "reply.message", Title: "the reply is a message that Slack takes", Needs: []string{"reply.form"},
	Problems: []string{"reply.invalid-blocks", "reply.invalid-message"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		a, ok := i.answer(qNamed)
		if !ok {
			return skip("%s", i.why(qNamed))
		}
		body := bytes.TrimSpace(a.Body)
		kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
		if len(body) == 0 || kind != "application/json" {
			return judgeText(s, asked{qNamed, a})
		}
		return judgeMessage(s, asked{qNamed, a}, body)
	},
}

// maxText is how long a message's text may be, in characters.
//
// https://docs.slack.dev/changelog/2018-truncating-really-long-messages
const maxText = 40000

func judgeText(s *Session, a asked) Result {
	if n := utf8.RuneCount(a.answer.Body); n > maxText {
		return found("reply.invalid-message", "the text is %d characters long, 40,000 are allowed", n).with(s, a)
	}
	return pass("no message to judge")
}

// message are the members of a reply that are judged.
type message struct {
	Text         json.RawMessage `json:"text"`
	ResponseType json.RawMessage `json:"response_type"`
	Blocks       json.RawMessage `json:"blocks"`
	Attachments  json.RawMessage `json:"attachments"`
}

func judgeMessage(s *Session, a asked, body []byte) Result {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		return found("reply.invalid-message", "the reply is JSON and no object").with(s, a).probable()
	}
	if wrong := m.wrong(); wrong != "" {
		return found("reply.invalid-message", "%s", wrong).with(s, a)
	}
	if len(m.Blocks) == 0 || string(m.Blocks) == "null" {
		return pass("a message")
	}
	violations := blockkit.Validate(blockkit.Message, m.Blocks)
	if len(violations) == 0 {
		return pass("a message with blocks")
	}
	return found("reply.invalid-blocks", "%s", s.violated(violations)).with(s, a)
}

// wrong says which member Slack refuses, or "".
func (m message) wrong() string {
	var text, responseType string
	var list []json.RawMessage
	switch {
	case isSet(m.Text) && json.Unmarshal(m.Text, &text) != nil:
		return "text is not a string [json-pointer:/text]"
	case utf8.RuneCountInString(text) > maxText:
		return "text is longer than 40,000 characters [json-pointer:/text]"
	case isSet(m.ResponseType) && json.Unmarshal(m.ResponseType, &responseType) != nil:
		return "response_type is not a string [json-pointer:/response_type]"
	case responseType != "" && responseType != "ephemeral" && responseType != "in_channel":
		return "response_type is " + cutAt(responseType, 40) + ", neither ephemeral nor in_channel [json-pointer:/response_type]"
	case isSet(m.Attachments) && json.Unmarshal(m.Attachments, &list) != nil:
		return "attachments is not a list [json-pointer:/attachments]"
	case len(list) > 100:
		return "more than 100 attachments [json-pointer:/attachments]"
	}
	return ""
}

func isSet(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }
