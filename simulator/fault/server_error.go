package fault

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// ServerError answers with a status of failure and a page, as the servers before Slack's
// do when those behind are gone.
var ServerError = Sort{
	Name: "server_error", Title: "answers with such a status, and a page of HTML", Value: "STATUS", Default: "503",
	make: func(value string) (Answer, error) {
		status, err := strconv.Atoi(value)
		if err != nil || status < 400 || status > 599 {
			return nil, errors.New("want a status from 400 to 599, such as 503")
		}
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler, _ float64) {
			answerPage(w, status, fmt.Sprintf("<html><head><title>%d %s</title></head><body></body></html>", status, http.StatusText(status)))
		}, nil
	},
}

func answerPage(w http.ResponseWriter, status int, page string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(page))
}
