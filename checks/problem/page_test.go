package problem_test

import (
	"bytes"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/checkstest"
	"belay/checks/problem"
)

var _ = Describe("a problem's page", func() {
	It("says what, why, the fix for each framework, and where to read on", func() {
		p, ok := problem.Find("ack.timeout")
		Expect(ok).To(BeTrue())
		var b bytes.Buffer
		Expect(p.Page(&b)).To(Succeed())
		for _, words := range []string{
			"ack.timeout: ", "status ", "fail", "operation_timeout", "why ", "fix ", "Bolt for JavaScript: ", "seen in ", "https://docs.slack.dev/",
		} {
			Expect(b.String()).To(ContainSubstring(words))
		}
	})

	It("says that the fake Slack finds what no check does", func() {
		for id, by := range map[string]OmegaMatcher{"socket.no-ack": ContainSubstring("the fake Slack"), "ack.timeout": Not(ContainSubstring("found by"))} {
			p, ok := problem.Find(id)
			Expect(ok).To(BeTrue())
			var b bytes.Buffer
			Expect(p.Page(&b)).To(Succeed())
			Expect(b.String()).To(by)
		}
	})

	It("is there for every problem of the catalogue", func() {
		for _, p := range problem.All() {
			var b bytes.Buffer
			Expect(p.Page(&b)).To(Succeed())
			Expect(strings.Count(b.String(), "\n")).To(BeNumerically(">=", 6), p.ID)
		}
	})

	It("is in docs/problems.md as the code has it", func() {
		var b bytes.Buffer
		Expect(problem.Markdown(&b)).To(Succeed())
		Expect(checkstest.Golden("../../docs/problems.md", b.String())).To(Succeed())
	})
})
