package simulator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"belay/simulator/payload"
)

// The bounds of what is taken and kept of a request and its answer.
const (
	maxRequest = 64 << 20
	maxKept    = 64 << 10
)

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
		began := time.Now()
		r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
		head, _ := io.ReadAll(io.LimitReader(r.Body, maxKept))
		r.Body = rejoined{io.MultiReader(bytes.NewReader(head), r.Body), r.Body}
		heard := &overheard{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(heard, r)
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
