package checks

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/blockkit"
	"belay/simulator/payload"
)

// sentPayload is what a request was, read from its body: the interview's own, or one
// that the user wrote.
type sentPayload struct {
	// Type is Slack's type word, and command for a slash command.
	Type    string            `json:"type"`
	Name    string            `json:"name"`
	Actions []json.RawMessage `json:"actions"`
	View    struct {
		Blocks []struct {
			Type    string `json:"type"`
			BlockID string `json:"block_id"`
		} `json:"blocks"`
	} `json:"view"`
}

// sent reads the request that got an answer.
func sent(a payload.Answer) sentPayload {
	body := a.Request.Body
	if form, err := url.ParseQuery(string(body)); err == nil && form.Has("payload") {
		body = []byte(form.Get("payload"))
	} else if form.Has("command") {
		return sentPayload{Type: "command"}
	}
	var p sentPayload
	_ = json.Unmarshal(body, &p)
	// Slack's word is the same for a menu that asks for its options.
	if p.Type == "interactive_message" && p.Actions == nil {
		p.Type = "interactive_message_suggestion"
	}
	return p
}

// is reports whether it is one of those, by Slack's type words.
func (p sentPayload) is(words ...string) bool { return slices.Contains(words, p.Type) }

// showsReply reports a payload whose reply is a message that Slack shows: a command's,
// or that of a legacy button or menu, where it takes the place of the original.
func (p sentPayload) showsReply() bool { return p.is("command", "interactive_message") }

// repliedTo is the reply to what was named, if it is one of those types, or why there
// is none to judge.
func (s *Session) repliedTo(i *interview, words ...string) (asked, sentPayload, Result) {
	a, ok := i.answer(qNamed)
	of := sent(a)
	form := s.done["reply.form"]
	switch {
	case !ok && s.Target.named() == "":
		return asked{}, of, skip("needs the reply of a real one: %s", s.nameFlag())
	case !ok:
		return asked{}, of, skip("%s", i.why(qNamed))
	case !of.is(words...):
		return asked{}, of, skip("Slack does not read such a reply to %s", orText(of.Type, "this"))
	case form.Status == Fail:
		return asked{}, of, skip("not asked after reply.form: %s", form.Saw)
	case !a.OK() || !a.Complete():
		return asked{}, of, skip("no reply to judge: %s", s.inShort(a))
	case a.DecodeErr != nil:
		return asked{}, of, skip("no reply to judge: the body cannot be decoded: %v", a.DecodeErr)
	}
	return asked{qNamed, a}, of, Result{}
}

// members are those of a JSON object; none where the text is none.
func members(text []byte) (map[string]json.RawMessage, bool) {
	var object map[string]json.RawMessage
	err := json.Unmarshal(text, &object)
	return object, err == nil && object != nil
}

// violated says what is wrong in a few words, the first five.
func (s *Session) violated(violations []blockkit.Violation) string {
	var texts []string
	for _, v := range violations[:min(len(violations), 5)] {
		texts = append(texts, cutAt(s.hide(v.String()), 200))
	}
	return strings.Join(texts, "; ")
}

func isEmpty(body []byte) bool { return len(bytes.TrimSpace(body)) == 0 }
