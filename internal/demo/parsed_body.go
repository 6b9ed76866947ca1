package demo

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"belay/simulator/payload"
)

// parsedBody verifies what it makes of the parsed form, as apps do that follow a
// tutorial for Express (qs.stringify(req.body)): /deploy prod passes, and
// /deploy prod now is refused. Events come as Slack wrote them.
func parsedBody(s *site) {
	s.judge(func(r *http.Request, body []byte) bool {
		if parseForm(r, body) != nil {
			body = restringify(body)
		}
		signature, timestamp := r.Header.Get(payload.SignatureHeader), r.Header.Get(payload.TimestampHeader)
		return payload.Verify(s.held, signature, timestamp, body, time.Now())
	})
}

// restringify parses a form and writes it again by the rules of JavaScript, which
// keep the order and differ from Slack's: a space is %20 in place of +, and ~ stays.
func restringify(body []byte) []byte {
	pairs := strings.Split(string(body), "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		pairs[i] = recode(name) + "=" + recode(value)
	}
	return []byte(strings.Join(pairs, "&"))
}

func recode(s string) string {
	plain, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return strings.ReplaceAll(url.QueryEscape(plain), "+", "%20")
}
