package simulator

import (
	"bufio"
	"net"
	"slices"
	"sync"
	"time"

	"belay/simulator/clock"
)

// hub is the app's side of Socket Mode as Slack sees it: the connections that are
// open and the envelopes on their way.
type hub struct {
	server  *Server
	profile *SocketProfile
	clock   *clock.Clock

	mu     sync.Mutex
	closed bool
	// disabled is set while Socket Mode is switched off.
	disabled bool
	tickets  []string
	// sockets are in the order in which they came, and joined counts all ever.
	sockets []*Socket
	joined  int
	// turn moves on with every envelope, so that each connection gets its share.
	turn int
	envelopes
	watches []*watch
}

func newHub(s *Server) *hub {
	return &hub{server: s, profile: &s.options.Profile.Socket, clock: s.options.Clock, envelopes: envelopes{pending: map[string]*envelope{}}}
}

// Sockets are the connections that the app has open, in the order in which it
// opened them.
func (s *Server) Sockets() []*Socket {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	var open []*Socket
	for _, c := range s.hub.sockets {
		if c.open {
			open = append(open, c)
		}
	}
	return open
}

// join adds a connection, which gets envelopes once it was greeted.
func (h *hub) join(conn net.Conn, in *bufio.Reader, debug bool) *Socket {
	c := &Socket{
		hub: h, conn: conn, in: in, out: bufio.NewWriter(conn),
		lifetime: h.profile.Lifetime, opened: h.clock.Now(),
		gone: make(chan struct{}), ending: make(chan struct{}),
	}
	if debug {
		c.lifetime = h.profile.DebugLifetime
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.joined++
	c.id = h.joined
	c.superfluous = len(h.sockets) >= h.profile.Connections || h.closed
	// Nobody owes another one in its place.
	c.replaced = c.superfluous
	if !c.superfluous {
		h.sockets = append(h.sockets, c)
	}
	c.peers = len(h.sockets)
	return c
}

// greeted lets a connection have envelopes. It is the new one that others were
// asked for.
func (h *hub) greeted(c *Socket) {
	h.mu.Lock()
	c.open = true
	h.server.record.socket(h.clock.Now(), c.id, true)
	if len(h.watches) > 0 {
		h.watches[0].timer.Stop()
		h.watches = h.watches[1:]
	}
	h.mu.Unlock()
	h.redeliver()
}

// next is the connection that gets the next envelope, or nil.
func (h *hub) next() *Socket {
	for range h.sockets {
		h.turn++
		if c := h.sockets[h.turn%len(h.sockets)]; c.open && !c.draining {
			return c
		}
	}
	return nil
}

// leave takes a connection away. Its envelopes go to those that remain, or wait for
// the next. It reports whether the connection was there.
func (h *hub) leave(c *Socket) bool {
	h.mu.Lock()
	select {
	case <-c.gone:
		h.mu.Unlock()
		return false
	default:
	}
	close(c.gone)
	if c.open {
		h.server.record.socket(h.clock.Now(), c.id, false)
	}
	c.open = false
	h.sockets = slices.DeleteFunc(h.sockets, func(other *Socket) bool { return other == c })
	h.orphan(c)
	h.mu.Unlock()
	h.redeliver()
	return true
}

// A watch waits for the new connection that an app owes.
type watch struct{ timer *clock.Timer }

// expect says that the app should connect again soon, and names it if it does not.
// A connection is owed once.
func (h *hub) expect(c *Socket, within time.Duration, why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || c.replaced {
		return
	}
	c.replaced = true
	w := &watch{}
	w.timer = h.clock.AfterFunc(h.clock.Stretch(within), func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		i := slices.Index(h.watches, w)
		if i < 0 || h.closed {
			return
		}
		h.watches = slices.Delete(h.watches, i, i+1)
		h.server.find("socket.no-reconnect", "%s, and no new connection came within %s", why, within)
	})
	h.watches = append(h.watches, w)
}

// close ends all connections, and judges what is still owed.
func (h *hub) close() {
	h.mu.Lock()
	h.closed = true
	for _, w := range h.watches {
		w.timer.Stop()
	}
	sockets := slices.Clone(h.sockets)
	overdue := slices.Clone(h.overdue)
	h.mu.Unlock()
	for _, e := range overdue {
		h.giveUp(e)
	}
	for _, c := range sockets {
		c.drop()
	}
}
