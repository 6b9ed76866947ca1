package main

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("The choice of figures", func() {
	names := func(o options) []string {
		GinkgoHelper()
		chosen, err := choose(figures(), o)
		Expect(err).NotTo(HaveOccurred())
		var names []string
		for _, f := range chosen {
			names = append(names, f.name)
		}
		return names
	}

	It("is all of them unless some are asked for", func() {
		Expect(names(options{pairs: 1})).To(Equal([]string{
			"check", "manifest", "version", "explain", "formats", "size",
			"command", "allocations", "socket", "retries",
			"postMessage", "authTest", "slacktest", "memory", "growth", "firstAnswer",
			"screenKey", "screenList", "screenAppend", "screenOpen",
		}))
		Expect(names(options{pairs: 1, run: "^(size|check)$"})).To(Equal([]string{"check", "size"}))
	})

	DescribeTable("refuses what measures nothing",
		func(o options, words string) {
			_, err := choose(figures(), o)
			Expect(err).To(MatchError(ContainSubstring(words)))
		},
		Entry("no pair", options{}, "-pairs 0"),
		Entry("a name that no figure has", options{pairs: 1, run: "speed"}, `no figure matches "speed"`),
		Entry("a broken expression", options{pairs: 1, run: "("}, "read -run"),
	)
})
