package checks_test

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// diagnoseReply diagnoses a command whose handler replies so.
func diagnoseReply(known checkstest.Handler) diagnosis {
	GinkgoHelper()
	return diagnoseApp(knownAnswers(known), func(a *checkstest.App) checks.Target { return named(checks.Command, local(a)) })
}

const loginPage = "<!DOCTYPE html>\n<html><body>Sign in</body></html>"

var _ = DescribeTable("reply.form", func(known checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseReply(known)
	Expect(d.of("reply.form")).To(matches, d.String)
	if r := d.of("reply.form"); r.Status == checks.Fail {
		Expect(d).To(failFor(r.Problem.ID))
	}
},
	Entry("passes nothing", checkstest.Answer(200, ""), passes("empty")),
	Entry("passes text", checkstest.Answer(200, "Deploying.", asText), passes("text: Deploying.")),
	Entry("passes ok as text/html, as Express sends it", checkstest.Answer(200, "ok", "Content-Type: text/html"), passes("text: ok")),
	Entry("passes JSON", checkstest.Answer(200, `{"text":"hi"}`, "Content-Type: application/json; charset=utf-8"), passes("JSON")),
	Entry("passes JSON in gzip", checkstest.Answer(200, zipped(`{"text":"hi"}`), asJSON, "Content-Encoding: gzip"), passes("JSON")),
	Entry("passes text that is JSON and no message", checkstest.Answer(200, `{"ok":true}`, asText), passes("text: {")),
	Entry("names JSON that is none", checkstest.Answer(200, `{"text":`, asJSON), found(checks.Fail, "reply.invalid-json", "says JSON, and is not")),
	Entry("names single quotes", checkstest.Answer(200, `{'text':'hi'}`, asJSON), found(checks.Fail, "reply.invalid-json", "invalid character")),
	Entry("names what cannot be decoded", checkstest.Answer(200, `{"text":"hi"}`, asJSON, "Content-Encoding: gzip"), found(checks.Fail, "reply.invalid-json", "cannot be decoded")),
	Entry("names a message as text", checkstest.Answer(200, `{"text":"hi"}`, asText), found(checks.Fail, "reply.content-type", "as text/plain: the user reads it raw")),
	Entry("names a message as HTML", checkstest.Answer(200, `{"response_type":"in_channel","blocks":[]}`, "Content-Type: text/html"), found(checks.Fail, "reply.content-type", "text/html")),
	Entry("names a page", checkstest.Answer(200, loginPage), found(checks.Fail, "reply.html", "an HTML page")),
	Entry("names a page after white space", checkstest.Answer(200, "\n\n  <HTML>hello"), found(checks.Fail, "reply.html", "an HTML page")),
	Entry("names what is too large", checkstest.Answer(200, strings.Repeat("a", 1<<20+1)), found(checks.Fail, "reply.too-large", "more than 1 MiB, to the named request")),
	Entry("names a decompression bomb", checkstest.Answer(200, bomb(), "Content-Encoding: gzip"), found(checks.Fail, "reply.too-large", "once decoded from gzip")),
	Entry("is not asked of an error", checkstest.Answer(500, "boom"), skips("no reply to judge: 500 boom")),
)

var _ = Describe("reply.form", func() {
	It("marks a wrong content type as probable", func() {
		Expect(diagnoseReply(checkstest.Answer(200, `{"text":"hi"}`, asText)).of("reply.form").Problem.Probable).To(BeTrue())
	})

	It("names a login that answers everything with 200", func() {
		for _, kind := range checks.Kinds() {
			d := diagnoseApp(checkstest.Answer(200, loginPage), func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d.of("reply.form")).To(found(checks.Fail, "reply.html", "200 <!DOCTYPE html>"), d.String)
			Expect(d.Verdict.Cause).To(Equal("reply.html"))
		}
	})

	It("needs a command that is named", func() {
		d := diagnose(local(start(healthy().Serve)))
		Expect(d.of("reply.form")).To(skips("--command /name"))
		d = diagnose(named(checks.Events, local(start(healthy().Serve))))
		Expect(d.of("reply.form")).To(skips("only the reply to a command is shown"))
	})
})

var _ = DescribeTable("reply.message", func(known checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseReply(known)
	Expect(d.of("reply.message")).To(matches, d.String)
},
	Entry("passes text", checkstest.Answer(200, "hi", asText), passes("no message")),
	Entry("passes a message", checkstest.Answer(200, `{"response_type":"ephemeral","text":"hi"}`, asJSON), passes("a message")),
	Entry("passes nulls", checkstest.Answer(200, `{"response_type":null,"text":null,"blocks":null,"attachments":null}`, asJSON), passes("a message")),
	Entry("passes blocks", message(`"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"hi"}}]`), passes("a message with blocks")),
	Entry("passes text of the greatest length", message(fmt.Sprintf(`"text":%q`, strings.Repeat("ü", 40000))), passes("a message")),
	Entry("names text that is longer", message(fmt.Sprintf(`"text":%q`, strings.Repeat("ü", 40001))), found(checks.Fail, "reply.invalid-message", "json-pointer:/text")),
	Entry("names text that is longer without JSON", checkstest.Answer(200, strings.Repeat("ü", 40001), asText), found(checks.Fail, "reply.invalid-message", "40001 characters")),
	Entry("names text that is none", message(`"text":{"a":1}`), found(checks.Fail, "reply.invalid-message", "text is not a string")),
	Entry("names a response_type that does not exist", message(`"text":"hi","response_type":"public"`), found(checks.Fail, "reply.invalid-message", "json-pointer:/response_type")),
	Entry("names a response_type that is no text", message(`"text":"hi","response_type":1`), found(checks.Fail, "reply.invalid-message", "not a string")),
	Entry("names attachments that are no list", message(`"attachments":{}`), found(checks.Fail, "reply.invalid-message", "json-pointer:/attachments")),
	Entry("names a hundred and one attachments", message(`"attachments":[`+strings.Repeat("{},", 100)+"{}]"), found(checks.Fail, "reply.invalid-message", "100 attachments")),
	Entry("names JSON that is no object", checkstest.Answer(200, `["hi"]`, asJSON), found(checks.Fail, "reply.invalid-message", "no object")),
	Entry("names blocks that Slack refuses, with the place", message(`"blocks":[{"type":"section"}]`), found(checks.Fail, "reply.invalid-blocks", "json-pointer:/blocks/0")),
	Entry("names a text that is too long for its block", message(fmt.Sprintf(`"blocks":[{"type":"header","text":{"type":"plain_text","text":%q}}]`, strings.Repeat("a", 151))),
		found(checks.Fail, "reply.invalid-blocks", "151 characters [json-pointer:/blocks/0/text/text]")),
)

// message is a reply in JSON with those members.
func message(members string) checkstest.Handler {
	return checkstest.Answer(200, "{"+members+"}", asJSON)
}

var _ = Describe("reply.message", func() {
	It("needs a command that is named", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("reply.message")).To(skips("--command /name"))
	})
})
