package checks_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("http.direct names who answers in the app's place",
	func(h checkstest.Handler, id, who string, shows string) {
		for _, t := range []func(checks.Target) checks.Target{unchanged, unsigned, safely, asAction, asEvents} {
			d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return t(local(a)) })
			Expect(d.of("http.direct")).To(found(checks.Fail, id, who), d.String)
			Expect(d).To(failFor(id), d.String)
			Expect(d.Verdict.SlackShows.User).To(Equal(shows))
			Expect(d.of("http.direct").Evidence.Exchanges).NotTo(BeEmpty())
			Expect(d.of("signature.forged")).To(skips("http.direct"))
		}
	},
	Entry("a password", checkstest.Answer(401, "", `WWW-Authenticate: Basic realm="staging"`), "http.auth-required", "a login", "http_client_error"),
	Entry("an access proxy", checkstest.Answer(403, "RBAC: access denied", "Server: istio-envoy"), "http.auth-required", "Envoy", "http_client_error"),
	Entry("a CSRF protection", checkstest.Answer(403, "<!DOCTYPE html><html><body>CSRF verification failed. Request aborted."), "http.csrf", "Django", "http_client_error"),
	Entry("a framework that refuses the host", checkstest.Answer(403, "Blocked request. This host (\"bot.example.com\") is not allowed."), "http.host-refused", "Vite", "http_client_error"),
	Entry("a bot protection", checkstest.Answer(403, "", "Cf-Mitigated: challenge"), "http.bot-challenge", "Cloudflare", "http_client_error"),
	Entry("a tunnel without an end", checkstest.Answer(404, "", "Ngrok-Error-Code: ERR_NGROK_3200"), "http.tunnel-offline", "ngrok", "http_client_error"),
	Entry("a router without an app", checkstest.Answer(503, "no healthy upstream"), "http.tunnel-offline", "Envoy", "http_service_error"),
	Entry("a rate limit", checkstest.Answer(429, "slow down", "Retry-After: 60"), "http.rate-limited", "a rate limiter", "http_client_error"),
	Entry("a proxy that gets no answer", checkstest.Answer(502, "<html><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></html>"), "http.bad-gateway", "nginx", "http_service_error"),
)

var _ = Describe("http.direct", func() {
	It("passes, and names the framework", func() {
		bot := healthy()
		bot.Refuse = checkstest.Answer(401, `{"error": "invalid request"}`)
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("http.direct")).To(passes("Bolt for Python"))
		Expect(d.of("http.direct").Evidence.Fingerprint).To(SatisfyAll(
			HaveField("Framework", "Bolt for Python"), HaveField("Sure", true), HaveField("Signs", Not(BeEmpty()))))
	})

	It("asks no more of somebody who answers in the app's place at once", func() {
		for _, answer := range []checkstest.Handler{checkstest.Answer(429, ""), checkstest.Answer(403, "", "Cf-Mitigated: challenge")} {
			for _, kind := range checks.Surfaces() {
				app := start(answer)
				Expect(diagnose(ofKind(kind, local(app))).Verdict.Status).To(Equal(checks.Fail))
				Expect(app.Calls()).To(HaveLen(1), string(kind))
			}
		}
	})
})

// stepIn answers as an app up to a request, and by somebody else from there on.
func stepIn(from int, other checkstest.Handler) checkstest.Handler {
	return func(w http.ResponseWriter, c checkstest.Call) {
		if c.Number < from {
			healthy().Serve(w, c)
			return
		}
		other(w, c)
	}
}

var _ = DescribeTable("a firewall that steps in on the way is belay's own doing", func(from int, answer checkstest.Handler) {
	for _, t := range []func(checks.Target) checks.Target{unchanged, safely, asEvents} {
		app := start(stepIn(from, answer))
		d := diagnose(t(local(app)))
		Expect(d.of("http.direct")).To(isInconclusive("likely because of belay's own requests"), d.String)
		Expect(d.told()).To(HaveEach(HavePrefix("inconclusive")), d.String)
		Expect(d.Verdict).To(SatisfyAll(HaveField("Status", checks.Inconclusive), HaveField("Cause", "")))
		Expect(app.Calls()).To(HaveLen(from), "nothing more is asked")
	}
},
	Entry("429 at the second request", 2, checkstest.Answer(429, "")),
	Entry("429 at the fourth request", 4, checkstest.Answer(429, "")),
	Entry("a challenge at the fourth request", 4, checkstest.Answer(403, "", "Cf-Mitigated: challenge")),
	Entry("429 at the first probe", 7, checkstest.Answer(429, "")),
	Entry("a challenge at the first probe", 7, checkstest.Answer(403, "", "Cf-Mitigated: challenge")),
	Entry("429 at the forged request", 8, checkstest.Answer(429, "")),
	Entry("429 at a later request", 9, checkstest.Answer(429, "")),
)

var _ = DescribeTable("a firewall that steps in on the way, without a secret", func(from int) {
	app := start(stepIn(from, checkstest.Answer(429, "")))
	d := diagnose(unsigned(local(app)))
	Expect(d.Verdict).To(SatisfyAll(HaveField("Status", checks.Inconclusive), HaveField("Cause", "")), d.String)
	Expect(app.Calls()).To(HaveLen(from), "nothing more is asked")
},
	Entry("at the second request", 2),
	Entry("at the forged request", 7),
	Entry("at a later request", 8),
)
