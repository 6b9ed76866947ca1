package checks_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

// dying is a bot whose process ends at the request for which the func says so.
func dying(at func(c checkstest.Call) bool) *checkstest.App {
	var app *checkstest.App
	bot := healthy()
	app = start(func(w http.ResponseWriter, c checkstest.Call) {
		if at(c) {
			app.Stop()
			panic(http.ErrAbortHandler)
		}
		bot.Serve(w, c)
	})
	return app
}

func isUnsigned(c checkstest.Call) bool {
	return c.What() == "command" && c.Signature() == "" && !c.Form().Has("ssl_check")
}

var _ = Describe("app.alive", func() {
	It("passes", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("app.alive")).To(passes("it listens after"))
	})

	It("names the request after which nothing listens", func() {
		d := diagnose(hasty(dying(isUnsigned)))
		Expect(d.of("app.alive")).To(found(checks.Fail, "app.died", "after the no-signature request"), d.String)
		Expect(d).To(failFor("app.died"))
		Expect(d.of("app.alive").Evidence.Exchanges).To(HaveLen(1))
		Expect(d.of("signature.valid").Status).To(Equal(checks.Pass), "what was asked before counts")
		Expect(d.of("signature.unsigned").Status).NotTo(Equal(checks.Fail))
	})

	It("names what was named", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Action} {
			d := diagnose(named(kind, hasty(dying(func(c checkstest.Call) bool {
				return c.Name() == checkstest.KnownCommand || c.Name() == checkstest.KnownAction
			}))))
			Expect(d.of("app.alive")).To(found(checks.Fail, "app.died", "after the named request"), d.String)
			Expect(d).To(failFor("app.died"), d.String)
		}
	})

	It("names the very first request, where there is no answer at all", func() {
		for _, kind := range checks.Kinds() {
			d := diagnose(ofKind(kind, hasty(dying(func(checkstest.Call) bool { return true }))))
			Expect(d).To(failFor("app.died"), "%s: %s", kind, d)
		}
	})

	It("sees an app die that answers first", func() {
		var app *checkstest.App
		bot := healthy()
		app = start(func(w http.ResponseWriter, c checkstest.Call) {
			bot.Serve(w, c)
			if isUnsigned(c) {
				_ = http.NewResponseController(w).Flush()
				app.Stop()
			}
		})
		Expect(diagnose(hasty(app))).To(failFor("app.died"))
	})

	It("blames the request before the one that nobody took", func() {
		var app *checkstest.App
		bot := healthy()
		app = start(func(w http.ResponseWriter, c checkstest.Call) {
			if c.What() != "command" {
				bot.Serve(w, c)
				return
			}
			checkstest.Talk(func(conn net.Conn) {
				app.Stop()
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
			})(w, c)
		})
		d := diagnose(safely(hasty(app)))
		Expect(d.of("app.alive")).To(found(checks.Fail, "app.died", "after the probe request"), d.String)
		Expect(d.of("signature.forged").Status).NotTo(Equal(checks.Pass), "nobody refused it")
		Expect(d.of("signature.valid").Status).To(Equal(checks.Pass))
	})

	It("is told where the app comes back, and goes on", func() {
		app := dying(func(c checkstest.Call) bool { return c.Number == 9 })
		var once sync.Once
		t := with(hasty(app), func(t *checks.Target) {
			t.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
				if err != nil {
					once.Do(func() { Expect(app.Restart()).To(Succeed()) })
				}
				return conn, err
			}
		})
		d := diagnose(t)
		Expect(d.of("app.alive")).To(found(checks.Fail, "app.died", "it came back"), d.String)
		Expect(len(app.Calls())).To(BeNumerically(">", 15))
		Expect(d.of("signature.unsigned").Status).To(Equal(checks.Pass))
	})

	It("leaves open what the deadly request would have shown", func() {
		d := diagnose(hasty(dying(func(c checkstest.Call) bool { return c.Form().Has("ssl_check") && c.Form().Has("command") })))
		Expect(d).To(failFor("app.died"), d.String)
		Expect(d.of("ssl-check.guard")).To(isInconclusive("nothing listens any more"))
	})

	It("does not mistake a dropped connection for a death", func() {
		bot := healthy()
		bot.Refuse = checkstest.Drop
		d := diagnose(local(start(bot.Serve)))
		Expect(d.of("app.alive").Status).To(Equal(checks.Pass))
	})
})

var _ = Describe("team.installed", func() {
	It("passes", func() {
		d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("team.installed")).To(passes("200"))
	})

	It("remarks that the app verifies, and does not know belay's team", func() {
		for _, answer := range []checkstest.Handler{
			checkstest.Answer(401, ""), checkstest.Answer(200, "This app is not installed."),
			checkstest.Answer(401, `{"error":"No installation found for team TBELAY00000"}`),
		} {
			bot := healthy()
			bot.Unknown, bot.Refuse = answer, checkstest.Answer(401, "")
			for _, kind := range []checks.Kind{checks.Command, checks.Events} {
				d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
				Expect(d).To(beClean(), d.String)
				Expect(d.of("team.installed")).To(passesRemarking("team.not-installed", "--team and --user"), d.String)
			}
		}
	})

	It("asks as the team that was given", func() {
		app := start(healthy().Serve)
		d := diagnose(with(named(checks.Events, local(app)), func(t *checks.Target) { t.TeamID, t.UserID = "T0REAL", "U0REAL" }))
		Expect(d.section().Sent).To(SatisfyAll(HaveField("Team", "T0REAL"), HaveField("User", "U0REAL")))
		for _, c := range app.Calls() {
			if c.What() == "event_callback" {
				Expect(c.JSON()["team_id"]).To(Equal("T0REAL"))
			}
		}
	})
})
