package simulator

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// door is the listener. It takes http and https, and no more than so many
// connections: beyond, whoever has been idle for longest goes.
type door struct {
	net.Listener
	most   int
	config func() (*tls.Config, error)

	mu       sync.Mutex
	visitors map[*visitor]struct{}
	// turns counts how often a visitor became idle.
	turns atomic.Int64
}

// Accept implements net.Listener.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if errors.Is(err, syscall.EMFILE) {
			// The machine allows less than we do. The caller tries again.
			d.evict()
		}
		if err != nil {
			return nil, err
		}
		if v := d.admit(conn); v != nil {
			return v, nil
		}
		go turnAway(conn)
	}
}

// admit makes room for a connection, or returns nil.
func (d *door) admit(conn net.Conn) *visitor {
	d.mu.Lock()
	full := len(d.visitors) >= d.most
	d.mu.Unlock()
	if full && !d.evict() {
		return nil
	}
	v := &visitor{Conn: conn, door: d}
	v.idle.Store(d.turns.Add(1))
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.visitors == nil {
		d.visitors = map[*visitor]struct{}{}
	}
	d.visitors[v] = struct{}{}
	return v
}

// evict ends the connection that has been idle for longest, if one is.
func (d *door) evict() bool {
	v := d.longestIdle()
	if v == nil {
		return false
	}
	v.leave()
	_ = v.Conn.Close()
	return true
}

// longestIdle looks at everybody, which is cheaper than an order that every request
// would change twice.
func (d *door) longestIdle() *visitor {
	d.mu.Lock()
	defer d.mu.Unlock()
	var longest *visitor
	var since int64
	for v := range d.visitors {
		if turn := v.idle.Load(); turn > 0 && (longest == nil || turn < since) {
			longest, since = v, turn
		}
	}
	return longest
}

// turnAway says politely that there is no room.
func turnAway(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	_, _ = io.WriteString(conn, "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nConnection: close\r\nRetry-After: 1\r\n\r\nbelay has too many connections open\n")
	_ = conn.Close()
}

// changed follows what a connection does, for http.Server.ConnState.
func (d *door) changed(conn net.Conn, state http.ConnState) {
	v, ok := conn.(*visitor)
	switch {
	case !ok:
	case state == http.StateActive, state == http.StateHijacked:
		v.idle.Store(0)
	case state == http.StateIdle:
		v.idle.Store(d.turns.Add(1))
	}
}

// visitor is one connection. Its first byte tells whether it speaks TLS.
type visitor struct {
	net.Conn
	door *door
	// asked is set once the first byte came; only its reader looks at it.
	asked  bool
	secure atomic.Pointer[tls.Conn]
	// idle is the door's turn in which it became idle, or zero while something is
	// asked.
	idle  atomic.Int64
	until deadline
}

// deadline is when reading ends. http.Server sets it several times for each request,
// and reads once: it is passed on when it counts.
type deadline struct {
	mu          sync.Mutex
	reading     bool
	wanted, set time.Time
}

// SetReadDeadline implements net.Conn. A read that is under way heeds it.
func (v *visitor) SetReadDeadline(t time.Time) error {
	v.until.mu.Lock()
	defer v.until.mu.Unlock()
	v.until.wanted = t
	if !v.until.reading {
		return nil
	}
	return v.heed()
}

// SetDeadline implements net.Conn.
func (v *visitor) SetDeadline(t time.Time) error {
	return errors.Join(v.SetReadDeadline(t), v.Conn.SetWriteDeadline(t))
}

// heed passes the deadline on. It is called with the lock.
func (v *visitor) heed() error {
	if v.until.set == v.until.wanted {
		return nil
	}
	v.until.set = v.until.wanted
	return v.Conn.SetReadDeadline(v.until.wanted)
}

// reads says that a read begins or ends.
func (v *visitor) reads(begins bool) error {
	v.until.mu.Lock()
	defer v.until.mu.Unlock()
	v.until.reading = begins
	if !begins {
		return nil
	}
	return v.heed()
}

// handshakeRecord is the first byte of a TLS connection, RFC 8446 section 5.1.
const handshakeRecord = 0x16

// NetConn is the connection beneath, as that of a tls.Conn is.
func (v *visitor) NetConn() net.Conn { return v.Conn }

// Read implements net.Conn. It is not called twice at the same time.
func (v *visitor) Read(p []byte) (int, error) {
	if err := v.reads(true); err != nil {
		return 0, err
	}
	defer func() { _ = v.reads(false) }()
	if t := v.secure.Load(); t != nil {
		return t.Read(p)
	}
	n, err := v.Conn.Read(p)
	if v.asked || n == 0 {
		return n, err
	}
	v.asked = true
	if p[0] != handshakeRecord {
		return n, err
	}
	config, err := v.door.config()
	if err != nil {
		return 0, err
	}
	head := io.MultiReader(bytes.NewReader(bytes.Clone(p[:n])), v.Conn)
	v.secure.Store(tls.Server(rejoinedConn{v.Conn, head}, config))
	return v.secure.Load().Read(p)
}

// Write implements net.Conn.
func (v *visitor) Write(p []byte) (int, error) {
	if t := v.secure.Load(); t != nil {
		return t.Write(p)
	}
	return v.Conn.Write(p)
}

// Close implements net.Conn.
func (v *visitor) Close() error {
	v.leave()
	if t := v.secure.Load(); t != nil {
		return t.Close()
	}
	return v.Conn.Close()
}

// leave gives the place to somebody else.
func (v *visitor) leave() {
	v.door.mu.Lock()
	defer v.door.mu.Unlock()
	delete(v.door.visitors, v)
}

// rejoinedConn is a connection whose beginning was read before.
type rejoinedConn struct {
	net.Conn
	in io.Reader
}

// Read implements net.Conn.
func (c rejoinedConn) Read(p []byte) (int, error) { return c.in.Read(p) }

type visitorKey struct{}

// withVisitor is for http.Server.ConnContext.
func withVisitor(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, visitorKey{}, conn)
}

// tellTLS sets r.TLS, which http.Server does only for connections that were TLS from
// the start.
func tellTLS(r *http.Request) {
	v, _ := r.Context().Value(visitorKey{}).(*visitor)
	if v == nil {
		return
	}
	if t := v.secure.Load(); t != nil {
		state := t.ConnectionState()
		r.TLS = &state
	}
}
