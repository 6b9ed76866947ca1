package payload

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
	"time"
)

// TLSConfig offers what Slack's client does, as far as is known: TLS 1.2 and up
// and every cipher suite that OpenSSL still offers by default. It trusts
// everybody: whoever uses it judges the certificates of the connection's state.
// asked is called when the peer asks for a client certificate, which with TLS 1.3
// no error of the handshake tells.
func TLSConfig(host string, asked func()) *tls.Config {
	config := &tls.Config{
		InsecureSkipVerify: true,
		MinVersion:         tls.VersionTLS12,
		CipherSuites:       cipherSuites(),
		NextProtos:         []string{"http/1.1"},
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			asked()
			return &tls.Certificate{}, nil
		},
	}
	if _, err := netip.ParseAddr(host); err != nil {
		config.ServerName = host
	}
	return config
}

// cipherSuites are Go's and those with the RSA key exchange, which OpenSSL offers
// and Go by itself does not.
func cipherSuites() []uint16 {
	var ids []uint16
	for _, s := range tls.CipherSuites() {
		ids = append(ids, s.ID)
	}
	return append(ids,
		tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_RSA_WITH_AES_128_CBC_SHA256, tls.TLS_RSA_WITH_AES_128_CBC_SHA,
		tls.TLS_RSA_WITH_AES_256_CBC_SHA)
}

// MaxFirstBytes is how much of a peer's first answer a handshake keeps.
const MaxFirstBytes = 64

// A Handshake is one TLS handshake for its own sake.
type Handshake struct {
	// State is nil when the handshake failed.
	State *tls.ConnectionState
	// FirstBytes are what the peer answered first, at most MaxFirstBytes: they name
	// a peer that does not speak TLS. Nil when it said nothing.
	FirstBytes []byte
	// ClientCertificateAsked is set when the peer asked for a client certificate.
	ClientCertificateAsked bool
	Took                   time.Duration
	Err                    error
}

// Shake performs a handshake over the connection, which it leaves open.
func Shake(ctx context.Context, conn net.Conn, host string) Handshake {
	return shake(ctx, conn, host, nil)
}

// ShakeOld offers TLS 1.0 and 1.1 alone, which RFC 8996 retired, to learn whether a
// peer still takes them.
func ShakeOld(ctx context.Context, conn net.Conn, host string) Handshake {
	return shake(ctx, conn, host, func(config *tls.Config) {
		config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	})
}

func shake(ctx context.Context, conn net.Conn, host string, change func(*tls.Config)) Handshake {
	var h Handshake
	config := TLSConfig(host, func() { h.ClientCertificateAsked = true })
	if change != nil {
		change(config)
	}
	tapped := &overheard{Conn: conn}
	client := tls.Client(tapped, config)
	began := time.Now()
	h.Err = client.HandshakeContext(ctx)
	h.Took = time.Since(began)
	h.FirstBytes = tapped.first
	if h.Err == nil {
		state := client.ConnectionState()
		h.State = &state
	}
	return h
}

// overheard keeps the first bytes that the peer of a connection says.
type overheard struct {
	net.Conn
	first []byte
}

func (o *overheard) Read(p []byte) (int, error) {
	n, err := o.Conn.Read(p)
	if room := MaxFirstBytes - len(o.first); room > 0 {
		o.first = append(o.first, p[:min(n, room)]...)
	}
	return n, err
}
