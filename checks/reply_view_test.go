package checks_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// diagnoseKind diagnoses an app whose handler of a kind replies so.
func diagnoseKind(kind checks.Kind, known checkstest.Handler, change ...func(*checks.Target)) diagnosis {
	GinkgoHelper()
	return diagnoseApp(knownAnswers(known), func(a *checkstest.App) checks.Target {
		t := safely(named(kind, local(a)))
		for _, c := range change {
			c(&t)
		}
		return t
	})
}

// replies is a reply in JSON.
func replies(body string) checkstest.Handler { return checkstest.Answer(200, body, asJSON) }

// aView is a modal with those members besides, or in place of, the ordinary ones.
func aView(members string) string {
	return `{"type":"modal","title":{"type":"plain_text","text":"Deploy"},"blocks":[]` + members + `}`
}

// withView sends the view with which the app opened a modal.
func withView(t *checks.Target) {
	view, err := payload.ParseObject("view.json", []byte(`{"type":"modal","title":{"type":"plain_text","text":"Deploy"},"blocks":[
		{"type":"section","block_id":"about","text":{"type":"plain_text","text":"Where to?"}},
		{"type":"input","block_id":"where","label":{"type":"plain_text","text":"Where"},"element":{"type":"plain_text_input","action_id":"to"}}]}`))
	Expect(err).NotTo(HaveOccurred())
	t.View = view
}

var _ = DescribeTable("reply.view", func(known checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseKind("view_submission", known, withView)
	Expect(d.of("reply.view")).To(matches, d.String)
	if r := d.of("reply.view"); r.Status == checks.Fail {
		Expect(d).To(failFor("reply.view-action"))
	}
},
	Entry("passes nothing", checkstest.Answer(200, ""), passes("empty: the view closes")),
	Entry("passes what a client of Socket Mode sends for nothing", replies(`{}`), passes("empty object")),
	Entry("passes clear", replies(`{"response_action":"clear"}`), passes("clear")),
	Entry("passes an update", replies(`{"response_action":"update","view":`+aView("")+`}`), passes("update, with a view")),
	Entry("passes a push", replies(`{"response_action":"push","view":`+aView("")+`}`), passes("push, with a view")),
	Entry("passes errors", replies(`{"response_action":"errors","errors":{"where":"No such place"}}`), passes("errors beside 1 of 1 inputs")),
	Entry("names a word", checkstest.Answer(200, "OK", asText), found(checks.Fail, "reply.view-action", "200 OK, where Slack takes nothing")),
	Entry("names a message", replies(`{"text":"Deployed."}`), found(checks.Fail, "reply.view-action", "neither empty nor a response_action")),
	Entry("names another action", replies(`{"response_action":"close"}`), found(checks.Fail, "reply.view-action", "response_action is close, none of clear")),
	Entry("names an action that is no text", replies(`{"response_action":["clear"]}`), found(checks.Fail, "reply.view-action", "neither empty nor")),
	Entry("names an update without a view", replies(`{"response_action":"update"}`), found(checks.Fail, "reply.view-action", "json-pointer:/view]")),
	Entry("names a view that is no modal", replies(`{"response_action":"push","view":{"type":"home","title":{"type":"plain_text","text":"Deploy"},"blocks":[]}}`),
		found(checks.Fail, "reply.view-action", "json-pointer:/view/type]")),
	Entry("names a view without a title", replies(`{"response_action":"update","view":{"type":"modal","blocks":[]}}`),
		found(checks.Fail, "reply.view-action", "missing required field: title [json-pointer:/view]")),
	Entry("names a title that is too long", replies(`{"response_action":"update","view":`+aView(`,"title":{"type":"plain_text","text":"`+strings.Repeat("ü", 25)+`"}`)+`}`),
		found(checks.Fail, "reply.view-action", "json-pointer:/view/title/text]")),
	Entry("names a block in the view", replies(`{"response_action":"push","view":`+aView(`,"blocks":[{"type":"divider"},{"type":"sektion"}]`)+`}`),
		found(checks.Fail, "reply.view-action", "json-pointer:/view/blocks/1")),
	Entry("names an error for a block that is no input", replies(`{"response_action":"errors","errors":{"about":"No"}}`),
		found(checks.Fail, "reply.view-action", "there is no input block about in the view; its inputs are where [json-pointer:/errors/about]")),
	Entry("names an error by action_id", replies(`{"response_action":"errors","errors":{"to":"No"}}`), found(checks.Fail, "reply.view-action", "no input block to")),
	Entry("names an error that is no text", replies(`{"response_action":"errors","errors":{"where":["No"]}}`), found(checks.Fail, "reply.view-action", "json-pointer:/errors/where]")),
	Entry("names errors in a list", replies(`{"response_action":"errors","errors":["No"]}`), found(checks.Fail, "reply.view-action", "json-pointer:/errors]")),
	Entry("is not asked of an error", checkstest.Answer(500, "boom"), skips("no reply to judge: 500 boom")),
	Entry("is not asked of a page", checkstest.Answer(200, loginPage), found(checks.Fail, "reply.view-action", "200 <!DOCTYPE html>")),
)

var _ = Describe("reply.view, where the view that is sent is belay's own", func() {
	It("does not blame an app for its own block_ids, and says how they are known", func() {
		d := diagnoseKind("view_submission", replies(`{"response_action":"errors","errors":{"where":"No such place"}}`))
		Expect(d.of("reply.view")).To(isInconclusive("send yours with --view FILE"), d.String)
		Expect(d.Verdict.Status).To(Equal(checks.Inconclusive))
	})

	It("passes an error for the input that was sent", func() {
		d := diagnoseKind("view_submission", replies(`{"response_action":"errors","errors":{"belay":"No"}}`))
		Expect(d.of("reply.view")).To(passes("1 of 1"), d.String)
	})

	It("tells that a handler may fail on it", func() {
		d := diagnoseKind("view_submission", checkstest.Answer(500, ""))
		Expect(d.of("http.status").Problem.Probable).To(BeTrue())
		Expect(d.of("http.status").Remarks).To(ContainElement(HaveField("Text", ContainSubstring("--view FILE"))))
		d = diagnoseKind("view_submission", checkstest.Answer(500, ""), withView)
		Expect(d.of("http.status").Problem.Probable).To(BeFalse())
	})
})

var _ = Describe("reply.view", func() {
	It("is not asked of what else is sent to the URL", func() {
		for _, kind := range []checks.Kind{checks.Command, "shortcut", checks.Options, checks.Events} {
			d := diagnoseKind(kind, checkstest.Answer(200, ""))
			Expect(d.of("reply.view")).To(skips("--kind view_submission"), string(kind))
		}
	})

	It("needs the submission of a view that is named", func() {
		d := diagnose(ofKind("view_submission", local(start(healthy().Serve))))
		Expect(d.of("reply.view")).To(skips("--action ID"))
	})
})
