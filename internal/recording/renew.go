package recording

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"belay/simulator/payload"
)

// A renewal changes what of a body must not be sent a second time. What tells messages,
// people and places apart stays, and so does event_time.
type renewal struct {
	terms   Terms
	fields  payload.Object
	renewed []string
	lost    []string
	secrets []payload.Secret
}

// change is the change of the text at a path.
func (n *renewal) change(path []string, text string) (string, bool) {
	name := lastName(path)
	n.hide(name, text)
	again := n.value(path, name, text)
	if strings.Contains(again, redacted) {
		n.lose(fmt.Sprintf("the recording holds %s in place of a secret, in %.60q: it is sent as it is", redacted, name))
	}
	if again == text {
		return "", false
	}
	if !slices.Contains(n.renewed, name) {
		n.renewed = append(n.renewed, name)
	}
	return again, true
}

func (n *renewal) value(path []string, name, text string) string {
	if name == "token" && len(path) == 1 {
		return n.token(text)
	}
	if n.terms.KeepIDs {
		return text
	}
	switch top := len(path) == 1; {
	case name == "response_url":
		return nowhere(text)
	case name == "event_id" && top:
		return "EvBELAY" + n.digest(text, base32.StdEncoding.EncodeToString)[:10]
	case name == "event_context" && top:
		return n.context(text)
	case name == "trigger_id", name == "interactivity_pointer":
		return "0000000000000.0000000000.be1a" + n.digest(text, hex.EncodeToString)[:28]
	}
	return hook().ReplaceAllStringFunc(text, nowhere)
}

// lastName is that of the innermost member: the elements of a list have none.
func lastName(path []string) string {
	for _, name := range slices.Backward(path) {
		if name != "" {
			return name
		}
	}
	return ""
}

// token is the given one, or the recorded one. One that was redacted gets belay's
// stand-in.
func (n *renewal) token(text string) string {
	switch {
	case n.terms.Token != "":
		return string(n.terms.Token)
	case strings.Contains(text, redacted):
		n.lose("the verification token was redacted: a stand-in is sent; to send the app's, set SLACK_VERIFICATION_TOKEN")
		return payload.StandInToken
	}
	return text
}

func (n *renewal) lose(sentence string) {
	if !slices.Contains(n.lost, sentence) {
		n.lost = append(n.lost, sentence)
	}
}

// digest tells ids apart, and is the same for the same id as long as Now is.
func (n *renewal) digest(id string, encode func([]byte) string) string {
	sum := sha256.Sum256([]byte(payload.Timestamp(n.terms.Now) + n.terms.Now.Format(".000000000:") + id))
	return encode(sum[:])
}

// context is that of the event within, as belay writes it; it is opaque to apps.
func (n *renewal) context(text string) string {
	event, _ := n.fields.Value("event").(payload.Object)
	channel, _ := event.Value("channel").(string)
	made := payload.Event.Fields(payload.Scene{
		TeamID: n.fields.Text("team_id"), AppID: n.fields.Text("api_app_id"), ChannelID: channel, EventType: "message",
	})
	if context := made.Text("event_context"); context != "" {
		return context
	}
	return text
}

// hook is a URL of Slack's that whoever has it can post to, also in JSON with escaped
// slashes.
var hook = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)https?:\\*/\\*/hooks\.slack(?:-gov)?\.com(?:\\*/[A-Za-z0-9_-]*)+`)
})

// nowhere is a URL of the same sort that leads nowhere, and says so.
func nowhere(text string) string {
	for _, sort := range []string{"actions", "app", "services", "workflows"} {
		if strings.Contains(text, "/"+sort+"/") || strings.Contains(text, "/"+sort+`\/`) {
			return "https://hooks.slack.com/" + sort + "/" + payload.StandInTeam + "/0000000000/this-is-belay-no-reply-here"
		}
	}
	return "https://hooks.slack.com/commands/" + payload.StandInTeam + "/0000000000/this-is-belay-no-reply-here"
}

// slackToken is a token of Slack's, wherever it stands.
var slackToken = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]{6,}`)
})

// hide notes what is secret in a text.
func (n *renewal) hide(name, text string) {
	whole := []string{"token", "bot_access_token", "workflow_token", "secret", "response_url"}
	if slices.Contains(whole, name) {
		n.hideText(text)
	}
	for _, found := range slices.Concat(slackToken().FindAllString(text, -1), hook().FindAllString(text, -1)) {
		n.hideText(found)
	}
}

func (n *renewal) hideText(text string) {
	known := text == "" || text == redacted || text == payload.StandInToken || strings.Contains(text, "/this-is-belay-no-reply-here")
	if secret := payload.Secret(text); !known && !slices.Contains(n.secrets, secret) {
		n.secrets = append(n.secrets, secret)
	}
}

// query notes what is secret in the redirect of an install: the code buys a token.
func (n *renewal) query(fields payload.Object) {
	n.hideText(fields.Text("code"))
}
