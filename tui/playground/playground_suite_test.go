package playground_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
	"belay/simulator/webapi"
	"belay/tui/playground"
)

func TestPlayground(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "playground")
}

// noon is when the samples happen.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// seed is a workspace with two people, three channels and an app.
func seed() *webapi.Seed {
	return &webapi.Seed{
		Teams: []webapi.SeedTeam{{
			Name: "Acme", Domain: "acme",
			Users: []webapi.SeedUser{{Name: "anna", RealName: "Anna Ek"}, {Name: "bob", RealName: "Bob Ray"}},
			Channels: []webapi.SeedChannel{
				{Name: "general"},
				{Name: "ops", Messages: []webapi.SeedMessage{{User: "bob", Text: "Is *staging* free?"}}},
				{Name: "secret", Type: "private", Members: []string{"bob"}},
			},
		}},
		Apps: []webapi.SeedApp{{ID: webapi.DefaultApp, Name: "deploybot"}},
	}
}

// started is a fake Slack with the seed, whose clock stands still.
func started(targets simulator.Targets) *simulator.Server {
	GinkgoHelper()
	slack, err := simulator.Start(simulator.Options{Clock: clock.At(noon), Seed: seed(), Targets: targets})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(slack.Close)
	return slack
}

// An app answers what Slack sends it, by its kind.
type app struct {
	answers map[string]string
	// got are the payloads, by kind.
	got chan map[string]any
}

// listening starts the app, and gives what leads to it.
func listening(answers map[string]string) (*app, simulator.Targets) {
	GinkgoHelper()
	a := &app{answers, make(chan map[string]any, 100)}
	server := httptest.NewServer(a)
	DeferCleanup(server.Close)
	u, err := url.Parse(server.URL)
	Expect(err).NotTo(HaveOccurred())
	return a, simulator.Targets{Commands: u, Actions: u, Options: u, Events: u, Secret: "8f742231b10e8888abcd99yyyzzz85a5"}
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	said := map[string]any{"retry": r.Header.Get("X-Slack-Retry-Num")}
	kind := "event"
	if r.Header.Get("Content-Type") == "application/json" {
		_ = json.NewDecoder(r.Body).Decode(&said)
	} else if _ = r.ParseForm(); r.Form.Has("payload") {
		_ = json.Unmarshal([]byte(r.Form.Get("payload")), &said)
		kind, _ = said["type"].(string)
	} else {
		kind = "command"
		for name := range r.Form {
			said[name] = r.Form.Get(name)
		}
	}
	if r.Header.Get("X-Slack-Signature") == "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	said["kind"] = kind
	a.got <- said
	if answer := a.answers[kind]; answer != "" {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(answer))
	}
}

// at is a model on a screen of that size, which knows its server, after those keys.
func at(width, height int, o playground.Options, keys ...string) playground.Model {
	GinkgoHelper()
	m := playground.New(context.Background(), o)
	m = updated(m, tea.WindowSizeMsg{Width: width, Height: height})
	m = updated(m, m.Loaded())
	return pressed(m, keys...)
}

// updated gives a model a message, and what becomes of it.
func updated(m playground.Model, msg tea.Msg) playground.Model {
	next, cmd := m.Update(msg)
	m = next.(playground.Model)
	// After news, the model waits for more.
	if cmd == nil || playground.IsNews(msg) {
		return m
	}
	switch msg := cmd().(type) {
	case nil, tea.QuitMsg, tea.InterruptMsg, tea.BatchMsg:
		return m
	default:
		return updated(m, msg)
	}
}

// special are the keys that are not letters.
var special = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete,
	"backspace": tea.KeyBackspace, "ctrl+c": tea.KeyCtrlC, "ctrl+d": tea.KeyCtrlD, "ctrl+u": tea.KeyCtrlU,
	"ctrl+w": tea.KeyCtrlW, "ctrl+k": tea.KeyCtrlK, "ctrl+j": tea.KeyCtrlJ, "ctrl+a": tea.KeyCtrlA, " ": tea.KeySpace,
}

func keyMsg(key string) tea.KeyMsg {
	kind, ok := special[key]
	switch {
	case !ok:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
	case kind == tea.KeySpace:
		return tea.KeyMsg{Type: kind, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: kind}
}

// pressed presses keys; what is no name of a key is typed.
func pressed(m playground.Model, keys ...string) playground.Model {
	for _, key := range keys {
		m = updated(m, keyMsg(key))
	}
	return m
}

// screen is what a model shows, without looks and without spaces at the ends.
func screen(m playground.Model) string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	for n, line := range lines {
		lines[n] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// expectGolden compares with a file in testdata, or writes it.
func expectGolden(name, got string) {
	GinkgoHelper()
	file := filepath.Join("testdata", name+".golden")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		Expect(os.MkdirAll("testdata", 0o755)).To(Succeed())
		Expect(os.WriteFile(file, []byte(got), 0o644)).To(Succeed())
		return
	}
	want, err := os.ReadFile(file)
	Expect(err).NotTo(HaveOccurred())
	Expect(got).To(Equal(string(want)), fmt.Sprintf("%s; UPDATE_GOLDEN=1 writes it", file))
}

// blocks is a message with most of what there is.
const blocks = `[
 {"type":"header","text":{"type":"plain_text","text":"Deploy to staging?"}},
 {"type":"section","text":{"type":"mrkdwn","text":"<@UANNA> wants *main* on <https://staging.example.com|staging>"},
  "fields":[{"type":"mrkdwn","text":"*Commit*\n` + "`4e420bc`" + `"},{"type":"mrkdwn","text":"*Tests*\nall green"}],
  "accessory":{"type":"static_select","action_id":"window","placeholder":{"type":"plain_text","text":"When"},
   "options":[{"text":{"type":"plain_text","text":"Now"},"value":"now"},{"text":{"type":"plain_text","text":"Tonight"},"value":"night"}]}},
 {"type":"image","image_url":"https://example.com/a.png","alt_text":"load of the last hour"},
 {"type":"actions","block_id":"go","elements":[
  {"type":"button","action_id":"approve","style":"primary","text":{"type":"plain_text","text":"Approve"},"value":"1"},
  {"type":"button","action_id":"reject","text":{"type":"plain_text","text":"Reject"},"value":"1",
   "confirm":{"title":{"type":"plain_text","text":"Reject it?"},"text":{"type":"plain_text","text":"Anna will be sad."},
    "confirm":{"type":"plain_text","text":"Reject"},"deny":{"type":"plain_text","text":"Keep"}}}]},
 {"type":"context","elements":[{"type":"mrkdwn","text":"asked by deploybot"}]}]`

// modal is a view with inputs of several sorts.
const modal = `{"type":"modal","callback_id":"incident","title":{"type":"plain_text","text":"Incident"},
 "submit":{"type":"plain_text","text":"Report"},"close":{"type":"plain_text","text":"Cancel"},"blocks":[
 {"type":"input","block_id":"what","label":{"type":"plain_text","text":"What happens?"},"element":{"type":"plain_text_input","action_id":"summary"}},
 {"type":"input","block_id":"how","label":{"type":"plain_text","text":"How bad?"},"element":{"type":"radio_buttons","action_id":"grade",
  "options":[{"text":{"type":"plain_text","text":"A little"},"value":"low"},{"text":{"type":"plain_text","text":"Very"},"value":"high"}]}},
 {"type":"input","block_id":"who","optional":true,"label":{"type":"plain_text","text":"Service"},"element":{"type":"external_select","action_id":"service","min_query_length":1}},
 {"type":"input","block_id":"day","optional":true,"label":{"type":"plain_text","text":"Since"},"element":{"type":"datepicker","action_id":"since"}},
 {"type":"input","block_id":"tell","optional":true,"label":{"type":"plain_text","text":"Tell"},"element":{"type":"multi_users_select","action_id":"people"}}]}`

// user is a person's id.
func user(slack *simulator.Server, name string) string {
	GinkgoHelper()
	u, err := slack.User("", name)
	Expect(err).NotTo(HaveOccurred())
	return u.ID
}

// called is an answer of the Web API to the app.
func called(slack *simulator.Server, method, body string) map[string]any {
	GinkgoHelper()
	r, err := http.NewRequest("POST", slack.API()+method, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Authorization", "Bearer xoxb-1-secrettoken")
	r.Header.Set("Content-Type", "application/json")
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer w.Body.Close()
	var answer map[string]any
	Expect(json.NewDecoder(w.Body).Decode(&answer)).To(Succeed())
	Expect(answer["ok"]).To(BeTrue(), "%s: %v", method, answer)
	return answer
}

// posts lets the app post blocks to a channel.
func posts(slack *simulator.Server, channel, text, blocks string) {
	GinkgoHelper()
	w := slack.Workspace()
	c, err := w.FindChannel("", channel)
	Expect(err).NotTo(HaveOccurred())
	body, err := w.ParseBody(map[string]json.RawMessage{"text": json.RawMessage(fmt.Sprintf("%q", text)), "blocks": json.RawMessage(blocks)})
	Expect(err).NotTo(HaveOccurred())
	_, err = w.Post(webapi.Draft{TeamID: c.TeamID, ChannelID: c.ID, AppID: webapi.DefaultApp, Body: body})
	Expect(err).NotTo(HaveOccurred())
}

// opens lets the app open a modal to a user.
func opens(slack *simulator.Server, name, view string) {
	GinkgoHelper()
	u, err := slack.User("", name)
	Expect(err).NotTo(HaveOccurred())
	trigger := slack.Workspace().NewTrigger(webapi.Trigger{TeamID: u.TeamID, UserID: u.ID, AppID: webapi.DefaultApp})
	called(slack, "views.open", `{"trigger_id":"`+trigger+`","view":`+view+`}`)
}

// traffic are entries of every sort.
func traffic() []simulator.Entry {
	attempt := func(kind string, after, took time.Duration, body string, status int) *simulator.Attempt {
		a := &simulator.Attempt{At: noon.Add(after), Took: took, Kind: kind, Hops: []string{"https://bot.example.com/slack/events"}}
		a.Answer.Request = payload.Request{Method: "POST", Header: []payload.HeaderField{{Name: "Content-Type", Value: "application/json"}}, Body: []byte(body)}
		a.Answer.Status, a.Answer.Header = status, http.Header{"Content-Type": {"application/json"}}
		a.Answer.Body = []byte(`{"text":"asking"}`)
		a.Answer.Stages = payload.Stages{Connect: time.Millisecond, FirstByte: took - 2*time.Millisecond, Body: time.Millisecond}
		return a
	}
	late := attempt("event", 3*time.Second, 3004*time.Millisecond, `{"type":"event_callback","token":"verification","event":{"type":"app_mention","text":"hi"}}`, 0)
	late.Failure, late.Detail = simulator.HTTPTimeout, "no complete answer in time (head)"
	return []simulator.Entry{
		{ID: 1, Socket: &simulator.SocketChange{At: noon, ID: 1, Open: true}},
		{ID: 2, Attempt: attempt("command", time.Second, 41*time.Millisecond, "token=abc&command=%2Fdeploy&text=main&response_url=http%3A%2F%2F127.0.0.1%3A1%2Fcommands%2FT1%2F1%2Fsecrethook", 200)},
		{ID: 3, Call: &simulator.Call{At: noon.Add(time.Second), Took: 12 * time.Millisecond, Method: "POST", Path: "/api/chat.postMessage", API: "chat.postMessage", Modelled: true,
			Status: 200, Header: http.Header{"Authorization": {"Bearer xoxb-[redacted]"}}, Body: []byte(`{"channel":"ops","text":"Deploy?"}`), Answer: []byte(`{"ok":true,"ts":"1.2"}`)}},
		{ID: 4, Attempt: attempt("block_actions", 2*time.Second, 2200*time.Millisecond, "payload=%7B%22type%22%3A%22block_actions%22%2C%22token%22%3A%22verification%22%7D", 200)},
		{ID: 5, Call: &simulator.Call{At: noon.Add(2 * time.Second), Took: 3 * time.Millisecond, Method: "POST", Path: "/api/views.open", API: "views.open", Status: 200, Error: "expired_trigger_id", Answer: []byte(`{"ok":false,"error":"expired_trigger_id"}`)}},
		{ID: 6, Attempt: late},
		{ID: 7, Withheld: &simulator.Withholding{At: noon.Add(4 * time.Second), Event: "message", Subscription: "message.groups", Reason: "the app is not subscribed to message.groups"}},
		{ID: 8, Finding: &simulator.Finding{At: noon.Add(5 * time.Second), Problem: "socket.late-ack", Text: "an envelope was acknowledged after 3.2 s"}},
	}
}
