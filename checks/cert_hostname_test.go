package checks_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
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

// placeholder is a certificate with that common name, for these hosts.
func placeholder(name string, hosts ...string) checkstest.Leaf {
	return checkstest.Leaf{Change: func(c *x509.Certificate) {
		c.Subject, c.DNSNames = pkix.Name{CommonName: name, Organization: []string{"Acme Co"}}, hosts
	}}
}

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

	Entry("knows an address that is entered as a host", naming("192.0.2.1", checkstest.Leaf{Change: func(c *x509.Certificate) { c.DNSNames = []string{"192.0.2.1"} }}),
		found(checks.Fail, "cert.hostname", "not for 192.0.2.1 as an address: it is entered as a host name")),
	Entry("knows a wildcard for a top-level domain, which OpenSSL does not take", naming("example.com", names("*.com")),
		found(checks.Fail, "cert.hostname", "for *.com: OpenSSL and curl take no wildcard for all of a top-level domain")),
	Entry("passes where the host is named beside such a wildcard", naming("example.com", names("*.com", "example.com")), passes("for *.com")),

	Entry("knows the placeholder of the Kubernetes ingress controller", naming(host, placeholder("Kubernetes Ingress Controller Fake Certificate", "ingress.local")),
		SatisfyAll(found(checks.Fail, "cert.default", "the placeholder of the Kubernetes ingress controller"),
			HaveField("Problem.Fix", ContainSubstring("spec.tls of the Ingress")))),
	Entry("knows the placeholder of Traefik", naming(host, placeholder("TRAEFIK DEFAULT CERT", "0123.4567.traefik.default")),
		SatisfyAll(found(checks.Fail, "cert.default", "Traefik"), HaveField("Problem.Fix", ContainSubstring("tls.certResolver")))),
	Entry("knows the placeholder of Plesk, which has no alternative names", naming(host, placeholder("Plesk")),
		found(checks.Fail, "cert.default", "Plesk")),
	Entry("knows the placeholder of Apache's package", naming(host, checkstest.Leaf{Change: func(c *x509.Certificate) {
		c.Subject, c.DNSNames = pkix.Name{CommonName: "localhost.localdomain", Organization: []string{"SomeOrganization"}}, nil
	}}), found(checks.Fail, "cert.default", "Apache")),
	Entry("knows ngrok's own certificate", naming(host, names("*.ngrok-free.app", "ngrok-free.app")),
		SatisfyAll(found(checks.Fail, "cert.default", "ngrok, for its own domains (*.ngrok-free.app"), HaveField("Problem.Fix", ContainSubstring("ngrok http --url")))),
	Entry("passes at ngrok's own domain", naming("bot.ngrok-free.app", names("*.ngrok-free.app", "ngrok-free.app")), passes("*.ngrok-free.app")),

	Entry("warns where the common name alone matches", naming(host, checkstest.Leaf{NoSAN: true}),
		found(checks.Warn, "cert.no-san", "only the common name is bot.example.com")),
)
