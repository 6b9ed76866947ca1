package checks_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// like is a target whose certificate was changed.
func like(change func(*x509.Certificate)) func() checks.Target {
	return func() checks.Target { return issued(checkstest.Leaf{Change: change}) }
}

// odd matches what no public authority issues.
func odd(saw string) types.GomegaMatcher { return found(checks.Warn, "cert.nonconforming", saw) }

// edwards makes an Ed25519 key.
func edwards() ed25519.PrivateKey {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	Expect(err).NotTo(HaveOccurred())
	return key
}

var _ = DescribeTable("cert.form",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertForm, target())).To(matches)
	},
	Entry("passes with what a public authority issues", like(func(*x509.Certificate) {}), SatisfyAll(passes("nothing odd"), HaveField("Remarks", BeEmpty()))),
	Entry("passes with a wildcard and its domain", func() checks.Target { return issued(names("*.example.com", "example.com")) }, passes("nothing odd")),
	Entry("passes with an address", func() checks.Target { return issued(names("192.0.2.1", "2001:db8::1")) }, passes("nothing odd")),
	Entry("passes without a subject", func() checks.Target {
		return issued(checkstest.Leaf{Change: func(c *x509.Certificate) { c.Subject = pkix.Name{} }})
	}, passes("nothing odd")),
	Entry("passes with a use for clients besides", like(func(c *x509.Certificate) {
		c.ExtKeyUsage = append(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth)
	}), passes("nothing odd")),
	Entry("passes with an internationalised name", func() checks.Target { return issued(names("xn--bcher-kva.example")) }, passes("nothing odd")),
	Entry("passes below an Ed25519 root", func() checks.Target {
		root := checkstest.NewAuthorityWith(edwards(), "belay test root")
		return showing(root.IntermediateWith(edwards(), "R13").Issue(checkstest.Leaf{}), root.Pool())
	}, passes("nothing odd")),

	Entry("warns of a serial number of zero", like(func(c *x509.Certificate) { c.SerialNumber = new(big.Int) }),
		odd("bot.example.com has a serial number that is not positive (RFC 5280 section 4.1.2.2)")),
	Entry("warns of an authority as server", like(func(c *x509.Certificate) { c.IsCA = true }), odd("is an authority's, not a server's")),
	Entry("warns of a server that may sign certificates", like(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageCertSign }), odd("may sign certificates")),
	Entry("warns of name constraints at a server", like(extended(30, false, tree(permitted, wrap(0x82, []byte("example.com")...)...))),
		odd("has name constraints, which only an authority may")),
	Entry("warns where the extended key usage is missing", like(func(c *x509.Certificate) { c.ExtKeyUsage = nil }), odd("has no extended key usage")),
	Entry("warns of any extended key usage", like(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageAny} }), odd("is for any")),
	Entry("warns of an extended key usage that is critical", like(extended(37, true, wrap(0x30, wrap(6, 0x2b, 6, 1, 5, 5, 7, 3, 1)...))), odd("that is critical")),
	Entry("warns of names that are not critical where there is no subject", like(func(c *x509.Certificate) {
		c.Subject = pkix.Name{}
		extended(17, false, wrap(0x30, wrap(0x82, []byte(host)...)...))(c)
	}), odd("alternative names that are not critical")),
	Entry("warns of names that are critical where there is a subject", like(extended(17, true, wrap(0x30, wrap(0x82, []byte(host)...)...))),
		odd("alternative names that are critical")),
	Entry("warns of an underscore", func() checks.Target { return issued(names(host, "my_bot.example.com")) }, odd("names my_bot.example.com, which is no host name")),
	Entry("warns of an address as a host", like(func(c *x509.Certificate) { c.DNSNames = append(c.DNSNames, "192.0.2.1") }), odd("names the address 192.0.2.1 as a host")),
	Entry("warns of a wildcard for a registry's suffix", func() checks.Target { return issued(names("*.co.uk")) }, odd("a whole public suffix by *.co.uk")),
	Entry("warns of a wildcard for a company's suffix below a root that is given", func() checks.Target {
		return issued(names("*.herokuapp.com"))
	}, odd("a whole public suffix by *.herokuapp.com")),
	Entry("warns of a common name that is none of the names", like(func(c *x509.Certificate) { c.Subject.CommonName = "Bot.example.com" }),
		odd("has the common name Bot.example.com, which is none of its alternative names")),
	Entry("warns of a common name that is an address written otherwise", like(func(c *x509.Certificate) {
		c.Subject.CommonName, c.IPAddresses = "2001:DB8::1", []net.IP{net.ParseIP("2001:db8::1")}
	}), odd("2001:DB8::1")),
	Entry("warns of a key of an odd length", func() checks.Target { return issued(checkstest.Leaf{Key: checkstest.RSA(2050)}) }, odd("RSA 2050, which is no multiple of 8")),
	Entry("counts what it does not tell", like(func(c *x509.Certificate) {
		c.SerialNumber, c.ExtKeyUsage, c.IsCA, c.Subject.CommonName = new(big.Int), nil, true, "Bot"
	}), odd("; and 1 more")),

	Entry("warns of an authority without a subject", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("", func(c *x509.Certificate) { c.Subject = pkix.Name{} })
		return showing(inter.Issue(checkstest.Leaf{}), root.Pool())
	}, odd("has no subject (RFC 5280 section 4.1.2.6)")),
	Entry("warns of basic constraints that are not critical", below(extended(19, false, wrap(0x30, wrap(1, 0xff)...)), checkstest.Leaf{}),
		odd("R13 has basic constraints that are not critical")),
	Entry("warns of policy constraints that are not critical", below(extended(36, false, wrap(0x30, wrap(0x81, 1)...)), checkstest.Leaf{}),
		odd("R13 has policy constraints that are not critical")),
	Entry("warns of a limit with a period before", below(extended(30, true, tree(permitted, wrap(0x82, []byte(".example.com")...)...)), checkstest.Leaf{}),
		odd("R13 limits host names by .example.com, with a period")),
	Entry("warns of a root that is meant for servers only", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} })
		return showing(root.Issue(checkstest.Leaf{}), root.Pool())
	}, odd("belay test root is a root with an extended key usage")),
	Entry("warns of a root with a stranger's key identifier", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", extended(35, false, wrap(0x30, wrap(0x80, 1, 2, 3)...)))
		return showing(root.Issue(checkstest.Leaf{}), root.Pool())
	}, odd("is a root whose authority key identifier is not its own")),
	Entry("warns of a key identifier that names the issuer's issuer", below(extended(35, false, wrap(0x30, wrap(0x82, 1)...)), checkstest.Leaf{}),
		odd("names the issuer's issuer")),
	Entry("warns of an authority that the key identifier does not name", below(extended(35, false, wrap(0x30)), checkstest.Leaf{}),
		odd("R13 has no authority key identifier")),
	Entry("warns of an authority without a key identifier", below(extended(14, false, wrap(0x04)), checkstest.Leaf{}), odd("R13 has no subject key identifier")),

	Entry("remarks on name constraints that are not critical, which public authorities may have", below(func(c *x509.Certificate) {
		c.PermittedDNSDomains = []string{"example.com"}
	}, checkstest.Leaf{}), SatisfyAll(HaveField("Status", checks.Pass), HaveField("Problem", BeNil()),
		HaveField("Remarks", ConsistOf(HaveField("Problem", "cert.nonconforming"))))),

	Entry("does not hold a private certificate to it with --local", func() checks.Target {
		return locally(showing(checkstest.SelfSigned(checkstest.Leaf{Usages: []x509.ExtKeyUsage{}}), nil))
	}, HaveField("Reason", ContainSubstring("--local"))),
	Entry("does not add it to a root that nobody knows", func() checks.Target {
		return showing(checkstest.SelfSigned(checkstest.Leaf{Usages: []x509.ExtKeyUsage{}}), nil)
	}, HaveField("Reason", ContainSubstring("see cert.chain"))),
)
