package fault

import (
	"net/http"
	"time"
)

// Jitter answers late, each time by another part of the duration.
var Jitter = Sort{
	Name: "jitter", Title: "answers later by up to so much", Value: "DURATION", Default: "1s",
	make: func(value string) (Answer, error) {
		d, err := duration(value)
		return func(w http.ResponseWriter, r *http.Request, next http.Handler, rand float64) {
			if pause(r, time.Duration(rand*float64(d))) {
				next.ServeHTTP(w, r)
			}
		}, err
	},
}
