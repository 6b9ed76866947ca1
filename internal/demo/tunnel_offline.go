package demo

import (
	"fmt"
	"net/http"
)

// tunnelOffline answers everything as ngrok's edge does for a tunnel whose agent is
// gone.
//
// https://ngrok.com/docs/errors/err_ngrok_3200
func tunnelOffline(s *site) {
	s.around(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Ngrok-Error-Code", "ERR_NGROK_3200")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, "The endpoint %s is offline.\r\n\r\nERR_NGROK_3200\r\n", host)
	})
}
