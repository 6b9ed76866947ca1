package webapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

const modal = `{"type":"modal","callback_id":"ask","title":{"type":"plain_text","text":"Ask"},"submit":{"type":"plain_text","text":"Go"},
"blocks":[{"type":"input","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"why"}}]}`

const home = `{"type":"home","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"hi"}}]}`

var _ = Describe("views", func() {
	var s *slack
	BeforeEach(func() { s = open() })
	trigger := func() string {
		return s.NewTrigger(webapi.Trigger{TeamID: webapi.DefaultTeam, UserID: webapi.DefaultUser, AppID: webapi.DefaultApp})
	}
	opened := func() string {
		answer := s.call("views.open", args{"trigger_id": trigger(), "view": modal})
		Expect(answer).To(succeed())
		return answer["view"].(map[string]any)["id"].(string)
	}
	titled := func(title string) string { return strings.Replace(modal, `"Ask"`, `"`+title+`"`, 1) }

	It("open once for a trigger", func() {
		t := trigger()
		answer := s.post("views.open", args{"trigger_id": t, "view": json.RawMessage(modal)})
		Expect(answer).To(succeed())
		view := answer["view"].(map[string]any)
		Expect(view).To(And(
			HaveKeyWithValue("callback_id", "ask"), HaveKeyWithValue("type", "modal"), HaveKeyWithValue("previous_view_id", BeNil()),
			HaveKeyWithValue("root_view_id", view["id"]), HaveKeyWithValue("app_id", webapi.DefaultApp), HaveKeyWithValue("bot_id", webapi.DefaultBot),
			HaveKeyWithValue("state", HaveKey("values")), HaveKeyWithValue("hash", MatchRegexp(`^\d+\.\w{8}$`)), HaveKeyWithValue("close", BeNil()),
		))
		Expect(view["blocks"].([]any)[0]).To(HaveKeyWithValue("block_id", Not(BeEmpty())))
		Expect(s.Modals(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)).To(HaveLen(1))
		Expect(s.call("views.open", args{"trigger_id": t, "view": modal})).To(failWith("exchanged_trigger_id"))
		Expect(s.Found).To(ConsistOf("api.trigger-expired"))
	})

	It("need a trigger that is younger than three seconds", func() {
		t := trigger()
		s.Clock.Advance(3*time.Second + time.Millisecond)
		Expect(s.call("views.open", args{"trigger_id": t, "view": modal})).To(failWith("expired_trigger_id"))
		Expect(s.Found).To(ConsistOf("api.trigger-expired"))
		Expect(s.call("views.open", args{"trigger_id": "1.2.3", "view": modal})).To(failWith("invalid_trigger_id"))
		Expect(s.call("views.open", args{"view": modal})).To(failWith("invalid_arguments"))
	})

	It("lie three on each other at most", func() {
		first := opened()
		for _, title := range []string{"Two", "Three"} {
			Expect(s.call("views.push", args{"trigger_id": trigger(), "view": titled(title)})).To(succeed())
		}
		Expect(s.call("views.push", args{"trigger_id": trigger(), "view": modal})).To(failWith("push_limit_reached"))
		stack := s.Modals(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)
		Expect(stack).To(HaveLen(3))
		Expect(stack[2].RootViewID).To(Equal(first))
		Expect(*stack[2].PreviousViewID).To(Equal(stack[1].ID))
	})

	It("cannot be pushed on nothing", func() {
		Expect(s.call("views.push", args{"trigger_id": trigger(), "view": modal})).To(failWith("not_found"))
	})

	It("are updated by id or external id, unless they changed in between", func() {
		id := opened()
		v, _ := s.View(id)
		answer := s.call("views.update", args{"view_id": id, "hash": v.Hash, "view": titled("New")})
		Expect(answer).To(succeed())
		Expect(answer["view"]).To(HaveKeyWithValue("title", HaveKeyWithValue("text", "New")))
		Expect(s.call("views.update", args{"view_id": id, "hash": v.Hash, "view": modal})).To(failWith("hash_conflict"))
		Expect(s.call("views.update", args{"view_id": "V1", "view": modal})).To(failWith("not_found"))
		Expect(s.call("views.update", args{"view": modal})).To(failWith("invalid_arguments"))
		named := strings.Replace(modal, `"callback_id"`, `"external_id":"mine","callback_id"`, 1)
		Expect(s.call("views.update", args{"view_id": id, "view": named})).To(succeed())
		Expect(s.call("views.update", args{"external_id": "mine", "view": modal})).To(succeed())
	})

	It("have external ids of their own", func() {
		named := strings.Replace(modal, `"callback_id"`, `"external_id":"mine","callback_id"`, 1)
		Expect(s.call("views.open", args{"trigger_id": trigger(), "view": named})).To(succeed())
		Expect(s.call("views.push", args{"trigger_id": trigger(), "view": named})).To(failWith("duplicate_external_id"))
	})

	It("are published to a user's home tab", func() {
		answer := s.call("views.publish", args{"user_id": webapi.DefaultUser, "view": home})
		Expect(answer).To(succeed())
		first, is := s.Home(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)
		Expect(is).To(BeTrue())
		Expect(s.call("views.publish", args{"user_id": webapi.DefaultUser, "view": home, "hash": "1.x"})).To(failWith("hash_conflict"))
		Expect(s.call("views.publish", args{"user_id": webapi.DefaultUser, "view": home})).To(succeed())
		second, _ := s.Home(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)
		Expect(second.ID).To(Equal(first.ID))
		Expect(second.Hash).NotTo(Equal(first.Hash))
	})

	DescribeTable("are refused in Slack's words",
		func(view, message string) {
			answer := s.call("views.open", args{"trigger_id": trigger(), "view": view})
			Expect(answer).To(failWith("invalid_arguments"))
			Expect(answer["response_metadata"]).To(HaveKeyWithValue("messages", ContainElement(HavePrefix("[ERROR] "))))
			Expect(fmt.Sprint(answer["response_metadata"])).To(ContainSubstring(message))
		},
		Entry("no JSON", "{", "json-pointer:/view"),
		Entry("a long title", titled(strings.Repeat("x", 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
		Entry("an unknown block", strings.Replace(modal, `"input"`, `"inputs"`, 1), "unsupported type: inputs"),
		Entry("a home tab", home, "missing required field: title [json-pointer:/view]"),
	)

	It("are too large beyond 250 kB", func() {
		Expect(s.call("views.open", args{"trigger_id": trigger(), "view": strings.Replace(modal, `"why"`, `"`+strings.Repeat("w", 260_000)+`"`, 1)})).To(failWith("view_too_large"))
	})

	It("do what the answer to a submission says", func() {
		id := opened()
		Expect(s.Respond(id, "errors", nil)).To(Succeed())
		Expect(s.Respond(id, "update", json.RawMessage(titled("New")))).To(Succeed())
		Expect(s.Respond(id, "push", json.RawMessage(titled("Two")))).To(Succeed())
		stack := s.Modals(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)
		Expect(stack).To(HaveLen(2))
		err := s.Respond(id, "update", json.RawMessage(`{"type":"modal"}`))
		var refused *webapi.Error
		Expect(errors.As(err, &refused)).To(BeTrue())
		Expect(refused.Code).To(Equal("invalid_arguments"))
		Expect(s.Respond(stack[1].ID, "", nil)).To(Succeed())
		Expect(s.Modals(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)).To(HaveLen(1))
		Expect(s.Respond(id, "clear", nil)).To(Succeed())
		Expect(s.Modals(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)).To(BeEmpty())
		Expect(s.Respond(id, "", nil)).To(MatchError(ContainSubstring("not open")))
	})
})

var _ = Describe("dialogs", func() {
	const dialog = `{"callback_id":"ask","title":"Ask","elements":[{"type":"text","label":"Why","name":"why"}]}`
	It("open for a trigger, with errors of their own", func() {
		s := open()
		t := s.NewTrigger(webapi.Trigger{TeamID: webapi.DefaultTeam, UserID: webapi.DefaultUser})
		Expect(s.call("dialog.open", args{"trigger_id": t, "dialog": dialog})).To(succeed())
		d, is := s.Dialog(webapi.DefaultTeam, webapi.DefaultUser, webapi.DefaultApp)
		Expect(is).To(BeTrue())
		Expect(d.Title).To(Equal("Ask"))
		Expect(s.call("dialog.open", args{"trigger_id": t, "dialog": dialog})).To(failWith("trigger_exchanged"))
		Expect(s.call("dialog.open", args{"trigger_id": "1", "dialog": dialog})).To(failWith("invalid_trigger"))
		Expect(s.call("dialog.open", args{"trigger_id": "1", "dialog": `{"title":"x"}`})).To(failWith("validation_errors"))
	})
})
