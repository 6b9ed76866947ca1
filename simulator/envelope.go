package simulator

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"belay/simulator/clock"
	"belay/simulator/payload"
)

// An Ack is how an app acknowledged an envelope.
type Ack struct {
	EnvelopeID string
	// Payload is what came with it, as the body of an HTTP answer would; nil
	// without one.
	Payload json.RawMessage
	Took    time.Duration
	// Size is in bytes, over Frames of the WebSocket.
	Size, Frames int
}

// envelope is one payload on its way over Socket Mode.
type envelope struct {
	id, kind string
	frame    []byte
	// event is true for what the retry machine sends again by itself.
	event bool
	// count is the envelope's place in the order.
	count int
	acked chan Ack
	sent  time.Time
	// The rest is the hub's: socket is nil while none has it, tries are how often
	// it was sent, due is set once its time is over, blameless when that was not
	// the app's doing, inPieces when its acknowledgement was lost in fragments.
	socket    *Socket
	tries     int
	due       bool
	blameless bool
	inPieces  bool
	timer     *clock.Timer
}

// envelopes are those that are not done with, of one hub.
type envelopes struct {
	made    int
	pending map[string]*envelope
	// overdue are pending, past their time; orphans have no connection.
	overdue, orphans []*envelope
	// done are the kinds of the last acknowledged, by id, in order.
	done []acknowledged
}

type acknowledged struct{ id, kind string }

// The bounds of what is remembered of envelopes past their time, and of done ones.
const (
	maxOverdue = 1000
	maxDone    = 1000
)

// envelopeType is the word for a payload over Socket Mode, and whether the answer
// may bear one.
//
// https://docs.slack.dev/apis/events-api/using-socket-mode#events
func (h *hub) envelopeType(d payload.Delivery) (name string, takesPayload bool) {
	switch d.Kind.Encoding {
	case payload.Form:
		return "slash_commands", true
	case payload.FormPayload:
		kind := d.Fields.Text("type")
		return "interactive", kind == "view_submission" || kind == "block_suggestion" ||
			kind == "block_actions" && h.profile.ActionsTakePayload
	}
	return "events_api", false
}

// envelope wraps a delivery in Slack's order of members.
func (h *hub) envelope(d payload.Delivery, a *Attempt) *envelope {
	kind, takes := h.envelopeType(d)
	body := d.Body
	if !json.Valid(body) {
		body = payload.Encode(payload.JSON, d.Fields)
	}
	a.Answer.Request.Body = body
	e := &envelope{id: newUUID(), kind: kind, event: kind == "events_api", acked: make(chan Ack, 1)}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"envelope_id":"%s","payload":%s,"type":"%s","accepts_response_payload":%t`, e.id, body, kind, takes)
	if e.event {
		reason := string(a.RetryReason)
		if a.RetryReason == HTTPTimeout {
			reason = h.profile.TimeoutReason
		}
		fmt.Fprintf(&b, `,"retry_attempt":%d,"retry_reason":%s`, a.RetryNum, strconv.Quote(reason))
	}
	b.WriteByte('}')
	e.frame = b.Bytes()
	return e
}

// newUUID is a random one, of version 4.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// deliver sends a payload over any one of the connections and waits for its
// acknowledgement.
func (h *hub) deliver(ctx context.Context, d payload.Delivery, a *Attempt) {
	e := h.envelope(d, a)
	a.EnvelopeID = e.id
	within := h.server.options.Profile.AckWithin
	ctx, cancel := h.clock.WithTimeout(ctx, h.clock.Stretch(within))
	defer cancel()
	if !h.dispatch(e) {
		a.fail(ConnectionFailed, "the app has no connection open")
		return
	}
	select {
	case ack := <-e.acked:
		a.Ack = &ack
		return
	case <-ctx.Done():
	}
	if ack, ok := h.expire(e, ctx.Err() == context.DeadlineExceeded); ok {
		a.Ack = &ack
		return
	}
	if ctx.Err() != context.DeadlineExceeded {
		a.fail(UnknownError, "%v", context.Cause(ctx))
		return
	}
	a.fail(HTTPTimeout, "the %s envelope was not acknowledged within %s", e.kind, within)
}

// dispatch sends the envelope for the first time, if anybody is there.
func (h *hub) dispatch(e *envelope) bool {
	h.mu.Lock()
	c := h.next()
	if c == nil {
		h.mu.Unlock()
		return false
	}
	h.made++
	e.count, e.sent, e.socket, e.tries = h.made, h.clock.Now(), c, 1
	h.pending[e.id] = e
	h.mu.Unlock()
	c.say(e.frame)
	return true
}

// orphan takes a lost connection's envelopes from it.
func (h *hub) orphan(c *Socket) {
	for _, e := range h.pending {
		if e.socket == c {
			e.socket = nil
			h.orphans = append(h.orphans, e)
		}
	}
	slices.SortFunc(h.orphans, func(a, b *envelope) int { return a.count - b.count })
}

// redeliver sends the envelopes of lost connections again, as Slack was seen to do
// (revelrylabs/slax#614). An event past its time is left to the retries.
func (h *hub) redeliver() {
	for {
		h.mu.Lock()
		if len(h.orphans) == 0 {
			h.mu.Unlock()
			return
		}
		e := h.orphans[0]
		stale := h.pending[e.id] != e || e.due && e.event || e.tries > h.profile.Redeliveries
		c := h.next()
		if !stale && c == nil {
			h.mu.Unlock()
			return
		}
		h.orphans = h.orphans[1:]
		if !stale {
			e.socket = c
			e.tries++
		}
		h.mu.Unlock()
		if !stale {
			c.say(e.frame)
		}
	}
}

// expire ends the time of an envelope, unless the acknowledgement came just then. A
// late one is still looked for where the deadline was the end.
func (h *hub) expire(e *envelope, deadline bool) (Ack, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case ack := <-e.acked:
		return ack, true
	default:
	}
	if !deadline || h.closed {
		delete(h.pending, e.id)
		return Ack{}, false
	}
	e.due = true
	e.blameless = e.socket == nil || e.socket.frozen || e.tries > 1
	h.overdue = append(h.overdue, e)
	if len(h.overdue) > maxOverdue {
		h.forget(h.overdue[0])
	}
	e.timer = h.clock.AfterFunc(h.clock.Stretch(h.profile.Overdue), func() { h.giveUp(e) })
	return Ack{}, false
}

// giveUp stops waiting for a late acknowledgement.
func (h *hub) giveUp(e *envelope) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.forget(e)
}

// forget names an acknowledgement that never came.
func (h *hub) forget(e *envelope) {
	if h.pending[e.id] != e {
		return
	}
	h.settle(e)
	switch {
	case e.blameless:
	case e.inPieces:
		h.server.find("socket.no-ack", "the acknowledgement of an envelope of type %s came in several frames, which are not put together", e.kind)
	default:
		h.server.find("socket.no-ack", "an envelope of type %s was never acknowledged", e.kind)
	}
}

// settle takes an envelope off the lists.
func (h *hub) settle(e *envelope) {
	delete(h.pending, e.id)
	h.overdue = slices.DeleteFunc(h.overdue, func(other *envelope) bool { return other == e })
	if e.timer != nil {
		e.timer.Stop()
	}
}

// acknowledge takes an app's acknowledgement, and names what is wrong with it. Which
// connection it came over does not matter.
func (h *hub) acknowledge(ack Ack) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := h.pending[ack.EnvelopeID]
	if e == nil {
		if i := slices.IndexFunc(h.done, func(d acknowledged) bool { return d.id == ack.EnvelopeID }); i >= 0 {
			h.server.find("socket.double-ack", "an envelope of type %s was acknowledged more than once", h.done[i].kind)
		}
		return
	}
	if ack.Frames > 1 && h.profile.DropFragments {
		e.inPieces = true
		return
	}
	ack.Took = h.clock.Elapsed(e.sent)
	h.settle(e)
	h.done = append(h.done, acknowledged{e.id, e.kind})
	if len(h.done) > maxDone {
		h.done = h.done[1:]
	}
	if !e.due {
		e.acked <- ack
		return
	}
	if !e.blameless {
		h.server.find("socket.late-ack", "an envelope of type %s was acknowledged after %s; Slack waits %s",
			e.kind, ack.Took.Round(time.Millisecond), h.server.options.Profile.AckWithin)
	}
}
