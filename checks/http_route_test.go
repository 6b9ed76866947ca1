package checks_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// only serves one path, and answers every other by another handler.
func only(path string, h, otherwise checkstest.Handler) checkstest.Handler {
	return func(w http.ResponseWriter, c checkstest.Call) {
		if c.URL.Path == path {
			h(w, c)
			return
		}
		otherwise(w, c)
	}
}

const expressLost = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot POST /slack/wrong</pre>\n</body>\n</html>\n"

var _ = DescribeTable("http.route", func(h checkstest.Handler, matches types.GomegaMatcher) {
	for _, t := range []func(checks.Target) checks.Target{unchanged, unsigned, safely, asAction, asEvents} {
		d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return t(from("/slack/wrong", local(a))) })
		Expect(d.of("http.route")).To(matches, d.String)
		Expect(d.Verdict.Status).To(Equal(checks.Fail))
		Expect(d.Verdict.Cause).To(Equal(d.of("http.route").Problem.ID))
	}
},
	Entry("names a 404 that any path gets", checkstest.Answer(404, "nothing here"),
		found(checks.Fail, "http.not-found", "/slack/wrong: 404 nothing here, as for a path made up")),
	Entry("names Express", checkstest.Answer(404, expressLost, "X-Powered-By: Express"),
		found(checks.Fail, "http.not-found", "says Express")),
	Entry("names Go", checkstest.Handler(func(w http.ResponseWriter, c checkstest.Call) { http.NotFound(w, c.Request) }),
		found(checks.Fail, "http.not-found", "says probably Go")),
	Entry("names 410", checkstest.Answer(410, "moved out"), found(checks.Fail, "http.not-found", "410")),
	Entry("names 421", checkstest.Answer(421, ""), found(checks.Fail, "http.not-found", "421")),
	Entry("names the path next to it that does answer", only("/slack/commands", checkstest.Answer(401, "no"), checkstest.Answer(404, "")),
		found(checks.Fail, "http.not-found", "/slack/commands does answer: 401 no")),
	Entry("names the path with a slash", only("/slack/wrong/", checkstest.Answer(401, ""), checkstest.Answer(404, "")),
		found(checks.Fail, "http.not-found", "/slack/wrong/ does answer: empty 401")),
	Entry("names 405 with what is allowed", checkstest.Answer(405, "", "Allow: GET, HEAD"),
		found(checks.Fail, "http.method-not-allowed", "empty 405, which allows GET, HEAD")),
	Entry("names GET that is served", checkstest.Handler(func(w http.ResponseWriter, c checkstest.Call) {
		if c.Method == http.MethodGet && c.URL.Path == "/slack/wrong" {
			checkstest.Answer(200, "hello")(w, c)
			return
		}
		checkstest.Answer(404, "")(w, c)
	}), found(checks.Fail, "http.method-not-allowed", "POST gets empty 404, GET gets 200 hello")),
)

func unchanged(t checks.Target) checks.Target { return t }

func asAction(t checks.Target) checks.Target { return ofKind(checks.Action, t) }

func asEvents(t checks.Target) checks.Target { return ofKind(checks.Events, t) }

var _ = Describe("http.route", func() {
	It("passes where the path is served", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("http.route")).To(passes("200"))
	})

	It("passes where a made-up path is answered otherwise", func() {
		bot := healthy()
		bot.Unknown = checkstest.Answer(404, "unknown command")
		bot.Refuse = checkstest.Answer(404, "unknown command")
		d := diagnoseApp(only(checkstest.Path, bot.Serve, checkstest.Answer(404, "no such page")), func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("http.route")).To(passes("answered otherwise"), d.String)
	})

	It("asks neither GET nor other paths of an app that answers", func() {
		app := start(healthy().Serve)
		diagnose(local(app))
		for _, c := range app.Calls() {
			Expect(c.Method).To(Equal("POST"))
			Expect(c.URL.Path).To(Equal(checkstest.Path))
		}
	})

	It("does not take another page nearby for what this URL is", func() {
		install := checkstest.Answer(200, `<html><a href="https://slack.com/oauth/v2/authorize?client_id=1">Add to Slack</a></html>`)
		d := diagnoseApp(only("/slack", install, checkstest.Answer(404, "")), func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(tell("fail http.not-found"), d.String)
	})
})
