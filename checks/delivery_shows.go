package checks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"slices"
	"strings"

	"belay/checks/problem"
	"belay/simulator/payload"
)

// retryPlan is when Slack sends an event again.
//
// https://docs.slack.dev/apis/events-api#retries
const retryPlan = "at once, after 1 minute and after 5"

// troubleConnecting is what a modal says when its submission fails.
const troubleConnecting = `the modal stays open and says "We had some trouble connecting. Try again?"`

// slackShows says what becomes visible at Slack after a delivery, in words.
func (j *judgedDelivery) slackShows(first Result) *SlackShows {
	if j.expected == expectRefusal {
		return nil
	}
	if !j.acknowledged {
		return j.showsFailure(first.Problem)
	}
	words := j.showsSuccess()
	if words == "" {
		return nil
	}
	return &SlackShows{Words: words, Confidence: string(problem.Confirmed)}
}

// showsFailure adds to what the catalogue says about a problem what hangs on the
// payload.
func (j *judgedDelivery) showsFailure(f *Finding) *SlackShows {
	shows := &SlackShows{Confidence: string(problem.Probable)}
	if f != nil && f.Shows != nil {
		*shows = *f.Shows
	}
	switch kindOf(j.sent.Delivery) {
	case Command:
		if shows.User == "" && shows.Words == "" {
			return nil
		}
	case Events:
		if !isEvent(j.sent.Delivery) {
			return shows
		}
		shows.RetryReason = orText(shows.RetryReason, retryReason(j.sent.Answer))
		shows.Words = retryPlan
		if j.sent.Answer.Header.Get("X-Slack-No-Retry") == "1" {
			shows.RetryReason, shows.Words = "", "nothing more: the app asked for no retry (X-Slack-No-Retry: 1)"
		}
	case Action, Options:
		switch j.sent.Delivery.Kind.Name {
		case payload.ViewSubmission.Name, payload.DialogSubmission.Name:
			shows.Words = troubleConnecting
		case payload.ViewClosed.Name, payload.DialogCancellation.Name:
			shows.Words = "nothing"
		case payload.BlockActions.Name, payload.InteractiveMessage.Name:
			shows.Words = "a warning beside the element that was used"
		default:
			shows.Words = orText(shows.Words, "an error beside what was used")
		}
		shows.User, shows.Confidence = "", string(problem.Probable)
	}
	return shows
}

func isEvent(d payload.Delivery) bool { return strings.HasPrefix(d.Kind.Name, payload.Event.Name) }

// retryReason is Slack's word for why a delivery failed, where no problem has it.
func retryReason(a payload.Answer) string {
	switch {
	case a.GaveUp:
		return "http_timeout"
	case a.Reached == payload.PhaseTLS:
		return "ssl_error"
	case neverSent(a), !a.Answered():
		return "connection_failed"
	case !a.OK():
		return "http_error"
	}
	return "unknown_error"
}

// showsSuccess says what an acknowledgement does.
func (j *judgedDelivery) showsSuccess() string {
	a := j.sent.Answer
	body := bytes.TrimSpace(a.Body)
	switch name := j.sent.Delivery.Kind.Name; name {
	case payload.Command.Name:
		return j.showsReply(a, body)
	case payload.ViewSubmission.Name:
		return j.showsView(body)
	case payload.BlockSuggestion.Name, payload.DialogSuggestion.Name, payload.InteractiveMessageSuggestion.Name:
		return j.showsOptions(body)
	case payload.InteractiveMessage.Name:
		if looksLikeMessage(body) {
			return "the reply in place of the message, unless it says replace_original: false"
		}
		return "nothing: the empty answer acknowledges"
	case payload.DialogSubmission.Name:
		if jsonHas(body, "errors") {
			return "the dialog stays open with the errors of the reply"
		}
		return "the dialog closes"
	case payload.URLVerification.Name:
		return "the URL can be saved"
	case payload.OAuthRedirect.Name:
		return "the browser shows what the app answers"
	case payload.SSLCheck.Name, payload.AppRateLimited.Name:
		return "nothing"
	default:
		if isEvent(j.sent.Delivery) {
			return "nothing: the event counts as delivered"
		}
	}
	if len(body) > 0 {
		return "nothing: what stands in this answer is not shown (answer at the response_url)"
	}
	return "nothing: the empty answer acknowledges"
}

// showsReply is what the user of a command reads.
func (j *judgedDelivery) showsReply(a payload.Answer, body []byte) string {
	if len(body) == 0 {
		return "nothing: the empty answer acknowledges"
	}
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	var m struct {
		Text         string            `json:"text"`
		ResponseType string            `json:"response_type"`
		Blocks       []json.RawMessage `json:"blocks"`
	}
	if kind != "application/json" || json.Unmarshal(body, &m) != nil {
		return "to the user alone: " + j.quoted(string(body))
	}
	who := "to the user alone: "
	if m.ResponseType == "in_channel" {
		who = "to everybody in the channel, below the command: "
	}
	switch {
	case len(m.Blocks) > 0:
		who += plural(len(m.Blocks), "block", "blocks")
		if m.Text != "" {
			who += " (in notifications " + j.quoted(m.Text) + ")"
		}
		return who
	case m.Text == "" && m.ResponseType == "in_channel":
		return "the command itself, to everybody in the channel"
	case m.Text == "":
		return "a message without text"
	}
	return who + j.quoted(m.Text)
}

// quoted is a text of the app's, cut and without what is secret.
func (j *judgedDelivery) quoted(text string) string {
	head, whole := j.s.hideHead([]byte(text), 4096)
	text = strings.Join(strings.Fields(head), " ")
	if !whole {
		text += ellipsis
	}
	return fmt.Sprintf("%q", cutAt(text, 200))
}

// showsView is what becomes of a modal that was submitted.
func (j *judgedDelivery) showsView(body []byte) string {
	a := asked{qNamed, j.sent.Answer}
	if j.s.judgeViewReply(a, sent(a.answer)).Status == Fail {
		return troubleConnecting
	}
	var reply struct {
		Action string                     `json:"response_action"`
		Errors map[string]json.RawMessage `json:"errors"`
	}
	_ = json.Unmarshal(body, &reply)
	switch reply.Action {
	case "clear":
		return "all modals close"
	case "update":
		return "the modal shows the view of the reply"
	case "push":
		return "the view of the reply, on top of the modal"
	case "errors":
		var fields []string
		for block := range reply.Errors {
			fields = append(fields, cutAt(j.s.hide(block), 40))
		}
		slices.Sort(fields)
		return "the modal stays open, with an error at " + strings.Join(fields[:min(len(fields), 5)], ", ")
	}
	return "the modal closes"
}

// showsOptions counts what an options load URL answers.
func (j *judgedDelivery) showsOptions(body []byte) string {
	var reply struct {
		Options []json.RawMessage `json:"options"`
		Groups  []json.RawMessage `json:"option_groups"`
	}
	_ = json.Unmarshal(body, &reply)
	a := asked{qNamed, j.sent.Answer}
	switch {
	case j.s.judgeOptions(a, sent(a.answer)).Status == Fail:
		return "an empty menu"
	case reply.Groups != nil:
		return "a menu with " + plural(len(reply.Groups), "group", "groups") + " of options"
	}
	return "a menu with " + plural(len(reply.Options), "option", "options")
}

func jsonHas(body []byte, name string) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal(body, &object) == nil && object[name] != nil
}
