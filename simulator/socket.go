package simulator

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/gobwas/ws"

	"belay/simulator/payload"
)

// A Disconnect is why Slack asks an app to connect anew, or not to.
//
// https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
type Disconnect string

// The reasons for a disconnect. TooManyWebsockets is not documented; the logs of
// slackapi/bolt-js#2238 show it.
const (
	// Warning comes about 10 s before the end, and leaves the connection open.
	Warning Disconnect = "warning"
	// RefreshRequested gives the connection no more envelopes and ends it.
	RefreshRequested Disconnect = "refresh_requested"
	// LinkDisabled means that Socket Mode was switched off: apps.connections.open
	// answers an error until SwitchSocketMode switches it on again.
	LinkDisabled      Disconnect = "link_disabled"
	TooManyWebsockets Disconnect = "too_many_websockets"
)

// socketHost is the name by which a connection's end tells itself.
const socketHost = "applink-belay"

// A Socket is one connection of Socket Mode. It is safe for concurrent use.
type Socket struct {
	id       int
	hub      *hub
	conn     net.Conn
	in       *bufio.Reader
	lifetime time.Duration
	opened   time.Time
	peers    int
	// superfluous is one connection too many.
	superfluous bool
	// unhailed gets no hello, and so never counts as open.
	unhailed bool
	// gone is closed when the hub has forgotten the connection, ending when it is
	// to be closed.
	gone, ending chan struct{}

	writing sync.Mutex
	out     *bufio.Writer

	// These are under the hub's lock.
	open, draining, frozen, mute bool
	unanswered                   int
	// replaced is set once a new connection was asked for.
	replaced bool
}

// ID tells the connections of a server apart; the first is 1.
func (c *Socket) ID() int { return c.id }

// Disconnect sends the message of that name, and does what belongs to it.
func (c *Socket) Disconnect(why Disconnect) {
	message := payload.Object{
		{Name: "type", Value: "disconnect"}, {Name: "reason", Value: string(why)},
		{Name: "debug_info", Value: payload.Object{{Name: "host", Value: socketHost}}},
	}
	c.hub.mu.Lock()
	c.draining = c.draining || why != Warning
	c.hub.disabled = c.hub.disabled || why == LinkDisabled
	c.hub.mu.Unlock()
	if why == Warning || why == RefreshRequested {
		c.hub.expect(c, c.hub.profile.ReconnectWithin, fmt.Sprintf("a connection was ended with %q", why))
	}
	c.say(payload.Encode(payload.JSON, message))
	switch why {
	case Warning:
	case RefreshRequested:
		c.hub.clock.AfterFunc(c.hub.profile.Warning, c.expire)
	default:
		c.shut(ws.StatusNormalClosure, "")
	}
}

// SwitchSocketMode switches Socket Mode as the app's owner does in its settings. Off,
// every connection is told link_disabled and closed, and apps.connections.open answers
// an error.
func (s *Server) SwitchSocketMode(on bool) {
	s.hub.mu.Lock()
	s.hub.disabled = !on
	s.hub.mu.Unlock()
	if on {
		return
	}
	for _, c := range s.Sockets() {
		c.Disconnect(LinkDisabled)
	}
}

// Cut ends the connection without a word, as a broken network does.
func (c *Socket) Cut() {
	c.hub.expect(c, c.hub.profile.ReconnectWithin, "a connection broke")
	_ = c.conn.Close()
}

// Freeze leaves the connection half-open: it stands, and nothing comes from Slack
// any more, nor arrives there. What Slack sends over it is lost.
func (c *Socket) Freeze() {
	c.hub.mu.Lock()
	c.frozen = true
	c.hub.mu.Unlock()
	c.hub.expect(c, c.hub.profile.NoticeWithin, "a connection went silent")
}

// WithholdPongs leaves the app's pings unanswered. Slack's own go on.
func (c *Socket) WithholdPongs() {
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	c.mute = true
}

// expire asks for the connection to be closed.
func (c *Socket) expire() {
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	select {
	case <-c.ending:
	default:
		close(c.ending)
	}
}

// serve greets the app, and reads until the connection ends.
func (c *Socket) serve() {
	defer func() { _ = c.conn.Close() }()
	if c.superfluous {
		c.Disconnect(TooManyWebsockets)
		c.read()
		return
	}
	defer c.hub.leave(c)
	if !c.unhailed {
		c.say(payload.Encode(payload.JSON, c.hello()))
		c.hub.greeted(c)
	}
	var living sync.WaitGroup
	living.Go(c.live)
	c.read()
	c.hub.leave(c)
	living.Wait()
}

// hello is the message that makes a connection count.
func (c *Socket) hello() payload.Object {
	return payload.Object{
		{Name: "type", Value: "hello"}, {Name: "num_connections", Value: c.peers},
		{Name: "debug_info", Value: payload.Object{
			{Name: "host", Value: socketHost},
			{Name: "started", Value: c.opened.UTC().Format("2006-01-02 15:04:05.000")},
			{Name: "build_number", Value: 1},
			{Name: "approximate_connection_time", Value: int(c.lifetime.Seconds())},
		}},
		{Name: "connection_info", Value: payload.Object{{Name: "app_id", Value: c.hub.server.options.AppID}}},
	}
}

// live pings the app, and ends the connection when its time has come.
func (c *Socket) live() {
	clk := c.hub.clock
	stages := []Disconnect{Warning, RefreshRequested}
	stage := clk.NewTimer(c.lifetime - c.hub.profile.Warning)
	defer func() { stage.Stop() }()
	for {
		beat, stop := c.beat()
		select {
		case <-stage.C:
			c.Disconnect(stages[0])
			if stages = stages[1:]; len(stages) > 0 {
				stage = clk.NewTimer(c.opened.Add(c.lifetime).Sub(clk.Now()))
			}
		case <-beat:
			c.ping()
		case <-c.ending:
			stop()
			c.shut(ws.StatusNormalClosure, "")
			return
		case <-c.gone:
			stop()
			return
		}
		stop()
	}
}

// beat tells when the next ping is due: by Slack's clock, or by the machine's where
// the clock stands, because clients want to be pinged all the same.
func (c *Socket) beat() (<-chan struct{}, func()) {
	clk, every := c.hub.clock, c.hub.profile.PingEvery
	due := make(chan struct{}, 1)
	strike := func() {
		select {
		case due <- struct{}{}:
		default:
		}
	}
	turned, machine := clk.AfterFunc(clk.Stretch(every), strike), time.AfterFunc(every, strike)
	return due, func() {
		turned.Stop()
		machine.Stop()
	}
}

// ping asks for a sign of life, and ends a connection that gave none for long.
func (c *Socket) ping() {
	c.hub.mu.Lock()
	missed := c.unanswered
	c.unanswered++
	c.hub.mu.Unlock()
	if missed >= c.hub.profile.MissedPongs {
		c.hub.expect(c, c.hub.profile.ReconnectWithin, fmt.Sprintf("a connection was ended after %d pings without a pong", missed))
		c.shut(ws.StatusGoingAway, "")
		return
	}
	c.write(ws.NewPingFrame([]byte("Ping from " + socketHost)))
}
