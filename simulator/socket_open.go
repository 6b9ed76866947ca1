package simulator

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gobwas/ws"

	"belay/simulator/fault"
	"belay/simulator/payload"
)

// openConnection answers apps.connections.open with the address of a socket, which
// can be used once.
//
// https://docs.slack.dev/reference/methods/apps.connections.open
func (s *Server) openConnection(w http.ResponseWriter, r *http.Request) {
	err := s.mayOpen(r)
	if err == "" && s.hub.isDisabled() {
		err = s.options.Profile.Socket.Disabled
	}
	if err != "" {
		refuse(w, err)
		return
	}
	scheme := "ws"
	if r.TLS != nil {
		scheme = "wss"
	}
	query := "ticket=" + s.hub.issue() + "&app_id=" + url.QueryEscape(s.options.AppID)
	writeJSON(w, payload.Object{
		{Name: "ok", Value: true},
		{Name: "url", Value: scheme + "://" + or(r.Host, s.address) + "/link/?" + query},
	})
}

// mayOpen is the Web API's error, or "". The token counts in the Authorization
// header only: as a form field it is refused since May 2026
// (slackapi/python-slack-sdk#1877).
func (s *Server) mayOpen(r *http.Request) string {
	if r.Method != http.MethodPost {
		return "insecure_request"
	}
	token := string(bearer(r))
	switch {
	case token == "":
		return s.tokenElsewhere(r)
	case s.options.AppToken != "" && token == string(s.options.AppToken):
		return ""
	case strings.HasPrefix(token, "xapp-"):
		if s.options.AppToken != "" {
			return "invalid_auth"
		}
		return ""
	case strings.HasPrefix(token, "xox"), strings.HasPrefix(token, "xwfp-"):
		s.find("api.wrong-token-kind", "apps.connections.open was called with a token that begins with %q; it takes an app-level one, xapp-", token[:min(4, len(token))])
		return "not_allowed_token_type"
	}
	return "invalid_auth"
}

// tokenElsewhere looks where the token went instead, to say so.
func (s *Server) tokenElsewhere(r *http.Request) string {
	err, place := "not_authed", ""
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxKept))
	form, _ := url.ParseQuery(string(body))
	var object struct{ Token string }
	switch {
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		if json.Unmarshal(body, &object) == nil && object.Token != "" {
			place = "a member of the JSON body"
		}
	case form.Get("token") != "":
		err, place = "invalid_auth", "a form field"
	}
	if place == "" && r.URL.Query().Get("token") != "" {
		place = "a parameter of the query"
	}
	if place != "" {
		s.find("api.token-place", "apps.connections.open got its token as %s; it takes it in the Authorization header only", place)
	}
	return err
}

func (s *Server) find(problem, format string, args ...any) {
	s.record.find(s.options.Clock.Now(), problem, format, args...)
}

func (h *hub) isDisabled() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.disabled
}

// maxTickets bounds those that nobody redeems.
const maxTickets = 1000

// issue makes a ticket for one connection.
func (h *hub) issue() string {
	ticket := rand.Text()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tickets = append(h.tickets, ticket)
	if len(h.tickets) > maxTickets {
		h.tickets = h.tickets[1:]
	}
	return ticket
}

// redeem takes the ticket, which is good once.
func (h *hub) redeem(ticket string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, t := range h.tickets {
		if t == ticket {
			h.tickets = append(h.tickets[:i], h.tickets[i+1:]...)
			return true
		}
	}
	return false
}

// link turns a request with a ticket into a socket. Any Origin will do: clients
// send api.slack.com's.
func (s *Server) link(w http.ResponseWriter, r *http.Request) {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		http.Error(w, "this is the address of a WebSocket", http.StatusUpgradeRequired)
		return
	}
	if !s.hub.redeem(r.URL.Query().Get("ticket")) {
		http.Error(w, "the ticket is unknown or was used", s.options.Profile.Socket.TicketStatus)
		return
	}
	if !s.enter() {
		return
	}
	conn, rw, _, err := ws.HTTPUpgrader{Timeout: 5 * time.Second}.Upgrade(r, w)
	if err != nil {
		if conn != nil {
			_ = conn.Close()
		}
		s.work.Done()
		return
	}
	c := s.hub.join(conn, rw.Reader, r.URL.Query().Get("debug_reconnects") == "true")
	c.unhailed = fault.WithoutHello(r.Context())
	go func() {
		defer s.work.Done()
		c.serve()
	}()
}
