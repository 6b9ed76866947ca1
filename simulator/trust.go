package simulator

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"

	"belay/simulator/payload"
)

// send delivers once, over a connection whose certificate was verified where Roots
// are given: Slack writes nothing to a server that it does not trust.
func (s *Server) send(ctx context.Context, d payload.Delivery) payload.Answer {
	client := payload.Client{Resolve: s.options.Resolve, Dial: s.options.Dial, Wait: maxWait, Clock: s.options.Clock}
	if s.options.Roots != nil {
		host := d.URL.Hostname()
		client.Verify = func(state tls.ConnectionState) error { return s.verify(host, state) }
	}
	return client.Send(ctx, d)
}

// verify judges by Slack's clock, which a test may turn past a certificate's end.
func (s *Server) verify(host string, state tls.ConnectionState) error {
	options := x509.VerifyOptions{
		Roots: s.options.Roots, DNSName: host, CurrentTime: s.options.Clock.Now(),
		Intermediates: x509.NewCertPool(),
	}
	for _, c := range state.PeerCertificates[1:] {
		options.Intermediates.AddCert(c)
	}
	if _, err := state.PeerCertificates[0].Verify(options); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
	}
	return nil
}

// isCertificate tells a certificate that is not trusted from a handshake that fails.
func isCertificate(err error) bool {
	var untrusted *tls.CertificateVerificationError
	return errors.As(err, &untrusted)
}
