package demo

import "net/http"

// dies ends as a process does that meets an exception nobody catches: without an
// answer, and without listening any more.
func dies(s *site) {
	s.onDeploy(func(http.ResponseWriter, *http.Request, http.Handler) {
		s.stop()
		panic(http.ErrAbortHandler)
	})
}
