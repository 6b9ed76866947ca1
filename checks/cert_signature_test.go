package checks_test

import (
	"crypto/x509"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// withSHA1 has a certificate signed with SHA-1, by a key on an elliptic curve.
func withSHA1(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 }

var _ = DescribeTable("cert.signature",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertSignature, target())).To(matches)
	},
	Entry("passes with SHA-256", func() checks.Target { return issued(checkstest.Leaf{}) }, passes("ECDSA-SHA256")),
	Entry("passes where only the root is signed with SHA-1", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", withSHA1)
		inter := root.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, root.Certificate), root.Pool())
	}, passes("ECDSA-SHA256")),
	Entry("passes where a sent certificate is signed with SHA-1 and another one leads to a root", func() checks.Target {
		old, root := checkstest.NewAuthority("old root"), checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), old.CrossSign(inter, withSHA1), inter.Certificate), root.Pool())
	}, passes("ECDSA-SHA256")),
	Entry("knows a certificate that is signed with SHA-1", func() checks.Target {
		return issued(checkstest.Leaf{Change: withSHA1})
	}, found(checks.Fail, "cert.weak-signature", "bot.example.com is signed with ECDSA-SHA1")),
	Entry("knows an intermediate that is signed with SHA-1", below(withSHA1, checkstest.Leaf{}),
		SatisfyAll(found(checks.Fail, "cert.weak-signature", "R13 is signed with ECDSA-SHA1"), states("sent bot.example.com", "sent R13"))),
	Entry("knows it with --local, below a root that nobody knows", func() checks.Target {
		return locally(showing(checkstest.NewAuthority("Acme CA").Issue(checkstest.Leaf{Change: withSHA1}), nil))
	}, found(checks.Fail, "cert.weak-signature", "bot.example.com")),
)
