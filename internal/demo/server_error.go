package demo

import "net/http"

// serverError answers /deploy as a framework does whose handler failed.
func serverError(s *site) {
	s.onDeploy(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
	})
}
