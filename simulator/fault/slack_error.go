package fault

import (
	"errors"
	"net/http"
	"strings"
)

// SlackError answers with an error of Slack's own, and status 200. What is no method
// gets the bare word.
var SlackError = Sort{
	Name: "slack_error", Title: "answers ok: false with such an error", Value: "CODE", Default: "internal_error",
	make: func(value string) (Answer, error) {
		if strings.Trim(value, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
			return nil, errors.New("want an error of Slack's, such as internal_error")
		}
		return func(w http.ResponseWriter, r *http.Request, _ http.Handler, _ float64) {
			if strings.HasPrefix(r.URL.Path, "/api/") {
				answerJSON(w, http.StatusOK, `{"ok":false,"error":"`+value+`"}`)
				return
			}
			answerPage(w, http.StatusNotFound, value)
		}, nil
	},
}
