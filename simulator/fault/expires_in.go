package fault

import (
	"bytes"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// ExpiresIn issues tokens that say that they expire sooner, so that an app meets the
// end of a token's 12 hours without waiting for it.
//
// https://docs.slack.dev/authentication/using-token-rotation
var ExpiresIn = Sort{
	Name: "expires_in", Title: "says of the tokens that it issues that they live only so long", Value: "DURATION", Default: "1s",
	make: func(value string) (Answer, error) {
		d, err := time.ParseDuration(value)
		if err != nil || d < time.Second || d > 24*time.Hour || d%time.Second != 0 {
			return nil, errors.New("want a duration of whole seconds, from 1s to 24h, such as 60s")
		}
		seconds := []byte("${1}" + strconv.Itoa(int(d/time.Second)))
		return func(w http.ResponseWriter, r *http.Request, next http.Handler, _ float64) {
			heard := &held{ResponseWriter: w, status: http.StatusOK}
			next.ServeHTTP(heard, r)
			body := lifeOfToken().ReplaceAll(bytes.Clone(heard.body.Bytes()), seconds)
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.WriteHeader(heard.status)
			_, _ = w.Write(body)
		}, nil
	},
}

// lifeOfToken is where an answer says how long a token lives.
var lifeOfToken = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`("expires_in"\s*:\s*)\d+`) })
