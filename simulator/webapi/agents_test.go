package webapi_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("agents", func() {
	var s *slack
	var ts string
	BeforeEach(func() {
		s = open()
		ts = s.call("chat.postMessage", args{"channel": "general", "text": "hi"})["ts"].(string)
	})
	in := func(more args) args {
		all := args{"channel_id": webapi.GeneralChannel, "thread_ts": ts}
		for name, value := range more {
			all[name] = value
		}
		return all
	}

	It("say what they are doing in a thread", func() {
		Expect(s.call("assistant.threads.setStatus", in(args{"status": "is thinking…"}))).To(succeed())
		Expect(s.call("assistant.threads.setTitle", in(args{"title": "Deploys"}))).To(succeed())
		t, is := s.Thread(webapi.GeneralChannel, ts)
		Expect(is).To(BeTrue())
		Expect(t).To(And(HaveField("Status", "is thinking…"), HaveField("Title", "Deploys")))
		Expect(s.call("assistant.threads.setStatus", in(args{"status": "x", "thread_ts": "now"}))).To(failWith("invalid_thread_ts"))
		Expect(s.call("assistant.threads.setStatus", in(args{"status": "x", "channel_id": "C1"}))).To(failWith("channel_not_found"))
	})

	It("offer four prompts at most", func() {
		prompt := map[string]string{"title": "Deploy", "message": "Deploy prod"}
		Expect(s.call("assistant.threads.setSuggestedPrompts", in(args{"prompts": []any{prompt}}))).To(succeed())
		Expect(s.call("assistant.threads.setSuggestedPrompts", in(args{"prompts": []any{prompt, prompt, prompt, prompt, prompt}}))).To(failWith("invalid_arguments"))
		Expect(s.call("assistant.threads.setSuggestedPrompts", in(args{"prompts": []any{map[string]string{"title": "x"}}}))).To(failWith("invalid_arguments"))
	})

	It("have sessions that can be renamed", func() {
		Expect(s.call("agents.sessions.rename", in(args{"title": "x"}))).To(failWith("session_not_found"))
		answer := s.call("agents.sessions.setStatus", in(args{"status": "processing", "title": "Deploys"}))
		Expect(answer).To(And(succeed(), HaveKeyWithValue("title", "Deploys"), HaveKeyWithValue("agent_status", "processing")))
		Expect(s.call("agents.sessions.setStatus", in(args{"status": "happy"}))).To(failWith("invalid_status"))
		Expect(s.call("agents.sessions.setStatus", in(args{"status": "closed", "thread_ts": ""}))).To(failWith("thread_ts_required"))
		Expect(s.call("agents.sessions.rename", in(args{"title": "Rollbacks"}))).To(HaveKeyWithValue("title", "Rollbacks"))
	})

	It("are warned when their users cannot stop them", func() {
		seed := webapi.DefaultSeed()
		seed.Apps[0].Events = []string{"app_mention"}
		s = open(seeded(seed))
		ts = s.call("chat.postMessage", args{"channel": "general", "text": "hi"})["ts"].(string)
		Expect(s.call("agents.sessions.setStatus", in(args{"status": "processing"}))).To(HaveKeyWithValue("warning", "missing_agent_session_stopped_event_subscription"))
	})
})

var _ = Describe("custom steps", func() {
	It("are completed once", func() {
		s := open()
		id := s.RunFunction(webapi.DefaultApp, "deploy")
		Expect(s.call("functions.completeSuccess", args{"function_execution_id": id, "outputs": map[string]any{"url": "x"}})).To(succeed())
		f, err := s.Function(id)
		Expect(err).NotTo(HaveOccurred())
		Expect(f.State).To(Equal("completed"))
		Expect(string(f.Outputs)).To(MatchJSON(`{"url":"x"}`))
		Expect(s.call("functions.completeError", args{"function_execution_id": id, "error": "no"})).To(failWith("execution_not_in_running_state"))
		Expect(s.call("functions.completeError", args{"function_execution_id": "Fx1", "error": "no"})).To(failWith("function_execution_not_found"))
		foreign := s.RunFunction("A1", "deploy")
		Expect(s.call("functions.completeError", args{"function_execution_id": foreign, "error": "no"})).To(failWith("access_denied"))
	})
})

var _ = Describe("workflows", func() {
	It("are featured in channels", func() {
		s := open()
		Expect(s.call("workflows.featured.add", args{"channel_id": webapi.GeneralChannel, "trigger_ids": []string{"Ft1", "Ft2", "Ft1"}})).To(succeed())
		Expect(s.call("workflows.featured.remove", args{"channel_id": webapi.GeneralChannel, "trigger_ids": []string{"Ft1"}})).To(succeed())
		answer := s.call("workflows.featured.list", args{"channel_ids": []string{webapi.GeneralChannel}})
		Expect(answer["featured_workflows"]).To(ConsistOf(HaveKeyWithValue("triggers", ConsistOf(HaveKeyWithValue("trigger_id", "Ft2")))))
		Expect(s.call("workflows.featured.list", args{"channel_ids": []string{"C1"}})).To(failWith("channel_not_found"))
	})

	It("are permitted to some", func() {
		s := open()
		Expect(s.call("workflows.triggers.permissions.list", args{"trigger_id": "Ft1"})).To(HaveKeyWithValue("permission_type", "everyone"))
		Expect(s.call("workflows.triggers.permissions.add", args{"trigger_id": "Ft1", "user_ids": []string{webapi.DefaultUser}})).To(HaveKeyWithValue("user_ids", ConsistOf(webapi.DefaultUser)))
		Expect(s.call("workflows.triggers.permissions.add", args{"trigger_id": "Ft1", "user_ids": []string{"U1"}})).To(failWith("user_not_found"))
		Expect(s.call("workflows.triggers.permissions.remove", args{"trigger_id": "Ft1"})).To(failWith("named_entities_cannot_be_empty"))
		Expect(s.call("workflows.triggers.permissions.set", args{"trigger_id": "Ft1", "permission_type": "anyone"})).To(failWith("invalid_permission_type"))
		Expect(s.call("workflows.triggers.permissions.set", args{"trigger_id": "Ft1", "permission_type": "no_one"})).To(And(succeed(), Not(HaveKey("user_ids"))))
	})
})

var _ = Describe("Work Objects", func() {
	It("are presented once for a trigger", func() {
		s := open()
		t := s.NewTrigger(webapi.Trigger{TeamID: webapi.DefaultTeam, UserID: webapi.DefaultUser})
		Expect(s.call("entity.presentDetails", args{"trigger_id": t})).To(failWith("invalid_metadata"))
		Expect(s.call("entity.presentDetails", args{"trigger_id": t, "user_auth_required": "true"})).To(failWith("user_auth_url_missing"))
		metadata := map[string]any{"entity_type": "slack#/entities/task", "entity_payload": map[string]any{}}
		Expect(s.call("entity.presentDetails", args{"trigger_id": t, "metadata": metadata})).To(succeed())
		Expect(s.call("entity.presentDetails", args{"trigger_id": t, "metadata": metadata})).To(failWith("invalid_trigger_id"))
		Expect(s.call("entity.acknowledgeCommentAction", args{"trigger_id": t})).To(failWith("missing_comment_data"))
	})
})
