package checks_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// naming is a target of that host whose certificate names others.
func naming(name string, l checkstest.Leaf) func() checks.Target {
	return func() checks.Target {
		config := checkstest.Showing(checkstest.SelfSigned(l))
		return at(name, checkstest.ServeTLS(GinkgoT(), config, fine))
	}
}

// names is a certificate for these.
func names(n ...string) checkstest.Leaf { return checkstest.Leaf{Names: n} }

var _ = DescribeTable("cert.hostname",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertHostname, target())).To(matches)
	},
	Entry("passes for the very name", naming(host, names("example.com", host)), passes("for bot.example.com")),
	Entry("passes for a wildcard of one label", naming(host, names("*.example.com")), passes("for *.example.com")),
	Entry("passes for an address that is named", naming("127.0.0.1", names("127.0.0.1")), passes("for 127.0.0.1")),
	Entry("passes for a name in capitals", naming("BOT.example.com", names(host)), passes("for bot.example.com")),
	Entry("passes for a name with a dot at its end", naming("bot.example.com.", names(host)), passes("for bot.example.com")),

	Entry("lists the names of another host", naming(host, names("www.example.org", "example.org")),
		found(checks.Fail, "cert.hostname", "for www.example.org, example.org, not for bot.example.com")),
	Entry("lists ten names of many", naming(host, names(strings.Split(strings.Repeat("a.example.org ", 12)+"b.example.org", " ")...)),
		found(checks.Fail, "cert.hostname", "a.example.org and 3 more")),
	Entry("says when a wildcard is one label short", naming("bot.dev.example.com", names("*.example.com")),
		found(checks.Fail, "cert.hostname", "*.example.com covers one label, the host has 2")),
	Entry("says when a wildcard does not reach down", naming("example.com", names("*.example.com")),
		found(checks.Fail, "cert.hostname", "*.example.com does not cover example.com itself")),
	Entry("knows that an address has to be named as one", naming("127.0.0.1", names(host)),
		found(checks.Fail, "cert.hostname", "not for 127.0.0.1")),
	Entry("judges the name with --local too", func() checks.Target {
		return locally(naming(host, names("localhost"))())
	}, found(checks.Fail, "cert.hostname", "for localhost")),
	Entry("knows a certificate without any name", naming(host, checkstest.Leaf{NoName: true}),
		found(checks.Fail, "cert.hostname", "names no host at all")),
	Entry("knows a common name that is another", naming(host, checkstest.Leaf{Names: []string{"Acme"}, NoSAN: true}),
		found(checks.Fail, "cert.hostname", "its common name is Acme")),

	Entry("warns where the common name alone matches", naming(host, checkstest.Leaf{NoSAN: true}),
		found(checks.Warn, "cert.no-san", "only the common name is bot.example.com")),
)
