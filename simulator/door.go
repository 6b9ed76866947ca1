package simulator

import (
	"bytes"
	"container/list"
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
	standing int
	// idle are visitors that ask nothing, the longest idle first.
	idle list.List
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
	full := d.standing >= d.most
	d.mu.Unlock()
	if full && !d.evict() {
		return nil
	}
	v := &visitor{Conn: conn, door: d}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.standing++
	v.place = d.idle.PushBack(v)
	return v
}

// evict ends the connection that has been idle for longest, if one is.
func (d *door) evict() bool {
	d.mu.Lock()
	first := d.idle.Front()
	d.mu.Unlock()
	if first == nil {
		return false
	}
	v := first.Value.(*visitor)
	v.leave()
	_ = v.Conn.Close()
	return true
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
	if !ok {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case v.gone:
	case state == http.StateActive && v.place != nil:
		d.idle.Remove(v.place)
		v.place = nil
	case state == http.StateIdle && v.place == nil:
		v.place = d.idle.PushBack(v)
	}
}

// visitor is one connection. Its first byte tells whether it speaks TLS.
type visitor struct {
	net.Conn
	door *door
	// asked is set once the first byte came; only its reader looks at it.
	asked  bool
	secure atomic.Pointer[tls.Conn]

	// These are under the door's lock. place is nil while something is asked.
	place *list.Element
	gone  bool
}

// handshakeRecord is the first byte of a TLS connection, RFC 8446 section 5.1.
const handshakeRecord = 0x16

// NetConn is the connection beneath, as that of a tls.Conn is.
func (v *visitor) NetConn() net.Conn { return v.Conn }

// Read implements net.Conn. It is not called twice at the same time.
func (v *visitor) Read(p []byte) (int, error) {
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
	if v.gone {
		return
	}
	v.gone = true
	v.door.standing--
	if v.place != nil {
		v.door.idle.Remove(v.place)
		v.place = nil
	}
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
