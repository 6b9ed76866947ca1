package demo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"belay/simulator/payload"
)

// A bot is the sample app as it should be: a Slack app with the command /deploy,
// in the standard library alone. Every fault stands around it, so that what is read
// here is what a correct app does.
type bot struct {
	secret payload.Secret
}

// handler routes what Slack posts. Another path is answered by 404 and another
// method by 405.
func (b bot) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+commandsPath, b.fromSlack)
	mux.HandleFunc("POST "+eventsPath, b.fromSlack)
	return mux
}

// fromSlack answers one request. The signature covers the bytes as they came, so
// they are read before anything parses them.
func (b bot) fromSlack(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, "the body cannot be read", http.StatusBadRequest)
		return
	}
	form := parseForm(r, body)
	switch {
	case isSSLCheck(form):
		// The empty 200 is all that Slack wants.
	case !signed(b.secret, r.Header, body, time.Now()):
		http.Error(w, "not signed by Slack", http.StatusUnauthorized)
	case form == nil:
		event(w, body)
	case form.Has("payload"):
		// A button or a modal: this app has none, and acknowledges them all the same.
	default:
		command(w, form)
	}
}

// parseForm returns nil for a request that is not a form: events are JSON.
func parseForm(r *http.Request, body []byte) url.Values {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	form, _ := url.ParseQuery(string(body))
	return form
}

// isSSLCheck recognises the only request that Slack does not sign, with which it
// tries the certificate when a command is saved. One that carries anything to act
// upon is an attempt to get around the signature.
func isSSLCheck(form url.Values) bool {
	return form.Get("ssl_check") == "1" && !form.Has("command") && !form.Has("payload")
}

// signed reports whether the request comes from Slack, and is not a recording.
//
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func signed(secret payload.Secret, header http.Header, body []byte, now time.Time) bool {
	timestamp := header.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	expected := "v0=" + hex.EncodeToString(mac.Sum(nil))
	// An ordinary comparison would tell, by its time, how much of a guess is right.
	return hmac.Equal([]byte(expected), []byte(header.Get("X-Slack-Signature")))
}

// event acknowledges by the empty 200. An app that works on events starts that
// work in a goroutine or a queue, since Slack waits for 3 seconds only.
func event(w http.ResponseWriter, body []byte) {
	var e struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, "the body is not JSON", http.StatusBadRequest)
		return
	}
	if e.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, e.Challenge)
	}
}

// A message is what only the user who ran the command sees.
type message struct {
	ResponseType string `json:"response_type"`
	Text         string `json:"text"`
}

// deploying is the answer to /deploy. The deployment itself is work for later, as
// with events; its outcome would go to the command's response_url.
var deploying = message{"ephemeral", "Deploying. I will tell you when it is done."}

// command answers a slash command. Slack shows an error for every status but 200,
// so that a command which is not known gets a message as well.
func command(w http.ResponseWriter, form url.Values) {
	answer := deploying
	if form.Get("command") != deployCommand {
		answer.Text = "I do not know this command. Try " + deployCommand + "."
	}
	// Without this header Slack would show the JSON itself.
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}
