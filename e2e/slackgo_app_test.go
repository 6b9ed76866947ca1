//go:build e2e

package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"belay/simulator/payload"
)

// A goApp is an app of slack-go that handles everything Slack sends, as the examples
// of slack-go do it.
type goApp struct{ api *slack.Client }

// ServeHTTP takes what Slack sends to URLs.
func (a goApp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := verified(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	said, err := parse(r, body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if answer := a.handle(said); answer != nil {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	}
}

// verified is the body, if Slack signed it.
func verified(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	verifier, err := slack.NewSecretsVerifier(r.Header, secret)
	if err != nil {
		return nil, err
	}
	_, _ = verifier.Write(body)
	return body, verifier.Ensure()
}

// parse reads what was said, by slack-go's types.
func parse(r *http.Request, body []byte) (any, error) {
	if r.Header.Get("Content-Type") == "application/json" {
		return slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	}
	if strings.HasPrefix(string(body), "payload=") {
		return slack.InteractionCallbackParse(r)
	}
	return slack.SlashCommandParse(r)
}

// listen takes what Slack sends over Socket Mode, until the client ends.
func (a goApp) listen(ctx context.Context, client *socketmode.Client) {
	for {
		select {
		case e := <-client.Events:
			switch e.Type {
			case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
				_ = client.Ack(*e.Request, a.handle(e.Data))
			}
		case <-ctx.Done():
			return
		}
	}
}

// handle posts a message about what it was given, and returns the answer, or nil.
func (a goApp) handle(what any) any {
	switch x := what.(type) {
	case slack.SlashCommand:
		a.says("command %s %s", x.Command, x.Text)
		return map[string]string{"text": "deploying"}
	case slack.InteractionCallback:
		return a.interact(x)
	case slackevents.EventsAPIEvent:
		if challenge, ok := x.Data.(*slackevents.EventsAPIURLVerificationEvent); ok {
			return slackevents.ChallengeResponse{Challenge: challenge.Challenge}
		}
		a.happened(x.InnerEvent)
	}
	return nil
}

func (a goApp) interact(x slack.InteractionCallback) any {
	switch x.Type {
	case slack.InteractionTypeBlockActions:
		action := x.ActionCallback.BlockActions[0]
		a.says("%s %s %s", x.Type, action.Type, action.ActionID)
	case slack.InteractionTypeViewSubmission:
		a.says("%s %s", x.Type, x.View.State.Values["belay"][probe].Value)
		return slack.NewClearViewSubmissionResponse()
	case slack.InteractionTypeViewClosed:
		a.says("%s %s", x.Type, x.View.CallbackID)
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		a.says("%s %s", x.Type, x.CallbackID)
	case slack.InteractionTypeBlockSuggestion:
		a.says("%s %s %s", x.Type, x.ActionID, x.Value)
		text := slack.NewTextBlockObject(slack.PlainTextType, "Belay", false, false)
		return slack.OptionsResponse{Options: []*slack.OptionBlockObject{slack.NewOptionBlockObject("belay", text, nil)}}
	}
	return nil
}

// happened tells of an event by its type in Go.
func (a goApp) happened(x slackevents.EventsAPIInnerEvent) {
	user := ""
	switch e := x.Data.(type) {
	case *slackevents.AppMentionEvent:
		user = e.User
	case *slackevents.MessageEvent:
		user = e.User
	case *slackevents.AppHomeOpenedEvent:
		user = e.User
	case *slackevents.ReactionAddedEvent:
		user = e.User
	case *slackevents.MemberJoinedChannelEvent:
		user = e.User
	case *slackevents.FunctionExecutedEvent:
		user = fmt.Sprint(e.Inputs["user_id"])
	}
	a.says("event %s %s", x.Type, user)
}

func (a goApp) says(format string, args ...any) {
	_, _, _ = a.api.PostMessage(payload.StandInChannel, slack.MsgOptionText(fmt.Sprintf(format, args...), false))
}
