package checks_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// living is a target whose certificate was issued on a day and lives for so many, to
// the last second.
func living(from string, days int) func() checks.Target {
	return func() checks.Target {
		began, err := time.Parse(time.DateOnly, from)
		Expect(err).NotTo(HaveOccurred())
		return issued(checkstest.Leaf{NotBefore: began, NotAfter: began.AddDate(0, 0, days).Add(-time.Second)})
	}
}

func tooLong(saw string) types.GomegaMatcher { return found(checks.Warn, "cert.lifetime", saw) }

var _ = DescribeTable("cert.lifetime",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertLifetime, target())).To(matches)
	},
	Entry("passes with 398 days of before 2026-03-15", living("2026-03-14", 398), passes("398 days in all")),
	Entry("warns of one more", living("2026-03-14", 399), tooLong("it lives for 399 days, where 398 are allowed for one issued on 2026-03-14")),
	Entry("passes with 200 days from then on", living("2026-03-15", 200), passes("200 days in all")),
	Entry("warns of one more than that", living("2026-03-15", 201), tooLong("201 days, where 200")),
	Entry("passes with 100 days from 2027 on", living("2027-03-15", 100), passes("100 days in all")),
	Entry("warns of one more than that from 2027 on", living("2027-03-15", 101), tooLong("101 days, where 100")),
	Entry("passes with 47 days from 2029 on", living("2029-03-15", 47), passes("47 days in all")),
	Entry("warns of one more than that from 2029 on", living("2029-03-15", 48), tooLong("48 days, where 47")),
	Entry("passes with 825 days of before 2020-09-01", living("2020-08-31", 825), passes("825 days in all")),
	Entry("warns of ten years", living("2019-01-01", 3652), tooLong("3652 days, where 825")),
	Entry("knows no limit for what is older than the rules", living("2012-01-01", 3652), passes("3652 days in all")),
	Entry("judges where an intermediate is missing", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(cutting(root.Intermediate("R13").Issue(checkstest.Leaf{NotAfter: days(900), IssuingURL: aia})), root.Pool())
	}, tooLong("days, where")),
	Entry("does not hold a private certificate to it with --local", func() checks.Target {
		return locally(showing(checkstest.SelfSigned(checkstest.Leaf{NotAfter: days(3000)}), nil))
	}, SatisfyAll(HaveField("Status", checks.Skip), HaveField("Reason", ContainSubstring("--local")))),
	Entry("does not add it to a root that nobody knows", func() checks.Target {
		return showing(checkstest.SelfSigned(checkstest.Leaf{NotAfter: days(3000)}), nil)
	}, SatisfyAll(HaveField("Status", checks.Skip), HaveField("Reason", ContainSubstring("see cert.chain")))),
)
