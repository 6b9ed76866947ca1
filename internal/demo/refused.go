package demo

import (
	"net"
	"sync"
)

// refuse takes a port on which nothing listens. A port that was merely closed could
// be given to another process at any time, so the end of a connection occupies this
// one.
func refuse(address string) (net.Listener, error) {
	local, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	far, err := net.Listen("tcp", net.JoinHostPort(local.IP.String(), "0"))
	if err != nil {
		return nil, err
	}
	held, err := (&net.Dialer{LocalAddr: local}).Dial("tcp", far.Addr().String())
	if err != nil {
		_ = far.Close()
		return nil, err
	}
	return &refusing{far: far, held: held, closed: make(chan struct{})}, nil
}

// refusing is a listener on which no connection ever arrives.
type refusing struct {
	far    net.Listener
	held   net.Conn
	once   sync.Once
	closed chan struct{}
}

// Accept waits for Close.
func (r *refusing) Accept() (net.Conn, error) {
	<-r.closed
	return nil, net.ErrClosed
}

// Close frees the port. The far end goes first: its reset leaves the port without
// the wait that follows an orderly end.
func (r *refusing) Close() error {
	r.once.Do(func() {
		close(r.closed)
		_ = r.far.Close()
		_ = r.held.Close()
	})
	return nil
}

// Addr is the address that refuses.
func (r *refusing) Addr() net.Addr { return r.held.LocalAddr() }
