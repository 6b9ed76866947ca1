package checks_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("ssl-check.answer", func(answer checkstest.Handler, distributed bool, matches types.GomegaMatcher) {
	bot := healthy()
	bot.SSLCheck = answer
	d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target {
		return with(local(a), func(t *checks.Target) { t.Distributed = distributed })
	})
	Expect(d.of("ssl-check.answer")).To(matches, d.String)
	Expect(d.Verdict.Status).NotTo(Equal(checks.Fail))
},
	Entry("passes", nil, true, passes("200")),
	Entry("remarks on a refusal", checkstest.Answer(401, ""), false, passesRemarking("ssl-check.refused", "gets empty 401, not 200")),
	Entry("remarks on another 2xx", checkstest.Answer(204, ""), false, passesRemarking("ssl-check.refused", "empty 204")),
	Entry("remarks on a dropped connection", checkstest.Handler(checkstest.Drop), false, passesRemarking("ssl-check.refused", "no answer")),
	Entry("warns a distributed app of a refusal", checkstest.Answer(401, ""), true, found(checks.Warn, "ssl-check.refused", "empty 401")),
	Entry("warns a distributed app of a crash", checkstest.Answer(500, ""), true, found(checks.Warn, "ssl-check.refused", "empty 500")),
)

var _ = Describe("ssl-check.answer", func() {
	It("is asked of commands alone, as Slack does", func() {
		for _, kind := range []checks.Kind{checks.Action, checks.Options, checks.Events} {
			app := start(healthy().Serve)
			d := diagnose(ofKind(kind, local(app)))
			Expect(d.of("ssl-check.answer")).To(skips("command URLs only"))
			for _, c := range app.Calls() {
				Expect(c.What()).NotTo(Equal("ssl_check"))
			}
		}
	})
})

// lenient skips the verification of a call with ssl_check, and answers by a handler.
func lenient(skips func(c checkstest.Call) bool, answer checkstest.Handler) checkstest.Handler {
	bot := verifying(func(c checkstest.Call) bool { return isSigned(c) || c.Form().Has("ssl_check") && skips(c) })
	bot.Known = answer
	return bot.Serve
}

func always(checkstest.Call) bool { return true }

var _ = Describe("ssl-check.guard", func() {
	It("passes where ssl_check opens nothing", func() {
		for _, kind := range checks.Kinds() {
			d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d.of("ssl-check.guard").Status).To(Equal(checks.Pass), d.String)
		}
	})

	It("fails where a command beside ssl_check is served", func() {
		for _, value := range []string{"1", "0"} {
			h := lenient(func(c checkstest.Call) bool { return c.Form().Get("ssl_check") == value }, checkstest.Answer(200, "Deployed."))
			d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return local(a) })
			Expect(d.of("ssl-check.guard")).To(found(checks.Fail, "ssl-check.bypass", "ssl_check="+value+" is served: 200 Deployed."), d.String)
			Expect(d.of("ssl-check.guard").Problem.Probable).To(BeFalse())
			Expect(d).To(failFor("ssl-check.bypass"))
		}
	})

	It("fails where a framework looks for a listener", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Action, checks.Options} {
			h := lenient(always, checkstest.Answer(404, `{"error":"no handler found"}`))
			d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d).To(failFor("ssl-check.bypass"), "%s: %s", kind, d)
		}
	})

	It("cannot tell an empty answer from that to a bare ssl_check", func() {
		d := diagnoseApp(lenient(always, checkstest.Answer(200, "")), func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("ssl-check.guard")).To(skips("cannot be told from outside"), d.String)
		Expect(d).To(beClean())
	})

	It("is left to signature.unsigned where everything unsigned is served", func() {
		d := diagnoseApp(carefree().Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("ssl-check.guard")).To(skips("unsigned requests are served anyway"))
	})

	It("is no question of the safe probes", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return safely(local(a)) })
		Expect(d.of("ssl-check.guard")).To(skips("--probes all"))
	})
})
