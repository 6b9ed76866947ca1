package checks_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

// judged asks every check of the certificate and returns the results by their ids.
func judged(ctx SpecContext, t checks.Target) map[string]checks.Result {
	results := map[string]checks.Result{}
	for _, r := range checks.RunCertificates(ctx, t) {
		results[r.Check] = r
	}
	return results
}

// authorityInfo is where a certificate says where its authority answers.
var authorityInfo = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}

// emptyLimits are name constraints that crypto/x509 does not read.
var emptyLimits = extended(30, true, []byte{0x30, 0})

var _ = Describe("a certificate that crypto/x509 cannot read", func() {
	It("is judged all the same: names", func(ctx SpecContext) {
		r := judged(ctx, like(extended(17, false, []byte("example.com")))())
		Expect(r["cert.hostname"]).To(found(checks.Fail, "cert.hostname", "its alternative names cannot be read (invalid subject alternative names)"))
		Expect(r["cert.chain"]).To(passes("complete chain to belay test root"))
		Expect(r["cert.validity"]).To(passes("61 days left"))
		Expect(r["cert.form"].Status).To(Equal(checks.Pass))
	})

	It("is judged all the same: limits of an issuer", func(ctx SpecContext) {
		r := judged(ctx, below(emptyLimits, checkstest.Leaf{})())
		Expect(r["cert.constraints"]).To(found(checks.Fail, "cert.name-constraint", "the name constraints of R13 cannot be read"))
		Expect(r["cert.chain"]).To(passes("complete chain"))
	})

	It("is judged all the same: another extension", func(ctx SpecContext) {
		r := judged(ctx, like(func(c *x509.Certificate) {
			c.IssuingCertificateURL = nil
			c.ExtraExtensions = []pkix.Extension{{Id: authorityInfo, Critical: true, Value: []byte{0x30, 0}}}
		})())
		Expect(r["cert.form"]).To(odd("cannot be read by crypto/x509: authority info access incorrectly marked critical"))
		Expect(r["cert.hostname"]).To(passes("bot.example.com"))
	})

	It("is left alone where the server speaks TLS 1.3 only, in which it travels hidden", func(ctx SpecContext) {
		root := checkstest.NewAuthority("belay test root")
		config := checkstest.Showing(root.Intermediate("R13", emptyLimits).Issue(checkstest.Leaf{}))
		config.MinVersion = tls.VersionTLS13
		t := at(host, checkstest.ServeTLS(GinkgoT(), config, fine))
		t.Roots = root.Pool()
		for id, r := range judged(ctx, t) {
			Expect(r.Status).To(Equal(checks.Skip), id)
		}
	})

	It("does not end belay, whatever it is", func(ctx SpecContext) {
		good := checkstest.SelfSigned(checkstest.Leaf{})
		for _, der := range [][]byte{nil, {0x30}, []byte("rubbish"), good.Certificate[0][:200], append(bytes.Clone(good.Certificate[0]), 0)} {
			t := at(host, checkstest.ServeTLS(GinkgoT(), checkstest.Showing(tls.Certificate{Certificate: [][]byte{der}, PrivateKey: good.PrivateKey}), fine))
			for id, r := range judged(ctx, t) {
				Expect(r.Status).NotTo(BeEmpty(), id)
			}
		}
	})

	It("does not end belay where it is cut or changed anywhere", func(SpecContext) {
		root := checkstest.NewAuthority("belay test root")
		raw := root.Intermediate("R13").Issue(checkstest.Leaf{IssuingURL: aia}).Certificate[0]
		for i := range raw {
			_, _ = checks.ReadCertificate(raw[:i])
			changed := bytes.Clone(raw)
			changed[i] ^= 0xff
			_, _ = checks.ReadCertificate(changed)
		}
	})
})

var _ = Describe("a chain out of all bounds", func() {
	It("is refused where a certificate is of 1 MB, which crypto/tls does not take", func(ctx SpecContext) {
		t := showing(checkstest.SelfSigned(checkstest.Leaf{Change: func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: authorityInfo, Value: make([]byte, 1<<20)}}
		}}), nil)
		r := checks.RunCheck(ctx, checks.TLSHandshake, t)
		Expect(r.Status).To(Equal(checks.Fail))
		Expect(r.Saw).To(ContainSubstring("exceeds maximum"))
	})

	It("is read up to its twentieth certificate", func(ctx SpecContext) {
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		many := make([]*x509.Certificate, 100)
		for i := range many {
			many[i] = inter.Certificate
		}
		r := checks.RunCheck(ctx, checks.CertChain, showing(checkstest.Sending(inter.Issue(checkstest.Leaf{}), many...), root.Pool()))
		Expect(r).To(passes("complete chain"))
		Expect(r.Evidence.Chain).To(HaveLen(21))
	})
})

var _ = Describe("ReadRoots", func() {
	It("passes over what stands between the blocks, and other blocks", func() {
		one, two := checkstest.NewAuthority("one").Certificate, checkstest.NewAuthority("two").Certificate
		text := "rubbish\n" + string(pemOf(one.Raw)) + "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n\x00\xff" +
			strings.ReplaceAll(string(pemOf(two.Raw)), "CERTIFICATE", "PRIVATE KEY") + string(pemOf([]byte("no certificate"))) +
			"more\n" + string(pemOf(two.Raw))
		var names []string
		for _, c := range checks.ReadRoots([]byte(text)) {
			names = append(names, c.Subject.CommonName)
		}
		Expect(names).To(Equal([]string{"one", "two"}))
		Expect(checks.ReadRoots([]byte("rubbish"))).To(BeEmpty())
	})

	It("reads a root that crypto/x509 does not", func(ctx SpecContext) {
		root := checkstest.NewAuthority("belay test root", emptyLimits)
		t := showing(root.Issue(checkstest.Leaf{}), givenRoots(root))
		Expect(checks.RunCheck(ctx, checks.CertChain, t)).To(passes("complete chain to belay test root"))
		Expect(checks.RunCheck(ctx, checks.CertConstraints, t)).To(barred("the name constraints of belay test root cannot be read"))
	})
})
