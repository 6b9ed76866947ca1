package demo

import "net/http"

// never holds the request until whoever sent it hangs up.
func never(s *site) {
	s.onDeploy(func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	})
}
