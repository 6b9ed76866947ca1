package checks

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// tcpConnect asks whether anything takes a connection.
var tcpConnect = Check{
	ID: "tcp.connect", Title: "something listens at the address", Needs: []string{"dns.resolve"},
	Problems: []string{"tcp.refused", "tcp.timeout", "tcp.reset", "vantage.no-route"},
	Run: func(ctx context.Context, s *Session) Result {
		dials := s.connect(ctx)
		result := judgeDials(ctx, s, dials)
		result.Evidence = &Evidence{Connections: connectionsOf(dials)}
		return result
	},
}

func judgeDials(ctx context.Context, s *Session, dials []dialled) Result {
	open := len(s.reachable())
	if open > 0 {
		return pass("%d of %d addresses on %d", open, len(dials), s.port())
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return skip("interrupted")
	}
	first := dials[0]
	for _, d := range dials {
		if !isNoRoute(d.err) {
			first = d
			break
		}
	}
	switch {
	case isNoRoute(first.err):
		return found("vantage.no-route", "this machine has no route to %s: it says nothing of the app", first.address)
	case errors.Is(first.err, syscall.ECONNREFUSED):
		return found("tcp.refused", "nothing listens on %s", first.address)
	case isTimeout(first.err):
		return found("tcp.timeout", "%s did not answer within %.1f s: a firewall drops the connection", first.address, first.took.Seconds())
	}
	return found("tcp.reset", "%s: %s", first.address, dialError(first.err))
}

// isNoRoute reports errors that are this machine's alone.
func isNoRoute(err error) bool {
	for _, errno := range []syscall.Errno{syscall.ENETUNREACH, syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT, syscall.ENETDOWN} {
		if errors.Is(err, errno) {
			return true
		}
	}
	return false
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

// dialError is the part of an error that is not repeated elsewhere.
func dialError(err error) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		return op.Err.Error()
	}
	return err.Error()
}

func connectionsOf(dials []dialled) []Connection {
	var all []Connection
	for _, d := range dials {
		c := Connection{Address: d.address.String(), Took: Millis(d.took)}
		if d.err != nil {
			c.Error = dialError(d.err)
		}
		all = append(all, c)
	}
	return all
}
