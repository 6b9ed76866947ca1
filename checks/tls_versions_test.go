package checks_test

import (
	"crypto/tls"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
)

var _ = DescribeTable("tls.versions",
	func(ctx SpecContext, least uint16, matches types.GomegaMatcher) {
		target := at(host, serving(func(c *tls.Config) { c.MinVersion = least }))
		Expect(checks.RunCheck(ctx, checks.TLSVersions, target)).To(matches)
	},
	Entry("passes where nothing older is taken", uint16(tls.VersionTLS12),
		SatisfyAll(passes("1.1 and older are refused"), HaveField("Remarks", BeEmpty()))),
	Entry("remarks on TLS 1.1", uint16(tls.VersionTLS10),
		SatisfyAll(passes("TLS 1.3"), HaveField("Remarks", ConsistOf(HaveField("Problem", "tls.old-versions"))))),
)
