package simulator

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
	"belay/simulator/webapi"
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
	Body []byte
	// Status is zero where a fault left the app without an answer.
	Status int
	Answer []byte
	// API is the Web API method that was called, or "".
	API string
	// Error is the error that the Web API answered, or "".
	Error string
	// Modelled is set when the method reads or changes the workspace; the others were
	// answered from what is documented of them.
	Modelled bool
	// Fault is how Slack misbehaved, as fault.Parse reads it, or "".
	Fault string
	// AppID and TeamID are whose token it was, or "".
	AppID, TeamID string
	// Token is what came as Authorization: Bearer.
	Token payload.Secret
	// query is the one that is not read yet. What is read of a call is made on its
	// first reading: most calls are never looked at.
	query string
	clean bool
	// api is set for what was asked of the Web API, be there such a method or not.
	api bool
}

// remembering records every request and its answer.
func (s *Server) remembering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			return
		}
		defer s.work.Done()
		call := Call{
			At: s.options.Clock.Now(), Method: r.Method, Path: r.URL.Path, Token: bearer(r),
			Header: r.Header, query: r.URL.RawQuery,
		}
		r = s.routed(r)
		if name, is := methodName(r.URL.Path); is {
			call.API, call.api = name, true
		}
		began := time.Now()
		heard := &overheard{ResponseWriter: w, status: http.StatusOK}
		// A fault may end the connection by a panic, and the call is remembered all
		// the same.
		defer func() {
			call.Took = time.Since(began)
			call.Answer, call.Status, call.Fault = heard.kept, heard.status, heard.fault
			if heard.unanswered {
				call.Status = 0
			}
			if reply := heard.reply; reply != nil {
				call.Error, call.Modelled, call.AppID, call.TeamID = reply.Error, reply.Modelled, reply.AppID, reply.TeamID
			}
			s.record.call(call)
		}()
		s.answer(heard, r, next, &call.Body)
	})
}

// answer passes a request on, unless it is too large or its body does not come, and
// keeps the beginning of the body.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, next http.Handler, keep *[]byte) {
	limits := s.options.Limits
	limits.bound(w, r, limits.Body)
	if r.ContentLength > limits.Body {
		w.Header().Set("Connection", "close")
		http.Error(w, "the request is larger than belay takes", http.StatusRequestEntityTooLarge)
		return
	}
	body, err := headOf(r.Body, r.ContentLength)
	*keep = body.head
	if errors.Is(err, os.ErrDeadlineExceeded) {
		w.Header().Set("Connection", "close")
		http.Error(w, "the body of the request did not come", http.StatusRequestTimeout)
		return
	}
	r.Body = body
	next.ServeHTTP(w, r)
}

// read makes what is read of a call, without its secrets.
func (c *Call) read() {
	if c.clean {
		return
	}
	c.clean = true
	query, _ := url.ParseQuery(c.query)
	c.Query, c.Header = redactValues(query), redactHeader(c.Header)
	c.Body, c.Answer = redact(c.Body), redact(c.Answer)
	if c.api {
		c.Error = or(c.Error, webError(c.Answer))
	}
}

// headOf reads the beginning of a body.
func headOf(body io.ReadCloser, length int64) (*rejoined, error) {
	if length == 0 {
		return &rejoined{rest: body, whole: true}, nil
	}
	size := min(length+1, maxKept)
	if length < 0 {
		size = 512
	}
	head := make([]byte, 0, size)
	for {
		n, err := body.Read(head[len(head):min(cap(head), maxKept)])
		head = head[:len(head)+n]
		if err != nil || len(head) == maxKept {
			return &rejoined{head: head, rest: body, whole: err == io.EOF && len(head) < maxKept}, err
		}
		if len(head) == cap(head) {
			head = slices.Grow(head, len(head))
		}
	}
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
	// head is what was read, and whole says that it is all.
	head  []byte
	read  int
	whole bool
	rest  io.ReadCloser
}

// Read implements io.Reader.
func (r *rejoined) Read(p []byte) (int, error) {
	if r.read < len(r.head) {
		n := copy(p, r.head[r.read:])
		r.read += n
		return n, nil
	}
	if r.whole {
		return 0, io.EOF
	}
	return r.rest.Read(p)
}

// Close implements io.Closer.
func (r *rejoined) Close() error { return r.rest.Close() }

// overheard keeps the beginning of what is answered.
type overheard struct {
	http.ResponseWriter
	status int
	kept   []byte
	// reply is what the Web API answered, or nil, and fault how Slack misbehaved.
	reply *webapi.Reply
	fault string
	// unanswered is set where a fault ends the connection instead.
	unanswered bool
}

// WriteHeader implements http.ResponseWriter.
func (o *overheard) WriteHeader(status int) {
	o.status = status
	o.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (o *overheard) Write(p []byte) (int, error) {
	if o.kept == nil && len(p) <= maxKept && o.isReply(p) {
		o.kept = p
	} else {
		o.kept = append(o.kept, p[:min(len(p), maxKept-len(o.kept))]...)
	}
	return o.ResponseWriter.Write(p)
}

// isReply reports whether the bytes are the reply's own, which need no copy.
func (o *overheard) isReply(p []byte) bool {
	return o.reply != nil && len(p) > 0 && len(p) <= len(o.reply.Body) && &p[0] == &o.reply.Body[0]
}

// Hijack implements http.Hijacker for WebSockets.
func (o *overheard) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	o.status = http.StatusSwitchingProtocols
	return http.NewResponseController(o.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (o *overheard) Unwrap() http.ResponseWriter { return o.ResponseWriter }
