package checks

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"

	"belay/simulator/payload"
)

// maxOverheard is how much of a server's handshake is kept. crypto/tls gives up on
// a longer certificate message, and OpenSSL on one of 100 KB.
const maxOverheard = 512 << 10

// certificateTroubles are what crypto/tls says when it ends a handshake over a
// certificate that it cannot read, whose key it does not take, or that comes first
// in place of the server's.
var certificateTroubles = []string{
	"failed to parse certificate from server",
	"invalid signature by the server certificate",
	"certificate used with invalid signature algorithm",
	"certificate contains incorrect key type",
	"certificate containing RSA key larger than",
	"unsupported type of public key",
}

// unreadable reports a handshake that failed over the certificate itself.
func (s *Session) unreadable() bool {
	return s.handshake != nil && s.handshake.Err != nil &&
		slices.ContainsFunc(certificateTroubles, func(trouble string) bool {
			return strings.Contains(s.handshake.Err.Error(), trouble)
		})
}

// overheard are the certificates that ended the handshake, from another one with
// TLS 1.2, in which they travel in the clear; none where the server does not speak
// that.
func (s *Session) overheard(ctx context.Context) []*x509.Certificate {
	if !s.unreadable() {
		return nil
	}
	heard := &recorded{}
	s.shakeBy(ctx, s.Target.Deadline, func(ctx context.Context, conn net.Conn, host string) payload.Handshake {
		heard.Conn = conn
		config := payload.TLSConfig(host, func() {})
		config.MaxVersion = tls.VersionTLS12
		return payload.Handshake{Err: tls.Client(heard, config).HandshakeContext(ctx)}
	})
	var certificates []*x509.Certificate
	for _, der := range certificateMessage(heard.said) {
		if c, _, err := readCertificate(der); err == nil {
			certificates = append(certificates, c)
		} else if len(certificates) == 0 {
			return nil
		}
	}
	return certificates
}

// recorded keeps what the peer of a connection says.
type recorded struct {
	net.Conn
	said []byte
}

func (r *recorded) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	r.said = append(r.said, p[:min(n, maxOverheard-len(r.said))]...)
	return n, err
}

// certificateMessage finds the certificates in a server's side of a handshake, by
// RFC 5246 sections 6.2.1 (records) and 7.4.2 (the message). A server may cut its
// messages into records as it likes.
func certificateMessage(said []byte) [][]byte {
	const handshakeRecord, certificate = 22, 11
	var messages cryptobyte.String
	records := cryptobyte.String(said)
	for {
		var kind uint8
		var content cryptobyte.String
		if !records.ReadUint8(&kind) || kind != handshakeRecord || !records.Skip(2) || !records.ReadUint16LengthPrefixed(&content) {
			break
		}
		messages = append(messages, content...)
	}
	for {
		var kind uint8
		var content cryptobyte.String
		if !messages.ReadUint8(&kind) || !messages.ReadUint24LengthPrefixed(&content) {
			return nil
		}
		if kind == certificate {
			return certificateList(content)
		}
	}
}

func certificateList(message cryptobyte.String) [][]byte {
	var list cryptobyte.String
	if !message.ReadUint24LengthPrefixed(&list) {
		return nil
	}
	var all [][]byte
	for !list.Empty() && len(all) < maxSent {
		var der cryptobyte.String
		if !list.ReadUint24LengthPrefixed(&der) {
			return nil
		}
		all = append(all, der)
	}
	return all
}
