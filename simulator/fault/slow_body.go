package fault

import (
	"net/http"
	"time"
)

// SlowBody gives Slack's answer in drops, which take the duration together.
var SlowBody = Sort{
	Name: "slow_body", Title: "gives the answer in drops, over so long", Value: "DURATION", Default: "5s",
	make: func(value string) (Answer, error) {
		d, err := duration(value)
		return func(w http.ResponseWriter, r *http.Request, next http.Handler, _ float64) {
			whole := answered(w, r, next)
			const drops = 10
			for i := range drops {
				_, err := w.Write(whole[i*len(whole)/drops : (i+1)*len(whole)/drops])
				_ = http.NewResponseController(w).Flush()
				if err != nil || !pause(r, d/drops*min(1, time.Duration(drops-1-i))) {
					return
				}
			}
		}, err
	},
}
