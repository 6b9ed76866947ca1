package demo

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"belay/simulator/payload"
)

// What the URL under diagnosis is for, in the words of belay check --kind.
const (
	kindCommand = "command"
	kindEvent   = "event"
)

// A site is the sample app with everything around it, before it starts: what a
// fault may change.
type site struct {
	// running ends with the app's Close.
	running  context.Context
	deadline time.Duration
	// held is the secret that the app verifies with.
	held payload.Secret
	kind string
	// scheme and commandsPath are those of the URL that Slack was given.
	scheme, commandsPath string
	// plain is set when the port does not speak TLS.
	plain bool
	tls   *tls.Config
	// leaf, when set, changes the app's certificate before it is signed.
	leaf func(*x509.Certificate)
	// selfSigned and leafOnly say what the app presents in place of the leaf and
	// its intermediate.
	selfSigned, leafOnly bool
	// zone, when set, is what the app's own name server says.
	zone   zone
	listen func(address string) (net.Listener, error)
	// layers stand around the app, the innermost first.
	layers []func(http.Handler) http.Handler
	// stop ends the app's server without waiting. It is set before the first
	// request.
	stop func()
}

// newSite is the site of the healthy app.
func newSite(running context.Context, deadline time.Duration) *site {
	if deadline == 0 {
		deadline = 3 * time.Second
	}
	return &site{
		running: running, deadline: deadline, held: signingSecret,
		kind: kindCommand, scheme: "https", commandsPath: commandsPath,
		tls:    &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}},
		listen: func(address string) (net.Listener, error) { return net.Listen("tcp", address) },
	}
}

// handler is the app within its layers.
func (s *site) handler() http.Handler {
	h := bot{secret: s.held}.handler()
	for _, layer := range s.layers {
		h = layer(h)
	}
	return h
}

// secured puts TLS over the listener, unless the fault is that there is none.
func (s *site) secured(l net.Listener, c chain) net.Listener {
	if s.plain {
		return l
	}
	s.tls.Certificates = []tls.Certificate{c.presented}
	return tls.NewListener(l, s.tls)
}

// around puts a layer around the app. Its handler gets the one that it surrounds.
func (s *site) around(layer func(w http.ResponseWriter, r *http.Request, next http.Handler)) {
	s.layers = append(s.layers, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { layer(w, r, next) })
	})
}

// onDeploy puts a layer around /deploy alone, behind the verification: what is
// forged gets the app's own refusal.
func (s *site) onDeploy(layer func(w http.ResponseWriter, r *http.Request, next http.Handler)) {
	s.around(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		body := peek(r)
		form, _ := url.ParseQuery(string(body))
		named := r.URL.Path == commandsPath && form.Get("command") == deployCommand
		if !named || !signed(s.held, r.Header, body, time.Now()) {
			next.ServeHTTP(w, r)
			return
		}
		layer(w, r, next)
	})
}

// judge replaces the app's verification: a request that passes is signed afresh on
// its way to the app, and another one loses its signature.
func (s *site) judge(passes func(r *http.Request, body []byte) bool) {
	s.around(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		body := peek(r)
		if passes(r, body) {
			timestamp := payload.Timestamp(time.Now())
			r.Header.Set(payload.TimestampHeader, timestamp)
			r.Header.Set(payload.SignatureHeader, payload.Sign(s.held, timestamp, body))
		} else {
			r.Header.Del(payload.SignatureHeader)
		}
		next.ServeHTTP(w, r)
	})
}

// peek reads the body and leaves it to be read again.
func peek(r *http.Request) []byte {
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), r.Body), r.Body}
	return body
}

// pause lasts that long, or hangs up when the app ends before.
func (s *site) pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.running.Done():
		panic(http.ErrAbortHandler)
	}
}
