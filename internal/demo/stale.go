package demo

import (
	"crypto/hmac"
	"net/http"

	"belay/simulator/payload"
)

// stale lets every right signature pass, so that a recorded request can be sent
// again for ever.
func stale(s *site) {
	s.judge(func(r *http.Request, body []byte) bool {
		right := payload.Sign(s.held, r.Header.Get(payload.TimestampHeader), body)
		return hmac.Equal([]byte(right), []byte(r.Header.Get(payload.SignatureHeader)))
	})
}
