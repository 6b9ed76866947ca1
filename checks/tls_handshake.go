package checks

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"slices"
	"strings"
	"syscall"

	"belay/simulator/payload"
)

// tlsHandshake asks for one handshake as Slack's client would do it, and tells
// apart why there is none. Whether the certificate is any good is not its question.
var tlsHandshake = Check{
	ID:    "tls.handshake",
	Title: "the TLS handshake succeeds",
	Needs: []string{"tcp.connect"},
	Problems: []string{
		"tls.not-tls", "tls.timeout", "tls.closed", "tls.version", "tls.handshake-failure",
		"tls.unrecognized-name", "tls.client-certificate",
	},
	Run: runTLSHandshake,
}

func runTLSHandshake(ctx context.Context, s *Session) Result {
	if s.URL.Scheme != "https" {
		return skip("plain http: no TLS")
	}
	h := s.shake(ctx)
	if h.Err != nil && ctx.Err() != nil {
		return skip("%s", s.outOfTime(ctx))
	}
	r := s.judgeHandshake(ctx, h)
	r.Evidence = s.handshakeEvidence(h)
	return r
}

func (s *Session) judgeHandshake(ctx context.Context, h payload.Handshake) Result {
	if h.Err == nil {
		if saw := s.demandsCertificate(ctx, h); saw != "" {
			return found("tls.client-certificate", "%s", saw)
		}
		return pass("%s", tls.VersionName(h.State.Version))
	}
	for _, f := range handshakeFaults {
		if saw := f.saw(ctx, s, h); saw != "" {
			return found(f.problem, "%s", saw)
		}
	}
	if limit := ownLimit(h.Err); limit != "" {
		return inconclusive("belay's own TLS library gave up (%s), which others may not: compare openssl s_client -connect %s", limit, s.URL.Host)
	}
	return found("tls.handshake-failure", "%s", failureText(h.Err))
}

// A handshakeFault is one way in which a handshake fails.
type handshakeFault struct {
	problem string
	// saw is what was observed, or "" where the fault is another.
	saw func(ctx context.Context, s *Session, h payload.Handshake) string
}

// handshakeFaults are in the order in which they explain more.
var handshakeFaults = []handshakeFault{
	{"tls.client-certificate", demandedInHandshake},
	{"tls.version", tooOld},
	{"tls.not-tls", notTLS},
	{"tls.timeout", neverFinished},
	{"tls.unrecognized-name", unknownName},
	{"tls.closed", hungUp},
}

// tooOld recognises the alert protocol_version (RFC 8446 section 6.2) and a server
// that answers with a version nobody offered it.
func tooOld(ctx context.Context, s *Session, h payload.Handshake) string {
	text := h.Err.Error()
	refused := remoteAlert(h.Err) == "protocol version not supported" ||
		strings.Contains(text, "server selected unsupported protocol version") ||
		strings.Contains(text, "unsupported SSLv2 handshake")
	if !refused {
		return ""
	}
	if old := s.shakeOld(ctx); old.State != nil {
		return "the server refuses TLS 1.2 and 1.3, and speaks " + tls.VersionName(old.State.Version)
	}
	return "the server refuses TLS 1.2 and 1.3 (" + failureText(h.Err) + ")"
}

func neverFinished(_ context.Context, s *Session, h payload.Handshake) string {
	if !isTimeout(h.Err) {
		return ""
	}
	if h.FirstBytes == nil {
		return "no answer to the first message within " + s.Target.Deadline.String()
	}
	return "the handshake began and was not finished within " + s.Target.Deadline.String()
}

// unknownName recognises the alerts unrecognized_name (RFC 6066 section 3) and
// internal_error, with which Go and Caddy say that they have no certificate for a
// name.
func unknownName(_ context.Context, s *Session, h payload.Handshake) string {
	alert := remoteAlert(h.Err)
	if alert != "unrecognized name" && alert != "internal error" {
		return ""
	}
	return "the server answers the name " + s.URL.Hostname() + " with the alert \"" + alert + "\""
}

func hungUp(_ context.Context, _ *Session, h payload.Handshake) string {
	switch {
	case errors.Is(h.Err, syscall.ECONNRESET), errors.Is(h.Err, syscall.EPIPE):
		return "the connection was reset in the handshake"
	case errors.Is(h.Err, io.EOF), errors.Is(h.Err, io.ErrUnexpectedEOF):
		return "the connection was closed in the handshake"
	case errors.Is(h.Err, syscall.ECONNREFUSED):
		return "a second connection, for the handshake, was refused"
	}
	return ""
}

// hasHungUp reports a connection that ended without a word.
func hasHungUp(err error) bool {
	return slices.ContainsFunc([]error{io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET, syscall.EPIPE},
		func(end error) bool { return errors.Is(err, end) })
}

// ownLimit is the text of an error by which Go's library refuses what OpenSSL, and
// so perhaps Slack, would take, or "".
func ownLimit(err error) string {
	limits := []string{
		"failed to parse certificate from server",
		"certificate containing RSA key larger than",
		"unsupported type of public key",
		"invalid signature by the server certificate",
		"certificate used with invalid signature algorithm",
		"incorrect key type",
	}
	for _, limit := range limits {
		if strings.Contains(err.Error(), limit) {
			return failureText(err)
		}
	}
	return ""
}

// failureText is the error in the words of the alert, where there was one.
func failureText(err error) string {
	if alert := remoteAlert(err); alert != "" {
		return "the server ends the handshake with the alert \"" + alert + "\""
	}
	return shorten(strings.TrimPrefix(err.Error(), "tls: "))
}
