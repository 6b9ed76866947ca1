package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"

	"belay/simulator"
	"belay/simulator/payload"
)

// socketFigure is what Socket Mode costs: an envelope and its acknowledgement beside
// as many bytes there and back with the same library, and nothing else.
var socketFigure = figure{
	name:    "socket",
	belay:   "a slash command over Socket Mode, until it is acknowledged",
	against: "a bare echo with gobwas/ws",
	unit:    "ns", atMost: 3,
	measure: measureSocket,
}

func measureSocket(w *workshop) (measurement, error) {
	slack, err := simulator.Start(simulator.Options{})
	if err != nil {
		return measurement{}, err
	}
	defer slack.Close()
	app, err := connect(w.ctx, slack)
	if err != nil {
		return measurement{}, err
	}
	defer app.Close()
	go acknowledge(app)
	command := payload.Delivery{Kind: payload.Command, Fields: payload.Command.Fields(payload.Scene{Command: "/deploy", Text: "prod now"})}
	deliver := func() error {
		o := slack.Deliver(w.ctx, command)
		if !o.Acknowledged {
			return fmt.Errorf("deliver over Socket Mode: %s", o.Last().Detail)
		}
		return nil
	}
	size := len(`{"envelope_id":"","payload":,"type":"slash_commands","accepts_response_payload":true}`) +
		len(anID) + len(payload.Encode(payload.JSON, command.Fields))
	echo, err := startEcho(w.ctx, size)
	if err != nil {
		return measurement{}, err
	}
	defer echo.Close()
	return inProcess(w.ctx, w.pairs, 1000, deliver, echo.once)
}

// connect opens an app's socket, as an SDK does, and waits until it gets envelopes.
func connect(ctx context.Context, slack *simulator.Server) (*end, error) {
	request, err := http.NewRequestWithContext(ctx, "POST", slack.API()+"apps.connections.open", nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer xapp-1-ABELAY00000-1-bench")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var opened struct{ URL string }
	if err := json.NewDecoder(answer.Body).Decode(&opened); err != nil {
		return nil, fmt.Errorf("read what apps.connections.open answers: %w", err)
	}
	app, err := dial(ctx, opened.URL)
	if err != nil {
		return nil, err
	}
	if _, err := wsutil.ReadServerText(app); err != nil {
		_ = app.Close()
		return nil, fmt.Errorf("wait for hello: %w", err)
	}
	for len(slack.Sockets()) == 0 && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	return app, ctx.Err()
}

// An end is one of a socket's, which reads ahead and writes a frame at once.
type end struct {
	net.Conn
	in *bufio.Reader
}

// dial opens a socket. What came with the handshake is read first.
func dial(ctx context.Context, address string) (*end, error) {
	conn, in, _, err := ws.Dial(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("open a socket: %w", err)
	}
	if in == nil {
		in = bufio.NewReader(conn)
	}
	return &end{conn, in}, nil
}

// Read implements io.Reader.
func (e *end) Read(p []byte) (int, error) { return e.in.Read(p) }

func (e *end) say(f ws.Frame) error {
	_, err := e.Write(ws.MustCompileFrame(f))
	return err
}

// anID has the length of an envelope's.
const anID = "00000000-0000-4000-8000-000000000000"

// acknowledge answers every envelope, until its connection ends.
func acknowledge(app *end) {
	head := []byte(`{"envelope_id":"`)
	for {
		text, err := wsutil.ReadServerText(app)
		if err != nil {
			return
		}
		if id, ok := bytes.CutPrefix(text, head); ok {
			ack := append(append(head[:len(head):len(head)], id[:len(anID)]...), `"}`...)
			_ = app.say(ws.MaskFrameInPlace(ws.NewTextFrame(ack)))
		}
	}
}

// An echo is a connection of which the far end answers as acknowledge does.
type echo struct {
	app, server *end
	text        []byte
}

// startEcho connects both ends over loopback. The server says texts of that size.
func startEcho(ctx context.Context, size int) (*echo, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	defer listener.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		defer close(accepted)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		if _, err := ws.Upgrade(conn); err != nil {
			_ = conn.Close()
			return
		}
		accepted <- conn
	}()
	app, err := dial(ctx, "ws://"+listener.Addr().String())
	if err != nil {
		return nil, err
	}
	server, ok := <-accepted
	if !ok {
		_ = app.Close()
		return nil, errors.New("open a bare socket: the handshake failed")
	}
	go acknowledge(app)
	text := append([]byte(`{"envelope_id":"`+anID), bytes.Repeat([]byte("x"), size)...)
	return &echo{app, &end{server, bufio.NewReader(server)}, text[:size]}, nil
}

// once is one round trip.
func (e *echo) once() error {
	if err := e.server.say(ws.NewTextFrame(e.text)); err != nil {
		return fmt.Errorf("say something: %w", err)
	}
	if _, err := wsutil.ReadClientText(e.server); err != nil {
		return fmt.Errorf("hear an echo: %w", err)
	}
	return nil
}

// Close ends both ends.
func (e *echo) Close() {
	_ = e.app.Close()
	_ = e.server.Close()
}
