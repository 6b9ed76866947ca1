package fault

import (
	"bytes"
	"net/http"
	"strconv"
)

// Truncated breaks Slack's answer off in its middle.
var Truncated = Sort{
	Name: "truncated", Title: "breaks the answer off in its middle",
	make: func(string) (Answer, error) {
		return func(w http.ResponseWriter, r *http.Request, next http.Handler, _ float64) {
			whole := answered(w, r, next)
			_, _ = w.Write(whole[:len(whole)/2])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, nil
	},
}

// answered has Slack answer, writes the head of that, and returns the body.
func answered(w http.ResponseWriter, r *http.Request, next http.Handler) []byte {
	heard := &held{ResponseWriter: w, status: http.StatusOK}
	next.ServeHTTP(heard, r)
	w.Header().Set("Content-Length", strconv.Itoa(heard.body.Len()))
	w.WriteHeader(heard.status)
	return heard.body.Bytes()
}

// held is an answer that is not sent yet.
type held struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader implements http.ResponseWriter.
func (h *held) WriteHeader(status int) { h.status = status }

// Write implements http.ResponseWriter.
func (h *held) Write(p []byte) (int, error) { return h.body.Write(p) }
