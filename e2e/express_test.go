//go:build e2e

package e2e_test

import (
	. "github.com/onsi/ginkgo/v2"
)

var _ = Describe("An app of plain Express", func() {
	DescribeTable("passes when it verifies the bytes as they came",
		func(secret string, flags ...string) { check(start("plain-right"), secret, flags...).passes() },
		Entry("asked with an unknown command", secret, "--kind", "command"),
		Entry("asked with its own command", secret, "--kind", "command", "--command", "/deploy"),
		Entry("asked with an unknown event", secret, "--kind", "event"),
		Entry("asked with its own action", secret, "--kind", "action", "--action", "approve"),
		Entry("asked without a secret", "", "--kind", "command"),
	)

	DescribeTable("is told that it hashes what it parsed",
		func(name string, flags ...string) {
			check(start(name), secret, flags...).fails("signature.parsed-body")
		},
		Entry("by JSON.stringify, of a command", "parsed-body-json", "--kind", "command"),
		Entry("by JSON.stringify, of a command of its own", "parsed-body-json", "--kind", "command", "--command", "/deploy"),
		Entry("by JSON.stringify, of an event", "parsed-body-json", "--kind", "event"),
		Entry("by qs.stringify, of a command", "parsed-body-qs", "--kind", "command"),
		Entry("by qs.stringify, of a command of its own", "parsed-body-qs", "--kind", "command", "--command", "/deploy"),
	)

	DescribeTable("is not told so when the secret is another one",
		func(name string) {
			check(start(name), wrongSecret).fails("signature.rejects-valid")
		},
		Entry("by JSON.stringify", "parsed-body-json"),
		Entry("by qs.stringify", "parsed-body-qs"),
		Entry("of the bytes as they came", "plain-right"),
	)
})
