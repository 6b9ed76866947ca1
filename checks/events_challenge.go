package checks

import (
	"context"
	"encoding/json"
	"mime"
	"net/url"
	"strings"

	"belay/checks/problem"
	"belay/simulator/payload"
)

// eventsChallenge asks for the answer without which Slack does not save an events
// URL.
//
// https://docs.slack.dev/apis/events-api/using-http-request-urls
var eventsChallenge = Check{
	ID: "events.challenge", Title: "url_verification is answered with the challenge", Needs: signatureNeeds,
	Problems: []string{"events.challenge"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if s.Target.Kind.Surface() != Events {
			return skip("Slack sends url_verification to events URLs only")
		}
		a, ok := i.answer(qChallenge)
		switch {
		case !ok:
			return skip("%s", i.why(qChallenge))
		case i.refusesValid():
			return skip("refused before the challenge is read: see signature.valid")
		case s.Target.Secret == "" && !a.OK():
			return skip("%s", secretHint)
		case a.GaveUp:
			return skip("no answer in time: see ack.deadline")
		}
		return i.judgeChallenge(a)
	},
}

func (i *interview) judgeChallenge(a payload.Answer) Result {
	form, ok := challengeForm(a, challengeSent(a))
	switch {
	case !ok:
		return found("events.challenge", "%s in place of the challenge", i.s.inShort(a)).with(i.s, asked{qChallenge, a})
	case a.Status != 200:
		return found("events.challenge", "the challenge with status %d, not 200", a.Status).with(i.s, asked{qChallenge, a})
	}
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if kind != form {
		return found("events.challenge", "the challenge, as %s in place of %s", orText(cutAt(kind, 60), "no content type"), form).at(problem.Warn).with(i.s, asked{qChallenge, a})
	}
	return pass("as %s", form)
}

// challengeForm is the content type that goes with the form in which the challenge
// came back: plain text, a form or JSON.
func challengeForm(a payload.Answer, sent string) (string, bool) {
	body := strings.TrimSpace(string(a.Body))
	if body == sent {
		return "text/plain", true
	}
	var object struct{ Challenge string }
	if json.Unmarshal(a.Body, &object) == nil && object.Challenge == sent {
		return "application/json", true
	}
	if values, err := url.ParseQuery(body); err == nil && values.Get("challenge") == sent {
		return "application/x-www-form-urlencoded", true
	}
	return "", false
}
