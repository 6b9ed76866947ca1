package fault

import "net/http"

// NotJSON answers with a page and status 200: what Slack gives for files without a
// token, and what proxies give for everything.
var NotJSON = Sort{
	Name: "not_json", Title: "answers 200 with a page of HTML",
	make: func(string) (Answer, error) {
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler, _ float64) {
			answerPage(w, http.StatusOK, "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Slack</body></html>")
		}, nil
	},
}
