package payload_test

import (
	"context"
	"io"
	"net"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"belay/simulator/payload"
)

// FuzzSend lets an app answer anything: it must come back bounded, in time and
// without a crash.
func FuzzSend(f *testing.F) {
	for _, seed := range []string{
		"", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 500 \xff\r\nA: \x1b[2J\r\n\r\n", "SSH-2.0-x\r\n", "\x16\x03\x01",
		"HTTP/1.1 301 Moved\r\nLocation: \x00://\r\nContent-Length: 99999999999\r\n\r\nx",
	} {
		f.Add([]byte(seed))
	}
	u, err := url.Parse("http://app.example/slack")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		client := payload.Client{
			Wait: 5 * time.Second,
			Resolve: func(context.Context, string, uint16) payload.Resolution {
				return payload.Resolution{Addresses: []netip.Addr{netip.IPv6Loopback()}}
			},
			Dial: func(context.Context, string, string) (net.Conn, error) {
				near, far := net.Pipe()
				go func() {
					defer far.Close()
					_, _ = far.Read(make([]byte, 64<<10))
					_, _ = far.Write(answer)
				}()
				return near, nil
			},
		}
		a := client.Send(context.Background(), payload.Delivery{
			Kind: payload.Command, Fields: payload.Command.Fields(payload.Scene{}), URL: u, Time: time.Unix(1531420618, 0),
		})
		if len(a.Body) > payload.MaxBody || a.GaveUp || a.Complete() != (a.Err == nil) {
			t.Fatalf("%d bytes, gave up %v, reached %s with %v", len(a.Body), a.GaveUp, a.Reached, a.Err)
		}
		if a.Err == io.EOF && a.Answered() {
			t.Fatal("an answer without an error that says where it ended")
		}
	})
}
