package checks_test

import (
	"context"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = Describe("the verdict", func() {
	It("is a pass with good news, which says what it rests on", func() {
		summary := func(t checks.Target) string {
			d := diagnose(t)
			Expect(d.Verdict).To(SatisfyAll(HaveField("Status", checks.Pass), HaveField("Cause", ""), HaveField("SlackShows", BeNil())), d.String)
			return d.Verdict.Summary
		}
		app := start(healthy().Serve)
		Expect(summary(local(app))).To(ContainSubstring("answers as a Slack app should"))
		Expect(summary(ofKind(checks.Action, local(app)))).To(ContainSubstring("refuses what is not signed"))
		Expect(summary(unsigned(local(app)))).To(ContainSubstring("needs your signing secret"))
	})

	It("is a warning where nothing failed", func() {
		d := diagnose(aside(start(healthy().Serve)))
		Expect(d.Verdict).To(SatisfyAll(HaveField("Status", checks.Warn), HaveField("Cause", "")))
		Expect(d.Verdict.Summary).NotTo(BeEmpty())
	})

	It("is a warning even where something could not be told", func() {
		t := aside(start(checkstest.Answer(500, "")))
		Expect(diagnose(t).Verdict.Status).To(Equal(checks.Warn))
	})

	It("is inconclusive where something could not be told, and says what", func() {
		d := diagnose(local(start(checkstest.Answer(500, ""))))
		Expect(d.Verdict).To(SatisfyAll(HaveField("Status", checks.Inconclusive), HaveField("Cause", "")))
		Expect(d.Verdict.Summary).To(ContainSubstring("--command /name"))
	})

	It("is a pass where some was skipped alone", func() {
		d := diagnose(safely(local(start(healthy().Serve))))
		Expect(d.section().Counts.Skip).NotTo(BeZero())
		Expect(d.Verdict.Status).To(Equal(checks.Pass))
	})

	It("has what the user sees at Slack", func() {
		d := diagnose(with(aside(start(healthy().Serve)), func(t *checks.Target) { t.Dial = refuseDial }))
		Expect(d.Verdict.Cause).To(Equal("tcp.refused"))
		Expect(d.Verdict.SlackShows.User).To(Equal("dispatch_failed"))
	})
})

// causes are diagnoses with several failures, in the order in which they explain
// each other: each app has the trouble of its entry and of those after it.
var _ = DescribeTable("the cause is the failure that explains the others",
	func(cause string, t func() checks.Target) {
		d := diagnose(t())
		Expect(d).To(failFor(cause), d.String)
		Expect(d.section().Counts.Fail).To(BeNumerically(">", 1), d.String)
	},
	Entry("the address before the port", "dns.private-address", func() checks.Target {
		t := known(start(healthy().Serve), checkstest.Records(a("10.0.0.1")))
		t.Dial = refuseDial
		return t
	}),
	Entry("the scheme before the address", "url.scheme", func() checks.Target {
		t := known(start(healthy().Serve), checkstest.Records(a("10.0.0.1")))
		t.Distributed = true
		return t
	}),
	Entry("the route before the death", "http.not-found", func() checks.Target {
		app := dying(func(c checkstest.Call) bool { return c.Number > 12 })
		t := hasty(app)
		t.URL += "/wrong"
		return t
	}),
	Entry("the death before the signature", "app.died", func() checks.Target {
		bot := healthy()
		bot.Secret = "another"
		var app *checkstest.App
		app = start(func(w http.ResponseWriter, c checkstest.Call) {
			if isUnsigned(c) {
				app.Stop()
				panic(http.ErrAbortHandler)
			}
			bot.Serve(w, c)
		})
		return hasty(app)
	}),
	Entry("the app's error before its lateness", "http.server-error", func() checks.Target {
		return safely(named(checks.Command, hasty(start(knownAnswers(checkstest.After(tardy, checkstest.Answer(500, "")))))))
	}),
	Entry("the lateness before the reply", "ack.timeout", func() checks.Target {
		return safely(named(checks.Command, hasty(start(knownAnswers(checkstest.After(tardy, checkstest.Answer(200, "{", asJSON)))))))
	}),
	Entry("the reply before the security", "reply.invalid-json", func() checks.Target {
		bot := carefree()
		bot.Known = checkstest.Answer(200, "{", asJSON)
		return named(checks.Command, local(start(bot.Serve)))
	}),
	Entry("the challenge before the security", "events.challenge", func() checks.Target {
		bot := carefree()
		bot.Challenge = checkstest.Answer(200, "ok")
		return ofKind(checks.Events, local(start(bot.Serve)))
	}),
	Entry("no headers at all before the rest of the security", "signature.accepts-unsigned", func() checks.Target {
		return local(start(carefree().Serve))
	}),
)

var _ = Describe("the verdict of several targets", func() {
	It("is that of the one that matters most", func() {
		good, bad := local(start(healthy().Serve)), local(start(checkstest.Answer(401, "")))
		unclear := local(start(checkstest.Answer(500, "")))
		status := func(all ...checks.Target) checks.Verdict {
			return checks.Run(context.Background(), checks.Watch{}, all...).Verdict
		}
		Expect(status(good, bad, unclear)).To(SatisfyAll(HaveField("Status", checks.Fail), HaveField("Cause", "signature.rejects-valid")))
		Expect(status(good, unclear).Status).To(Equal(checks.Inconclusive))
		Expect(status(good, good).Status).To(Equal(checks.Pass))
		Expect(status(unclear, aside(start(healthy().Serve))).Status).To(Equal(checks.Warn))
	})
})
