package checks_test

import (
	"crypto/x509"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("cert.usage",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertUsage, target())).To(matches)
	},
	Entry("passes for servers", func() checks.Target { return issued(checkstest.Leaf{}) }, passes("for serverAuth")),
	Entry("passes for every use", func() checks.Target {
		return issued(checkstest.Leaf{Usages: []x509.ExtKeyUsage{}})
	}, passes("for every use")),
	Entry("passes for any use", func() checks.Target {
		return issued(checkstest.Leaf{Usages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	}, passes("anyExtendedKeyUsage")),
	Entry("knows a certificate for clients", func() checks.Target {
		return issued(checkstest.Leaf{Usages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	}, found(checks.Fail, "cert.usage", "bot.example.com is only for clientAuth")),
	Entry("knows an issuer of certificates for mail", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("Mail CA", func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}
		})
		return showing(inter.Issue(checkstest.Leaf{}), root.Pool())
	}, found(checks.Fail, "cert.usage", "Mail CA is only for emailProtection")),
)
