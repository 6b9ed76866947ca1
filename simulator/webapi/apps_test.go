package webapi_test

import (
	"encoding/base64"
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

// eventContext is what deliveries have as their event_context.
func eventContext(app, channel string) string {
	return "4-" + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"et":"message","tid":"TOFFICE","aid":%q,"cid":%q}`, app, channel))
}

var _ = Describe("The authorizations of an event", func() {
	var s *slack
	BeforeEach(func() {
		seed := office()
		seed.Apps[0].Tokens = []webapi.SeedToken{{Token: "xoxp-ann", User: "ann"}, {Token: "xoxp-bob", User: "bob"}}
		s = open(seeded(seed))
	})

	list := func(context string) map[string]any {
		return s.as(appToken, "apps.event.authorizations.list", args{"event_context": context})
	}

	It("are the installations that see it", func() {
		answer := list(eventContext("AOFFICE", secret))
		Expect(names(answer["authorizations"], "user_id")).To(Equal([]string{bot, ann}))
		Expect(answer["authorizations"].([]any)[0]).To(And(HaveKeyWithValue("is_bot", true), HaveKeyWithValue("team_id", "TOFFICE"), HaveKeyWithValue("enterprise_id", BeNil())))
		Expect(names(list(eventContext("AOFFICE", vault))["authorizations"], "user_id")).To(Equal([]string{ann}))
		Expect(list(eventContext("AOFFICE", town))["authorizations"]).To(HaveLen(3))
	})

	It("are asked by the app itself, of an event", func() {
		Expect(list(eventContext("AOTHER", town))).To(failWith("auth_mismatch"))
		for _, broken := range []string{"4-e30", "3-" + strings.TrimPrefix(eventContext("AOFFICE", town), "4-"), "x"} {
			Expect(list(broken)).To(failWith("invalid_event_context"), broken)
		}
		Expect(s.call("apps.event.authorizations.list", args{"event_context": eventContext("AOFFICE", town)})).To(failWith("not_allowed_token_type"))
	})
})

var _ = Describe("The judgement of a manifest", func() {
	validate := func(manifest string) map[string]any {
		return open().as("xoxe.xoxp-configuration", "apps.manifest.validate", args{"manifest": manifest})
	}

	It("passes what is right", func() {
		Expect(validate(`{"display_information":{"name":"Good"}}`)).To(And(succeed(), HaveKeyWithValue("errors", BeEmpty())))
	})

	It("says what is wrong, and where", func() {
		answer := validate(`{"display_information":{"name":"Bad"},"features":{"bot_user":{"display_name":"bad"}},
			"oauth_config":{"scopes":{"bot":["app_mentions:read"]}},"settings":{"event_subscriptions":{"bot_events":["app_mention"]}}}`)
		Expect(answer).To(failWith("invalid_manifest"))
		Expect(answer["errors"]).To(ConsistOf(And(HaveKeyWithValue("pointer", "/settings/event_subscriptions"), HaveKey("message"))))
		Expect(validate(`{`)).To(And(failWith("invalid_manifest"), HaveKeyWithValue("errors", HaveLen(1))))
	})

	It("needs a configuration token", func() {
		Expect(open().as(userToken, "apps.manifest.validate", args{"manifest": "{}"})).To(failWith("not_allowed_token_type"))
	})
})

var _ = Describe("The judgement of blocks", func() {
	const good, bad = `{"type":"divider"}`, `{"type":"section","text":{"type":"plain_text","text":""}}`

	DescribeTable("passes what is right",
		func(name, value string) {
			Expect(decode(open().Answer(webapi.Incoming{Name: "blocks.validate", Verb: "POST", ContentType: "application/json; charset=utf-8",
				Body: fmt.Appendf(nil, `{%q:%q}`, name, value)}))).To(succeed())
		},
		Entry("blocks", "blocks", `[`+good+`]`),
		Entry("a message", "message", `{"text":"hi","blocks":[`+good+`]}`),
		Entry("a view", "view", `{"type":"modal","title":{"type":"plain_text","text":"t"},"blocks":[`+good+`]}`),
		Entry("blocks that only modals have", "blocks", `[{"type":"alert","text":{"type":"plain_text","text":"mind"}}]`),
	)

	DescribeTable("says what is wrong, and where",
		func(name, value, code, pointer string) {
			answer := open().call("blocks.validate", args{name: value})
			Expect(answer).To(failWith(code))
			Expect(answer["errors"]).To(ContainElement(And(HaveKeyWithValue("pointer", pointer), HaveKeyWithValue("code", "failed_constraint"), HaveKey("message"))))
			Expect(answer["response_metadata"]).To(HaveKey("messages"))
		},
		Entry("blocks", "blocks", `[`+good+`,`+bad+`]`, "invalid_blocks", "/1/text/text"),
		Entry("a message", "message", `{"blocks":[`+bad+`]}`, "invalid_message", "/blocks/0/text/text"),
		Entry("a view", "view", `{"type":"modal","title":{"type":"plain_text","text":"t"},"blocks":[`+bad+`]}`, "invalid_view", "/blocks/0/text/text"),
		Entry("a view without a title", "view", `{"type":"modal","blocks":[]}`, "invalid_view", ""),
		Entry("a view of no type", "view", `{"type":"window","title":{"type":"plain_text","text":"t"},"blocks":[]}`, "invalid_view", "/type"),
	)

	DescribeTable("needs one thing to judge",
		func(a args) { Expect(open().call("blocks.validate", a)).To(failWith("invalid_arguments")) },
		Entry("nothing", nil),
		Entry("two", args{"blocks": "[]", "view": "{}"}),
		Entry("too much", args{"blocks": `["` + strings.Repeat("x", 100_000) + `"]`}),
		Entry("no JSON", args{"blocks": "["}),
	)
})
