package simulator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/gobwas/ws"

	"belay/simulator"
	"belay/simulator/clock"
)

// begin opens a fake Slack for a benchmark.
func begin(b *testing.B, o simulator.Options) *simulator.Server {
	s, err := simulator.Start(o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// BenchmarkEventsWithRetries delivers 10,000 events to an app that refuses each of
// them four times, on a clock that is turned. The app is in memory: 40,000 sockets
// measure the kernel.
func BenchmarkEventsWithRetries(b *testing.B) {
	const events = 10_000
	to := &url.URL{Scheme: "http", Host: "127.0.0.1:3000", Path: "/slack/events"}
	// A turn of the clock must not end the attempts that are under way.
	all := profiled(func(p *simulator.Profile) { p.DisableAbove, p.AckWithin = 1, 10_000*time.Hour })
	for b.Loop() {
		c := clock.At(noon)
		s := begin(b, simulator.Options{Clock: c, Profile: all, Dial: refusing})
		var left atomic.Int64
		left.Store(events)
		for range events {
			go func() {
				defer left.Add(-1)
				if o := s.Deliver(context.Background(), event(to)); len(o.Attempts) != 4 || o.Last().Failure != simulator.HTTPError {
					b.Error("attempts:", len(o.Attempts), o.Err, o.Last().Detail)
				}
			}()
		}
		turn(c, &left)
		_ = s.Close()
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/10k-events")
}

// refusing leads to an app that answers everybody with 500.
func refusing(context.Context, string, string) (net.Conn, error) {
	slack, app := net.Pipe()
	go func() {
		_, _ = app.Read(make([]byte, 4096))
		_, _ = io.WriteString(app, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")
		_ = app.Close()
	}()
	return slack, nil
}

// turn turns the clock whenever all that are left wait for it.
func turn(c *clock.Clock, left *atomic.Int64) {
	tick := time.NewTicker(200 * time.Microsecond)
	defer tick.Stop()
	for n := left.Load(); n > 0; n = left.Load() {
		<-tick.C
		if c.Waiting() == int(n) {
			c.Advance(5 * time.Minute)
		}
	}
}

// dial opens a socket for a benchmark.
func dial(b *testing.B, address string) *websocket.Conn {
	conn, _, err := websocket.Dial(context.Background(), address, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

// BenchmarkSocketRoundTrip is an envelope and its acknowledgement.
func BenchmarkSocketRoundTrip(b *testing.B) {
	s := begin(b, simulator.Options{})
	request, _ := http.NewRequest("POST", s.API()+"apps.connections.open", nil)
	request.Header.Set("Authorization", appToken)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	var opened struct{ URL string }
	_ = json.NewDecoder(answer.Body).Decode(&opened)
	conn := dial(b, opened.URL)
	_, _, _ = conn.Read(context.Background())
	go func() {
		for {
			_, text, err := conn.Read(context.Background())
			if err != nil {
				return
			}
			_, id, _ := strings.Cut(string(text), `{"envelope_id":"`)
			_ = conn.Write(context.Background(), websocket.MessageText, []byte(`{"envelope_id":"`+id[:36]+`"}`))
		}
	}()
	d := command(nil)
	for len(s.Sockets()) == 0 {
		<-time.After(time.Millisecond)
	}
	for b.Loop() {
		if o := s.Deliver(context.Background(), d); !o.Acknowledged {
			b.Fatal(o.Last().Detail)
		}
	}
}

// BenchmarkBareEcho is the measure of BenchmarkSocketRoundTrip: the same bytes there
// and back with the same libraries, and nothing else.
func BenchmarkBareEcho(b *testing.B) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			_, err = ws.Upgrade(conn)
		}
		if err == nil {
			accepted <- conn
		}
	}()
	app := dial(b, "ws://"+listener.Addr().String())
	go func() {
		for {
			if _, _, err := app.Read(context.Background()); err != nil {
				return
			}
			_ = app.Write(context.Background(), websocket.MessageText, []byte(`{"envelope_id":"00000000-0000-4000-8000-000000000000"}`))
		}
	}()
	conn := <-accepted
	in, out := bufio.NewReader(conn), bufio.NewWriter(conn)
	text := []byte(strings.Repeat("x", 700))
	for b.Loop() {
		_ = ws.WriteFrame(out, ws.NewTextFrame(text))
		_ = out.Flush()
		h, err := ws.ReadHeader(in)
		if err != nil {
			b.Fatal(err)
		}
		data := make([]byte, h.Length)
		_, _ = io.ReadFull(in, data)
		ws.Cipher(data, h.Mask, 0)
	}
}
