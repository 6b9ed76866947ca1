package checkstest

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A Handler answers one call of an app.
type Handler func(w http.ResponseWriter, c Call)

// An App is a program on a port of loopback that Slack could call. It remembers
// what it was asked. It is safe for concurrent use.
type App struct {
	// URL is where it serves Slack.
	URL string

	handler Handler
	mu      sync.Mutex
	calls   []Call
	running int
	overlap bool
	server  *http.Server
	address string
}

// StartApp serves a handler, on every path, until the test ends.
func StartApp(t TB, h Handler) *App {
	t.Helper()
	l := listen(t)
	a := &App{handler: h, address: l.Addr().String()}
	a.URL = "http://" + a.address + Path
	a.serve(l)
	t.Cleanup(a.Stop)
	return a
}

func (a *App) serve(l net.Listener) {
	server := &http.Server{Handler: http.HandlerFunc(a.answer), ErrorLog: log.New(io.Discard, "", 0)}
	a.mu.Lock()
	a.server = server
	a.mu.Unlock()
	go func() { _ = server.Serve(l) }()
}

func (a *App) answer(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	c := Call{Request: r, Raw: raw, At: time.Now()}
	a.mu.Lock()
	a.running++
	a.overlap = a.overlap || a.running > 1
	c.Number = len(a.calls) + 1
	a.calls = append(a.calls, c)
	a.mu.Unlock()
	defer func() {
		a.mu.Lock()
		a.running--
		a.mu.Unlock()
	}()
	a.handler(w, c)
}

// Calls are those that came so far.
func (a *App) Calls() []Call {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Call(nil), a.calls...)
}

// Overlapped reports whether two calls were ever answered at the same time.
func (a *App) Overlapped() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.overlap
}

// Stop ends the listening and every connection, as the end of a process does. A
// handler may call it.
func (a *App) Stop() {
	a.mu.Lock()
	server := a.server
	a.mu.Unlock()
	_ = server.Close()
}

// Restart listens on the same port again.
func (a *App) Restart() error {
	l, err := net.Listen("tcp", a.address)
	if err != nil {
		return err
	}
	a.serve(l)
	return nil
}

// Answer is an answer with that status and body. The headers are lines as on the
// wire.
func Answer(status int, body string, headers ...string) Handler {
	return func(w http.ResponseWriter, _ Call) {
		for _, line := range headers {
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Add(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// After answers when that time has passed, or never if the caller has gone.
func After(wait time.Duration, h Handler) Handler {
	return func(w http.ResponseWriter, c Call) {
		if waits(c.Context(), wait) {
			h(w, c)
		}
	}
}

// Stall sends the head and the beginning of a body at once, and the rest when that
// time has passed.
func Stall(wait time.Duration) Handler {
	return func(w http.ResponseWriter, c Call) {
		_, _ = io.WriteString(w, "begun, ")
		_ = http.NewResponseController(w).Flush()
		if waits(c.Context(), wait) {
			_, _ = io.WriteString(w, "done")
		}
	}
}

func waits(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Never does not answer as long as the caller waits.
func Never(_ http.ResponseWriter, c Call) { <-c.Context().Done() }

// Drop ends the connection without an answer.
func Drop(http.ResponseWriter, Call) { panic(http.ErrAbortHandler) }

// Wire writes the bytes in place of an answer, and ends the connection.
func Wire(bytes string) Handler {
	return Talk(func(conn net.Conn) { _, _ = io.WriteString(conn, bytes) })
}

// Talk gives the connection to a func, and ends it after.
func Talk(talk func(conn net.Conn)) Handler {
	return func(w http.ResponseWriter, _ Call) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer conn.Close()
		talk(conn)
	}
}
