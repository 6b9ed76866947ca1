package cli

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"sync"
	"time"

	"belay/checks"
)

// impostor lets the app meet a Slack with another's certificate.
func (a *drilledApp) impostor(ctx context.Context, provoke func(context.Context)) (seen checks.SlackImpostor, err error) {
	i, err := newImpostor()
	if err != nil {
		return seen, err
	}
	defer i.close()
	right := a.vars["SLACK_API_URL"]
	a.vars["SLACK_API_URL"] = "https://" + i.listener.Addr().String() + "/api/"
	a.stop()
	if err = a.launch(ctx); err == nil {
		i.await(ctx, a)
		provoke(ctx)
		seen = i.seen()
	}
	a.vars["SLACK_API_URL"] = right
	if again := a.restart(ctx); err == nil {
		err = again
	}
	return seen, err
}

// await waits until the app is there, or met the impostor, or ended.
func (i *impostor) await(ctx context.Context, a *drilledApp) {
	ctx, cancel := context.WithTimeout(ctx, a.f.patience)
	defer cancel()
	if address := a.f.listens(); address != "" {
		_ = a.listening(ctx, address)
		return
	}
	select {
	case <-i.met:
	case <-a.ended:
	case <-ctx.Done():
	}
}

// An impostor is a TLS server that counts who talks to it.
type impostor struct {
	listener net.Listener
	config   *tls.Config
	// met is closed after the first handshake, however it ended.
	met  chan struct{}
	once sync.Once
	work sync.WaitGroup

	mu    sync.Mutex
	count checks.SlackImpostor
}

// impostorName is whom its certificate is for.
const impostorName = "impostor.belay.example"

func newImpostor() (*impostor, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making the impostor's key: %w", err)
	}
	now := time.Now()
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: impostorName}, DNSNames: []string{impostorName},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signed, err := x509.CreateCertificate(rand.Reader, leaf, leaf, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("signing the impostor's certificate: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting the impostor: %w", err)
	}
	i := &impostor{
		listener: l, met: make(chan struct{}),
		config: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{signed}, PrivateKey: key}}, NextProtos: []string{"http/1.1"}},
	}
	i.work.Go(i.serve)
	return i, nil
}

func (i *impostor) serve() {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return
		}
		i.work.Go(func() { i.meet(conn) })
	}
}

// meet counts a connection, and a request if one comes. Whoever verifies ends the
// handshake.
func (i *impostor) meet(conn net.Conn) {
	defer conn.Close()
	defer i.once.Do(func() { close(i.met) })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	i.add(checks.SlackImpostor{Connections: 1})
	secure := tls.Server(conn, i.config)
	if secure.Handshake() != nil {
		return
	}
	if n, _ := secure.Read(make([]byte, 1)); n == 0 {
		return
	}
	i.add(checks.SlackImpostor{Requests: 1})
	_, _ = secure.Write([]byte("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
}

func (i *impostor) add(c checks.SlackImpostor) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.count.Connections += c.Connections
	i.count.Requests += c.Requests
}

func (i *impostor) seen() checks.SlackImpostor {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.count
}

func (i *impostor) close() {
	_ = i.listener.Close()
	i.work.Wait()
}
