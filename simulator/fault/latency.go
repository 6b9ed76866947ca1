package fault

import (
	"errors"
	"net/http"
	"time"
)

// Latency answers late.
var Latency = Sort{
	Name: "latency", Title: "answers so much later", Value: "DURATION", Default: "1s",
	make: func(value string) (Answer, error) {
		d, err := duration(value)
		return func(w http.ResponseWriter, r *http.Request, next http.Handler, _ float64) {
			if pause(r, d) {
				next.ServeHTTP(w, r)
			}
		}, err
	},
}

// longest bounds how late an answer may be.
const longest = 10 * time.Minute

func duration(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 || d > longest {
		return 0, errors.New("want a duration such as 200ms, up to 10m")
	}
	return d, nil
}

// pause waits, and reports whether the client is still there.
func pause(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
