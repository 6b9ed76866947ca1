package fault

import (
	"net"
	"net/http"
)

// Reset resets the connection, as a machine does that went down.
var Reset = Sort{
	Name: "reset", Title: "resets the connection",
	make: func(string) (Answer, error) {
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler, _ float64) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(http.ErrAbortHandler)
			}
			if tcp := beneath(conn); tcp != nil {
				// Without lingering, closing resets. What lies above TCP would say
				// goodbye first.
				_ = tcp.SetLinger(0)
				_ = tcp.Close()
			}
			_ = conn.Close()
		}, nil
	},
}

// beneath is the connection of TCP under a wrapped one, or nil.
func beneath(conn net.Conn) *net.TCPConn {
	for {
		switch c := conn.(type) {
		case *net.TCPConn:
			return c
		case interface{ NetConn() net.Conn }:
			conn = c.NetConn()
		default:
			return nil
		}
	}
}
