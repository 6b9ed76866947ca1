package simulator

import (
	"io"
	"net/http"
	"strings"

	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// answerAPI answers a method of the Web API from the workspace.
func (s *Server) answerAPI(w http.ResponseWriter, r *http.Request, name string) {
	body, err := wholeBody(r)
	if err != nil {
		refuse(w, "request_timeout")
		return
	}
	reply := s.workspace.Answer(webapi.Incoming{
		Name: name, Verb: r.Method, Query: r.URL.RawQuery,
		ContentType: r.Header.Get("Content-Type"), Authorization: r.Header.Get("Authorization"), Body: body,
		Header: w.Header(), Room: s.record.room(),
	})
	if heard, ok := w.(*overheard); ok {
		heard.reply = &reply
	}
	if reply.Status != http.StatusOK {
		w.WriteHeader(reply.Status)
	}
	_, _ = w.Write(reply.Body)
}

// methodName is the method that a tidy path names, and whether it is one of the Web
// API.
func methodName(path string) (name string, is bool) {
	if path == "/api" {
		return "", true
	}
	return strings.CutPrefix(path, "/api/")
}

// wholeBody is the body, without a copy where it was read before.
func wholeBody(r *http.Request) ([]byte, error) {
	if read, ok := r.Body.(*rejoined); ok && read.whole {
		return read.head, nil
	}
	return io.ReadAll(r.Body)
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
