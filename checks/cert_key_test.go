package checks_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("cert.key",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertKey, target())).To(matches)
	},
	Entry("passes with P-256", func() checks.Target { return issued(checkstest.Leaf{}) }, passes("ECDSA P-256")),
	Entry("passes with RSA of 2048 bits", func() checks.Target {
		return issued(checkstest.Leaf{Key: checkstest.RSA(2048)})
	}, passes("RSA 2048")),
	Entry("knows a short RSA key", func() checks.Target {
		return issued(checkstest.Leaf{Key: checkstest.RSA(1024)})
	}, found(checks.Fail, "cert.weak-key", "bot.example.com has a key of RSA 1024")),
	Entry("knows a short key of a root that is given", func() checks.Target {
		root := checkstest.NewAuthorityWith(checkstest.RSA(1024), "Old Root")
		return showing(root.Issue(checkstest.Leaf{}), root.Pool())
	}, found(checks.Fail, "cert.weak-key", "Old Root has a key of RSA 1024")),
	Entry("knows a short curve of an issuer", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.IntermediateWith(checkstest.P224(), "Small CA").Issue(checkstest.Leaf{}), root.Pool())
	}, found(checks.Fail, "cert.weak-key", "Small CA has a key of ECDSA P-224")),
)
