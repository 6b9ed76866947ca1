package simulator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/webapi"
)

// bot is an app whose handler gets the form of a command, or the payload of an
// interaction.
func bot(s *simulator.Options, handle func(w http.ResponseWriter, kind string, fields map[string]any)) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		fields := map[string]any{}
		kind := "command"
		if text := form.Get("payload"); text != "" {
			_ = json.Unmarshal([]byte(text), &fields)
			kind, _ = fields["type"].(string)
		} else if json.Unmarshal(body, &fields) == nil {
			kind = "event"
		} else {
			for name := range form {
				fields[name] = form.Get(name)
			}
		}
		handle(w, kind, fields)
	}))
	DeferCleanup(server.Close)
	at, _ := url.Parse(server.URL)
	s.Targets = simulator.Targets{Commands: at, Actions: at, Options: at, Events: at, Secret: secret}
}

const approval = `[{"type":"section","block_id":"ask","text":{"type":"mrkdwn","text":"Deploy?"}},
{"type":"actions","block_id":"buttons","elements":[{"type":"button","action_id":"yes","text":{"type":"plain_text","text":"Approve"},"value":"42"},
{"type":"static_select","action_id":"where","options":[{"text":{"type":"plain_text","text":"Production"},"value":"prod"},{"text":{"type":"plain_text","text":"Staging"},"value":"stage"}]}]}]`

const why = `{"type":"modal","callback_id":"ask","notify_on_close":true,"title":{"type":"plain_text","text":"Ask"},"submit":{"type":"plain_text","text":"Go"},
"blocks":[{"type":"input","block_id":"reason","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"why"}}]}`

var _ = Describe("a user", func() {
	var options simulator.Options
	var s *simulator.Server
	var got []map[string]any
	var kinds []string
	answerWith := ""
	BeforeEach(func() {
		got, kinds, answerWith = nil, nil, ""
		options = simulator.Options{}
		bot(&options, func(w http.ResponseWriter, kind string, fields map[string]any) {
			if event, _ := fields["event"].(map[string]any); kind == "event" && event["type"] != "app_home_opened" && event["type"] != "function_executed" {
				return
			}
			got, kinds = append(got, fields), append(kinds, kind)
			if trigger, _ := fields["trigger_id"].(string); strings.Contains(fmt.Sprint(fields["text"]), "modal") {
				opened := ask("POST", s.API()+"views.open", "application/x-www-form-urlencoded", "trigger_id="+trigger+"&view="+url.QueryEscape(why), "Bearer xoxb-1")
				Expect(opened).To(ContainSubstring(`"ok":true`))
				return
			}
			if answerWith != "" {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, answerWith)
			}
		})
		s = start(options)
	})
	user := func() *simulator.User {
		u, err := s.User("", "")
		Expect(err).NotTo(HaveOccurred())
		return u
	}
	messages := func() []webapi.Message { return s.Workspace().Snapshot().Teams[0].Channels[0].Messages }

	It("runs a command, and sees the reply", func(ctx context.Context) {
		answerWith = `{"response_type":"in_channel","text":"deployed"}`
		o, err := user().Command(ctx, "general", "/deploy  prod now")
		Expect(err).NotTo(HaveOccurred())
		Expect(o.Acknowledged).To(BeTrue())
		Expect(o.Refused).To(BeEmpty())
		Expect(got[0]).To(And(HaveKeyWithValue("command", "/deploy"), HaveKeyWithValue("text", "prod now"),
			HaveKeyWithValue("channel_name", "general"), HaveKeyWithValue("user_name", "belay"), HaveKeyWithValue("team_domain", "belay-probe")))
		Expect(messages()).To(ConsistOf(HaveField("Text", "deployed")))
		answerWith = `{"blocks":[{"type":"sections"}]}`
		o, _ = user().Command(ctx, "general", "/deploy")
		Expect(o.Refused).To(Equal("invalid_blocks"))
		status, _ := hit(got[0]["response_url"].(string), asJSON, `{"text":"later"}`)
		Expect(status).To(Equal(200))
		_, err = user().Command(ctx, "nowhere", "/deploy")
		Expect(err).To(MatchError(ContainSubstring("nowhere")))
	})

	It("presses buttons and picks from menus, by label or id", func(ctx context.Context) {
		_, err := s.Workspace().Post(webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: webapi.GeneralChannel, AppID: webapi.DefaultApp, Body: webapi.Body{Text: "Deploy?", Blocks: json.RawMessage(approval)}})
		Expect(err).NotTo(HaveOccurred())
		o, err := user().Press(ctx, simulator.Place{Channel: "general"}, "Approve", "")
		Expect(err).NotTo(HaveOccurred())
		Expect(o.Acknowledged).To(BeTrue())
		Expect(got[0]["actions"]).To(ConsistOf(And(HaveKeyWithValue("action_id", "yes"), HaveKeyWithValue("block_id", "buttons"), HaveKeyWithValue("value", "42"))))
		Expect(got[0]["message"]).To(HaveKeyWithValue("text", "Deploy?"))
		_, err = user().Press(ctx, simulator.Place{Channel: "general"}, "where", "Staging")
		Expect(err).NotTo(HaveOccurred())
		Expect(got[1]["actions"]).To(ConsistOf(HaveKeyWithValue("selected_option", HaveKeyWithValue("value", "stage"))))
		status, _ := hit(got[1]["response_url"].(string), asJSON, `{"replace_original":true,"text":"Done"}`)
		Expect(status).To(Equal(200))
		Expect(messages()).To(ConsistOf(HaveField("Text", "Done")))
		_, err = user().Press(ctx, simulator.Place{Channel: "general"}, "Approve", "")
		Expect(err).To(MatchError(ContainSubstring("nothing to press")))
	})

	It("fills in and submits modals", func(ctx context.Context) {
		_, err := user().Command(ctx, "general", "/ask modal")
		Expect(err).NotTo(HaveOccurred())
		_, err = user().Submit(ctx, "", nil)
		Expect(err).To(MatchError(ContainSubstring(`"Why" (why)`)))
		answerWith = `{"response_action":"errors","errors":{"reason":"Say more"}}`
		o, err := user().Submit(ctx, "", map[string]string{"Why": "because"})
		Expect(err).NotTo(HaveOccurred())
		Expect(o.Refused).To(BeEmpty())
		last := got[len(got)-1]
		Expect(last["view"]).To(HaveKeyWithValue("state", HaveKeyWithValue("values", HaveKeyWithValue("reason", HaveKeyWithValue("why", HaveKeyWithValue("value", "because"))))))
		answerWith = `{"response_action":"errors","errors":{"other":"No"}}`
		o, _ = user().Submit(ctx, "", nil)
		Expect(o.Refused).To(ContainSubstring(`no input block "other"`))
		answerWith = ""
		o, err = user().Submit(ctx, "", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(o.Refused).To(BeEmpty())
		_, err = user().Submit(ctx, "", nil)
		Expect(err).To(MatchError(ContainSubstring("no modal open")))
	})

	It("closes modals, of which the app is told", func(ctx context.Context) {
		_, err := user().Command(ctx, "general", "/ask modal")
		Expect(err).NotTo(HaveOccurred())
		o, err := user().CloseModal(ctx, "", false)
		Expect(err).NotTo(HaveOccurred())
		Expect(o.Acknowledged).To(BeTrue())
		Expect(kinds).To(Equal([]string{"command", "view_closed"}))
	})

	It("runs custom steps, which the app completes", func(ctx context.Context) {
		id, o := user().RunFunction(ctx, "deploy")
		Expect(o.Acknowledged).To(BeTrue())
		Expect(got[0]["event"]).To(And(HaveKeyWithValue("type", "function_executed"), HaveKeyWithValue("function_execution_id", id),
			HaveKeyWithValue("function", HaveKeyWithValue("callback_id", "deploy"))))
		run, err := s.Workspace().Function(id)
		Expect(err).NotTo(HaveOccurred())
		Expect(run.State).To(Equal("running"))
		Expect(ask("POST", s.API()+"functions.completeSuccess", form, "outputs=%7B%7D&function_execution_id="+id, "Bearer xoxb-belay")).To(MatchJSON(`{"ok":true}`))
		run, err = s.Workspace().Function(id)
		Expect(err).NotTo(HaveOccurred())
		Expect(run.State).To(Equal("completed"))
		other, _ := user().RunFunction(ctx, "deploy")
		Expect(other).NotTo(Equal(id))
	})

	It("uses shortcuts and opens the home tab", func(ctx context.Context) {
		_, err := user().Say("general", "look at this", "")
		Expect(err).NotTo(HaveOccurred())
		_, err = user().MessageShortcut(ctx, "general", "", "file_bug")
		Expect(err).NotTo(HaveOccurred())
		user().Shortcut(ctx, "new_bug")
		user().OpenHome(ctx)
		Expect(kinds).To(Equal([]string{"message_action", "shortcut", "event"}))
		Expect(got[0]["message"]).To(And(HaveKeyWithValue("text", "look at this"), HaveKeyWithValue("user", webapi.DefaultUser)))
		Expect(got[1]).To(HaveKeyWithValue("callback_id", "new_bug"))
		Expect(got[2]["event"]).To(And(HaveKeyWithValue("type", "app_home_opened"), HaveKeyWithValue("user", webapi.DefaultUser)))
	})
})
