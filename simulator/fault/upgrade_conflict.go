package fault

import "net/http"

// UpgradeConflict is what instances that connect at the same time were answered
// (slackapi/node-slack-sdk#2094).
var UpgradeConflict = Sort{
	Name: "upgrade_conflict", Title: "answers 409 to the request that opens a WebSocket", Only: "socket",
	make: func(string) (Answer, error) {
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler, _ float64) {
			answerPage(w, http.StatusConflict, "<html><head><title>409 Conflict</title></head><body></body></html>")
		}, nil
	},
}
