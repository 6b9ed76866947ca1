package simulator

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"belay/simulator/webapi"
)

// hooks are the URLs that an app was given to post messages to.
type hooks struct {
	mu      sync.Mutex
	byPath  map[string]*hook
	inOrder []string
}

// maxHooks bounds how many URLs are remembered; the oldest are forgotten.
const maxHooks = 10_000

// A hook is a response_url or an incoming webhook.
type hook struct {
	ResponseContext
	webhook bool
	made    time.Time
	uses    int
}

// A ResponseContext is what a response_url belongs to: who did what where.
//
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
type ResponseContext struct {
	TeamID, ChannelID, UserID, AppID string
	// MessageTS is the message in which it happened, which the app may replace and
	// delete; "" after a slash command.
	MessageTS string
	// ThreadTS is the thread in which it happened, or "".
	ThreadTS string
}

// NewResponseURL issues a response_url. The sort is the word in its path: commands,
// actions or app.
func (s *Server) NewResponseURL(sort string, c ResponseContext) string {
	return s.issueHook("/"+sort+"/"+c.TeamID+"/", &hook{ResponseContext: c})
}

// NewWebhook makes an incoming webhook of the app for a channel.
//
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
func (s *Server) NewWebhook(team, channel string) string {
	return s.newAppWebhook(s.options.AppID, team, channel)
}

func (s *Server) newAppWebhook(app, team, channel string) string {
	return s.issueHook("/services/"+team+"/BBELAY00000/", &hook{
		ResponseContext: ResponseContext{TeamID: team, ChannelID: channel, AppID: app}, webhook: true,
	})
}

func (s *Server) issueHook(prefix string, h *hook) string {
	h.made = s.options.Clock.Now()
	path := prefix + strings.ToLower(rand.Text()[:24])
	s.hooks.mu.Lock()
	defer s.hooks.mu.Unlock()
	if s.hooks.byPath == nil {
		s.hooks.byPath = map[string]*hook{}
	}
	s.hooks.byPath[path] = h
	s.hooks.inOrder = append(s.hooks.inOrder, path)
	if len(s.hooks.inOrder) > maxHooks {
		delete(s.hooks.byPath, s.hooks.inOrder[0])
		s.hooks.inOrder = s.hooks.inOrder[1:]
	}
	return s.URL() + path
}

// reset forgets all URLs.
func (h *hooks) reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.byPath, h.inOrder = nil, nil
}

func (s *Server) hook(path string) *hook {
	s.hooks.mu.Lock()
	defer s.hooks.mu.Unlock()
	return s.hooks.byPath[path]
}

// A hookRefusal is what a hook answers to what it does not take.
type hookRefusal struct {
	status int
	code   string
}

// Error implements error.
func (r hookRefusal) Error() string { return r.code }

// said is a message as it is posted to a hook.
type said struct {
	ResponseType    string `json:"response_type"`
	ReplaceOriginal truth  `json:"replace_original"`
	DeleteOriginal  truth  `json:"delete_original"`
	ThreadTS        string `json:"thread_ts"`
	Channel         string `json:"channel"`
	Username        string `json:"username"`
	IconEmoji       string `json:"icon_emoji"`
	IconURL         string `json:"icon_url"`

	body map[string]json.RawMessage
}

// A truth is true, or "true" in quotes: hooks take both.
type truth bool

// UnmarshalJSON implements json.Unmarshaler.
func (t *truth) UnmarshalJSON(b []byte) error {
	*t = truth(string(b) == "true" || string(b) == `"true"` || string(b) == "1")
	return nil
}

// hear reads what is posted to a hook: JSON, or a form whose field payload holds JSON.
func hear(r *http.Request) (said, error) {
	var m said
	body, err := wholeBody(r)
	if err != nil {
		return m, hookRefusal{http.StatusBadRequest, "invalid_payload"}
	}
	sort, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if sort != "application/json" {
		form, _ := url.ParseQuery(string(body))
		if form.Has("payload") {
			body = []byte(form.Get("payload"))
		}
	}
	if json.Unmarshal(body, &m.body) != nil || m.body == nil || json.Unmarshal(body, &m) != nil {
		return m, hookRefusal{http.StatusBadRequest, "invalid_payload"}
	}
	return m, nil
}

// statuses are those of the words by which hooks refuse a message. The rest is 400.
//
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
var statuses = map[string]int{
	"action_prohibited": http.StatusForbidden, "channel_not_found": http.StatusNotFound, "channel_is_archived": http.StatusGone,
	"no_service": http.StatusNotFound, "expired_url": http.StatusNotFound, "used_url": http.StatusNotFound,
	"rollup_error": http.StatusInternalServerError,
}

// hooked answers whatever is posted to a hook.
func (s *Server) hooked(w http.ResponseWriter, r *http.Request) {
	h := s.hook(r.URL.Path)
	if h == nil {
		h = s.anyWebhook(r.URL.Path)
	}
	err := s.useHook(h, r)
	var refused *webapi.Error
	var own hookRefusal
	switch {
	case err == nil:
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "ok")
		return
	case errors.As(err, &own):
	case errors.As(err, &refused):
		own = hookRefusal{http.StatusBadRequest, refused.Code}
		if own.code == "is_archived" {
			own.code = "channel_is_archived"
		}
	default:
		own = hookRefusal{http.StatusInternalServerError, "rollup_error"}
	}
	refuseHook(w, own)
}

// refuseHook refuses with a word, and the status that goes with it.
func refuseHook(w http.ResponseWriter, own hookRefusal) {
	if status := statuses[own.code]; status != 0 {
		own.status = status
	}
	// A response_url refuses with JSON what is about itself, and all else with the
	// bare word, as webhooks do.
	if own.code == "expired_url" || own.code == "used_url" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(own.status)
		_, _ = io.WriteString(w, `{"ok":false,"error":"`+own.code+`"}`)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(own.status)
	_, _ = io.WriteString(w, own.code)
}

// anyWebhook takes an incoming webhook that nobody made, of a workspace that there is,
// for one of the app's own into the first channel: a configuration names one before the
// server runs.
func (s *Server) anyWebhook(path string) *hook {
	parts := strings.Split(path, "/")
	if len(parts) != 5 || parts[1] != "services" || !strings.HasPrefix(parts[3], "B") || parts[4] == "" {
		return nil
	}
	for _, c := range s.workspace.Channels(parts[2]) {
		if c.Type == "channel" && !c.Archived && c.TeamID == parts[2] {
			return &hook{webhook: true, ResponseContext: ResponseContext{TeamID: c.TeamID, ChannelID: c.ID, AppID: s.options.AppID}}
		}
	}
	return nil
}

func (s *Server) useHook(h *hook, r *http.Request) error {
	switch {
	case h == nil && !strings.HasPrefix(r.URL.Path, "/services/"):
		s.find("response-url.expired", "%s is no response_url of this server, or a forgotten one", r.URL.Path)
		return hookRefusal{http.StatusNotFound, "expired_url"}
	case h == nil:
		return hookRefusal{http.StatusNotFound, "no_service"}
	case r.Method != http.MethodPost:
		return hookRefusal{http.StatusBadRequest, "invalid_payload"}
	}
	m, err := hear(r)
	if err != nil {
		return err
	}
	if h.webhook {
		return s.postWebhook(h, m)
	}
	if err := s.spend(h); err != nil {
		return err
	}
	return s.respond(h, m)
}

// spend counts a use of a response_url.
func (s *Server) spend(h *hook) error {
	p := s.options.Profile.Hooks
	s.hooks.mu.Lock()
	defer s.hooks.mu.Unlock()
	age := s.options.Clock.Now().Sub(h.made)
	if age > p.ResponseLife {
		s.find("response-url.expired", "a response_url was used %s after it was given; Slack takes it for %s", age.Round(time.Second), p.ResponseLife)
		return hookRefusal{http.StatusNotFound, "expired_url"}
	}
	if h.uses++; h.uses > p.ResponseUses {
		s.find("response-url.limit", "a response_url was used for the %dth time; Slack takes it %d times", h.uses, p.ResponseUses)
		return hookRefusal{http.StatusNotFound, "used_url"}
	}
	return nil
}

// respond does what was posted to a response_url.
func (s *Server) respond(h *hook, m said) error {
	team, channel, app := h.TeamID, h.ChannelID, h.AppID
	if m.DeleteOriginal && h.MessageTS != "" {
		if err := s.workspace.Delete(team, channel, h.MessageTS, app); err != nil {
			return err
		}
		if !says(m.body) {
			return nil
		}
	}
	body, err := s.workspace.ParseBody(m.body)
	if err != nil {
		return err
	}
	d := webapi.Draft{TeamID: team, ChannelID: channel, AppID: app, Body: body, ThreadTS: h.ThreadTS}
	if bool(m.ReplaceOriginal && !m.DeleteOriginal) && h.MessageTS != "" {
		d.TS, d.ThreadTS = h.MessageTS, ""
		_, err := s.workspace.Update(d)
		return err
	}
	if m.ThreadTS != "" {
		d.ThreadTS = m.ThreadTS
	}
	if m.ResponseType != "in_channel" {
		d.EphemeralTo = h.UserID
	}
	_, err = s.workspace.Post(d)
	return err
}

// says reports whether a body has anything to show.
func says(body map[string]json.RawMessage) bool {
	for _, name := range []string{"text", "blocks", "attachments"} {
		if raw := string(body[name]); raw != "" && raw != "null" && raw != `""` && raw != "[]" {
			return true
		}
	}
	return false
}

// postWebhook posts to an incoming webhook's channel. What an app's webhook would look
// like, and where it would post, the app cannot choose.
func (s *Server) postWebhook(h *hook, m said) error {
	var ignored []string
	for name, value := range map[string]string{"channel": m.Channel, "username": m.Username, "icon_emoji": m.IconEmoji, "icon_url": m.IconURL} {
		if value != "" {
			ignored = append(ignored, name)
		}
	}
	if len(ignored) > 0 {
		s.find("webhook.override-ignored", "an incoming webhook got %s, which an app's webhook ignores", strings.Join(slices.Sorted(slices.Values(ignored)), ", "))
	}
	body, err := s.workspace.ParseBody(m.body)
	if err != nil {
		return err
	}
	_, err = s.workspace.Post(webapi.Draft{TeamID: h.TeamID, ChannelID: h.ChannelID, AppID: h.AppID, Body: body, ThreadTS: m.ThreadTS, Webhook: true})
	return err
}
