package checks_test

import (
	"encoding/json"
	"os"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

var _ = Describe("a kind", func() {
	It("is every sort of request that Slack's servers send", func() {
		for _, k := range payload.Kinds() {
			if k.Name == payload.OAuthRedirect.Name {
				continue // a browser follows it
			}
			kind, err := checks.ParseKind(k.Name)
			Expect(err).NotTo(HaveOccurred())
			Expect(checks.Surfaces()).To(ContainElement(kind.Surface()), k.Name)
		}
	})

	It("is a surface, which is its own", func() {
		for _, kind := range checks.Surfaces() {
			Expect(checks.Kinds()).To(ContainElement(kind))
			Expect(kind.Surface()).To(Equal(kind))
		}
		Expect(checks.Kind("").Surface()).To(Equal(checks.Command))
	})

	DescribeTable("goes to the URL that Slack sends it to", func(word string, surface checks.Kind) {
		Expect(checks.Kind(word).Surface()).To(Equal(surface))
	},
		Entry(nil, "block_actions", checks.Action), Entry(nil, "view_submission", checks.Action), Entry(nil, "dialog_cancellation", checks.Action),
		Entry(nil, "block_suggestion", checks.Options), Entry(nil, "dialog_suggestion", checks.Options), Entry(nil, "interactive_message_suggestion", checks.Options),
		Entry(nil, "url_verification", checks.Events), Entry(nil, "ssl_check", checks.Command),
	)

	It("that is none is an error that names the nearest, and all", func() {
		_, err := checks.ParseKind("view_submited")
		Expect(err).To(MatchError(SatisfyAll(ContainSubstring("did you mean view_submission?"), ContainSubstring("there are command, action, options, event,"))))
	})

	It("is in the report's schema", func() {
		text, err := os.ReadFile("../docs/report.schema.json")
		Expect(err).NotTo(HaveOccurred())
		var schema struct {
			Defs struct {
				Target struct {
					Properties struct {
						Kind struct{ Enum []checks.Kind }
					}
				}
			} `json:"$defs"`
		}
		Expect(json.Unmarshal(text, &schema)).To(Succeed())
		Expect(schema.Defs.Target.Properties.Kind.Enum).To(ConsistOf(append(checks.Kinds(), "redirect", "manifest", "drill")))
	})
})

// sentAs are the calls of a type that the app may take for Slack's.
func sentAs(word string, calls []checkstest.Call) []checkstest.Call {
	return slices.DeleteFunc(slices.Clone(calls), func(c checkstest.Call) bool { return c.What() != word || !isSigned(c) })
}

var _ = DescribeTable("what is named of a kind is sent by its own name", func(word, what string, path ...string) {
	_, calls := asked(func(t checks.Target) checks.Target { return safely(named(checks.Kind(word), t)) })
	sent := sentAs(what, calls)
	Expect(sent).To(HaveLen(1))
	var value any = sent[0].JSON()
	for _, name := range path {
		if list, ok := value.([]any); ok {
			value = list[0]
		}
		value = value.(map[string]any)[name]
	}
	Expect(value).To(Equal(checkstest.KnownAction))
},
	Entry(nil, "block_actions", "block_actions", "actions", "action_id"),
	Entry(nil, "shortcut", "shortcut", "callback_id"),
	Entry(nil, "message_action", "message_action", "callback_id"),
	Entry(nil, "view_submission", "view_submission", "view", "callback_id"),
	Entry(nil, "view_closed", "view_closed", "view", "callback_id"),
	Entry(nil, "block_suggestion", "block_suggestion", "action_id"),
	Entry(nil, "interactive_message", "interactive_message", "callback_id"),
	Entry("interactive_message by its element", "interactive_message", "interactive_message", "actions", "name"),
	Entry(nil, "interactive_message_suggestion", "interactive_message", "callback_id"),
	Entry("interactive_message_suggestion by its element", "interactive_message_suggestion", "interactive_message", "name"),
	Entry(nil, "dialog_submission", "dialog_submission", "callback_id"),
	Entry(nil, "dialog_suggestion", "dialog_suggestion", "callback_id"),
	Entry("dialog_suggestion by its element", "dialog_suggestion", "dialog_suggestion", "name"),
	Entry(nil, "dialog_cancellation", "dialog_cancellation", "callback_id"),
	Entry(nil, "workflow_step_edit", "workflow_step_edit", "callback_id"),
)

var _ = Describe("a kind that is not named", func() {
	It("gets no request that the app would take for Slack's, but url_verification and a probe", func() {
		for _, kind := range checks.Kinds() {
			_, calls := asked(func(t checks.Target) checks.Target { return ofKind(kind, t) })
			for _, c := range calls {
				if isSigned(c) {
					Expect(c.What()).To(BeElementOf("url_verification", "command", "event_callback"), string(kind))
				}
				Expect(c.Name()).NotTo(BeElementOf(checkstest.KnownAction, checkstest.KnownCommand, checkstest.KnownEvent))
			}
		}
	})

	It("gets forged ones of its own", func() {
		_, calls := asked(func(t checks.Target) checks.Target { return safely(ofKind("view_submission", t)) })
		Expect(calls).To(HaveLen(1))
		Expect(calls[0].What()).To(Equal("view_submission"))
	})
})

var _ = Describe("a view", func() {
	It("is sent as the app opened it, with the callback_id that is named", func() {
		view, err := payload.ParseObject("view.json", []byte(`{"type":"modal","callback_id":"other","title":{"type":"plain_text","text":"Deploy"},
			"blocks":[{"type":"input","block_id":"where","label":{"type":"plain_text","text":"Where"},"element":{"type":"plain_text_input","action_id":"to"}}]}`))
		Expect(err).NotTo(HaveOccurred())
		_, calls := asked(func(t checks.Target) checks.Target {
			return safely(with(named("view_submission", t), func(t *checks.Target) { t.View = view }))
		})
		sent := sentAs("view_submission", calls)
		Expect(sent).To(HaveLen(1))
		got := sent[0].JSON()["view"].(map[string]any)
		Expect(got).To(HaveKeyWithValue("callback_id", checkstest.KnownAction))
		Expect(got["state"]).To(HaveKeyWithValue("values", HaveKey("where")))
	})
})
