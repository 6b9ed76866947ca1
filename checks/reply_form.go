package checks

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"strings"

	"belay/simulator/payload"
)

// replyForm asks whether Slack can read what the app replies to a command, or to a
// button or menu of old, whose message the reply replaces.
var replyForm = Check{
	ID: "reply.form", Title: "the reply is one that Slack can read", Needs: []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"reply.html", "reply.too-large", "reply.invalid-json", "reply.content-type"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		for _, a := range i.proper() {
			if a.answer.TooLarge {
				return found("reply.too-large", "more than 1 MiB%s%s; belay stopped reading", orEncoded(a.answer), i.toWhich(a.question)).with(s, a)
			}
		}
		if a, ok := i.answer(qNamed); ok && sent(a).showsReply() {
			return judgeForm(s, asked{qNamed, a})
		}
		if a, ok := i.everywhereHTML(); ok {
			return found("reply.html", "an HTML page for an answer: %s", s.inShort(a.answer)).with(s, a)
		}
		if s.Target.Kind.Surface() != Command && !s.Target.Kind.is("interactive_message") {
			return skip("only the reply to a command is shown, or to a legacy button")
		}
		return skip("needs the reply of a real one: %s", s.nameFlag())
	},
}

func orEncoded(a payload.Answer) string {
	if a.Encoded != "" {
		return " once decoded from " + a.Encoded
	}
	return ""
}

// everywhereHTML reports a page that answers whatever was asked, such as a login.
func (i *interview) everywhereHTML() (asked, bool) {
	all := i.proper()
	for _, a := range all {
		if !a.answer.OK() || !isHTML(a.answer.Body) {
			return asked{}, false
		}
	}
	if len(all) == 0 {
		return asked{}, false
	}
	return all[0], true
}

func judgeForm(s *Session, a asked) Result {
	body := bytes.TrimSpace(a.answer.Body)
	kind, _, _ := mime.ParseMediaType(a.answer.Header.Get("Content-Type"))
	switch {
	case !a.answer.OK():
		return skip("no reply to judge: %s", s.inShort(a.answer))
	case len(body) == 0:
		return pass("empty: acknowledged, and nothing is shown")
	case a.answer.DecodeErr != nil:
		return found("reply.invalid-json", "the body cannot be decoded: %v", a.answer.DecodeErr).with(s, a)
	case isHTML(body):
		return found("reply.html", "an HTML page: %s", s.inShort(a.answer)).with(s, a)
	case kind == "application/json" && !json.Valid(body):
		return found("reply.invalid-json", "says JSON, and %s", jsonMistake(body)).with(s, a)
	case kind != "application/json" && looksLikeMessage(body):
		return found("reply.content-type", "a message in JSON, as %s: the user reads it raw", orText(cutAt(kind, 60), "no content type")).with(s, a).probable()
	case kind == "application/json":
		return pass("JSON")
	}
	head, _ := s.hideHead(body, 4096)
	return pass("text: %s", cutAt(strings.Join(strings.Fields(head), " "), 60))
}

// isHTML judges by the body: Express sends "ok" as text/html.
func isHTML(body []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 512)]))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// looksLikeMessage reports a JSON object with the keys of a message.
func looksLikeMessage(body []byte) bool {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		return false
	}
	for _, key := range []string{"text", "blocks", "attachments", "response_type"} {
		if _, ok := object[key]; ok {
			return true
		}
	}
	return false
}

// jsonMistake says what is wrong with a JSON text.
func jsonMistake(body []byte) string {
	var any json.RawMessage
	if err := json.Unmarshal(body, &any); err != nil {
		return "is not: " + cutAt(err.Error(), 100)
	}
	return "is not"
}
