package demo

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// A server is an HTTP server whose end can be waited for, connections included.
type server struct {
	http        *http.Server
	listener    net.Listener
	done        chan struct{}
	connections sync.WaitGroup
}

// serve prepares a server whose requests end with the context.
func serve(ctx context.Context, l net.Listener, h http.Handler) *server {
	s := &server{listener: l, done: make(chan struct{})}
	s.http = &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         s.count,
		// Failed handshakes are what the faults are for.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	return s
}

func (s *server) start() {
	go func() {
		defer close(s.done)
		_ = s.http.Serve(s.listener)
	}()
}

func (s *server) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.connections.Add(1)
	case http.StateClosed, http.StateHijacked:
		s.connections.Done()
	}
}

// stop ends the listener and every connection. A handler may call it.
func (s *server) stop() { _ = s.http.Close() }

// close stops the server and waits for its handlers.
func (s *server) close() {
	s.stop()
	<-s.done
	// A connection that was accepted in between escaped the first stop.
	s.stop()
	s.connections.Wait()
}
