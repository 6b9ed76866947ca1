package payload

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"belay/simulator/clock"
)

// A Client sends deliveries as Slack's servers do: HTTP/1.1, a connection for
// each, no redirect followed. The zero value works. It may be used from several
// goroutines once its fields are set.
type Client struct {
	// Resolve leads from a host name to addresses; nil asks the machine's
	// resolver.
	Resolve func(ctx context.Context, host string, port uint16) Resolution
	// Dial opens a connection; nil is a plain net.Dialer.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Verify judges the peer of an https connection before anything is written to it;
	// its error ends the delivery in PhaseTLS. Nil trusts everybody.
	Verify func(state tls.ConnectionState) error
	// Wait is how long the complete answer is waited for; zero means 10 s.
	Wait time.Duration
	// Clock tells when a delivery started; nil is the machine's.
	Clock *clock.Clock
}

// Send delivers once and never returns an error: what went wrong is part of the
// answer.
func (c *Client) Send(ctx context.Context, d Delivery) Answer {
	wait := c.Wait
	if wait == 0 {
		wait = 10 * time.Second
	}
	x := &exchange{client: c, start: time.Now()}
	x.answer = Answer{Request: d.Request(), Started: c.Clock.Now(), Reached: PhaseDNS}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	x.run(ctx, d)
	if x.answer.Err != nil && isTimeout(x.answer.Err) {
		x.answer.GaveUp = true
		x.answer.Waited = time.Since(x.start)
	}
	return x.answer
}

// isTimeout reports an error that means that time ran out, here or at a dialer.
func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

// exchange is one delivery under way.
type exchange struct {
	client *Client
	answer Answer
	start  time.Time
	conn   net.Conn
}

func (x *exchange) run(ctx context.Context, d Delivery) {
	if !x.resolve(ctx, d.URL.Hostname(), Port(d.URL)) || !x.connect(ctx, Port(d.URL)) {
		return
	}
	// The handshake replaces x.conn, so the deadline is the raw connection's.
	raw := x.conn
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { _ = raw.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if d.URL.Scheme == "https" && !x.handshake(ctx, d.URL.Hostname()) {
		return
	}
	x.exchange(ctx)
}

// fail ends the delivery in a phase. The end of the context is told apart from a
// fault of the peer, which it would otherwise look like.
func (x *exchange) fail(ctx context.Context, phase Phase, err error) bool {
	x.answer.Reached = phase
	x.answer.Err = err
	if ctx.Err() != nil {
		x.answer.Err = ctx.Err()
	}
	return false
}

func (x *exchange) resolve(ctx context.Context, host string, port uint16) bool {
	resolve := x.client.Resolve
	if resolve == nil {
		resolve = (&Resolver{}).Resolve
	}
	r := resolve(ctx, host, port)
	x.answer.Resolution = r
	x.answer.Stages.DNS = r.Took
	if r.Err != nil {
		return x.fail(ctx, PhaseDNS, r.Err)
	}
	return true
}

func (x *exchange) connect(ctx context.Context, port uint16) bool {
	began := time.Now()
	dial := x.client.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	var err error
	for _, address := range x.answer.Resolution.Addresses {
		x.answer.Address = netip.AddrPortFrom(address, port)
		x.conn, err = dial(ctx, "tcp", x.answer.Address.String())
		if err == nil {
			break
		}
	}
	x.answer.Stages.Connect = time.Since(began)
	if err != nil {
		return x.fail(ctx, PhaseConnect, err)
	}
	return true
}

func (x *exchange) handshake(ctx context.Context, host string) bool {
	began := time.Now()
	config := TLSConfig(host, func() { x.answer.ClientCertificateAsked = true })
	config.VerifyConnection = x.client.Verify
	conn := tls.Client(x.conn, config)
	err := conn.HandshakeContext(ctx)
	x.answer.Stages.TLS = time.Since(began)
	if err != nil {
		return x.fail(ctx, PhaseTLS, err)
	}
	state := conn.ConnectionState()
	x.answer.TLS = &state
	x.conn = conn
	return true
}

func (x *exchange) exchange(ctx context.Context) {
	began := time.Now()
	_, writeErr := x.conn.Write(x.answer.Request.Bytes())
	wrote := time.Now()
	x.answer.Stages.Write = wrote.Sub(began)
	bounded := &io.LimitedReader{R: x.conn, N: MaxHead}
	r := bufio.NewReader(bounded)
	_, err := r.Peek(1)
	first := time.Now()
	x.answer.Stages.FirstByte = first.Sub(wrote)
	if err != nil {
		if writeErr != nil {
			x.fail(ctx, PhaseWrite, writeErr)
			return
		}
		x.fail(ctx, PhaseHead, err)
		return
	}
	x.read(ctx, r, bounded)
	x.answer.Stages.Body = time.Since(first)
}

// read takes the head within MaxHead and the body within MaxBody.
func (x *exchange) read(ctx context.Context, r *bufio.Reader, bounded *io.LimitedReader) {
	response, err := readHead(r, x.answer.Request.Method)
	if err != nil {
		if bounded.N <= 0 {
			err = ErrHeadTooLarge
		} else if !isTimeout(err) && !errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("%w: %v", ErrMalformed, err)
		}
		x.fail(ctx, PhaseHead, err)
		return
	}
	defer response.Body.Close()
	x.answer.Proto, x.answer.Status, x.answer.Header = response.Proto, response.StatusCode, response.Header
	bounded.N = 4 * MaxBody
	raw, err := io.ReadAll(io.LimitReader(response.Body, MaxBody+1))
	if len(raw) > MaxBody {
		raw, err, x.answer.TooLarge = raw[:MaxBody], nil, true
	}
	x.answer.decode(raw)
	if err != nil {
		x.fail(ctx, PhaseBody, err)
		return
	}
	x.answer.Reached = PhaseDone
}

// readHead skips interim answers (RFC 9110 section 15.2).
func readHead(r *bufio.Reader, method string) (*http.Response, error) {
	for range 5 {
		response, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			return nil, err
		}
		if response.StatusCode >= 200 || response.StatusCode == http.StatusSwitchingProtocols {
			return response, nil
		}
	}
	return nil, errors.New("more than five interim answers")
}

// Port is the URL's port, or that of its scheme; 0 when it is not a number.
func Port(u *url.URL) uint16 {
	if u.Port() == "" {
		if u.Scheme == "https" {
			return 443
		}
		return 80
	}
	n, _ := strconv.ParseUint(u.Port(), 10, 16)
	return uint16(n)
}
