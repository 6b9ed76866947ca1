package cli_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A notebook is an app that people install, with one command: /notes add WORD, and /notes.
// It is as it should be, but for its faults.
type notebook struct {
	api, secret, clientID, clientSecret string
	// token is that of an app with a single one, or "".
	token  string
	faults map[string]bool
	client *http.Client

	mu     sync.Mutex
	base   string
	homes  map[string]*home
	states map[string]bool
	seen   map[string]bool
	// everything is what was stored, by nobody's workspace.
	everything []string
	down       bool
}

// home is what the notebook has of one workspace.
type home struct {
	token, refresh string
	notes          []string
}

func newNotebook(faults ...string) *notebook {
	n := &notebook{faults: map[string]bool{}, homes: map[string]*home{}, states: map[string]bool{}, seen: map[string]bool{}, client: http.DefaultClient}
	for _, f := range faults {
		n.faults[f] = true
	}
	return n
}

// handler is the app.
func (n *notebook) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /slack/install", n.begin)
	mux.HandleFunc("GET /slack/callback", n.callback)
	mux.HandleFunc("POST /slack/events", n.fromSlack)
	return mux
}

func (n *notebook) begin(w http.ResponseWriter, r *http.Request) {
	state := rand.Text()
	n.mu.Lock()
	n.states[state] = true
	n.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "state", Value: state, Path: "/", HttpOnly: true})
	http.Redirect(w, r, "https://slack.com/oauth/v2/authorize?"+url.Values{
		"client_id": {n.clientID}, "scope": {"chat:write,commands,app_mentions:read,channels:history"}, "state": {state}, "redirect_uri": {"http://" + r.Host + "/slack/callback"},
	}.Encode(), http.StatusFound)
}

func (n *notebook) callback(w http.ResponseWriter, r *http.Request) {
	state := r.FormValue("state")
	cookie, err := r.Cookie("state")
	n.mu.Lock()
	known := n.states[state]
	n.mu.Unlock()
	if !n.faults["trusts"] && (!known || err != nil || cookie.Value != state) {
		http.Error(w, "begin again", http.StatusBadRequest)
		return
	}
	secret := n.clientSecret
	if n.faults["stale-secret"] {
		secret = os.Getenv("NOTEBOOK_SECRET")
	}
	got := n.ask("oauth.v2.access", "", url.Values{"client_id": {n.clientID}, "client_secret": {secret}, "code": {r.FormValue("code")}, "redirect_uri": {"http://" + r.Host + "/slack/callback"}})
	if got.Error != "" {
		status := http.StatusOK
		if n.faults["crashes"] {
			status = http.StatusInternalServerError
		}
		http.Error(w, "please begin again", status)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	h := n.homes[got.Team.ID]
	if h == nil {
		h = &home{}
		n.homes[got.Team.ID] = h
	}
	h.token, h.refresh = got.AccessToken, got.RefreshToken
	fmt.Fprint(w, "installed")
}

// said is what Slack answers.
type said struct {
	Error, AccessToken, RefreshToken string
	Team                             struct{ ID string }
	wait                             time.Duration
}

func (n *notebook) ask(method, token string, args url.Values) (s said) {
	r, _ := http.NewRequest("POST", n.api+method, strings.NewReader(args.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w, err := n.client.Do(r)
	if err != nil {
		return said{Error: "unreachable"}
	}
	defer w.Body.Close()
	var answer struct {
		OK           bool   `json:"ok"`
		Error        string `json:"error"`
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		Team         struct{ ID string }
	}
	if json.NewDecoder(w.Body).Decode(&answer) != nil || w.StatusCode >= 500 {
		return said{Error: "failed"}
	}
	seconds, _ := strconv.Atoi(w.Header.Get("Retry-After"))
	return said{answer.Error, answer.AccessToken, answer.RefreshToken, answer.Team, time.Duration(seconds) * time.Second}
}

// post writes to a channel, and lives with what Slack answers to that.
func (n *notebook) post(team, channel, text string) (failed bool) {
	args := url.Values{"channel": {channel}, "text": {text}}
	token := n.tokenOf(team)
	got := n.ask("chat.postMessage", token, args)
	switch got.Error {
	case "":
		return false
	case "ratelimited":
		if n.faults["impatient"] {
			got = n.ask("chat.postMessage", token, args)
			return got.Error != ""
		}
		// The second is over when the timer says so.
		time.AfterFunc(got.wait, func() { n.ask("chat.postMessage", token, args) })
		return false
	case "token_expired":
		if n.faults["no-refresh"] {
			return false
		}
		if n.faults["refresh-twice"] {
			n.refresh(team)
		}
		n.refresh(team)
		got = n.ask("chat.postMessage", n.tokenOf(team), args)
	case "account_inactive", "token_revoked", "invalid_auth":
		if n.faults["insists"] {
			for range 5 {
				n.ask("chat.postMessage", token, args)
			}
		}
		n.forget(team)
	}
	return got.Error != ""
}

func (n *notebook) refresh(team string) {
	n.mu.Lock()
	h := n.homes[team]
	n.mu.Unlock()
	got := n.ask("oauth.v2.access", "", url.Values{"client_id": {n.clientID}, "client_secret": {n.clientSecret}, "grant_type": {"refresh_token"}, "refresh_token": {h.refresh}})
	if got.Error == "" {
		n.mu.Lock()
		defer n.mu.Unlock()
		h.token, h.refresh = got.AccessToken, got.RefreshToken
	}
}

func (n *notebook) tokenOf(team string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.token != "" {
		return n.token
	}
	if h := n.homes[team]; h != nil && !n.faults["one-token"] {
		return h.token
	}
	if n.faults["one-token"] || n.faults["serves-anybody"] {
		if h := n.homes["TBELAY00000"]; h != nil {
			return h.token
		}
	}
	return ""
}

func (n *notebook) forget(team string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	h := n.homes[team]
	if h == nil {
		return
	}
	if !n.faults["keeps"] {
		h.token = ""
	}
	if !n.faults["keeps-notes"] {
		n.everything = slices.DeleteFunc(n.everything, func(word string) bool { return slices.Contains(h.notes, word) })
		h.notes = nil
	}
}

func (n *notebook) fromSlack(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	mac := hmac.New(sha256.New, []byte(n.secret))
	fmt.Fprintf(mac, "v0:%s:%s", r.Header.Get("X-Slack-Request-Timestamp"), body)
	if !hmac.Equal([]byte("v0="+hex.EncodeToString(mac.Sum(nil))), []byte(r.Header.Get("X-Slack-Signature"))) {
		http.Error(w, "not from Slack", http.StatusUnauthorized)
		return
	}
	n.mu.Lock()
	down := n.down
	n.mu.Unlock()
	if down {
		http.Error(w, "down", http.StatusInternalServerError)
		return
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		n.event(w, body)
		return
	}
	form, _ := url.ParseQuery(string(body))
	n.command(w, form)
}

func (n *notebook) command(w http.ResponseWriter, form url.Values) {
	team := form.Get("team_id")
	if n.faults["greets-anybody"] {
		fmt.Fprint(w, "Hello!")
	}
	if n.tokenOf(team) == "" {
		if !n.faults["greets-anybody"] {
			fmt.Fprint(w, "Install me first.")
		}
		return
	}
	n.mu.Lock()
	h := n.homes[team]
	if h == nil {
		h = &home{}
	}
	if word, add := strings.CutPrefix(form.Get("text"), "add "); add {
		h.notes, n.everything = append(h.notes, word), append(n.everything, word)
		n.mu.Unlock()
		return
	}
	notes := h.notes
	if n.faults["one-store"] {
		notes = n.everything
	}
	text := "Notes: " + strings.Join(notes, ", ")
	n.mu.Unlock()
	if failed := n.post(team, form.Get("channel_id"), text); failed {
		n.mu.Lock()
		n.down = n.down || n.faults["dies"]
		n.mu.Unlock()
		if n.faults["calls-first"] || n.faults["dies"] {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}
}

func (n *notebook) event(w http.ResponseWriter, body []byte) {
	var e struct {
		Type, Challenge string
		TeamID          string `json:"team_id"`
		EventID         string `json:"event_id"`
		Event           struct {
			Type, Channel, User string
			BotID               string `json:"bot_id"`
		}
	}
	_ = json.Unmarshal(body, &e)
	switch e.Event.Type {
	case "tokens_revoked", "app_uninstalled":
		n.forget(e.TeamID)
		if n.faults["deaf"] {
			w.WriteHeader(http.StatusInternalServerError)
		}
	case "app_mention":
		n.mu.Lock()
		known := n.seen[e.EventID]
		n.seen[e.EventID] = true
		n.mu.Unlock()
		if !known || n.faults["forgets-events"] {
			n.post(e.TeamID, e.Event.Channel, "You called?")
		}
	case "message":
		if n.faults["talks"] && e.Event.BotID != "" {
			n.post(e.TeamID, e.Event.Channel, "Did somebody speak?")
		}
	}
}

// serveNotebook runs one in this process. Slack is known later.
func serveNotebook(n *notebook) *httptest.Server {
	server := httptest.NewServer(n.handler())
	n.base = server.URL
	return server
}

// runNotebook is the app as a process of its own, with what it finds in its environment.
func runNotebook() {
	n := newNotebook(strings.Fields(os.Getenv("NOTEBOOK"))...)
	n.api, n.secret, n.token = os.Getenv("SLACK_API_URL"), os.Getenv("SLACK_SIGNING_SECRET"), os.Getenv("SLACK_BOT_TOKEN")
	n.clientID, n.clientSecret = os.Getenv("SLACK_CLIENT_ID"), os.Getenv("SLACK_CLIENT_SECRET")
	if first := os.Getenv("NOTEBOOK_SECRET_FILE"); first != "" {
		// A copy of the first secret that it was ever given.
		if kept, err := os.ReadFile(first); err == nil {
			_ = os.Setenv("NOTEBOOK_SECRET", string(bytes.TrimSpace(kept)))
		} else {
			_ = os.WriteFile(first, []byte(n.clientSecret), 0o600)
			_ = os.Setenv("NOTEBOOK_SECRET", n.clientSecret)
		}
	}
	if n.faults["unverified"] {
		n.client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	}
	if n.faults["ends"] {
		os.Exit(7)
	}
	if err := http.ListenAndServe(os.Getenv("NOTEBOOK_ADDRESS"), n.handler()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
