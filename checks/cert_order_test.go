package checks_test

import (
	"crypto/tls"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// besides matches a chain in order with something that clients do not need.
func besides(text string) types.GomegaMatcher {
	return SatisfyAll(passes("in order"), HaveField("Remarks", ConsistOf(SatisfyAll(
		HaveField("Problem", "cert.chain-order"), HaveField("Text", ContainSubstring(text))))))
}

var _ = DescribeTable("cert.order",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertOrder, target())).To(matches)
	},
	Entry("passes with the leaf and its issuers", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.Intermediate("one").Intermediate("two").Issue(checkstest.Leaf{}), root.Pool())
	}, SatisfyAll(passes("3 certificates, in order"), HaveField("Remarks", BeEmpty()))),
	Entry("passes with a self-signed certificate alone", func() checks.Target {
		return showing(checkstest.SelfSigned(checkstest.Leaf{}), nil)
	}, SatisfyAll(passes("1 certificate, in order"), HaveField("Remarks", BeEmpty()))),
	Entry("passes with a cross-signed root that the chain needs", func() checks.Target {
		old, young := checkstest.NewAuthority("old root"), checkstest.NewAuthority("young root")
		inter := young.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, old.CrossSign(young)), old.Pool())
	}, SatisfyAll(passes("3 certificates, in order"), HaveField("Remarks", BeEmpty()))),
	Entry("passes with two certificates of one intermediate, each leading on", func() checks.Target {
		one, two := checkstest.NewAuthority("one"), checkstest.NewAuthority("two")
		inter := one.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, two.CrossSign(inter)), one.Pool())
	}, besides("R13 is sent besides")),

	Entry("remarks on the root", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, root.Certificate), root.Pool())
	}, besides("belay test root is sent besides")),
	Entry("remarks on a cross-signed root in place of a known one", func() checks.Target {
		old, young := checkstest.NewAuthority("old root"), checkstest.NewAuthority("young root")
		inter := young.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, old.CrossSign(young)),
			checkstest.Pool(old.Certificate, young.Certificate))
	}, besides("young root is sent besides")),
	Entry("remarks on a certificate that is sent twice", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		leaf := inter.Issue(checkstest.Leaf{})
		return showing(checkstest.Sending(leaf, leaf.Leaf, inter.Certificate), root.Pool())
	}, besides("bot.example.com is sent besides")),

	Entry("warns where the root comes before the intermediate", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), root.Certificate, inter.Certificate), root.Pool())
	}, SatisfyAll(found(checks.Warn, "cert.chain-order", "belay test root is sent before what it issued"),
		states("sent bot.example.com", "sent belay test root", "sent R13"))),
	Entry("warns of a stranger", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, root.Intermediate("R12").Certificate), root.Pool())
	}, found(checks.Warn, "cert.chain-order", "R12 is sent, which has nothing to do with the chain")),
	Entry("warns with --local too", func() checks.Target {
		ca := checkstest.NewAuthority("Acme CA")
		return locally(showing(checkstest.Sending(ca.Issue(checkstest.Leaf{}), checkstest.NewAuthority("Acme").Certificate), nil))
	}, found(checks.Warn, "cert.chain-order", "Acme is sent")),
)

var _ = Describe("cert.order", func() {
	It("knows a chain that is upside down, over which the handshake fails", func(ctx SpecContext) {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		leaf := inter.Issue(checkstest.Leaf{Key: checkstest.RSA(2048)})
		t := showing(tls.Certificate{
			Certificate: [][]byte{inter.Certificate.Raw, leaf.Leaf.Raw}, PrivateKey: leaf.PrivateKey,
		}, root.Pool())
		r := checks.RunAfter(ctx, checks.CertOrder, t, checks.TLSHandshake)
		Expect(r).To(found(checks.Warn, "cert.chain-order", "the first certificate is that of R13, and what it issued comes after it: bot.example.com"))
	})
})
