package simulator

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strconv"
	"time"

	"belay/simulator/payload"
)

// send delivers once, over a connection whose certificate was verified where Roots
// are given: Slack writes nothing to a server that it does not trust.
func (s *Server) send(ctx context.Context, d payload.Delivery) payload.Answer {
	client := payload.Client{Resolve: s.options.Resolve, Dial: s.options.Dial, Wait: maxWait, Clock: s.options.Clock}
	if d.URL.Scheme != "https" || s.options.Roots == nil {
		return client.Send(ctx, d)
	}
	// The handshake is the dialer's, so that it can be judged before the request
	// is written; the client takes the connection for plain http.
	t := &trusting{server: s, host: d.URL.Hostname()}
	client.Dial = t.dial
	d.Header = append([]payload.HeaderField{{Name: "Host", Value: d.URL.Host}}, d.Header...)
	plain := *d.URL
	plain.Scheme = "http"
	plain.Host = net.JoinHostPort(d.URL.Hostname(), strconv.Itoa(int(payload.Port(d.URL))))
	d.URL = &plain
	answer := client.Send(ctx, d)
	t.complete(&answer)
	return answer
}

// trusting is a dialer of verified connections.
type trusting struct {
	server *Server
	host   string
	asked  bool
	state  *tls.ConnectionState
	took   time.Duration
	err    error
}

func (t *trusting) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dial := t.server.options.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	t.err = nil
	raw, err := dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	config := payload.TLSConfig(t.host, func() { t.asked = true })
	config.VerifyConnection = t.verify
	conn := tls.Client(raw, config)
	t.err = conn.HandshakeContext(ctx)
	t.took = time.Since(began)
	if t.err != nil {
		_ = raw.Close()
		return nil, t.err
	}
	state := conn.ConnectionState()
	t.state = &state
	return conn, nil
}

// verify judges by Slack's clock, which a test may turn past a certificate's end.
func (t *trusting) verify(state tls.ConnectionState) error {
	options := x509.VerifyOptions{
		Roots: t.server.options.Roots, DNSName: t.host, CurrentTime: t.server.options.Clock.Now(),
		Intermediates: x509.NewCertPool(),
	}
	for _, c := range state.PeerCertificates[1:] {
		options.Intermediates.AddCert(c)
	}
	_, err := state.PeerCertificates[0].Verify(options)
	if err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
	}
	return nil
}

// complete tells the handshake apart from the connection again.
func (t *trusting) complete(a *payload.Answer) {
	a.TLS, a.ClientCertificateAsked = t.state, t.asked
	a.Stages.TLS = t.took
	a.Stages.Connect = max(a.Stages.Connect-t.took, 0)
	if t.err != nil && a.Reached == payload.PhaseConnect {
		a.Reached = payload.PhaseTLS
	}
}

// isCertificate tells a certificate that is not trusted from a handshake that fails.
func isCertificate(err error) bool {
	var untrusted *tls.CertificateVerificationError
	return errors.As(err, &untrusted)
}
