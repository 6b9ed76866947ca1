package demo

import (
	"io"
	"net/http"
)

const loginPage = `<!DOCTYPE html>
<html>
<head><title>Sign in</title></head>
<body><form method="post" action="/login">Your password: <input type="password" name="password"></form></body>
</html>
`

// html answers /deploy with a page, which Slack shows as text.
func html(s *site) {
	s.onDeploy(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, loginPage)
	})
}
