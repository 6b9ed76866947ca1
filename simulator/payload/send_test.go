package payload_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

// speak listens on loopback and gives every connection to the func, after having
// read the request's first bytes.
func speak(say func(net.Conn)) *url.URL {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(listener.Close)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = conn.Read(make([]byte, 4096))
				say(conn)
			}()
		}
	}()
	u, err := url.Parse("http://" + listener.Addr().String() + "/slack/commands")
	Expect(err).NotTo(HaveOccurred())
	return u
}

func sendTo(u *url.URL, client payload.Client) payload.Answer {
	d := delivery(payload.Command, payload.Scene{})
	d.URL = u
	return client.Send(context.Background(), d)
}

func says(text string) func(net.Conn) {
	return func(conn net.Conn) { _, _ = io.WriteString(conn, text) }
}

// forever writes until the other side has had enough.
func forever(start, more string) func(net.Conn) {
	return func(conn net.Conn) {
		_, err := io.WriteString(conn, start)
		for err == nil {
			_, err = io.WriteString(conn, more)
		}
	}
}

var _ = Describe("sending", func() {
	It("times every stage of an https answer and keeps the peer's certificates", func() {
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%d bytes to %s", len(body), r.URL.Path)
		}))
		DeferCleanup(server.Close)
		u, _ := url.Parse(server.URL + "/x?y=1")
		a := sendTo(u, payload.Client{})
		Expect(a.Err).NotTo(HaveOccurred())
		Expect(a.Complete()).To(BeTrue())
		Expect(a.Status).To(Equal(200))
		Expect(string(a.Body)).To(HaveSuffix("bytes to /x"))
		Expect(a.TLS.PeerCertificates).NotTo(BeEmpty())
		for _, stage := range []time.Duration{a.Stages.Connect, a.Stages.TLS, a.Stages.Write, a.Stages.FirstByte, a.Stages.Body} {
			Expect(stage).To(BeNumerically(">", 0))
		}
		Expect(a.Took()).To(Equal(a.Stages.Total()))
	})

	It("writes nothing to a peer that is not trusted", func() {
		asked := make(chan bool, 1)
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- true }))
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		DeferCleanup(server.Close)
		u, _ := url.Parse(server.URL)
		distrust := errors.New("not trusted")
		a := sendTo(u, payload.Client{Verify: func(state tls.ConnectionState) error {
			Expect(state.PeerCertificates).NotTo(BeEmpty())
			return distrust
		}})
		Expect(a.Err).To(MatchError(distrust))
		Expect(a.Reached).To(Equal(payload.PhaseTLS))
		Expect(asked).NotTo(Receive())
	})

	DescribeTable("names what is wrong with an answer",
		func(say func(net.Conn), phase payload.Phase, wrong any) {
			a := sendTo(speak(say), payload.Client{Wait: 5 * time.Second})
			Expect(a.Reached).To(Equal(phase))
			Expect(a.Err).To(MatchError(wrong))
			Expect(a.GaveUp).To(BeFalse())
		},
		Entry("nothing at all", says(""), payload.PhaseHead, io.EOF),
		Entry("another protocol", says("SSH-2.0-OpenSSH_9.2\r\n"), payload.PhaseHead, payload.ErrMalformed),
		Entry("a head that ends too soon", says("HTTP/1.1 200 OK\r\nA: b\r\n"), payload.PhaseHead, io.ErrUnexpectedEOF),
		Entry("a header of more than a megabyte", says("HTTP/1.1 200 OK\r\nA: "+strings.Repeat("b", 1<<20)+"\r\n\r\n"), payload.PhaseHead, payload.ErrHeadTooLarge),
		Entry("headers without end", forever("HTTP/1.1 200 OK\r\n", "A: b\r\n"), payload.PhaseHead, payload.ErrHeadTooLarge),
		Entry("a body that is shorter than it says", says("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), payload.PhaseBody, io.ErrUnexpectedEOF),
	)

	DescribeTable("bounds what it reads",
		func(say func(net.Conn)) {
			a := sendTo(speak(say), payload.Client{Wait: 10 * time.Second})
			Expect(a.Err).NotTo(HaveOccurred())
			Expect(a.TooLarge).To(BeTrue())
			Expect(a.Body).To(HaveLen(payload.MaxBody))
		},
		Entry("of a body without end", forever("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat("x", 1<<16))),
		Entry("of a body of ten gigabytes", forever("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", strings.Repeat("x", 1<<16))),
		Entry("of a decompression bomb", bomb),
	)

	DescribeTable("decodes what its Accept-Encoding allows",
		func(coding string, encode func(io.Writer) io.WriteCloser) {
			var b bytes.Buffer
			w := encode(&b)
			_, _ = io.WriteString(w, "acknowledged")
			Expect(w.Close()).To(Succeed())
			a := sendTo(speak(says(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", coding, b.Len(), b.String()))), payload.Client{})
			Expect(a.DecodeErr).NotTo(HaveOccurred())
			Expect(string(a.Body)).To(Equal("acknowledged"))
		},
		Entry("gzip", "gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		Entry("deflate", "deflate", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
	)

	It("says that a body cannot be decoded, and keeps it", func() {
		a := sendTo(speak(says("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")), payload.Client{})
		Expect(a.DecodeErr).To(HaveOccurred())
		Expect(string(a.Body)).To(Equal("plain"))
	})

	It("skips interim answers", func() {
		a := sendTo(speak(says("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")), payload.Client{})
		Expect(a.Status).To(Equal(200))
	})

	DescribeTable("gives up after the wait, and knows in which phase",
		func(say func(net.Conn), phase payload.Phase) {
			a := sendTo(speak(func(conn net.Conn) { say(conn); _, _ = conn.Read(make([]byte, 1)) }), payload.Client{Wait: 50 * time.Millisecond})
			Expect(a.GaveUp).To(BeTrue())
			Expect(a.Err).To(MatchError(context.DeadlineExceeded))
			Expect(a.Reached).To(Equal(phase))
			Expect(a.Took()).To(BeNumerically(">=", 50*time.Millisecond))
		},
		Entry("of the head", says(""), payload.PhaseHead),
		Entry("of the body", says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"), payload.PhaseBody),
	)

	It("reports a dialer's failure as it came", func() {
		refuse := func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
		}
		a := sendTo(&url.URL{Scheme: "http", Host: "127.0.0.1:1"}, payload.Client{Dial: refuse})
		Expect(a.Reached).To(Equal(payload.PhaseConnect))
		Expect(errors.Is(a.Err, syscall.ECONNREFUSED)).To(BeTrue())
	})

	It("ends with the caller's context", func() {
		ctx, cancel := context.WithCancel(context.Background())
		u := speak(func(conn net.Conn) { cancel(); _, _ = conn.Read(make([]byte, 1)) })
		d := delivery(payload.Command, payload.Scene{})
		d.URL = u
		a := (&payload.Client{}).Send(ctx, d)
		Expect(a.Err).To(MatchError(context.Canceled))
		Expect(a.GaveUp).To(BeFalse())
	})
})

// bomb is two megabytes in two kilobytes.
func bomb(conn net.Conn) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(make([]byte, 2<<20))
	_ = w.Close()
	fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", b.Len())
	_, _ = conn.Write(b.Bytes())
}
