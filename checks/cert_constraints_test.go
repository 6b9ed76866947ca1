package checks_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"net/url"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// below is a target whose certificate an intermediate with that change issued.
func below(change func(*x509.Certificate), l checkstest.Leaf) func() checks.Target {
	return func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.Intermediate("R13", change).Issue(l), root.Pool())
	}
}

// extended adds an extension to a certificate, in DER.
func extended(id int, critical bool, value []byte) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		oid := asn1.ObjectIdentifier{2, 5, 29, id}
		c.ExtraExtensions = append(c.ExtraExtensions, pkix.Extension{Id: oid, Critical: critical, Value: value})
	}
}

// tree is a subtree of a name constraint: the base as it is encoded.
func tree(list byte, base ...byte) []byte {
	subtree := wrap(0x30, base...)
	return wrap(0x30, wrap(list, subtree...)...)
}

// wrap is a short element of DER.
func wrap(tag byte, value ...byte) []byte { return append([]byte{tag, byte(len(value))}, value...) }

const permitted, excluded = 0xa0, 0xa1

// commonName is a directory name in DER.
func commonName(name string) []byte {
	der, err := asn1.Marshal(pkix.Name{CommonName: name}.ToRDNSequence())
	if err != nil {
		panic(err)
	}
	return der
}

func parsedURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}

func network(text string) []*net.IPNet {
	_, n, err := net.ParseCIDR(text)
	if err != nil {
		panic(err)
	}
	return []*net.IPNet{n}
}

// barred matches a name that an issuer may not issue for.
func barred(saw string) types.GomegaMatcher { return found(checks.Fail, "cert.name-constraint", saw) }

var _ = DescribeTable("cert.constraints: names",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		t := target()
		Expect(checks.RunCheck(ctx, checks.CertConstraints, t)).To(matches)
		Expect(checks.RunCheck(ctx, checks.CertChain, t)).To(passes("complete chain"))
	},
	Entry("passes without constraints", below(func(*x509.Certificate) {}, checkstest.Leaf{}), passes("nothing is in its way")),
	Entry("passes within a domain", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} },
		checkstest.Leaf{}), passes("within the names that R13 may issue for")),
	Entry("passes with a wildcard within a domain", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"Example.com"} },
		names("*.example.com")), passes("R13")),
	Entry("passes beside an excluded domain", below(func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"bot.example.org"} },
		names("bot.example.com", "robot.example.org")), passes("R13")),
	Entry("passes with constraints of another form", below(func(c *x509.Certificate) { c.PermittedIPRanges = network("192.0.2.0/24") },
		checkstest.Leaf{}), passes("R13")),
	Entry("passes with a name of the domain and a period before", below(extended(30, true, tree(permitted, wrap(0x82, []byte(".example.com")...)...)),
		checkstest.Leaf{}), passes("R13")),
	Entry("passes with a subject within a directory", below(extended(30, true, tree(permitted, wrap(0xa4, commonName("BOT.example.com")...)...)),
		checkstest.Leaf{}), passes("R13")),
	Entry("passes with a form that nobody knows and that no name has", below(extended(30, true, tree(excluded, wrap(0xa0, 6, 1, 42)...)),
		checkstest.Leaf{}), passes("R13")),

	Entry("knows a domain that is not permitted", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.org"} },
		checkstest.Leaf{}), barred("R13 may not issue for bot.example.com, which its name constraints do not permit")),
	Entry("knows a namesake that is not below a domain", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} },
		names("bot.myexample.com")), barred("bot.myexample.com")),
	Entry("knows a domain that is excluded", below(func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"example.com"} },
		checkstest.Leaf{}), barred("bot.example.com, which its name constraints exclude")),
	Entry("knows a wildcard that stands for an excluded host", below(func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"bot.example.com"} },
		names("*.example.com")), barred("*.example.com, which its name constraints exclude")),
	Entry("knows a wildcard that stands for more than is permitted", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"bot.example.com"} },
		names("*.example.com")), barred("*.example.com, which its name constraints do not permit")),
	Entry("knows the second name", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} },
		names("bot.example.com", "bot.example.org")), barred("bot.example.org")),
	Entry("knows an address", below(func(c *x509.Certificate) { c.PermittedIPRanges = network("192.0.2.0/24") },
		names("192.0.3.1")), barred("192.0.3.1, which its name constraints do not permit")),
	Entry("knows an excluded address", below(func(c *x509.Certificate) { c.ExcludedIPRanges = network("2001:db8::/32") },
		names("2001:db8::1")), barred("2001:db8::1, which its name constraints exclude")),
	Entry("knows a mailbox", below(func(c *x509.Certificate) { c.PermittedEmailAddresses = []string{"example.com"} },
		checkstest.Leaf{Change: func(c *x509.Certificate) { c.EmailAddresses = []string{"bot@example.org"} }}), barred("bot@example.org")),
	Entry("knows a mailbox that is not the very one", below(func(c *x509.Certificate) { c.PermittedEmailAddresses = []string{"bot@example.com"} },
		checkstest.Leaf{Change: func(c *x509.Certificate) { c.EmailAddresses = []string{"Bot@example.com"} }}), barred("Bot@example.com")),
	Entry("knows a URI", below(func(c *x509.Certificate) { c.ExcludedURIDomains = []string{".example.com"} },
		checkstest.Leaf{Change: func(c *x509.Certificate) { c.URIs = []*url.URL{parsedURL("https://bot.example.com/")} }}), barred("https://bot.example.com/")),
	Entry("knows a directory name", below(extended(30, true, tree(permitted, wrap(0xa4, commonName("www.example.com")...)...)),
		checkstest.Leaf{}), barred("may not issue for bot.example.com, which its name constraints do not permit")),
	Entry("knows a form that nobody can compare", below(extended(30, true, tree(excluded, wrap(0xa0, 6, 1, 42)...)),
		checkstest.Leaf{Change: extended(17, false, wrap(0x30, slices.Concat(wrap(0x82, []byte(host)...), wrap(0xa0, 6, 1, 42))...))}),
		barred("a name of a form that clients do not know")),
	Entry("knows a name that cannot be read", below(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} },
		checkstest.Leaf{Change: func(c *x509.Certificate) { c.DNSNames = []string{host, ".example.com"} }}), barred(".example.com, which cannot be read")),
	Entry("knows the constraints of a root that is given", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"example.com"} })
		return showing(root.Intermediate("R13").Issue(checkstest.Leaf{}), givenRoots(root))
	}, barred("belay test root may not issue for bot.example.com")),
	Entry("knows the names of an intermediate as well", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		one := root.Intermediate("one", func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} })
		two := one.Intermediate("two", func(c *x509.Certificate) { c.DNSNames = []string{"ca.example.org"} })
		return showing(two.Issue(checkstest.Leaf{}), root.Pool())
	}, barred("one may not issue for ca.example.org")),
	Entry("passes with an intermediate that issued itself anew", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} })
		again := root.Intermediate("belay test root", func(c *x509.Certificate) { c.DNSNames = []string{"ca.example.org"} })
		return showing(again.Issue(checkstest.Leaf{}), givenRoots(root))
	}, passes("belay test root")),
	Entry("passes where another chain has no constraint in the way", func() checks.Target {
		one, two := checkstest.NewAuthority("one"), checkstest.NewAuthority("two")
		inter := one.Intermediate("R13")
		limited := two.CrossSign(inter, func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"example.com"} })
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), limited, inter.Certificate),
			checkstest.Pool(one.Certificate, two.Certificate))
	}, passes("nothing is in its way")),
	Entry("does not compare without end", below(func(c *x509.Certificate) { c.ExcludedDNSDomains = many(1100) },
		checkstest.Leaf{Names: append([]string{host}, many(1100)...)}), barred("more than OpenSSL compares")),
)

// many are as many names of hosts.
func many(n int) []string { return slices.Repeat([]string{"a.example.org"}, n) }

// givenRoots are roots as --ca-file reads them.
func givenRoots(roots ...*checkstest.Authority) *x509.CertPool {
	var text []byte
	for _, root := range roots {
		text = append(text, pemOf(root.Certificate.Raw)...)
	}
	return checkstest.Pool(checks.ReadRoots(text)...)
}

// unfit matches a chain with an issuer that may not have issued.
func unfit(saw string) types.GomegaMatcher { return found(checks.Fail, "cert.path-length", saw) }

var _ = DescribeTable("cert.constraints: authorities",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertConstraints, target())).To(matches)
	},
	Entry("passes where an intermediate allows none below it and there is none", below(func(c *x509.Certificate) { c.MaxPathLenZero = true },
		checkstest.Leaf{}), passes("nothing is in its way")),
	Entry("knows an authority too many", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		one := root.Intermediate("one", func(c *x509.Certificate) { c.MaxPathLenZero = true })
		return showing(one.Intermediate("two").Issue(checkstest.Leaf{}), root.Pool())
	}, SatisfyAll(unfit("one allows 0 other authorities below it, and the chain has 1"),
		states("sent bot.example.com", "sent two", "sent one", "known belay test root"))),
	Entry("knows an authority too many below a root that x509 keeps to itself", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.MaxPathLenZero = true })
		return showing(root.Intermediate("R13").Issue(checkstest.Leaf{}), root.Pool())
	}, unfit("belay test root allows fewer authorities below it")),
	Entry("does not count an intermediate that issued itself anew", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		one := root.Intermediate("one", func(c *x509.Certificate) { c.MaxPathLenZero = true })
		return showing(one.Intermediate("one").Issue(checkstest.Leaf{}), root.Pool())
	}, passes("nothing is in its way")),
	Entry("cannot tell where x509 counts it, of a root that it keeps to itself", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.MaxPathLenZero = true })
		return showing(root.Intermediate("belay test root").Issue(checkstest.Leaf{}), root.Pool())
	}, cannotTell("RFC 5280 does not: compare openssl verify")),
	Entry("knows the names that a root may not issue for, which x509 keeps to itself", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"example.com"} })
		return showing(root.Intermediate("R13").Issue(checkstest.Leaf{}), root.Pool())
	}, barred("belay test root may not issue for this name")),
	Entry("knows an issuer that is no authority", below(func(c *x509.Certificate) { c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature },
		checkstest.Leaf{}), unfit("R13 is no authority, and has issued bot.example.com")),
	Entry("knows an issuer that may not sign certificates", below(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature },
		checkstest.Leaf{}), unfit("R13 may not sign certificates by its key usage")),
	Entry("knows them with --local, below a root that nobody knows", func() checks.Target {
		inter := checkstest.NewAuthority("Acme Root").Intermediate("Acme CA", func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature })
		return locally(showing(inter.Issue(checkstest.Leaf{}), nil))
	}, unfit("Acme CA may not sign certificates")),
)
