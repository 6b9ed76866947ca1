package problem_test

import (
	"regexp"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/problem"
)

// answerers are the names under which a fix may be worded.
var answerers = []string{
	"Bolt for JavaScript", "Bolt for Python", "Bolt for Java", "slack-go",
	"Express", "Flask", "Django", "Rails",
	"nginx", "Apache", "Caddy", "Traefik", "Envoy",
	"Cloudflare", "ngrok", "Heroku", "Render", "Vercel", "AWS API Gateway", "AWS Lambda",
}

// flags are belay's own, then those of the tools that the fixes call.
var flags = strings.Fields(`
	--local --resolve --dns --public-dns --ca-file --signing-secret --verification-token
	--command --action --event --team --user --samples --probes --distributed --timeout
	--deadline --header --kind --format --aia --revocation
	--nginx --apache --dry-run --force-renewal --deploy-hook --scheme --url --host-header
	--tail --auth-type --certificate-chain`)

// sentenceEnd is where a second sentence would begin.
var sentenceEnd = regexp.MustCompile(`[.!?]\s+[A-Z]`)

// beOneSentence accepts a single sentence with its full stop, on one line.
func beOneSentence() OmegaMatcher {
	return And(
		MatchRegexp(`^[A-Z].*[^.]\.$`),
		Not(MatchRegexp(sentenceEnd.String())),
		Not(ContainSubstring("\n")),
	)
}

var _ = Describe("The catalogue", func() {
	It("holds each problem once, family by family", func() {
		Expect(problem.IDs()).To(Equal(expectedIDs()))
	})

	It("hands out a slice that the caller may change", func() {
		all := problem.All()
		all[0].ID = "changed"
		Expect(problem.All()[0].ID).NotTo(Equal("changed"))
		_, ok := problem.Find("changed")
		Expect(ok).To(BeFalse())
	})

	It("finds a problem by its ID, and nothing by another", func() {
		p, ok := problem.Find("ack.timeout")
		Expect(ok).To(BeTrue())
		Expect(p.Family()).To(Equal("ack"))
		Expect(p.May(problem.Fail)).To(BeTrue())
		Expect(p.May(problem.Remark)).To(BeFalse())

		_, ok = problem.Find("ack.unheard-of")
		Expect(ok).To(BeFalse())
	})

	It("words a fix for who answered, and else in general", func() {
		p, _ := problem.Find("cert.chain-incomplete")
		Expect(p.FixFor("nginx")).To(ContainSubstring("fullchain.pem"))
		Expect(p.FixFor("nginx")).NotTo(Equal(p.Fix))
		Expect(p.FixFor("somebody else")).To(Equal(p.Fix))
	})

	for _, p := range problem.All() {
		Describe(p.ID, func() {
			It("has a page", func() { expectPage(p) })
			It("has levels, worst first", func() { expectLevels(p) })
			It("says what Slack shows, and how sure that is", func() { expectShows(p) })
			It("has fixes for known answerers, with flags that exist", func() { expectFixes(p) })
		})
	}
})

func expectPage(p problem.Problem) {
	GinkgoHelper()
	Expect(p.ID).To(MatchRegexp(`^[a-z-]+\.[a-z0-9-]+$`))
	Expect(p.Title).To(MatchRegexp(`^[A-Z][^\n]*[^.\n]$`))
	Expect(p.Title).NotTo(ContainSubstring("%"))
	Expect(p.Why).To(beOneSentence())
	Expect(p.Fix).To(beOneSentence())
	Expect(p.Doc).To(HavePrefix("https://docs.slack.dev/"))
	for _, c := range p.Cases {
		Expect(c).To(MatchRegexp(`^[\w.-]+/[\w.-]+#[0-9]+$`))
	}
}

func expectLevels(p problem.Problem) {
	GinkgoHelper()
	worst := []problem.Level{problem.Fail, problem.Warn, problem.Inconclusive, problem.Remark}
	Expect(p.Levels).NotTo(BeEmpty())
	Expect(worst).To(ContainElements(p.Levels))
	Expect(slices.IsSortedFunc(p.Levels, func(a, b problem.Level) int {
		return slices.Index(worst, a) - slices.Index(worst, b)
	})).To(BeTrue())
}

func expectShows(p problem.Problem) {
	GinkgoHelper()
	s := p.Shows
	if s.User+s.RetryReason+s.Words == "" {
		Expect(s.Confidence).To(BeEmpty())
		return
	}
	Expect(s.Confidence).To(BeElementOf(problem.Confirmed, problem.Probable))
	if s.User == "http_service_error" {
		Expect(s.Confidence).To(Equal(problem.Probable), "no public report shows http_service_error")
	}
}

func expectFixes(p problem.Problem) {
	GinkgoHelper()
	flag := regexp.MustCompile(`--[a-z][a-z-]*`)
	for name, fix := range p.Fixes {
		Expect(answerers).To(ContainElement(name))
		Expect(fix).To(beOneSentence(), name)
		Expect(fix).NotTo(Equal(p.Fix), name)
	}
	for _, text := range append(fixes(p), p.Why) {
		for _, f := range flag.FindAllString(text, -1) {
			Expect(flags).To(ContainElement(f))
		}
		for _, m := range regexp.MustCompile(`belay ([a-z]+) (?:URL|--)`).FindAllStringSubmatch(text, -1) {
			Expect(m[1]).To(BeElementOf("check", "demo", "version", "with"))
		}
	}
}

// fixes are all wordings of a problem's fix.
func fixes(p problem.Problem) []string {
	all := []string{p.Fix}
	for _, fix := range p.Fixes {
		all = append(all, fix)
	}
	return all
}

// expectedIDs are written out, because IDs are a contract: one that vanishes or
// changes breaks the CI configurations that name it.
func expectedIDs() []string {
	return strings.Fields(`
		vantage.inspected vantage.proxy vantage.no-route vantage.fake-ip
		url.invalid url.scheme url.ip-literal url.wrong-kind
		dns.nxdomain dns.servfail dns.timeout dns.no-address dns.private-address dns.ipv6-only dns.split-horizon dns.slow
		tcp.refused tcp.timeout tcp.reset tcp.partial
		tls.not-tls tls.timeout tls.closed tls.version tls.handshake-failure tls.unrecognized-name tls.client-certificate tls.old-versions tls.client-unverified
		cert.default cert.self-signed cert.untrusted-root cert.local-root cert.chain-incomplete cert.chain-order
		cert.expired cert.not-yet-valid cert.intermediate-expired cert.expires-soon cert.revoked cert.hostname cert.no-san
		cert.usage cert.name-constraint cert.path-length cert.weak-key cert.weak-signature cert.nonconforming cert.lifetime
		http.closed http.malformed http.truncated http.redirect http.redirect-loop http.not-found http.method-not-allowed
		http.auth-required http.csrf http.host-refused http.bot-challenge http.tunnel-offline http.rate-limited http.bad-gateway
		http.server-error http.client-error http.status
		ack.timeout ack.body-stalled ack.cold-start ack.slow ack.no-handler
		app.died team.not-installed team.accepts-foreign ssl-check.refused ssl-check.bypass
		signature.rejects-valid signature.parsed-body signature.accepts-unsigned signature.accepts-forged
		signature.accepts-tampered signature.accepts-stale signature.refuses-badly
		verification-token.accepts-wrong verification-token.rejects-valid clock.skew
		reply.invalid-json reply.content-type reply.html reply.invalid-blocks reply.invalid-message reply.too-large
		reply.ignored reply.view-action reply.options
		events.challenge events.duplicate-work events.loop
		oauth.state oauth.code-reuse client-secret.stale
		revocation.keeps-calling uninstall.keeps-data rotation.expired workspace.data-leak outage.not-acknowledged
		socket.no-ack socket.late-ack socket.double-ack socket.large-ack socket.no-reconnect
		manifest.socket-mode manifest.url-missing manifest.url-stale manifest.scope-missing
		manifest.messages-tab manifest.redirect-url manifest.invalid
		api.unknown-method api.base-url api.token-place api.wrong-token-kind api.missing-scope api.missing-argument api.invalid-argument
		api.blocks api.near-limit api.ignores-retry-after api.trigger-expired
		response-url.limit response-url.expired webhook.override-ignored follow-up.missing`)
}
