package checks_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("cert.validity",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertValidity, target())).To(matches)
	},
	Entry("passes in the middle of the lifetime", func() checks.Target {
		return issued(checkstest.Leaf{})
	}, SatisfyAll(passes("61 days left"), states("sent bot.example.com"))),
	Entry("passes ten days before the end of a short life", func() checks.Target {
		return issued(checkstest.Leaf{NotBefore: days(-10), NotAfter: days(10).Add(halfADay)})
	}, passes("10 days left")),
	Entry("judges a private certificate with --local", func() checks.Target {
		return locally(showing(checkstest.SelfSigned(checkstest.Leaf{NotAfter: days(-3)}), nil))
	}, found(checks.Fail, "cert.expired", "3 days ago")),

	Entry("knows an expired certificate", func() checks.Target {
		return issued(checkstest.Leaf{NotAfter: days(-3)})
	}, found(checks.Fail, "cert.expired", "it expired 3 days ago, on 20")),
	Entry("goes by Slack's clock", func() checks.Target {
		return askClock(issued(checkstest.Leaf{}), 100)
	}, found(checks.Fail, "cert.expired", "38 days ago")),
	Entry("knows a certificate that is not valid yet", func() checks.Target {
		return issued(checkstest.Leaf{NotBefore: days(2).Add(halfADay)})
	}, found(checks.Fail, "cert.not-yet-valid", "it is valid in 2 days, from 20")),
	Entry("warns in the last two weeks of a lifetime of three months", func() checks.Target {
		return issued(checkstest.Leaf{NotBefore: days(-80), NotAfter: days(10).Add(halfADay)})
	}, found(checks.Warn, "cert.expires-soon", "10 days left")),
	Entry("warns in the last hours", func() checks.Target {
		return issued(checkstest.Leaf{NotAfter: days(1).Add(halfADay + 30*time.Minute)})
	}, found(checks.Warn, "cert.expires-soon", "36 hours left")),

	Entry("knows an intermediate that has expired since", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.Intermediate("R3", lasting(-300, -5)).Issue(checkstest.Leaf{}), root.Pool())
	}, SatisfyAll(found(checks.Fail, "cert.intermediate-expired", "R3 expired 5 days ago"),
		states("sent bot.example.com", "sent R3", "known belay test root"))),
	Entry("knows an intermediate that had expired before the leaf began", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.Intermediate("R3", lasting(-300, -60)).Issue(checkstest.Leaf{}), root.Pool())
	}, found(checks.Fail, "cert.intermediate-expired", "R3 expired 60 days ago")),
	Entry("knows an expired intermediate of a private root", func() checks.Target {
		root := checkstest.NewAuthority("Acme Root")
		inter := root.Intermediate("Acme CA", lasting(-300, -5))
		return locally(showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, root.Certificate), nil))
	}, found(checks.Fail, "cert.intermediate-expired", "Acme CA expired")),
	Entry("passes where another path is valid today", func() checks.Target {
		old, root := checkstest.NewAuthority("DST Root CA X3"), checkstest.NewAuthority("ISRG Root X1")
		inter := root.Intermediate("R3")
		expired := old.CrossSign(root, lasting(-900, -30))
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, expired), checkstest.Pool(old.Certificate, root.Certificate))
	}, passes("61 days left")),
)
