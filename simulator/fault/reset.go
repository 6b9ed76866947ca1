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
			if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
				_ = tcp.SetLinger(0)
			} else if inner, ok := conn.(interface{ NetConn() net.Conn }); ok {
				if tcp, ok := inner.NetConn().(*net.TCPConn); ok {
					_ = tcp.SetLinger(0)
				}
			}
			_ = conn.Close()
		}, nil
	},
}
