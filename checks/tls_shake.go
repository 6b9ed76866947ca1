package checks

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"belay/simulator/payload"
)

// shake performs the handshake that every check of TLS and of the certificate
// judges, once, with the first address that connected.
func (s *Session) shake(ctx context.Context) payload.Handshake {
	if s.handshake == nil {
		s.asking("shaking hands with " + s.URL.Hostname())
		h := s.shakeBy(ctx, s.Target.Deadline, payload.Shake)
		s.handshake = &h
	}
	return *s.handshake
}

// A shaker is payload.Shake or payload.ShakeOld.
type shaker func(ctx context.Context, conn net.Conn, host string) payload.Handshake

// shakeBy performs one handshake over a connection of its own. Both together may
// take that long.
func (s *Session) shakeBy(ctx context.Context, within time.Duration, shake shaker) payload.Handshake {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	conn, err := s.dialAgain(ctx)
	if err != nil {
		return payload.Handshake{Err: err}
	}
	defer conn.Close()
	return shake(ctx, conn, s.URL.Hostname())
}

// dialAgain connects to the first address that connected before.
func (s *Session) dialAgain(ctx context.Context) (net.Conn, error) {
	return s.dial(ctx, "tcp", s.handshakeAddress())
}

// handshakeAddress is where handshakes go to, or "" when nothing connected.
func (s *Session) handshakeAddress() string {
	for _, d := range s.dials {
		if d.err == nil {
			return d.address.String()
		}
	}
	return ""
}

// handshakeEvidence is what the handshake agreed on, or how it ended.
func (s *Session) handshakeEvidence(h payload.Handshake) *Evidence {
	if h.State == nil {
		c := Connection{Address: s.handshakeAddress(), Took: Millis(h.Took)}
		if h.Err != nil {
			c.Error = h.Err.Error()
		}
		return &Evidence{Connections: []Connection{c}}
	}
	return &Evidence{TLS: &TLS{
		Version:    tls.VersionName(h.State.Version),
		Cipher:     tls.CipherSuiteName(h.State.CipherSuite),
		ServerName: h.State.ServerName,
		Took:       Millis(h.Took),
	}}
}

// remoteAlert is the text of the alert with which the peer ended the connection,
// such as "handshake failure", or "". tls.AlertError does not match alerts that the
// peer sent (measured with Go 1.26), so the text is all there is.
func remoteAlert(err error) string {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" || op.Err == nil {
		return ""
	}
	return strings.TrimPrefix(op.Err.Error(), "tls: ")
}
