package facts_test

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/facts"
)

var _ = Describe("The events", func() {
	It("are all that are documented, once each, by name", func() {
		var names []string
		subscribable := 0
		for _, e := range facts.Events() {
			names = append(names, e.Name)
			if e.Subscribable() {
				subscribable++
			}
		}
		Expect(names).To(HaveLen(118))
		Expect(slices.IsSorted(names)).To(BeTrue())
		Expect(slices.Compact(slices.Clone(names))).To(Equal(names))
		Expect(subscribable).To(Equal(92))
	})

	It("name scopes and ways in their right form", func() {
		for _, e := range facts.Events() {
			Expect(e.Name).To(MatchRegexp(`^[a-z_]+(\.[a-z_]+)?$`))
			Expect(e.APIs).NotTo(BeEmpty(), e.Name)
			for _, scope := range e.Scopes {
				Expect(scope).To(MatchRegexp(`^[a-z._]+:(read|write|history)$`), e.Name)
			}
			for _, api := range e.APIs {
				Expect(api).To(BeElementOf("Events", "RTM"), e.Name)
			}
		}
	})

	DescribeTable("are found by name",
		func(name string, subscribable bool, scopes ...string) {
			event, ok := facts.FindEvent(name)
			Expect(ok).To(BeTrue())
			Expect(event.Subscribable()).To(Equal(subscribable))
			Expect(event.Scopes).To(ConsistOf(scopes))
		},
		Entry("a mention", "app_mention", true, "app_mentions:read"),
		Entry("a direct message", "message.im", true, "im:history"),
		Entry("one that any of several scopes allows", "member_joined_channel", true, "channels:read", "groups:read", "mpim:read"),
		Entry("one without a scope", "app_home_opened", true),
		Entry("one that only RTM has", "user_typing", false),
	)

	It("do not hold what Slack does not document", func() {
		_, ok := facts.FindEvent("app_mentions")
		Expect(ok).To(BeFalse())
	})

	It("are handed out in a slice that the caller may change", func() {
		facts.Events()[0].Name = "changed"
		_, ok := facts.FindEvent("changed")
		Expect(ok).To(BeFalse())
	})
})
