//go:build e2e

package e2e_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// Both receivers of Bolt for JavaScript are held to the same: which of them an app
// has is no difference to Slack.
var _ = Describe("A healthy app of Bolt for JavaScript", func() {
	for _, name := range []string{"bolt-http", "bolt-express"} {
		DescribeTable("passes: "+name,
			func(secret string, flags ...string) { check(start(name), secret, flags...).passes() },
			Entry("asked with an unknown command", secret, "--kind", "command"),
			Entry("asked with its own command", secret, "--kind", "command", "--command", "/deploy"),
			Entry("asked with an unknown event", secret, "--kind", "event"),
			Entry("asked with its own event", secret, "--kind", "event", "--event", "app_mention"),
			Entry("asked with a forged action", secret, "--kind", "action"),
			Entry("asked with its own action", secret, "--kind", "action", "--action", "approve"),
			Entry("asked for options", secret, "--kind", "options"),
			Entry("asked for a command without a secret", "", "--kind", "command"),
			Entry("asked for events without a secret", "", "--kind", "event"),
			Entry("asked for actions without a secret", "", "--kind", "action"),
			Entry("asked with the safe probes alone", secret, "--kind", "event", "--probes", "safe"),
		)

		DescribeTable("refuses what another secret signed: "+name,
			func(flags ...string) {
				check(start(name), wrongSecret, flags...).fails("signature.rejects-valid")
			},
			Entry("asked with an unknown command", "--kind", "command"),
			Entry("asked with its own command", "--kind", "command", "--command", "/deploy"),
			Entry("asked with an unknown event", "--kind", "event"),
			Entry("asked with its own action", "--kind", "action", "--action", "approve"),
		)

		It("is recognised without a secret: "+name, func() {
			Expect(check(start(name), "").Text).To(ContainSubstring("Bolt for JavaScript"))
		})
	}
})
