package checks_test

import (
	"net/http"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

// signpost is an app behind redirects: /0 leads to /1, and so on to the app.
func signpost(status, hops int) checkstest.Handler {
	bot := healthy()
	return func(w http.ResponseWriter, c checkstest.Call) {
		for n := range hops {
			next := checkstest.Path
			if n < hops-1 {
				next = "/" + string(rune('1'+n))
			}
			if c.URL.Path == "/"+string(rune('0'+n)) {
				http.Redirect(w, c.Request, next, status)
				return
			}
		}
		bot.Serve(w, c)
	}
}

// from is the target at another path.
func from(path string, t checks.Target) checks.Target {
	t.URL = strings.TrimSuffix(t.URL, checkstest.Path) + path
	return t
}

var _ = DescribeTable("http.redirect within the app",
	func(kind checks.Kind, status, hops int, level checks.Status, words string) {
		d := diagnoseApp(signpost(status, hops), func(a *checkstest.App) checks.Target {
			return from("/0", ofKind(kind, local(a)))
		})
		Expect(d).To(tell(string(level)+" http.redirect"), d.String)
		r := d.of("http.redirect")
		Expect(r.Saw).To(ContainSubstring(words))
		Expect(r.Evidence.Exchanges).To(HaveLen(hops))
	},
	Entry("301 of a command loses the POST", checks.Command, 301, 1, checks.Fail, "301 to /slack/events; there the same request gets 200"),
	Entry("302 of a command loses the POST", checks.Command, 302, 1, checks.Fail, "lost on the way"),
	Entry("303 of a command loses the POST", checks.Command, 303, 1, checks.Fail, "lost on the way"),
	Entry("302 of an action loses the POST", checks.Action, 302, 1, checks.Fail, "lost on the way"),
	Entry("307 of a command keeps it", checks.Command, 307, 1, checks.Warn, "method and body survive"),
	Entry("308 of a menu keeps it", checks.Options, 308, 1, checks.Warn, "method and body survive"),
	Entry("301 of an event is followed", checks.Events, 301, 1, checks.Warn, "Slack follows up to two"),
	Entry("302 of an event is followed twice", checks.Events, 302, 2, checks.Warn, "Slack follows up to two"),
	Entry("302 of an event is not followed a third time", checks.Events, 302, 3, checks.Fail, "lost on the way"),
	Entry("301 and then on is shown hop by hop", checks.Command, 301, 2, checks.Fail, "301 to /1, then 301 to /slack/events"),
)

var _ = DescribeTable("http.redirect away is not followed", func(location, words string) {
	asked := false
	h := func(w http.ResponseWriter, c checkstest.Call) {
		asked = asked || c.URL.Path != checkstest.Path
		checkstest.Answer(302, "", "Location: "+location)(w, c)
	}
	for _, kind := range []checks.Kind{checks.Command, checks.Action} {
		d := diagnose(safely(ofKind(kind, local(start(h)))))
		Expect(d.of("http.redirect")).To(found(checks.Fail, "http.redirect", words), d.String)
		Expect(d.Verdict.Status).To(Equal(checks.Fail))
		Expect(asked).To(BeFalse(), "another path was asked")
	}
},
	Entry("to another host", "https://elsewhere.example/slack/events", "elsewhere.example"),
	Entry("to a login", "/login?next=/slack/events", "302 to /login"),
	Entry("to a single sign-on", "/oauth2/start", "302 to /oauth2/start"),
	Entry("to another scheme than HTTP", "ftp://127.0.0.1/slack", "ftp://"),
	Entry("to nonsense", "http://[::1", "http://[::1"),
)

var _ = Describe("http.redirect", func() {
	It("fails to another scheme of the same host, and asks on there", func() {
		app := start(healthy().Serve)
		other, err := url.Parse(app.URL)
		Expect(err).NotTo(HaveOccurred())
		secure := checkstest.ServeTLS(GinkgoT(), checkstest.Showing(checkstest.SelfSigned(checkstest.Leaf{})),
			http.RedirectHandler(other.String(), http.StatusPermanentRedirect))
		t := local(app)
		t.URL = "https://127.0.0.1:" + portOf(secure) + checkstest.Path
		d := diagnose(t)
		Expect(d.of("http.redirect")).To(found(checks.Fail, "http.redirect", "another scheme"), d.String)
		Expect(d.of("signature.valid").Status).To(Equal(checks.Pass))
		Expect(app.Calls()).NotTo(BeEmpty())
	})

	It("names a circle, and asks no more", func() {
		app := start(checkstest.Answer(307, "", "Location: "+checkstest.Path+"?again"))
		d := diagnose(local(app))
		Expect(d.of("http.redirect")).To(found(checks.Fail, "http.redirect-loop", "307 to"), d.String)
		Expect(d).To(failFor("http.redirect-loop"))
		Expect(len(app.Calls())).To(BeNumerically("<=", 3))
		Expect(d.section().Sent.Requests).To(Equal(len(app.Calls())))
	})

	It("gives up on a way without end", func() {
		n := 0
		app := start(func(w http.ResponseWriter, c checkstest.Call) {
			n++
			http.Redirect(w, c.Request, strings.Repeat("/x", n), http.StatusTemporaryRedirect)
		})
		d := diagnose(local(app))
		Expect(d).To(failFor("http.redirect-loop"), d.String)
		Expect(len(app.Calls())).To(BeNumerically("<=", 7))
	})

	It("judges what is at its end", func() {
		bot := healthy()
		bot.Secret = "another"
		h := func(w http.ResponseWriter, c checkstest.Call) {
			if c.URL.Path == "/0" {
				http.Redirect(w, c.Request, checkstest.Path, http.StatusPermanentRedirect)
				return
			}
			bot.Serve(w, c)
		}
		d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return from("/0", local(a)) })
		Expect(d).To(failFor("signature.rejects-valid"), d.String)
	})
})
