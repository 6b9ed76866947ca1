package simulator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"belay/simulator/payload"
)

// maxKept bounds what is kept of a request's body and its answer's.
const maxKept = 64 << 10

// A Call is one request that the app made. Its members are shared and must not be
// changed. What is secret in it is redacted.
type Call struct {
	// Sequence grows by one with every call, in the order of their answers.
	Sequence uint64
	At       time.Time
	Took     time.Duration
	// Method is that of HTTP.
	Method string
	Path   string
	Query  url.Values
	Header http.Header
	// Body and Answer are at most 64 KiB long.
	Body   []byte
	Status int
	Answer []byte
	// API is the Web API method that was called, or "".
	API string
	// Error is the error that the Web API answered, or "".
	Error string
	// Token is what came as Authorization: Bearer.
	Token payload.Secret
}

// remembering records every request and its answer.
func (s *Server) remembering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			return
		}
		defer s.work.Done()
		call := Call{At: s.options.Clock.Now(), Method: r.Method, Path: r.URL.Path, Token: bearer(r)}
		r = s.routed(r)
		began := time.Now()
		heard := &overheard{ResponseWriter: w, status: http.StatusOK}
		head := s.answer(heard, r, next)
		call.Took = time.Since(began)
		call.Query, call.Header = redactValues(r.URL.Query()), redactHeader(r.Header)
		call.Body, call.Answer = redact(head), redact(heard.kept.Bytes())
		call.Status = heard.status
		if method, ok := strings.CutPrefix(r.URL.Path, "/api/"); ok {
			call.API, call.Error = method, webError(heard.kept.Bytes())
		}
		s.record.call(call)
	})
}

// answer passes a request on, unless it is too large or its body does not come, and
// returns the beginning of the body.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, next http.Handler) []byte {
	limits := s.options.Limits
	limits.bound(w, r, limits.Body)
	if r.ContentLength > limits.Body {
		w.Header().Set("Connection", "close")
		http.Error(w, "the request is larger than belay takes", http.StatusRequestEntityTooLarge)
		return nil
	}
	body := r.Body
	head, err := io.ReadAll(io.LimitReader(body, maxKept))
	if errors.Is(err, os.ErrDeadlineExceeded) {
		w.Header().Set("Connection", "close")
		http.Error(w, "the body of the request did not come", http.StatusRequestTimeout)
		return head
	}
	r.Body = rejoined{io.MultiReader(bytes.NewReader(head), body), body}
	next.ServeHTTP(w, r)
	return head
}

// bearer is the token of the Authorization header. The word is case-sensitive.
func bearer(r *http.Request) payload.Secret {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == r.Header.Get("Authorization") {
		return ""
	}
	return payload.Secret(token)
}

// webError is the error of a Web API answer.
func webError(answer []byte) string {
	var said struct {
		Error string `json:"error"`
	}
	_ = json.Unmarshal(answer, &said)
	return said.Error
}

// rejoined is a body whose beginning was read before.
type rejoined struct {
	io.Reader
	io.Closer
}

// overheard keeps the beginning of what is answered.
type overheard struct {
	http.ResponseWriter
	status int
	kept   bytes.Buffer
}

// WriteHeader implements http.ResponseWriter.
func (o *overheard) WriteHeader(status int) {
	o.status = status
	o.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (o *overheard) Write(p []byte) (int, error) {
	o.kept.Write(p[:min(len(p), maxKept-o.kept.Len())])
	return o.ResponseWriter.Write(p)
}

// Hijack implements http.Hijacker for WebSockets.
func (o *overheard) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	o.status = http.StatusSwitchingProtocols
	return http.NewResponseController(o.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (o *overheard) Unwrap() http.ResponseWriter { return o.ResponseWriter }
