package checks_test

import (
	"net/http"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// echo answers url_verification with the challenge in a form.
func echo(status int, form func(challenge string) string, headers ...string) checkstest.Handler {
	return func(w http.ResponseWriter, c checkstest.Call) {
		challenge, _ := c.JSON()["challenge"].(string)
		checkstest.Answer(status, form(challenge), headers...)(w, c)
	}
}

func plain(challenge string) string    { return challenge }
func inJSON(challenge string) string   { return `{"challenge":"` + challenge + `"}` }
func inForm(challenge string) string   { return "challenge=" + url.QueryEscape(challenge) }
func nested(challenge string) string   { return `{"body":` + inJSON(challenge) + `}` }
func withLine(challenge string) string { return challenge + "\n" }

const asText, asJSON, asForm = "Content-Type: text/plain", "Content-Type: application/json", "Content-Type: application/x-www-form-urlencoded"

var _ = DescribeTable("events.challenge", func(answer checkstest.Handler, matches types.GomegaMatcher) {
	bot := healthy()
	bot.Challenge = answer
	d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(checks.Events, local(a)) })
	Expect(d.of("events.challenge")).To(matches, d.String)
},
	Entry("passes as text", echo(200, plain, asText), passes("as text/plain")),
	Entry("passes as text with a charset", echo(200, plain, "Content-Type: text/plain; charset=utf-8"), passes("as text/plain")),
	Entry("passes as text with a line break", echo(200, withLine, asText), passes("as text/plain")),
	Entry("passes as JSON", echo(200, inJSON, asJSON), passes("as application/json")),
	Entry("passes as a form", echo(200, inForm, asForm), passes("as application/x-www-form-urlencoded")),
	Entry("warns of text as HTML", echo(200, plain, "Content-Type: text/html"), found(checks.Warn, "events.challenge", "as text/html in place of text/plain")),
	Entry("warns of JSON as text", echo(200, inJSON, asText), found(checks.Warn, "events.challenge", "as text/plain in place of application/json")),
	Entry("names another text", checkstest.Answer(200, "ok"), found(checks.Fail, "events.challenge", "200 ok in place of the challenge")),
	Entry("names nothing", checkstest.Answer(200, ""), found(checks.Fail, "events.challenge", "empty 200")),
	Entry("names a nested challenge", echo(200, nested, asJSON), found(checks.Fail, "events.challenge", "in place of the challenge")),
	Entry("names 201", echo(201, plain, asText), found(checks.Fail, "events.challenge", "status 201, not 200")),
	Entry("names 404", checkstest.Answer(404, "no such team"), found(checks.Fail, "events.challenge", "404 no such team")),
	Entry("names 401", checkstest.Answer(401, "who are you"), found(checks.Fail, "events.challenge", "401 who are you")),
	Entry("names a dropped connection", checkstest.Handler(checkstest.Drop), found(checks.Fail, "events.challenge", "no answer")),
)

var _ = Describe("events.challenge", func() {
	It("is the cause of the diagnosis", func() {
		bot := healthy()
		bot.Challenge = checkstest.Answer(200, "ok")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(checks.Events, local(a)) })
		Expect(d).To(tell("fail events.challenge"), d.String)
		Expect(d.Verdict.SlackShows.Words).To(ContainSubstring("challenge parameter"))
	})

	It("is no question of other surfaces", func() {
		bot := healthy()
		bot.Challenge = checkstest.Answer(404, "")
		for _, kind := range []checks.Kind{checks.Command, checks.Action, checks.Options} {
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d.of("events.challenge")).To(skips("events URLs only"))
			Expect(d).To(beClean())
		}
	})

	It("is left to signature.valid where the signature is refused", func() {
		bot := healthy()
		bot.Secret = "another"
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(checks.Events, local(a)) })
		Expect(d.of("events.challenge")).To(skips("signature.valid"))
	})

	It("is left to ack.deadline where there is no answer in time", func() {
		d := diagnose(safely(ofKind(checks.Events, hasty(start(slowTo("url_verification", tooLate))))))
		Expect(d.of("events.challenge")).To(skips("ack.deadline"), d.String)
	})

	It("cannot be asked without the secret of an app that verifies", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return unsigned(ofKind(checks.Events, local(a))) })
		Expect(d.of("events.challenge")).To(skips("signing secret"))
	})

	It("passes without the secret where the challenge is answered first", func() {
		bot := healthy()
		bot.ChallengeFirst = true
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return unsigned(ofKind(checks.Events, local(a))) })
		Expect(d.of("events.challenge")).To(passes("as text/plain"))
		Expect(d).To(beClean())
	})
})
