package checks_test

import (
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// The times of the specs that wait, for a deadline of 120 ms: soon is more than
// half of it, late is past it, and too late is past all waiting.
const (
	soon    = 80 * time.Millisecond
	tardy   = 125 * time.Millisecond
	tooLate = time.Second
)

// knownAnswers is a bot that answers what it knows, and url_verification, by a
// handler.
func knownAnswers(h checkstest.Handler) checkstest.Handler {
	bot := healthy()
	bot.Known, bot.Unknown = h, checkstest.Answer(200, "")
	return bot.Serve
}

// slowTo is a bot that needs its time for one sort of call.
func slowTo(what string, wait time.Duration) checkstest.Handler {
	bot := healthy()
	return func(w http.ResponseWriter, c checkstest.Call) {
		if c.What() == what {
			checkstest.After(wait, bot.Serve)(w, c)
			return
		}
		bot.Serve(w, c)
	}
}

// slowFirst is a bot whose first answer needs its time.
func slowFirst(wait time.Duration) checkstest.Handler {
	bot := healthy()
	return func(w http.ResponseWriter, c checkstest.Call) {
		if c.Number == 1 {
			checkstest.After(wait, bot.Serve)(w, c)
			return
		}
		bot.Serve(w, c)
	}
}

var _ = DescribeTable("ack.deadline",
	func(kind checks.Kind, known func(checks.Kind, checks.Target) checks.Target, h checkstest.Handler, matches types.GomegaMatcher) {
		d := diagnose(safely(known(kind, hasty(start(h)))))
		Expect(d.of("ack.deadline")).To(matches, d.String)
		Expect(d.of("ack.deadline").Evidence.Samples).NotTo(BeNil())
	},
	Entry("passes", checks.Events, ofKind, checkstest.Handler(healthy().Serve), passes("ms of Slack's 120 ms to url_verification, worst of 3, from this machine")),
	Entry("passes with the time of what was named", checks.Command, named, checkstest.Handler(healthy().Serve), passes("of Slack's 120 ms to /deploy")),
	Entry("passes with the time of a refusal, and says so", checks.Action, ofKind, checkstest.Handler(healthy().Serve), passes("to a request that it refuses")),
	Entry("names what comes late", checks.Command, named, knownAnswers(checkstest.After(tardy, checkstest.Answer(200, ""))),
		found(checks.Fail, "ack.timeout", "the app answers /deploy after")),
	Entry("names an event that comes late", checks.Events, named, knownAnswers(checkstest.After(tardy, checkstest.Answer(200, ""))),
		found(checks.Fail, "ack.timeout", "the app answers app_mention after")),
	Entry("names what never comes", checks.Command, named, knownAnswers(checkstest.Never),
		found(checks.Fail, "ack.timeout", "no answer to /deploy within")),
	Entry("names an action that comes late", checks.Action, named, knownAnswers(checkstest.After(tardy, checkstest.Answer(200, ""))),
		found(checks.Fail, "ack.timeout", "the app answers deploy after")),
	Entry("names a refusal that comes late", checks.Action, ofKind, checkstest.After(tardy, healthy().Serve),
		found(checks.Fail, "ack.timeout", "the app answers a request that it refuses after")),
	Entry("names a url_verification that comes late", checks.Events, ofKind, slowTo("url_verification", tardy),
		found(checks.Fail, "ack.timeout", "url_verification after")),
	Entry("names a body that comes late", checks.Command, named, knownAnswers(checkstest.Stall(tardy)),
		found(checks.Fail, "ack.body-stalled", "the end of its body after")),
	Entry("names a body that never ends", checks.Command, named, knownAnswers(checkstest.Stall(tooLate)),
		found(checks.Fail, "ack.body-stalled", "its body had not ended after")),
	Entry("warns of a first answer that was late, and the others not", checks.Events, ofKind, slowFirst(tardy),
		found(checks.Warn, "ack.cold-start", "the first request took")),
	Entry("warns of a first answer that was slow, and the others not", checks.Events, ofKind, slowFirst(soon),
		found(checks.Warn, "ack.cold-start", "the first request took")),
	Entry("warns of what takes more than half of the time", checks.Events, ofKind, slowTo("url_verification", soon),
		found(checks.Warn, "ack.slow", "worst of 3")),
	Entry("warns of an action that takes more than half of the time", checks.Action, named, knownAnswers(checkstest.After(soon, checkstest.Answer(200, ""))),
		found(checks.Warn, "ack.slow", "to deploy")),
	Entry("finds the worst of what was timed", checks.Events, named, func(w http.ResponseWriter, c checkstest.Call) {
		wait := map[string]time.Duration{"url_verification": tardy, "event_callback": soon}[c.What()]
		checkstest.After(wait, healthy().Serve)(w, c)
	}, found(checks.Fail, "ack.timeout", "url_verification")),
	Entry("does not mind a command's endpoint that has no use for JSON", checks.Command, ofKind, slowTo("url_verification", tardy),
		passes("to a command it does not know")),
)

var _ = Describe("ack.deadline", func() {
	It("times what was named as often as asked for", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target {
			return with(named(checks.Command, local(a)), func(t *checks.Target) { t.NamedSamples, t.Samples = 30, 3 })
		})
		Expect(d).To(beClean(), d.String)
		samples := d.of("ack.deadline").Evidence.Samples
		Expect(samples.Question).To(Equal("named"))
		Expect(samples.Times).To(HaveLen(30))
		Expect(samples.P50).To(BeNumerically("<=", samples.P95))
		Expect(samples.P95).To(BeNumerically("<=", samples.Worst))
		Expect(samples.Deadline).To(Equal(checks.Millis(3 * time.Second)))
		Expect(d.section().Sent.MayHaveRunAHandler).To(Equal(30))
	})

	It("says a percentile that was seen", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return ofKind(checks.Events, local(a)) })
		samples := d.of("ack.deadline").Evidence.Samples
		Expect(samples.Times).To(HaveLen(5))
		for _, percentile := range []checks.Millis{samples.First, samples.P50, samples.P95, samples.Worst} {
			Expect(samples.Times).To(ContainElement(percentile))
		}
		Expect(samples.P95).To(Equal(samples.Worst), "the nearest rank of five")
	})

	It("says where the time went", func() {
		d := diagnose(safely(named(checks.Command, hasty(start(knownAnswers(checkstest.After(tardy, checkstest.Answer(200, ""))))))))
		stages := d.of("ack.deadline").Evidence.Exchanges[0].Stages
		Expect(stages.FirstByte).To(BeNumerically(">=", checks.Millis(tardy)))
		Expect(stages.Body).To(BeNumerically("<", checks.Millis(tardy)))
	})

	It("is no failure of an app that takes long over what it does not know", func() {
		bot := healthy()
		bot.Unknown = checkstest.After(tardy, checkstest.Answer(404, "unknown command"))
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := diagnose(safely(ofKind(kind, hasty(start(bot.Serve)))))
			Expect(d).To(beClean(), d.String)
		}
	})

	It("gives up on an app that answers nothing in time", func() {
		app := start(checkstest.Never)
		began := time.Now()
		d := diagnose(hasty(app))
		Expect(time.Since(began)).To(BeNumerically("<", 4*time.Second))
		Expect(d).To(failFor("ack.timeout"), d.String)
		Expect(d.of("ack.deadline").Saw).To(ContainSubstring("no answer to url_verification"))
		Expect(len(app.Calls())).To(BeNumerically("<=", 4))
	})

	It("shows Slack's word for it", func() {
		d := diagnose(safely(ofKind(checks.Action, hasty(start(checkstest.Never)))))
		Expect(*d.Verdict.SlackShows).To(SatisfyAll(HaveField("User", "operation_timeout"), HaveField("RetryReason", "http_timeout"), HaveField("Confidence", "confirmed")))
	})
})

var _ = DescribeTable("ack.handler", func(kind checks.Kind, known checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseApp(knownAnswers(known), func(a *checkstest.App) checks.Target { return named(kind, local(a)) })
	Expect(d.of("ack.handler")).To(matches, d.String)
},
	Entry("passes", checks.Command, checkstest.Answer(200, "ok"), passes("/deploy: 200 ok")),
	Entry("passes of an action", checks.Action, checkstest.Answer(200, ""), passes("deploy: empty 200")),
	Entry("names Bolt for Python's missing listener", checks.Command, checkstest.Answer(404, `{"error": "unhandled request"}`),
		found(checks.Fail, "ack.no-handler", "Bolt for Python knows no listener for /deploy")),
	Entry("names Bolt for Java's missing listener", checks.Events, checkstest.Answer(404, `{"error":"no handler found"}`),
		found(checks.Fail, "ack.no-handler", "Bolt for Java knows no listener for app_mention")),
	Entry("names an action's missing listener", checks.Action, checkstest.Answer(404, `{"error": "unhandled request"}`),
		found(checks.Fail, "ack.no-handler", "for deploy")),
	Entry("is skipped where the connection was dropped", checks.Command, checkstest.Handler(checkstest.Drop), skips("http.answer")),
	Entry("is skipped where the team was refused", checks.Command, checkstest.Answer(401, "no installation"), skips("refused")),
)

var _ = Describe("ack.handler", func() {
	It("is skipped where nothing was named, and says how to name it", func() {
		flags := map[checks.Kind]string{checks.Command: "--command", checks.Events: "--event", checks.Action: "--action", checks.Options: "--action"}
		for _, kind := range checks.Surfaces() {
			d := diagnose(ofKind(kind, local(start(healthy().Serve))))
			Expect(d.of("ack.handler")).To(skips(flags[kind]))
		}
	})

	It("remarks that the probe has none", func() {
		bot := healthy()
		bot.Unknown = checkstest.Answer(404, `{"error": "unhandled request"}`)
		d := diagnose(local(start(bot.Serve)))
		Expect(d.of("ack.handler")).To(passesRemarking("ack.no-handler", "as it should not"))
	})
})

var _ = Describe("Bolt for JavaScript, which answers an empty 404 just past Slack's deadline for want of a listener", func() {
	// The window is from 787 to 880 ms of this deadline.
	boltish := func(a *checkstest.App) checks.Target {
		t := safely(local(a))
		t.Deadline = 800 * time.Millisecond
		return t
	}
	bolt := func() checkstest.Bot {
		bot := healthy()
		bot.Refuse = checkstest.Answer(401, "")
		bot.Known = checkstest.After(802*time.Millisecond, checkstest.Answer(404, ""))
		return bot
	}

	It("is clean where nothing was named", func() {
		d := diagnose(ofKind(checks.Events, boltish(start(bolt().Serve))))
		Expect(d).To(beClean(), d.String)
		Expect(d.of("ack.handler")).To(passesRemarking("ack.no-handler", "empty 404 after 8"))
		Expect(d.of("signature.valid").Status).To(Equal(checks.Pass))
	})

	It("has no handler for what was named, which ends the sampling and is no ack.timeout", func() {
		app := start(bolt().Serve)
		d := diagnose(with(named(checks.Command, boltish(app)), func(t *checks.Target) { t.NamedSamples = 5 }))
		Expect(d).To(tell("fail ack.no-handler"), d.String)
		Expect(d.of("ack.handler").Problem.Shows.User).To(Equal("operation_timeout"))
		asked := 0
		for _, c := range app.Calls() {
			if c.Name() == checkstest.KnownCommand {
				asked++
			}
		}
		Expect(asked).To(Equal(1))
	})

	It("lets forgeries in where it says so to them", func() {
		bot := bolt()
		bot.Verify = func(c checkstest.Call) bool { return c.Signature() != "" && !old(c) }
		d := diagnose(unsigned(boltish(start(bot.Serve))))
		Expect(d).To(failFor("signature.accepts-forged"), d.String)
	})
})
