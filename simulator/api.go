package simulator

import (
	"net/http"
	"strings"

	"belay/simulator/payload"
)

// answerAPI stands in for the Web API until its methods are modelled: auth.test
// tells who the app is, without which SDKs do not start, and everything else is ok.
func (s *Server) answerAPI(w http.ResponseWriter, r *http.Request) {
	method := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/api"), "/")
	if method == "" {
		refuse(w, "unknown_method")
		return
	}
	answer := payload.Object{{Name: "ok", Value: true}}
	if method == "auth.test" {
		answer = append(answer, payload.Object{
			{Name: "url", Value: "https://belay-probe.slack.com/"},
			{Name: "team", Value: "belay"}, {Name: "user", Value: "belay"},
			{Name: "team_id", Value: s.options.TeamID}, {Name: "user_id", Value: s.options.UserID},
			{Name: "bot_id", Value: "BBELAY00000"}, {Name: "is_enterprise_install", Value: false},
		}...)
	}
	writeJSON(w, answer)
}

// writeJSON answers as the Web API does: with status 200, whatever it says.
func writeJSON(w http.ResponseWriter, answer payload.Object) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(payload.Encode(payload.JSON, answer))
}

// refuse answers with an error of the Web API.
//
// https://docs.slack.dev/apis/web-api/responses
func refuse(w http.ResponseWriter, err string) {
	writeJSON(w, payload.Object{{Name: "ok", Value: false}, {Name: "error", Value: err}})
}
