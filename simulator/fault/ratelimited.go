package fault

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// RateLimited answers 429, with the seconds of Retry-After.
//
// https://docs.slack.dev/apis/web-api/rate-limits
var RateLimited = Sort{
	Name: "ratelimited", Title: "answers 429 with so long a Retry-After", Value: "DURATION", Default: "1s",
	make: func(value string) (Answer, error) {
		d, err := time.ParseDuration(value)
		if err != nil || d < time.Second || d > time.Hour || d%time.Second != 0 {
			return nil, errors.New("want a duration of whole seconds, from 1s to 1h, such as 30s")
		}
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler, _ float64) {
			w.Header().Set("Retry-After", strconv.Itoa(int(d/time.Second)))
			answerJSON(w, http.StatusTooManyRequests, `{"ok":false,"error":"ratelimited"}`)
		}, nil
	},
}

func answerJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}
