package problem_test

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/problem"
)

var _ = Describe("The cause", func() {
	It("ranks the stages from the road to the app", func() {
		stages := []string{
			"url.invalid", "vantage.fake-ip", "dns.nxdomain", "tcp.refused", "tls.closed", "cert.expired",
			"http.auth-required", "http.method-not-allowed",
			"app.died",
			"signature.parsed-body", "clock.skew", "verification-token.rejects-valid", "signature.rejects-valid",
			"http.closed", "http.server-error", "http.status",
			"ack.timeout", "reply.invalid-json", "events.challenge", "oauth.state", "socket.no-ack",
			"signature.accepts-unsigned", "signature.accepts-stale", "verification-token.accepts-wrong", "ssl-check.bypass",
			"team.not-installed", "signature.refuses-badly", "manifest.invalid",
			"api.unknown-method", "response-url.limit", "webhook.override-ignored", "follow-up.missing",
		}
		Expect(slices.IsSortedFunc(stages, byRank)).To(BeTrue())
	})

	It("gives no two problems the same rank", func() {
		seen := map[int]string{}
		for _, id := range problem.IDs() {
			rank := problem.CauseRank(id)
			Expect(seen).NotTo(HaveKey(rank), "%s and %s", id, seen[rank])
			seen[rank] = id
		}
	})

	DescribeTable("of two failures names the one that explains the other",
		func(cause, other string) { Expect(byRank(cause, other)).To(BeNumerically("<", 0)) },
		Entry("a name without address, not the timeout it leads to", "dns.no-address", "ack.timeout"),
		Entry("a login before the app, not the refused signature", "http.auth-required", "signature.rejects-valid"),
		Entry("a stopped tunnel, not its 404", "http.tunnel-offline", "http.not-found"),
		Entry("a parsed body, not the refused signature", "signature.parsed-body", "signature.rejects-valid"),
		Entry("a wrong clock, not the refused signature", "clock.skew", "signature.rejects-valid"),
		Entry("a refused signature, not the client error it looks like", "signature.rejects-valid", "http.client-error"),
		Entry("a dead app, not the answer it never gave", "app.died", "http.closed"),
		Entry("what fails for users, before what lets strangers in", "ack.timeout", "signature.accepts-unsigned"),
		Entry("within a family, the order of the catalogue", "cert.self-signed", "cert.expired"),
	)
})

// byRank orders IDs as causes.
func byRank(a, b string) int { return problem.CauseRank(a) - problem.CauseRank(b) }
