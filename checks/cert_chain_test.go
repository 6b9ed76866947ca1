package checks_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// aia is where a public authority says that its certificate is.
const aia = "http://r13.i.example/"

// states are the states and subjects of the evidence of a chain, in order.
func states(want ...string) types.GomegaMatcher {
	return WithTransform(func(r checks.Result) []string {
		var got []string
		for _, c := range r.Evidence.Chain {
			got = append(got, c.State+" "+c.Subject)
		}
		return got
	}, Equal(want))
}

// unvouched matches what --local lets pass with a remark.
func unvouched(saw string) types.GomegaMatcher {
	return SatisfyAll(passes(saw), HaveField("Remarks", ConsistOf(SatisfyAll(
		HaveField("Problem", ""), HaveField("Text", ContainSubstring("--local"))))))
}

// cutting leaves out what comes after the leaf.
func cutting(c tls.Certificate) tls.Certificate { return checkstest.Sending(c) }

var _ = DescribeTable("cert.chain",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertChain, target())).To(matches)
	},
	Entry("passes with a complete chain, and shows the root that was not sent", func() checks.Target {
		return issued(checkstest.Leaf{})
	}, SatisfyAll(passes("complete chain to belay test root"),
		states("sent bot.example.com", "sent belay test R13", "known belay test root"))),
	Entry("passes where the root is sent besides", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), inter.Certificate, root.Certificate), root.Pool())
	}, SatisfyAll(passes("complete chain"), states("sent bot.example.com", "sent R13", "sent belay test root"))),
	Entry("passes where the chain is out of order and holds a stranger", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		one := root.Intermediate("one")
		two := one.Intermediate("two")
		stranger := checkstest.NewAuthority("stranger").Certificate
		return showing(checkstest.Sending(two.Issue(checkstest.Leaf{}), stranger, one.Certificate, two.Certificate), root.Pool())
	}, passes("complete chain")),
	Entry("passes when the leaf has expired, which is another question", func() checks.Target {
		return issued(checkstest.Leaf{NotAfter: days(-1)})
	}, passes("complete chain")),
	Entry("passes when an intermediate has expired before the leaf began", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.Intermediate("R3", lasting(-300, -60)).Issue(checkstest.Leaf{}), root.Pool())
	}, passes("not valid at the same time")),
	Entry("passes for another name, usage and a short key", func() checks.Target {
		return issued(checkstest.Leaf{
			Names: []string{"www.example.org"}, Key: checkstest.RSA(1024),
			Usages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		})
	}, passes("complete chain")),
	Entry("passes for a self-signed certificate that is given as a root", func() checks.Target {
		c := checkstest.SelfSigned(checkstest.Leaf{})
		return showing(c, checkstest.Pool(c.Leaf))
	}, passes("among the known roots")),

	Entry("knows a certificate that signs itself", func() checks.Target {
		return showing(checkstest.SelfSigned(checkstest.Leaf{}), nil)
	}, SatisfyAll(found(checks.Fail, "cert.self-signed", "bot.example.com"), states("sent bot.example.com"))),
	Entry("knows one that signs itself and that this machine trusts", func() checks.Target {
		c := checkstest.SelfSigned(checkstest.Leaf{})
		return publicly(trustedHere(showing(c, nil), c.Leaf))
	}, found(checks.Fail, "cert.self-signed", "this machine trusts it")),

	Entry("knows a private root that is sent", func() checks.Target {
		ca := checkstest.NewAuthority("Acme CA")
		return showing(checkstest.Sending(ca.Issue(checkstest.Leaf{}), ca.Certificate), nil)
	}, SatisfyAll(found(checks.Fail, "cert.untrusted-root", "ends in Acme CA"), HaveField("Remarks", BeEmpty()))),
	Entry("knows a private root that is not sent, below an intermediate that is", func() checks.Target {
		ca := checkstest.NewAuthority("Acme Root", of("Acme"))
		return showing(ca.Intermediate("Acme CA").Issue(checkstest.Leaf{}), nil)
	}, found(checks.Fail, "cert.untrusted-root", "ends below Acme Root, Acme")),
	Entry("does not take the staging authority of Let's Encrypt for a public one", func() checks.Target {
		ca := checkstest.NewAuthority("(STAGING) Riddling Rhubarb R12", of("Let's Encrypt"))
		return showing(ca.Issue(checkstest.Leaf{IssuingURL: aia}), nil)
	}, found(checks.Fail, "cert.untrusted-root", "STAGING")),
	Entry("does not take mkcert on another machine for a public one", func() checks.Target {
		ca := checkstest.NewAuthority("mkcert dev@laptop", of("mkcert development CA"))
		return showing(ca.Issue(checkstest.Leaf{}), nil)
	}, found(checks.Fail, "cert.untrusted-root", "mkcert dev@laptop")),
	Entry("warns of an inspector where this machine does not know it", func() checks.Target {
		ca := checkstest.NewAuthority("Zscaler Root CA", of("Zscaler Inc."))
		return showing(checkstest.Sending(ca.Issue(checkstest.Leaf{}), ca.Certificate), nil)
	}, SatisfyAll(found(checks.Fail, "cert.untrusted-root", "Zscaler"),
		HaveField("Remarks", ConsistOf(HaveField("Text", ContainSubstring("Zscaler inspects TLS")))))),
	Entry("knows a root that is distrusted from a date on", func() checks.Target {
		ca := checkstest.NewAuthority("Fallen Root")
		pool := x509.NewCertPool()
		pool.AddCertWithConstraint(ca.Certificate, distrustedAfter(days(-100)))
		return showing(ca.Intermediate("Fallen CA", lasting(-200, 200)).Issue(checkstest.Leaf{}), pool)
	}, found(checks.Fail, "cert.untrusted-root", "distrusts")),

	Entry("knows a root that only this machine trusts", func() checks.Target {
		ca := checkstest.NewAuthority("mkcert dev@laptop")
		return trustedHere(showing(ca.Issue(checkstest.Leaf{}), nil), ca.Certificate)
	}, SatisfyAll(found(checks.Fail, "cert.local-root", "ends in mkcert dev@laptop"), states("sent bot.example.com"))),

	Entry("cannot tell behind a TLS inspector", func() checks.Target {
		ca := checkstest.NewAuthority("Zscaler Root CA", of("Zscaler Inc."))
		return publicly(trustedHere(showing(ca.Intermediate("Zscaler Intermediate").Issue(checkstest.Leaf{}), nil), ca.Certificate))
	}, SatisfyAll(found(checks.Inconclusive, "vantage.inspected", "Zscaler"),
		HaveField("Reason", ContainSubstring("outside this network")))),
	Entry("cannot tell where a public address shows a company's own root", func() checks.Target {
		ca := checkstest.NewAuthority("Acme Corporate CA")
		return publicly(trustedHere(showing(ca.Issue(checkstest.Leaf{}), nil), ca.Certificate))
	}, found(checks.Inconclusive, "vantage.inspected", "Acme Corporate CA")),
	Entry("blames no inspector where a former public root is in the machine's store", func() checks.Target {
		ca := checkstest.NewAuthority("Fallen Root", of("Entrust, Inc."))
		return publicly(trustedHere(showing(ca.Issue(checkstest.Leaf{}), nil), ca.Certificate))
	}, found(checks.Fail, "cert.untrusted-root", "Fallen Root")),

	Entry("names a missing intermediate, and where it is to be had", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		leaf := root.Intermediate("R13", of("Let's Encrypt")).Issue(checkstest.Leaf{IssuingURL: aia})
		return showing(cutting(leaf), root.Pool())
	}, SatisfyAll(
		found(checks.Fail, "cert.chain-incomplete", "the server sent 1 certificate, 2 are needed: R13, Let's Encrypt, is missing"),
		states("sent bot.example.com", "missing R13, Let's Encrypt"),
		HaveField("Problem.Probable", false),
		WithTransform(func(r checks.Result) string { return r.Evidence.Chain[1].From }, Equal(aia)))),
	Entry("calls it probable where only the look of it tells", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(cutting(root.Intermediate("R13").Issue(checkstest.Leaf{})), root.Pool())
	}, SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "R13"), HaveField("Problem.Probable", true))),
	Entry("names a missing intermediate beside one that is of no use", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		leaf := root.Intermediate("R13").Issue(checkstest.Leaf{IssuingURL: aia})
		return showing(checkstest.Sending(leaf, root.Intermediate("R12").Certificate), root.Pool())
	}, found(checks.Fail, "cert.chain-incomplete", "sent 2 certificates, and not the one that is needed: R13, is missing")),
	Entry("names a missing cross-sign of a new public root", func() checks.Target {
		old := checkstest.NewAuthority("ISRG Root X1")
		young := old.Intermediate("ISRG Root YR", of("ISRG"))
		inter := young.Intermediate("YR1", of("Let's Encrypt"), func(c *x509.Certificate) { c.IssuingCertificateURL = []string{aia} })
		return showing(checkstest.Sending(inter.Issue(checkstest.Leaf{IssuingURL: aia}), inter.Certificate), old.Pool())
	}, found(checks.Fail, "cert.chain-incomplete", "the server sent 2 certificates, 3 are needed: ISRG Root YR, ISRG, is missing")),
	Entry("proves a missing intermediate that this machine has", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		return trustedHere(showing(cutting(inter.Issue(checkstest.Leaf{})), root.Pool()), inter.Certificate)
	}, SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "R13"), HaveField("Problem.Probable", false),
		states("sent bot.example.com", "missing R13", "known belay test root"))),

	Entry("lets a self-signed certificate pass with --local", func() checks.Target {
		return locally(showing(checkstest.SelfSigned(checkstest.Leaf{}), nil))
	}, unvouched("signs itself")),
	Entry("lets a private root pass with --local", func() checks.Target {
		return locally(showing(checkstest.NewAuthority("Acme CA").Issue(checkstest.Leaf{}), nil))
	}, unvouched("Acme CA")),
	Entry("lets this machine's own root pass with --local", func() checks.Target {
		ca := checkstest.NewAuthority("mkcert dev@laptop")
		return locally(publicly(trustedHere(showing(ca.Issue(checkstest.Leaf{}), nil), ca.Certificate)))
	}, unvouched("mkcert")),
	Entry("names a public authority's missing intermediate with --local too", func() checks.Target {
		ca := checkstest.NewAuthority("R13", of("Let's Encrypt"))
		return locally(showing(cutting(ca.Issue(checkstest.Leaf{IssuingURL: aia})), nil))
	}, found(checks.Fail, "cert.chain-incomplete", "R13")),

	Entry("does not take a signature with SHA-1 for an unknown root", func() checks.Target {
		return issued(checkstest.Leaf{Change: withSHA1})
	}, passes("leads to belay test root, by a signature that does not count any more (see cert.signature)")),
	Entry("does not take a signature with SHA-1 by the root itself for a missing intermediate", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		return showing(root.Issue(checkstest.Leaf{Change: withSHA1}), root.Pool())
	}, passes("leads to belay test root")),
	Entry("does not take a name constraint for an unknown root", func() checks.Target {
		root := checkstest.NewAuthority("belay test root", func(c *x509.Certificate) { c.ExcludedDNSDomains = []string{"example.com"} })
		return showing(root.Intermediate("R13").Issue(checkstest.Leaf{}), root.Pool())
	}, passes("leads to belay test root, which the constraints of an issuer bar (see cert.constraints)")),
	Entry("does not take an issuer that may not issue for an unknown root", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13", func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature })
		return showing(inter.Issue(checkstest.Leaf{}), root.Pool())
	}, passes("leads to belay test root, which the constraints")),
	Entry("does not take a critical extension that nobody knows for an unknown root", func() checks.Target {
		return issued(checkstest.Leaf{Change: extended(99, true, []byte{5, 0})})
	}, cannotTell("crypto/x509 refuses it")),
	Entry("does not take a namesake of a known root for it", func() checks.Target {
		ca := checkstest.NewAuthority("belay test root")
		return showing(checkstest.Sending(ca.Issue(checkstest.Leaf{}), ca.Certificate), checkstest.NewAuthority("belay test root").Pool())
	}, found(checks.Fail, "cert.untrusted-root", "ends in belay test root")),
)

// cannotTell matches a result that is inconclusive for that reason.
func cannotTell(reason string) types.GomegaMatcher {
	return SatisfyAll(HaveField("Status", checks.Inconclusive), HaveField("Problem", BeNil()),
		HaveField("Reason", ContainSubstring(reason)))
}

// distrustedAfter is the constraint of a root that Mozilla distrusts from a date on.
func distrustedAfter(date time.Time) func([]*x509.Certificate) error {
	return func(chain []*x509.Certificate) error {
		for _, c := range chain {
			if c.NotBefore.After(date) {
				return errors.New("certificate issued after the distrust date")
			}
		}
		return nil
	}
}
