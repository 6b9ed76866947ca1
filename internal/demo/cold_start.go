package demo

import (
	"net/http"
	"sync"
)

// coldStart boots when the first request comes, for 2.1 s of Slack's 3. What
// comes meanwhile waits for the same boot, which goes on when Slack hangs up.
func coldStart(s *site) {
	var boot sync.Once
	s.around(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		boot.Do(func() { s.pause(s.deadline * 7 / 10) })
		next.ServeHTTP(w, r)
	})
}
