//go:build e2e

package e2e_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/facts"
	"belay/simulator/webapi"
)

type args = map[string]any

// An apiCall is one call. Texts such as $ts stand for what an earlier step saved.
type apiCall struct {
	method string
	// as is the kind of token: bot, when it is empty, user, app or configuration.
	as   string
	args args
	// save names parts of the answer by their paths, as in "message.ts".
	save map[string]string
}

// modal, home and dialog are what apps open.
var (
	plainly = func(text string) args { return args{"type": "plain_text", "text": text} }
	modal   = args{"type": "modal", "title": args{"type": "plain_text", "text": "Ask"}, "blocks": []any{args{"type": "divider"}}}
	home    = args{"type": "home", "blocks": []any{args{"type": "divider"}}}
)

// story calls every method that reads or changes the workspace at least once, in an
// order in which each has what it needs.
var story = []apiCall{
	{method: "api.test", args: args{"foo": "bar"}},
	{method: "auth.test"}, {method: "auth.teams.list"}, {method: "auth.revoke", args: args{"test": true}},
	{method: "tooling.tokens.rotate", args: args{"refresh_token": "xoxe-1-belay"}},
	{method: "apps.event.authorizations.list", as: "app", args: args{"event_context": "$context"}},
	{method: "apps.manifest.validate", as: "configuration", args: args{"manifest": `{"display_information":{"name":"Deploy Bot"}}`}},
	{method: "blocks.validate", args: args{"blocks": `[{"type":"divider"}]`}},
	{method: "bots.info", args: args{"bot": webapi.DefaultBot}},
	{method: "team.info"}, {method: "team.preferences.list"}, {method: "team.profile.get"},
	{method: "emoji.list"}, {method: "dnd.info"}, {method: "dnd.teamInfo", args: args{"users": webapi.DefaultUser}},

	{method: "users.list"}, {method: "users.info", args: args{"user": webapi.DefaultUser}},
	{method: "users.lookupByEmail", args: args{"email": "belay@example.com"}},
	{method: "users.profile.get", args: args{"user": webapi.DefaultUser}},
	{method: "users.profile.set", as: "user", args: args{"profile": args{"status_text": "at lunch"}}},
	{method: "users.conversations"}, {method: "users.getPresence", args: args{"user": webapi.DefaultUser}},
	{method: "users.setPresence", args: args{"presence": "away"}}, {method: "users.setActive"}, {method: "users.identity", as: "user"},

	{method: "conversations.create", args: args{"name": "deploys"}, save: map[string]string{"made": "channel.id"}},
	{method: "conversations.list"}, {method: "conversations.info", args: args{"channel": "$made"}},
	{method: "conversations.invite", args: args{"channel": "$made", "users": webapi.DefaultUser}},
	{method: "conversations.members", args: args{"channel": "$made"}},
	{method: "conversations.setTopic", args: args{"channel": "$made", "topic": "What we deploy"}},
	{method: "conversations.setPurpose", args: args{"channel": "$made", "purpose": "Deploying"}},
	{method: "conversations.rename", args: args{"channel": "$made", "name": "deployments"}},
	{method: "conversations.kick", args: args{"channel": "$made", "user": webapi.DefaultUser}},
	{method: "conversations.archive", args: args{"channel": "$made"}},
	{method: "conversations.unarchive", as: "user", args: args{"channel": "$made"}},
	{method: "conversations.join", args: args{"channel": "$made"}},
	{method: "conversations.open", args: args{"users": webapi.DefaultUser}, save: map[string]string{"direct": "channel.id"}},

	{method: "chat.postMessage", args: args{"channel": "$made", "text": "hello", "blocks": []any{args{"type": "section", "text": plainly("hello")}}}, save: map[string]string{"ts": "ts"}},
	{method: "chat.postMessage", args: args{"channel": "$made", "text": "a reply", "thread_ts": "$ts"}},
	{method: "chat.update", args: args{"channel": "$made", "ts": "$ts", "text": "hello again"}},
	{method: "chat.getPermalink", args: args{"channel": "$made", "message_ts": "$ts"}},
	{method: "chat.postEphemeral", args: args{"channel": webapi.GeneralChannel, "user": webapi.DefaultUser, "text": "only you"}},
	{method: "chat.meMessage", args: args{"channel": "$made", "text": "waves"}},
	{method: "chat.postMessage", args: args{"channel": "$made", "text": "https://example.com"}, save: map[string]string{"link": "ts"}},
	{method: "chat.unfurl", args: args{"channel": "$made", "ts": "$link", "unfurls": args{"https://example.com": args{"text": "Example"}}}},
	{method: "chat.scheduleMessage", args: args{"channel": "$made", "text": "later", "post_at": "$later"}, save: map[string]string{"scheduled": "scheduled_message_id"}},
	{method: "chat.scheduledMessages.list"},
	{method: "chat.deleteScheduledMessage", args: args{"channel": "$made", "scheduled_message_id": "$scheduled"}},
	{method: "chat.startStream", args: args{"channel": "$made", "thread_ts": "$ts", "recipient_user_id": webapi.DefaultUser, "recipient_team_id": webapi.DefaultTeam}, save: map[string]string{"stream": "ts"}},
	{method: "chat.appendStream", args: args{"channel": "$made", "ts": "$stream", "markdown_text": "**thinking**"}},
	{method: "chat.stopStream", args: args{"channel": "$made", "ts": "$stream"}},
	{method: "conversations.history", args: args{"channel": "$made"}},
	{method: "conversations.replies", args: args{"channel": "$made", "ts": "$ts"}},
	{method: "conversations.mark", args: args{"channel": "$made", "ts": "$ts"}},

	{method: "reactions.add", args: args{"channel": "$made", "timestamp": "$ts", "name": "tada"}},
	{method: "reactions.get", args: args{"channel": "$made", "timestamp": "$ts"}},
	{method: "reactions.list"}, {method: "reactions.remove", args: args{"channel": "$made", "timestamp": "$ts", "name": "tada"}},
	{method: "pins.add", args: args{"channel": "$made", "timestamp": "$ts"}},
	{method: "pins.list", args: args{"channel": "$made"}},
	{method: "pins.remove", args: args{"channel": "$made", "timestamp": "$ts"}},
	{method: "bookmarks.add", args: args{"channel_id": "$made", "title": "Docs", "type": "link", "link": "https://example.com"}, save: map[string]string{"bookmark": "bookmark.id"}},
	{method: "bookmarks.edit", args: args{"channel_id": "$made", "bookmark_id": "$bookmark", "title": "Manual"}},
	{method: "bookmarks.list", args: args{"channel_id": "$made"}},
	{method: "bookmarks.remove", args: args{"channel_id": "$made", "bookmark_id": "$bookmark"}},

	{method: "files.getUploadURLExternal", args: args{"filename": "log.txt", "length": 8}},
	{method: "filesUploadV2", args: args{"filename": "log.txt", "content": "deployed", "channel_id": webapi.GeneralChannel, "initial_comment": "The log"}, save: map[string]string{"file": "files.0.files.0.id"}},
	{method: "files.info", args: args{"file": "$file"}}, {method: "files.list"},
	{method: "files.sharedPublicURL", as: "user", args: args{"file": "$file"}}, {method: "files.revokePublicURL", args: args{"file": "$file"}},
	{method: "files.delete", args: args{"file": "$file"}},

	{method: "search.messages", as: "user", args: args{"query": "hello"}}, {method: "search.files", as: "user", args: args{"query": "log"}},
	{method: "search.all", as: "user", args: args{"query": "hello"}},
	{method: "reminders.add", as: "user", args: args{"text": "deploy", "time": "$later"}, save: map[string]string{"reminder": "reminder.id"}},
	{method: "reminders.info", as: "user", args: args{"reminder": "$reminder"}}, {method: "reminders.list", as: "user"},
	{method: "reminders.complete", as: "user", args: args{"reminder": "$reminder"}}, {method: "reminders.delete", as: "user", args: args{"reminder": "$reminder"}},
	{method: "usergroups.create", args: args{"name": "Deployers", "handle": "deployers"}, save: map[string]string{"group": "usergroup.id"}},
	{method: "usergroups.update", args: args{"usergroup": "$group", "name": "The Deployers"}},
	{method: "usergroups.users.update", args: args{"usergroup": "$group", "users": webapi.DefaultUser}},
	{method: "usergroups.users.list", args: args{"usergroup": "$group"}}, {method: "usergroups.list"},
	{method: "usergroups.disable", args: args{"usergroup": "$group"}}, {method: "usergroups.enable", args: args{"usergroup": "$group"}},

	{method: "views.open", args: args{"trigger_id": "$trigger", "view": modal}, save: map[string]string{"view": "view.id"}},
	{method: "views.update", args: args{"view_id": "$view", "view": modal}},
	{method: "views.push", args: args{"trigger_id": "$trigger", "view": modal}},
	{method: "views.publish", args: args{"user_id": webapi.DefaultUser, "view": home}},
	{method: "dialog.open", args: args{"trigger_id": "$trigger", "dialog": args{"callback_id": "ask", "title": "Ask", "elements": []any{args{"type": "text", "label": "Why", "name": "why"}}}}},
	{method: "entity.presentDetails", args: args{"trigger_id": "$trigger", "metadata": args{"entity_type": "slack#/entities/task", "entity_payload": args{}}}},
	{method: "entity.presentComments", args: args{"trigger_id": "$trigger", "comments": []any{}}},
	{method: "entity.acknowledgeCommentAction", args: args{"trigger_id": "$trigger", "error": "no"}},
	{method: "functions.completeSuccess", args: args{"function_execution_id": "$run", "outputs": args{}}},
	{method: "functions.completeError", args: args{"function_execution_id": "$run", "error": "no"}},
	{method: "assistant.search.info"},
	{method: "assistant.threads.setStatus", args: args{"channel_id": "$made", "thread_ts": "$ts", "status": "is thinking…"}},
	{method: "assistant.threads.setTitle", args: args{"channel_id": "$made", "thread_ts": "$ts", "title": "Deploys"}},
	{method: "assistant.threads.setSuggestedPrompts", args: args{"channel_id": "$made", "thread_ts": "$ts", "prompts": []any{args{"title": "Deploy", "message": "Deploy prod"}}}},
	{method: "agents.sessions.setStatus", args: args{"channel_id": "$made", "thread_ts": "$ts", "status": "processing"}},
	{method: "agents.sessions.rename", args: args{"channel_id": "$made", "thread_ts": "$ts", "title": "Rollbacks"}},
	{method: "workflows.featured.add", args: args{"channel_id": "$made", "trigger_ids": []any{"Ft1"}}},
	{method: "workflows.featured.set", args: args{"channel_id": "$made", "trigger_ids": []any{"Ft2"}}},
	{method: "workflows.featured.list", args: args{"channel_ids": []any{"$made"}}},
	{method: "workflows.featured.remove", args: args{"channel_id": "$made", "trigger_ids": []any{"Ft2"}}},
	{method: "workflows.triggers.permissions.set", args: args{"trigger_id": "Ft1", "permission_type": "no_one"}},
	{method: "workflows.triggers.permissions.add", args: args{"trigger_id": "Ft1", "user_ids": []any{webapi.DefaultUser}}},
	{method: "workflows.triggers.permissions.list", args: args{"trigger_id": "Ft1"}},
	{method: "workflows.triggers.permissions.remove", args: args{"trigger_id": "Ft1", "user_ids": []any{webapi.DefaultUser}}},

	{method: "chat.delete", args: args{"channel": "$made", "ts": "$ts"}},
	{method: "conversations.leave", args: args{"channel": "$made"}},
	{method: "conversations.close", args: args{"channel": "$direct"}},
}

// sometimes are keys that are documented of an answer, and stand in some of them only.
var sometimes = []string{
	"response_metadata", "warning", "already_open", "no_op", "already_closed", "errors", "agent_status",
	"user_ids", "channel_ids", "latest", "pin_count", "auto_away", "manual_away", "connection_count", "last_activity", "online",
}

// An sdkAnswer is what an SDK made of one.
type sdkAnswer struct {
	OK     bool
	Code   string
	Error  string
	Answer args
}

// A caller calls the fake Slack by an SDK.
type caller struct {
	slack *simulator.Server
	sdk   *driven
	saved map[string]any
}

func newCaller(sdk string) *caller {
	GinkgoHelper()
	slack, err := simulator.Start(simulator.Options{Clock: &clock.Clock{}})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(slack.Close)
	return &caller{slack: slack, sdk: drive([]string{"SLACK_API_URL=" + slack.API()}, "web-api-calls", sdk), saved: map[string]any{}}
}

// call takes a step.
func (c *caller) call(s apiCall) sdkAnswer {
	GinkgoHelper()
	w := c.slack.Workspace()
	// What can be used once is made afresh.
	c.saved["trigger"] = w.NewTrigger(webapi.Trigger{TeamID: webapi.DefaultTeam, UserID: webapi.DefaultUser, AppID: webapi.DefaultApp})
	c.saved["run"] = w.RunFunction(webapi.DefaultApp, "deploy")
	c.saved["later"] = time.Now().Add(time.Hour).Unix()
	c.saved["context"] = "4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUQkVMQVkwMDAwMCIsImFpZCI6IkFCRUxBWTAwMDAwIn0"
	token := map[string]string{"": "xoxb-belay", "user": "xoxp-belay", "app": "xapp-belay", "configuration": "xoxe.xoxp-1-belay"}[s.as]
	filled, _ := c.fill(args(s.args)).(args)
	if filled == nil {
		filled = args{}
	}
	filled["token"] = token
	var a sdkAnswer
	c.sdk.do(args{"method": s.method, "args": filled}, &a)
	for name, path := range s.save {
		c.saved[name] = within(a.Answer, path)
	}
	return a
}

var saved = regexp.MustCompile(`^\$(\w+)$`)

// fill puts what was saved in its places.
func (c *caller) fill(value any) any {
	switch v := value.(type) {
	case string:
		if name := saved.FindStringSubmatch(v); name != nil {
			return c.saved[name[1]]
		}
	case args:
		all := args{}
		for name, one := range v {
			all[name] = c.fill(one)
		}
		return all
	case []any:
		var all []any
		for _, one := range v {
			all = append(all, c.fill(one))
		}
		return append([]any{}, all...)
	}
	return value
}

// within is what a path leads to.
func within(value any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case args:
			value = v[name]
		case []any:
			var i int
			_, _ = fmt.Sscan(name, &i)
			value = v[i]
		}
	}
	return value
}

var _ = Describe("the Web API, called by", func() {
	for _, sdk := range []string{"@slack/web-api", "web-api-7"} {
		Describe(sdk, func() {
			It("does every modelled method, with the documented keys", func() {
				c := newCaller(sdk)
				called := []string{"filesUploadV2", "files.completeUploadExternal", "files.upload"}
				for _, s := range story {
					By(s.method)
					a := c.call(s)
					Expect(a.OK).To(BeTrue(), "%s: %s %s", s.method, a.Code, a.Error)
					fact, _ := facts.FindMethod(s.method)
					for _, key := range fact.Answers {
						if !slices.Contains(sometimes, key) {
							Expect(a.Answer).To(HaveKey(key), s.method)
						}
					}
					called = append(called, s.method)
				}
				for _, m := range webapi.Methods() {
					if m.Modelled() && !strings.HasPrefix(m.Name, "oauth.") && !strings.HasPrefix(m.Name, "openid.") && !strings.HasPrefix(m.Name, "auth.") && !strings.HasPrefix(m.Name, "apps.") {
						Expect(called).To(ContainElement(m.Name))
					}
				}
				Expect(c.slack.Findings()).To(BeEmpty())
			})

			DescribeTable("gets Slack's own error for",
				func(s apiCall, code string) {
					a := newCaller(sdk).call(s)
					Expect(a.OK).To(BeFalse())
					Expect(a.Code).To(Equal("slack_webapi_platform_error"))
					Expect(a.Error).To(Equal(code))
				},
				Entry("a channel that is not there", apiCall{method: "chat.postMessage", args: args{"channel": "C1", "text": "x"}}, "channel_not_found"),
				Entry("nothing to say", apiCall{method: "chat.postMessage", args: args{"channel": "general"}}, "no_text"),
				Entry("blocks that are wrong", apiCall{method: "chat.postMessage", args: args{"channel": "general", "blocks": []any{args{"type": "sections"}}}}, "invalid_blocks"),
				Entry("a user that is not there", apiCall{method: "users.info", args: args{"user": "U1"}}, "user_not_found"),
				Entry("a trigger that was never given", apiCall{method: "views.open", args: args{"trigger_id": "1.2.3", "view": modal}}, "invalid_trigger_id"),
				Entry("an app's token", apiCall{method: "chat.postMessage", as: "app", args: args{"channel": "general", "text": "x"}}, "not_allowed_token_type"),
				Entry("a method that is not there", apiCall{method: "chat.postMessages"}, "unknown_method"),
				Entry("a message that is not there", apiCall{method: "reactions.add", args: args{"channel": "general", "timestamp": "1.000001", "name": "x"}}, "message_not_found"),
			)

			It("waits as long as a 429 says", func() {
				c := newCaller(sdk)
				c.slack.Workspace().Limit("auth.test", time.Second)
				Expect(c.call(apiCall{method: "auth.test"}).OK).To(BeTrue())
				Expect(c.slack.Calls()).To(HaveLen(2))
				Expect(c.slack.Findings()).To(BeEmpty())
			})

			It("turns pages", func() {
				c := newCaller(sdk)
				for _, name := range []string{"one", "two", "three"} {
					Expect(c.call(apiCall{method: "conversations.create", args: args{"name": name}}).OK).To(BeTrue())
				}
				a := c.call(apiCall{method: "paginate", args: args{"method": "conversations.list", "limit": 2}})
				Expect(a.OK).To(BeTrue(), a.Error)
				Expect(a.Answer["found"]).To(HaveLen(5))
			})

			It("streams what an agent says", func() {
				c := newCaller(sdk)
				a := c.call(apiCall{method: "chat.postMessage", args: args{"channel": webapi.GeneralChannel, "text": "Well?"}, save: map[string]string{"ts": "ts"}})
				Expect(a.OK).To(BeTrue(), a.Error)
				a = c.call(apiCall{method: "chatStream", args: args{
					"channel": webapi.GeneralChannel, "thread_ts": "$ts", "said": []any{"**hello wo", "rld!** ", "It", " is done."},
					"recipient_user_id": webapi.DefaultUser, "recipient_team_id": webapi.DefaultTeam,
				}, save: map[string]string{"stream": "ts"}})
				Expect(a.OK).To(BeTrue(), a.Error)
				m, _ := c.slack.Workspace().Message(webapi.DefaultTeam, webapi.GeneralChannel, c.saved["stream"].(string))
				Expect(m.Text).To(ContainSubstring("hello world"))
				Expect(m.Text).To(HaveSuffix("It is done."))
				Expect(m.StreamingState).To(Equal("completed"))
				Expect(c.slack.Findings()).To(BeEmpty())
			})

			It("reads files with a token, and a page without", func() {
				c := newCaller(sdk)
				a := c.call(apiCall{method: "filesUploadV2", args: args{"filename": "log.txt", "content": "deployed"}, save: map[string]string{"file": "files.0.files.0.id"}})
				Expect(a.OK).To(BeTrue(), a.Error)
				a = c.call(apiCall{method: "files.info", args: args{"file": "$file"}, save: map[string]string{"url": "file.url_private"}})
				Expect(a.OK).To(BeTrue(), a.Error)
				Expect(c.call(apiCall{method: "download", args: args{"url": "$url"}}).Answer).To(HaveKeyWithValue("text", "deployed"))
			})
		})
	}
})

var _ = Describe("@slack/webhook", func() {
	It("posts, and is told what is wrong", func() {
		slack, err := simulator.Start(simulator.Options{})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(slack.Close)
		hook := drive(nil, "webhook", slack.NewWebhook(webapi.DefaultTeam, webapi.GeneralChannel))
		var said struct {
			OK     bool
			Text   string
			Status int
		}
		hook.do(args{"text": "deployed", "blocks": []any{args{"type": "section", "text": plainly("deployed")}}}, &said)
		Expect(said.OK).To(BeTrue(), said.Text)
		Expect(said.Text).To(Equal("ok"))
		m, _ := slack.Workspace().Last(webapi.DefaultTeam, webapi.GeneralChannel)
		Expect(m.Text).To(Equal("deployed"))
		hook.do(args{"blocks": []any{args{"type": "sections"}}}, &said)
		Expect(said.OK).To(BeFalse())
		Expect(said.Status).To(Equal(400))
		Expect(said.Text).To(Equal("invalid_blocks"))
	})
})
