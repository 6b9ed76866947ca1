package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// challenge takes Slack's question for an event like all others, and acknowledges
// it.
func challenge(s *site) {
	s.kind = kindEvent
	s.around(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		body := peek(r)
		var e struct{ Type string }
		_ = json.Unmarshal(body, &e)
		if e.Type != "url_verification" || !signed(s.held, r.Header, body, time.Now()) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"ok":true}`)
	})
}
