package checks

import (
	"bytes"
	"context"
	"encoding/json"

	"belay/simulator/payload"
)

// urlKind asks whether the URL serves the surface that it is given for.
var urlKind = Check{
	ID: "url.kind", Title: "the URL serves what it is given for", Needs: []string{"http.answer", "http.direct"},
	Problems: []string{"url.wrong-kind"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		for _, a := range i.here() {
			if r, ok := s.meaning(a.answer); ok && r.Means == MeansOAuthPage {
				return found("url.wrong-kind", "it is the page that starts an installation (%s)", r.Evidence).with(s, a)
			}
		}
		if a, ok := i.answer(qProbe); ok && s.Target.Kind.Surface() == Command && i.onlyReadsJSON() {
			return found("url.wrong-kind", "it answers url_verification, and a command's form with %s: it reads JSON only, as an events URL does", s.inShort(a)).
				with(s, asked{qProbe, a})
		}
		return pass("nothing speaks for another surface")
	},
}

// onlyReadsJSON reports an app that answers the challenge and complains of a form
// in the words of a JSON parser.
func (i *interview) onlyReadsJSON() bool {
	challenge, ok := i.answer(qChallenge)
	probe, asked := i.answer(qProbe)
	if !ok || !asked || !bytes.Contains(challenge.Body, []byte(challengeSent(challenge))) {
		return false
	}
	if probe.Status == 415 {
		return true
	}
	if probe.Status != 400 && probe.Status != 500 {
		return false
	}
	for _, words := range []string{"Unexpected token", "invalid character", "Expecting value", "not valid JSON", "JSON parse error", "Unsupported Media Type"} {
		if bytes.Contains(probe.Body, []byte(words)) {
			return true
		}
	}
	return false
}

// challengeSent is the challenge of the url_verification that got the answer.
func challengeSent(a payload.Answer) string {
	var sent struct{ Challenge string }
	if json.Unmarshal(a.Request.Body, &sent) == nil && sent.Challenge != "" {
		return sent.Challenge
	}
	return payload.URLVerification.Fields(payload.Scene{}).Text("challenge")
}
