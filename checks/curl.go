package checks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
)

// spoilt are the questions whose signature is wrong on purpose: what signs them
// afresh asks something else.
var spoilt = []string{qForged, qTampered, qForgedChallenge, qEmptySecret, qSecrets, qBypass, qVersion, qTruncated}

// Curl is a command for a POSIX shell that sends one exchange of the result's evidence
// again, counted from 0. It holds no secret: it signs when it runs, with what the
// environment has. A request that is signed wrong on purpose goes as it was. It fails
// where there is no such exchange, or one that was no HTTP request.
func (r Result) Curl(n int) (string, error) {
	if r.Evidence == nil || n < 0 || n >= len(r.Evidence.Exchanges) {
		return "", errors.New("no exchange is kept of this row")
	}
	x := r.Evidence.Exchanges[n]
	origin, target, ok := splitURL(x.Request.URL)
	if !ok || x.Request.Method == "SEND" {
		return "", errors.New("this was sent over a socket, which curl cannot do: belay send can")
	}
	request := payload.Request{Method: x.Request.Method, Target: target, Header: x.Request.Header, Body: []byte(markToken(x.Request.Body))}
	c := payload.Curl{Origin: origin}
	question, _, _ := strings.Cut(x.Question, ": ")
	signature, timestamp := request.HeaderValue(payload.SignatureHeader), request.HeaderValue(payload.TimestampHeader)
	switch {
	case signature == "" || timestamp == "":
		c.Notes = append(c.Notes, "unsigned, as it was sent")
	case slices.Contains(spoilt, question), r.Check == "delivery.refused", !wellFormed(signature):
		c.Notes = append(c.Notes, "signed wrong on purpose, as it was sent: an app has to refuse it")
	default:
		c.Sign = true
		c.Age = ageOf(x.SentAt, timestamp)
	}
	if c.Age != 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("dated %s before now, as it was sent", c.Age))
	}
	if slices.ContainsFunc(request.Header, func(h payload.HeaderField) bool { return strings.Contains(h.Value, redacted) }) {
		c.Notes = append(c.Notes, "put your own values in place of "+redacted)
	}
	return request.Curl(c), nil
}

// wellFormed tells of a signature that could be Slack's.
func wellFormed(signature string) bool {
	const form = "v0="
	return strings.HasPrefix(signature, form) && len(signature) == len(form)+64
}

// splitURL takes a URL apart before its path.
func splitURL(text string) (origin, target string, ok bool) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || scheme != "http" && scheme != "https" {
		return "", "", false
	}
	if at := strings.IndexAny(rest, "/?"); at >= 0 {
		return scheme + "://" + rest[:at], rest[at:], true
	}
	return text, "", true
}

// ageOf is how old a timestamp was when it was sent, where it was not of that moment.
func ageOf(sent time.Time, timestamp string) time.Duration {
	var seconds int64
	if _, err := fmt.Sscan(timestamp, &seconds); err != nil || sent.IsZero() {
		return 0
	}
	age := sent.Sub(time.Unix(seconds, 0)).Round(time.Second)
	if age.Abs() < 2*time.Second {
		return 0
	}
	return age
}

// markToken puts the mark in place of a verification token that was hidden, in a form,
// in JSON, and in JSON in a form.
func markToken(body string) string {
	for _, before := range []string{"token=", `"token":"`, `%22token%22%3A%22`} {
		body = strings.ReplaceAll(body, before+redacted, before+payload.TokenMark)
	}
	return body
}
