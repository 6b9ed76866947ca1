package checks_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// asked diagnoses a healthy app and returns what it was asked.
func asked(change func(t checks.Target) checks.Target) (diagnosis, []checkstest.Call) {
	GinkgoHelper()
	app := start(healthy().Serve)
	d := diagnose(change(local(app)))
	Expect(app.Overlapped()).To(BeFalse(), "one request after the other")
	Expect(d.section().Sent.Requests).To(Equal(len(app.Calls())))
	return d, app.Calls()
}

var _ = Describe("the safe probes", func() {
	It("hold nothing unsigned but ssl_check, and nothing malformed", func() {
		for _, kind := range checks.Kinds() {
			for _, change := range []func(t checks.Target) checks.Target{unchanged, unsigned, func(t checks.Target) checks.Target { return named(kind, t) }} {
				_, calls := asked(func(t checks.Target) checks.Target { return safely(change(ofKind(kind, t))) })
				for _, c := range calls {
					if c.What() == "ssl_check" {
						Expect(c.Signature()).To(BeEmpty())
						Expect(string(c.Raw)).To(HavePrefix("ssl_check=1&token="))
						continue
					}
					Expect(c.Signature()).To(MatchRegexp("^v0=[0-9a-f]{64}$"))
					Expect(c.Timestamp()).To(MatchRegexp("^[0-9]{10}$"))
				}
			}
		}
	})

	It("are what findings.md says, for a command", func() {
		_, calls := asked(safely)
		var order []string
		for _, c := range calls {
			order = append(order, c.What())
		}
		probes := slices.Repeat([]string{"command"}, 5)
		Expect(order).To(Equal(slices.Concat(slices.Repeat([]string{"url_verification"}, 5), []string{"ssl_check"}, probes)))
	})

	It("are one forged request of an action that is not named", func() {
		for _, kind := range []checks.Kind{checks.Action, checks.Options} {
			_, calls := asked(func(t checks.Target) checks.Target { return safely(ofKind(kind, t)) })
			Expect(calls).To(HaveLen(1))
			Expect(isSigned(calls[0])).To(BeFalse(), "a signed action that an app does not know ends some")
		}
	})

	It("are the default where the address is public, and all where it is local or private", func() {
		app := start(healthy().Serve)
		public := known(app, checkstest.Records(a(public)))
		Expect(diagnose(public).section().Target.Probes).To(Equal(checks.ProbesSafe))
		Expect(diagnose(aside(app)).section().Target.Probes).To(Equal(checks.ProbesAll))
		Expect(diagnose(local(app)).section().Target.Probes).To(Equal(checks.ProbesAll))
		Expect(diagnose(known(app, checkstest.Records(a("10.1.2.3")))).section().Target.Probes).To(Equal(checks.ProbesAll))
		Expect(diagnose(safely(local(app))).section().Target.Probes).To(Equal(checks.ProbesSafe))
	})
})

var _ = Describe("all probes", func() {
	It("end in the most dangerous, and in the control again", func() {
		_, calls := asked(unchanged)
		last := calls[len(calls)-3:]
		Expect(last[0].Signature()).To(BeEmpty())
		Expect(last[0].Timestamp()).NotTo(BeEmpty())
		Expect(last[1].Signature() + last[1].Timestamp()).To(BeEmpty())
		Expect(isSigned(last[2])).To(BeTrue())
	})

	It("look like Slack's requests, and like belay's", func() {
		_, calls := asked(unchanged)
		for _, c := range calls {
			Expect(c.Proto).To(Equal("HTTP/1.1"))
			Expect(c.Header.Get("User-Agent")).To(HavePrefix("Slackbot 1.0"))
			Expect(c.Header.Get("Content-Type")).To(BeElementOf("application/json", "application/x-www-form-urlencoded"))
			if form := c.Form(); form.Has("command") {
				Expect(form.Get("team_id")).To(Equal("TBELAY00000"))
				Expect(form.Get("user_id")).To(Equal("UBELAY00000"))
				Expect(form.Get("command")).To(Equal("/belay-probe"))
				Expect(form.Get("response_url")).To(ContainSubstring("belay"))
			}
		}
	})

	It("carry the headers that were given", func() {
		_, calls := asked(func(t checks.Target) checks.Target {
			t.Header = []payload.HeaderField{{Name: "X-Route", Value: "staging-7"}}
			return t
		})
		for _, c := range calls {
			Expect(c.Header.Get("X-Route")).To(Equal("staging-7"))
		}
	})
})

var _ = Describe("what is named", func() {
	It("runs once, and the report counts it", func() {
		names := map[checks.Kind]string{checks.Command: checkstest.KnownCommand, checks.Action: checkstest.KnownAction, checks.Options: checkstest.KnownAction, checks.Events: checkstest.KnownEvent}
		for _, kind := range checks.Kinds() {
			name := names[kind.Surface()]
			d, calls := asked(func(t checks.Target) checks.Target { return safely(named(kind, t)) })
			ran := 0
			for _, c := range calls {
				if c.Name() == name && isSigned(c) {
					ran++
				}
			}
			Expect(ran).To(Equal(1), string(kind))
			Expect(d.section().Sent.MayHaveRunAHandler).To(Equal(1), string(kind))
			Expect(d.section().Target.Named).To(Equal(name))
		}
	})

	It("has an easy body", func() {
		_, calls := asked(func(t checks.Target) checks.Target { return named(checks.Command, t) })
		for _, c := range calls {
			if c.Name() == checkstest.KnownCommand {
				Expect(c.Form().Get("text")).To(BeEmpty())
			}
		}
	})

	It("is counted wherever an app may have acted on it", func() {
		for _, verify := range []func(checkstest.Call) bool{isSigned, hasToken, func(checkstest.Call) bool { return true }} {
			ran := 0
			bot := verifying(verify)
			bot.Known = func(w http.ResponseWriter, c checkstest.Call) {
				ran++
				checkstest.Answer(200, "")(w, c)
			}
			d := diagnose(tokened(named(checks.Action, local(start(bot.Serve)))))
			Expect(d.section().Sent.MayHaveRunAHandler).To(Equal(ran), d.String)
		}
	})

	It("is not sent without a secret, which would show nothing", func() {
		d, calls := asked(func(t checks.Target) checks.Target { return unsigned(named(checks.Command, t)) })
		for _, c := range calls {
			Expect(c.Name()).NotTo(Equal(checkstest.KnownCommand))
		}
		Expect(d.section().Sent.MayHaveRunAHandler).To(BeZero())
	})

	It("is counted as no run where the signature is refused", func() {
		bot := healthy()
		bot.Secret = "another"
		d := diagnose(named(checks.Command, local(start(bot.Serve))))
		Expect(d.section().Sent.MayHaveRunAHandler).To(BeZero())
	})
})

var _ = Describe("the limit of requests", func() {
	It("is 25 beside the samples, whatever the app answers", func() {
		others := map[string]payload.Secret{}
		for _, name := range []string{"A", "B", "C", "D", "E", "F", "G", "H"} {
			others["SLACK_"+name] = payload.Secret("another-secret-" + name)
		}
		for name, h := range map[string]checkstest.Handler{
			"401": checkstest.Answer(401, ""), "404": checkstest.Answer(404, ""), "500": checkstest.Answer(500, ""),
			"200": checkstest.Answer(200, ""), "302": checkstest.Answer(302, "", "Location: https://elsewhere.example/"),
			"drop": checkstest.Drop, "skew": clockOff(170 * time.Second).Serve, "hours": clockOff(2 * time.Hour).Serve,
		} {
			for _, kind := range checks.Surfaces() {
				app := start(h)
				d := diagnose(with(tokened(named(kind, local(app))), func(t *checks.Target) { t.OtherSecrets = others }))
				sampled := 5 + 1
				Expect(len(app.Calls())).To(BeNumerically("<=", 25+sampled), "%s, %s", name, kind)
				Expect(d.section().Sent.Requests).To(Equal(len(app.Calls())), "%s, %s", name, kind)
			}
		}
	})

	It("does not count samples", func() {
		d, calls := asked(func(t checks.Target) checks.Target {
			t = named(checks.Command, t)
			t.Samples, t.NamedSamples = 40, 40
			return t
		})
		Expect(len(calls)).To(BeNumerically(">", 80))
		Expect(d).To(beClean(), d.String)
		Expect(d.of("signature.unsigned").Status).To(Equal(checks.Pass))
	})
})

var _ = Describe("the pace", func() {
	It("is kept where the target is not local", func() {
		app := start(healthy().Serve)
		t := with(known(app, checkstest.Records(a(public))), func(t *checks.Target) { t.Pace = 20 * time.Millisecond })
		d := diagnose(t)
		n := len(app.Calls())
		Expect(n).To(BeNumerically(">", 5))
		Expect(time.Duration(d.Duration)).To(BeNumerically(">=", time.Duration(n-1)*20*time.Millisecond))
	})

	It("is none where it is", func() {
		app := start(healthy().Serve)
		d := diagnose(with(local(app), func(t *checks.Target) { t.Pace = 0 }))
		Expect(time.Duration(d.Duration)).To(BeNumerically("<", time.Duration(len(app.Calls()))*200*time.Millisecond))
	})
})

var _ = Describe("a diagnosis that runs out of time", func() {
	It("says so of what was not reached", func() {
		app := start(checkstest.After(50*time.Millisecond, healthy().Serve))
		d := diagnose(with(hasty(app), func(t *checks.Target) { t.Timeout = 450 * time.Millisecond }))
		Expect(d.of("signature.unsigned")).To(skips("not reached within --timeout 450ms"), d.String)
		Expect(d.section().NotAsked).To(ContainElement(ContainSubstring("for want of time: --timeout")))
		Expect(d.Interrupted).To(BeFalse())
		Expect(d.told()).NotTo(ContainElement(HavePrefix("fail")))
		Expect(time.Duration(d.Duration)).To(BeNumerically("<", time.Second))
	})

	It("says so where not even one question could be asked", func() {
		d := diagnose(with(local(start(healthy().Serve)), func(t *checks.Target) { t.Timeout = time.Nanosecond }))
		Expect(d.of("url.valid")).To(skips("not reached within --timeout 1ns"))
		Expect(d.section().Results).To(HaveLen(len(checks.All())))
		Expect(d.told()).To(BeEmpty())
		Expect(d.Verdict.Status).To(Equal(checks.Inconclusive))
		Expect(d.Verdict.Summary).To(ContainSubstring("the app was not asked: not reached within"))
	})

	It("says so where nobody takes the connection in time", func() {
		t := known(start(healthy().Serve), checkstest.Records(a(public)))
		t.Dial, t.Timeout = silent, 50*time.Millisecond
		Expect(diagnose(t).told()).NotTo(ContainElement(HavePrefix("fail dns")))
	})
})

var _ = Describe("a diagnosis that is interrupted", func() {
	interruptedAt := func(stop func(c checkstest.Call) bool, kind checks.Kind) (diagnosis, *checkstest.App) {
		ctx, cancel := context.WithCancel(context.Background())
		DeferCleanup(cancel)
		app := start(func(w http.ResponseWriter, c checkstest.Call) {
			if stop(c) {
				cancel()
				checkstest.Never(w, c)
				return
			}
			healthy().Serve(w, c)
		})
		return diagnoseWith(ctx, checks.Watch{}, ofKind(kind, local(app))), app
	}

	It("reports what it found, and says so", func() {
		for n := 1; n <= 20; n++ {
			d, app := interruptedAt(func(c checkstest.Call) bool { return c.Number == n }, checks.Command)
			Expect(d.Interrupted).To(BeTrue())
			Expect(app.Calls()).To(HaveLen(n), "nothing more is asked")
			Expect(d.section().Results).To(HaveLen(len(checks.All())))
			Expect(d.told()).NotTo(ContainElement(Not(HavePrefix("inconclusive"))), "at %d: %s", n, d)
			Expect(d.Verdict.Summary).To(ContainSubstring("interrupted"), "at %d: %s", n, d)
			Expect(d.of("tcp.connect").Status).To(Equal(checks.Pass))
			Expect(time.Duration(d.Duration)).To(BeNumerically("<", time.Second))
		}
	})

	It("holds no failure of an action that was under way", func() {
		d, _ := interruptedAt(func(checkstest.Call) bool { return true }, checks.Action)
		Expect(d.told()).NotTo(ContainElement(Not(HavePrefix("inconclusive"))), d.String)
		Expect(d.of("http.answer")).To(skips("interrupted"))
	})

	It("does not ask the other targets", func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		one, other := start(healthy().Serve), start(healthy().Serve)
		report := checks.Run(ctx, checks.Watch{}, local(one), local(other))
		Expect(report.Interrupted).To(BeTrue())
		Expect(report.Sections).To(HaveLen(2))
		Expect(append(one.Calls(), other.Calls()...)).To(BeEmpty())
	})
})

var _ = Describe("what was not asked", func() {
	It("is told with the way to have it asked", func() {
		d, _ := asked(func(t checks.Target) checks.Target { return safely(unsigned(t)) })
		left := strings.Join(d.section().NotAsked, "\n")
		Expect(left).To(SatisfyAll(ContainSubstring("SLACK_SIGNING_SECRET"), ContainSubstring("--probes all"), ContainSubstring("--command /deploy")))
	})

	It("is nothing where everything was asked", func() {
		d, _ := asked(func(t checks.Target) checks.Target { return named(checks.Command, t) })
		Expect(d.section().NotAsked).To(BeEmpty())
	})

	It("names each kind's own flag", func() {
		flags := map[checks.Kind]string{checks.Command: "--command", checks.Action: "--action", checks.Options: "--action", checks.Events: "--event"}
		for _, kind := range slices.Sorted(maps.Keys(flags)) {
			d, _ := asked(func(t checks.Target) checks.Target { return ofKind(kind, t) })
			Expect(d.section().NotAsked).To(ConsistOf(ContainSubstring(flags[kind])))
		}
	})
})

var _ = Describe("what was sent", func() {
	It("counts the refusals that the app's log shows", func() {
		d, calls := asked(unchanged)
		refused := 0
		for _, c := range calls {
			if c.What() != "ssl_check" && !isSigned(c) {
				refused++
			}
		}
		Expect(d.section().Sent.Refusals).To(Equal(refused))
		Expect(d.section().Sent.Team).To(Equal("TBELAY00000"))
	})
})
