package checks

import (
	"bytes"
	"context"
	"net/http"
	"slices"

	"belay/simulator/payload"
)

// certificateAlerts are those with which a server refuses a client that has no
// certificate, or not the right one (RFC 8446 section 6.2). TLS 1.2 has none of its
// own for it: servers take handshake_failure.
var certificateAlerts = []string{
	"certificate required", "bad certificate", "handshake failure", "unknown certificate",
	"unsupported certificate", "unknown certificate authority", "access denied",
}

// demandedInHandshake recognises a handshake that died for want of a client
// certificate, which TLS 1.2 does. That one was asked for is the sure sign.
func demandedInHandshake(_ context.Context, _ *Session, h payload.Handshake) string {
	if !h.ClientCertificateAsked {
		return ""
	}
	if alert := remoteAlert(h.Err); slices.Contains(certificateAlerts, alert) {
		return "the server asks for a client certificate, and refuses the handshake without one (" + alert + ")"
	}
	if hasHungUp(h.Err) {
		return "the server asks for a client certificate, and hangs up without one"
	}
	return ""
}

// demandsCertificate says how a server that asked for a client certificate insists
// on it, or "" where it does not. With TLS 1.3 the handshake is over for the client
// before the server has looked, and nginx finishes it always: only an exchange
// tells. A GET does no harm.
func (s *Session) demandsCertificate(ctx context.Context, h payload.Handshake) string {
	if !h.ClientCertificateAsked {
		return ""
	}
	s.asking("asking whether the client certificate is required")
	a := s.client(s.Target.Deadline).Send(ctx, payload.Delivery{URL: s.URL, Get: true, Header: s.Target.Header})
	if a.Answered() {
		return refusedByNginx(a)
	}
	if alert := remoteAlert(a.Err); slices.Contains(certificateAlerts, alert) {
		return "the server asks for a client certificate, and ends the connection without one (" + alert + ")"
	}
	if a.Reached != payload.PhaseConnect && hasHungUp(a.Err) {
		return "the server asks for a client certificate, and hangs up on a request without one"
	}
	return ""
}

// refusedByNginx recognises the answer of ssl_verify_client on
// (https://nginx.org/en/docs/http/ngx_http_ssl_module.html, error 496).
func refusedByNginx(a payload.Answer) string {
	if a.Status == http.StatusBadRequest && bytes.Contains(a.Body, []byte("No required SSL certificate was sent")) {
		return "the server asks for a client certificate, and answers 400 without one"
	}
	return ""
}
