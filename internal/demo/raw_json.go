package demo

import (
	"encoding/json"
	"net/http"
)

// rawJSON sends the right message under the content type that many frameworks give
// to a string.
func rawJSON(s *site) {
	s.onDeploy(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_ = json.NewEncoder(w).Encode(deploying)
	})
}
