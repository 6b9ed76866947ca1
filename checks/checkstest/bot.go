package checkstest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"belay/simulator/payload"
)

// Path is where a Bot serves Slack.
const Path = "/slack/events"

// What a Bot knows.
const (
	KnownCommand = "/deploy"
	KnownAction  = "deploy"
	KnownEvent   = "app_mention"
)

// A Call is a request as an app got it.
type Call struct {
	*http.Request
	// Number counts the calls of the app, from 1.
	Number int
	// Raw is the body.
	Raw []byte
	At  time.Time
}

// JSON is the payload: the body, or the field payload of a form.
func (c Call) JSON() map[string]any {
	text := c.Raw
	if form := c.Form(); form.Has("payload") {
		text = []byte(form.Get("payload"))
	}
	var object map[string]any
	_ = json.Unmarshal(text, &object)
	return object
}

// Form is the body as a form, empty where it is JSON.
func (c Call) Form() url.Values {
	if c.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		return url.Values{}
	}
	form, _ := url.ParseQuery(string(c.Raw))
	return form
}

// What is the call's type in Slack's words, such as command or url_verification,
// and GET for a look.
func (c Call) What() string {
	form := c.Form()
	switch {
	case c.Method == http.MethodGet:
		return "GET"
	case form.Has("command"):
		return "command"
	case form.Has("ssl_check") && !form.Has("payload"):
		return "ssl_check"
	}
	what, _ := c.JSON()["type"].(string)
	return what
}

// Name is the command, the event's type, or the action_id or callback_id that apps tell
// the call by.
func (c Call) Name() string {
	object := c.JSON()
	view, _ := object["view"].(map[string]any)
	if event, ok := object["event"].(map[string]any); ok {
		return text(event["type"])
	}
	if actions, ok := object["actions"].([]any); ok && len(actions) > 0 {
		action, _ := actions[0].(map[string]any)
		if id := text(action["action_id"]); id != "" {
			return id
		}
	}
	for _, id := range []any{object["action_id"], object["callback_id"], view["callback_id"]} {
		if id := text(id); id != "" {
			return id
		}
	}
	return c.Form().Get("command")
}

// Token is the verification token.
func (c Call) Token() string {
	if token := text(c.JSON()["token"]); token != "" {
		return token
	}
	return c.Form().Get("token")
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

// Signature is the header of that name.
func (c Call) Signature() string { return c.Header.Get(payload.SignatureHeader) }

// Timestamp is the header that belongs to the signature.
func (c Call) Timestamp() string { return c.Header.Get(payload.TimestampHeader) }

// SignedOver reports whether the call is signed over those bytes, at that time of
// the app's clock.
func (c Call) SignedOver(secret payload.Secret, body []byte, now time.Time) bool {
	return payload.Verify(secret, c.Signature(), c.Timestamp(), body, now)
}

// A Bot is a small Slack app, which is right in all that its fields leave open.
type Bot struct {
	Secret payload.Secret
	// Verify reports whether a call comes from Slack; nil is as documented.
	Verify func(c Call) bool
	// Refuse answers a call that does not; nil is a 401 in words.
	Refuse Handler
	// Known answers what the bot knows; nil is a message to a command, options
	// to a menu, and else the empty 200.
	Known Handler
	// Unknown answers what the bot does not know; nil is as Known.
	Unknown Handler
	// Challenge answers url_verification; nil is the challenge as text.
	Challenge Handler
	// ChallengeFirst answers it before anything is verified.
	ChallengeFirst bool
	// SSLCheck answers a bare ssl_check, unsigned; nil is the empty 200.
	SSLCheck Handler
}

// Serve answers one call.
func (b Bot) Serve(w http.ResponseWriter, c Call) {
	what := c.What()
	switch {
	case c.URL.Path != Path:
		http.NotFound(w, c.Request)
	case c.Method != http.MethodPost:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case what == "ssl_check":
		or(b.SSLCheck, Answer(200, ""))(w, c)
	case what == "url_verification" && b.ChallengeFirst:
		b.challenge(w, c)
	case !b.verified(c):
		or(b.Refuse, Answer(401, "not signed by Slack"))(w, c)
	case what == "url_verification":
		b.challenge(w, c)
	case isKnown(c.Name()):
		or(b.Known, reply)(w, c)
	default:
		or(b.Unknown, or(b.Known, reply))(w, c)
	}
}

func (b Bot) verified(c Call) bool {
	if b.Verify != nil {
		return b.Verify(c)
	}
	return c.SignedOver(b.Secret, c.Raw, time.Now())
}

func (b Bot) challenge(w http.ResponseWriter, c Call) {
	or(b.Challenge, func(w http.ResponseWriter, c Call) {
		Answer(200, text(c.JSON()["challenge"]), "Content-Type: text/plain")(w, c)
	})(w, c)
}

// reply shows a command's user something, fills menus, and acknowledges the rest.
func reply(w http.ResponseWriter, c Call) {
	const inJSON = "Content-Type: application/json"
	_, used := c.JSON()["actions"]
	switch what := c.What(); {
	case what == "command":
		Answer(200, `{"response_type":"ephemeral","text":"Deploying."}`, inJSON)(w, c)
	case what == "block_suggestion":
		Answer(200, `{"options":[{"text":{"type":"plain_text","text":"Production"},"value":"prod"}]}`, inJSON)(w, c)
	case what == "interactive_message" && !used:
		Answer(200, `{"options":[{"text":"Production","value":"prod"}]}`, inJSON)(w, c)
	case what == "dialog_suggestion":
		Answer(200, `{"options":[{"label":"Production","value":"prod"}]}`, inJSON)(w, c)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

func isKnown(name string) bool {
	return name == KnownCommand || name == KnownAction || name == KnownEvent
}

func or(h, otherwise Handler) Handler {
	if h == nil {
		return otherwise
	}
	return h
}
