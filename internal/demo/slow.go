package demo

import "net/http"

// slow acknowledges after the work, which takes 4.1 s of Slack's 3. The work goes on
// when Slack has hung up, as it does in real apps.
func slow(s *site) {
	s.onDeploy(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		s.pause(s.deadline * 41 / 30)
		next.ServeHTTP(w, r)
	})
}
