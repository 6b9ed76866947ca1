package checks

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"strings"

	"belay/simulator/payload"
)

// The checks of TLS and of the certificate, for the specs of each.
var (
	TLSHandshake = tlsHandshake
	TLSVersions  = tlsVersions

	CertChain       = certChain
	CertOrder       = certOrder
	CertValidity    = certValidity
	CertHostname    = certHostname
	CertUsage       = certUsage
	CertKey         = certKey
	CertSignature   = certSignature
	CertConstraints = certConstraints
	CertForm        = certForm
	CertLifetime    = certLifetime
	CertRevocation  = certRevocation
)

// RunCheck asks one check of a target as though everything that it needs had
// passed. What the network's stages measure for the others is measured before.
func RunCheck(ctx context.Context, c Check, t Target) Result {
	s := newSession(t.withDefaults(), Watch{})
	// The certificate is judged where the handshake failed over it, and only there.
	if strings.HasPrefix(c.ID, "cert.") {
		s.done["tls.handshake"] = Result{Check: "tls.handshake", Status: Pass}
	}
	for _, id := range c.Needs {
		s.done[id] = Result{Check: id, Status: Pass}
		if strings.HasPrefix(id, "tcp.") || strings.HasPrefix(id, "tls.") || strings.HasPrefix(id, "http.") {
			s.connect(ctx)
		}
	}
	return s.check(ctx, c)
}

// RunAfter asks one check of a target after others, whose outcome decides whether
// it is asked at all.
func RunAfter(ctx context.Context, c Check, t Target, before ...Check) Result {
	s := newSession(t.withDefaults(), Watch{})
	s.connect(ctx)
	s.done["tcp.connect"] = Result{Check: "tcp.connect", Status: Pass}
	for _, b := range before {
		s.check(ctx, b)
	}
	return s.check(ctx, c)
}

// RunCertificates asks every check of the certificate, after the handshake.
func RunCertificates(ctx context.Context, t Target) []Result {
	s := newSession(t.withDefaults(), Watch{})
	s.connect(ctx)
	s.done["tcp.connect"] = Result{Check: "tcp.connect", Status: Pass}
	s.check(ctx, tlsHandshake)
	return s.checkCertificates(ctx)
}

// JudgeCertificates asks every check of the certificate as though a handshake had
// shown these.
func JudgeCertificates(ctx context.Context, t Target, shown ...*x509.Certificate) []Result {
	s := newSession(t.withDefaults(), Watch{})
	s.handshake = &payload.Handshake{State: &tls.ConnectionState{PeerCertificates: shown}}
	s.done["tcp.connect"] = Result{Check: "tcp.connect", Status: Pass}
	s.done["tls.handshake"] = Result{Check: "tls.handshake", Status: Pass}
	return s.checkCertificates(ctx)
}

func (s *Session) checkCertificates(ctx context.Context) []Result {
	var results []Result
	for _, c := range All() {
		if strings.HasPrefix(c.ID, "cert.") {
			results = append(results, s.check(ctx, c))
		}
	}
	return results
}

// ReadCertificate reads a certificate as the checks do.
func ReadCertificate(der []byte) (*x509.Certificate, error) {
	c, _, err := readCertificate(der)
	return c, err
}

// JudgeReply judges a reply as that to a request of each kind.
func JudgeReply(request payload.Request, body []byte) []Result {
	s := newSession(Target{URL: "https://bot.example.com/"}.withDefaults(), Watch{})
	a := asked{qNamed, payload.Answer{Request: request, Status: 200, Reached: payload.PhaseDone, Body: body}}
	of := sent(a.answer)
	return []Result{s.judgeViewReply(a, of), s.judgeOptions(a, of), judgeForm(s, a), judgeMessage(s, a, body)}
}
