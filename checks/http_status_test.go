package checks_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

const crashPage = "<!DOCTYPE html>\n<title>Error</title>\n<pre>TypeError: x is undefined<br> &nbsp; &nbsp;at /app/index.js:3:1</pre>"

var _ = DescribeTable("http.status of what was named", func(kind checks.Kind, answer checkstest.Handler, matches types.GomegaMatcher) {
	for _, known := range []func(checks.Target) checks.Target{unchanged, safely} {
		bot := healthy()
		bot.Known, bot.Unknown = answer, checkstest.Answer(200, "")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return known(named(kind, local(a))) })
		Expect(d.of("http.status")).To(matches, d.String)
	}
},
	Entry("passes with 200", checks.Command, checkstest.Answer(200, ""), passes("200 to /deploy")),
	Entry("passes with another 2xx to an event", checks.Events, checkstest.Answer(202, ""), passes("202 to app_mention")),
	Entry("names 500", checks.Command, checkstest.Answer(500, "boom"), found(checks.Fail, "http.server-error", "/deploy gets 500 boom")),
	Entry("names 500 to an event", checks.Events, checkstest.Answer(500, ""), found(checks.Fail, "http.server-error", "app_mention gets empty 500")),
	Entry("names 500 to an action", checks.Action, checkstest.Answer(500, ""), found(checks.Fail, "http.server-error", "deploy gets empty 500")),
	Entry("names 503 of the app itself", checks.Command, checkstest.Answer(503, "busy"), found(checks.Fail, "http.server-error", "503 busy")),
	Entry("names a crash", checks.Command, checkstest.Answer(500, crashPage), found(checks.Fail, "http.server-error", "500")),
	Entry("names 404", checks.Command, checkstest.Answer(404, "unknown"), found(checks.Fail, "http.client-error", "/deploy gets 404 unknown")),
	Entry("names 400", checks.Command, checkstest.Answer(400, ""), found(checks.Fail, "http.client-error", "/deploy gets empty 400")),
	Entry("names 403", checks.Command, checkstest.Answer(403, "not you"), found(checks.Fail, "http.client-error", "/deploy gets 403 not you")),
	Entry("names 404 to a menu", checks.Options, checkstest.Answer(404, "x"), found(checks.Fail, "http.client-error", "404 x")),
	Entry("warns of 201", checks.Command, checkstest.Answer(201, ""), found(checks.Warn, "http.status", "empty 201, not 200")),
	Entry("warns of 204 to an action", checks.Action, checkstest.Answer(204, ""), found(checks.Warn, "http.status", "empty 204, not 200")),
	Entry("leaves a missing listener to ack.handler", checks.Command, checkstest.Answer(404, `{"error":"no handler found"}`), skips("ack.handler")),
	Entry("leaves a missing installation to team.installed", checks.Command, checkstest.Answer(401, "no installation"), skips("team.installed")),
	Entry("leaves a redirect to http.redirect", checks.Command, checkstest.Answer(302, "", "Location: https://elsewhere.example/"), skips("http.redirect")),
	Entry("leaves a dropped connection to http.answer", checks.Command, checkstest.Handler(checkstest.Drop), skips("http.answer")),
)

var _ = Describe("http.status", func() {
	It("names a crash page of what the app does not know", func() {
		bot := healthy()
		bot.Unknown = checkstest.Answer(500, crashPage)
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(failFor("http.server-error"), d.String)
		Expect(d.of("http.status").Saw).To(ContainSubstring("a crash page"))
	})

	It("names a 500 to url_verification at an events URL, and only there", func() {
		bot := healthy()
		bot.Challenge = checkstest.Answer(500, "boom")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(checks.Events, local(a)) })
		Expect(d.of("http.status")).To(found(checks.Fail, "http.server-error", "url_verification gets 500 boom"), d.String)
		d = diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(beClean(), d.String)
	})
})
