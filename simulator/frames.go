package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// The bounds of what a peer can make the server wait for.
const (
	writeWithin  = 5 * time.Second
	lingerWithin = time.Second
	lingerBytes  = 1 << 20
)

// say sends a text.
func (c *Socket) say(text []byte) { c.write(ws.NewTextFrame(text)) }

// write sends a frame. A connection that does not take it is ended, by its reader.
func (c *Socket) write(f ws.Frame) {
	c.hub.mu.Lock()
	frozen := c.frozen
	c.hub.mu.Unlock()
	if frozen {
		return
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	if err := errors.Join(ws.WriteFrame(c.out, f), c.out.Flush()); err != nil {
		_ = c.conn.Close()
	}
}

// shut takes the connection out of use and begins the closing handshake, which the
// reader ends.
func (c *Socket) shut(code ws.StatusCode, reason string) {
	if c.hub.leave(c) {
		c.write(ws.NewCloseFrame(ws.NewCloseFrameBody(code, reason)))
		_ = c.conn.SetReadDeadline(time.Now().Add(lingerWithin))
	}
}

// drop ends the connection because the server closes.
func (c *Socket) drop() {
	_ = c.conn.SetWriteDeadline(time.Now().Add(lingerWithin / 10))
	c.shut(ws.StatusGoingAway, "")
	_ = c.conn.Close()
}

// A violation is why a connection is failed, by RFC 6455 section 7.4.1.
type violation struct {
	code   ws.StatusCode
	reason string
}

// Error implements error.
func (v violation) Error() string { return v.reason }

// errEnded is the end of the closing handshake.
var errEnded = errors.New("the connection was closed")

// read takes what the app says until the connection ends. A violation is answered
// with its code; the rest of what comes is thrown away, so that the app reads it.
func (c *Socket) read() {
	var m message
	for {
		err := c.readFrame(&m)
		var v violation
		switch {
		case err == nil:
			continue
		case errors.As(err, &v):
			c.hub.expect(c, c.hub.profile.ReconnectWithin, fmt.Sprintf("a connection was closed with %d, %s", v.code, v.reason))
			c.shut(v.code, v.reason)
			_, _ = io.CopyN(io.Discard, c.in, lingerBytes)
		}
		return
	}
}

// message is what came so far of one in several frames.
type message struct {
	open   bool
	op     ws.OpCode
	frames int
	data   []byte
}

// readFrame takes one frame, and what it completes.
func (c *Socket) readFrame(m *message) error {
	h, err := ws.ReadHeader(c.in)
	if errors.Is(err, ws.ErrHeaderLengthMSB) || errors.Is(err, ws.ErrHeaderLengthUnexpected) {
		return violation{ws.StatusProtocolError, err.Error()}
	}
	if err != nil {
		return err
	}
	state := ws.StateServerSide
	if m.open {
		state = state.Set(ws.StateFragmented)
	}
	if err := ws.CheckHeader(h, state); err != nil {
		return violation{ws.StatusProtocolError, err.Error()}
	}
	if size := h.Length + int64(len(m.data)); size > c.hub.profile.MaxFrame && !h.OpCode.IsControl() {
		c.hub.tooLarge(c, size)
		return violation{ws.StatusMessageTooBig, fmt.Sprintf("Max frame length of %d has been exceeded.", c.hub.profile.MaxFrame)}
	}
	data := make([]byte, h.Length)
	if _, err := io.ReadFull(c.in, data); err != nil {
		return err
	}
	ws.Cipher(data, h.Mask, 0)
	if h.OpCode.IsControl() {
		return c.control(h.OpCode, data)
	}
	return c.complete(m, h, data)
}

// tooLarge names an acknowledgement that ends its connection. Where nothing was
// to be acknowledged, it was none.
func (h *hub) tooLarge(c *Socket, size int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.pending {
		if e.socket == c {
			h.server.find("socket.large-ack", "an acknowledgement of at least %d bytes was sent; Slack takes %d, closes the connection and delivers again", size, h.profile.MaxFrame)
			return
		}
	}
}

// control answers pings and the app's closing.
func (c *Socket) control(op ws.OpCode, data []byte) error {
	c.hub.mu.Lock()
	frozen, mute := c.frozen, c.mute
	if op == ws.OpPong && !frozen {
		c.unanswered = 0
	}
	c.hub.mu.Unlock()
	switch {
	case frozen:
	case op == ws.OpPing && !mute:
		c.write(ws.NewPongFrame(data))
	case op == ws.OpClose:
		code, reason := ws.ParseCloseFrameData(data)
		if len(data) == 1 || len(data) > 1 && ws.CheckCloseFrameData(code, reason) != nil {
			return violation{ws.StatusProtocolError, "a close frame that is none"}
		}
		if c.hub.leave(c) {
			c.write(ws.NewCloseFrame(data))
		}
		return errEnded
	}
	return nil
}

// complete joins the frames of a message, and takes a whole one.
func (c *Socket) complete(m *message, h ws.Header, data []byte) error {
	if !m.open {
		*m = message{op: h.OpCode}
	}
	m.data = append(m.data, data...)
	m.frames++
	m.open = !h.Fin
	if m.open {
		// A message of very many empty frames stays within the bound as well.
		if m.frames > int(c.hub.profile.MaxFrame) {
			return violation{ws.StatusMessageTooBig, "too many frames"}
		}
		return nil
	}
	whole := *m
	*m = message{}
	c.hub.mu.Lock()
	frozen := c.frozen
	c.hub.mu.Unlock()
	if frozen || whole.op != ws.OpText {
		return nil
	}
	if !utf8.Valid(whole.data) {
		return violation{ws.StatusInvalidFramePayloadData, "a text that is not UTF-8"}
	}
	var said struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(whole.data, &said) == nil && said.EnvelopeID != "" {
		c.hub.acknowledge(Ack{EnvelopeID: said.EnvelopeID, Payload: said.Payload, Size: len(whole.data), Frames: whole.frames})
	}
	return nil
}
