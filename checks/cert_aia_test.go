package checks_test

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// unsent is a target that leaves out its intermediates, which stand at the desk as
// answer writes them, and that may be fetched.
func unsent(answer func(root, upper, lower *checkstest.Authority) []byte) func() checks.Target {
	return func() checks.Target {
		d := openDesk()
		root := checkstest.NewAuthority("belay test root")
		upper := root.Intermediate("upper")
		lower := upper.Intermediate("R13", of("Let's Encrypt"), func(c *x509.Certificate) {
			c.IssuingCertificateURL = []string{d.url + "/upper.cer"}
		})
		d.answer("/upper.cer", upper.Certificate.Raw)
		if body := answer(root, upper, lower); body != nil {
			d.answer("/r13.cer", body)
		}
		t := d.known(showing(cutting(lower.Issue(checkstest.Leaf{IssuingURL: d.url + "/r13.cer"})), root.Pool()))
		t.AIA = true
		return t
	}
}

// pkcs7 is a message that holds certificates and nothing else (RFC 5652 section 5).
func pkcs7(certificates ...*x509.Certificate) []byte {
	var all []byte
	for _, c := range certificates {
		all = append(all, c.Raw...)
	}
	data := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	set := asn1.RawValue{FullBytes: []byte{0x31, 0}}
	content, err := asn1.Marshal(struct {
		Version int
		Digests asn1.RawValue
		Content struct{ Type asn1.ObjectIdentifier }
		Certs   asn1.RawValue
		Signers asn1.RawValue
	}{1, set, struct{ Type asn1.ObjectIdentifier }{data}, asn1.RawValue{Class: 2, Tag: 0, IsCompound: true, Bytes: all}, set})
	Expect(err).NotTo(HaveOccurred())
	message, err := asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, asn1.RawValue{Class: 2, Tag: 0, IsCompound: true, Bytes: content}})
	Expect(err).NotTo(HaveOccurred())
	return message
}

// proven matches a missing intermediate that was fetched, with the one above it.
var proven types.GomegaMatcher = SatisfyAll(
	found(checks.Fail, "cert.chain-incomplete", "R13, Let's Encrypt, is missing; with what http://"+authorityHost),
	HaveField("Saw", ContainSubstring("the chain leads to belay test root")),
	HaveField("Problem.Probable", false),
	states("sent bot.example.com", "missing R13, Let's Encrypt", "missing upper", "known belay test root"))

var _ = DescribeTable("cert.chain with --aia",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertChain, target())).To(matches)
	},
	Entry("proves what is missing, over two certificates", unsent(func(_, _, lower *checkstest.Authority) []byte {
		return lower.Certificate.Raw
	}), proven),
	Entry("reads PKCS #7", unsent(func(_, upper, lower *checkstest.Authority) []byte {
		return pkcs7(upper.Certificate, lower.Certificate)
	}), proven),
	Entry("reads PEM, which is not to stand there", unsent(func(_, _, lower *checkstest.Authority) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: lower.Certificate.Raw})
	}), proven),
	Entry("does not believe another certificate", unsent(func(root, _, _ *checkstest.Authority) []byte {
		return root.Intermediate("R13", of("Let's Encrypt")).Certificate.Raw
	}), SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "R13"), said("it is not the certificate that issued bot.example.com"))),
	Entry("does not stumble over rubbish", unsent(func(_, _, _ *checkstest.Authority) []byte { return []byte("<html>") }),
		SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "R13"), said("it is not the certificate"))),
	Entry("says when nothing is there", unsent(func(_, _, _ *checkstest.Authority) []byte { return nil }),
		SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "R13"), said("/r13.cer: it answers 404"))),
	Entry("says when the certificate does not tell where", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		t := showing(cutting(root.Intermediate("R13").Issue(checkstest.Leaf{})), root.Pool())
		t.AIA = true
		return t
	}, SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "R13"), said("does not say over http where"))),
	Entry("finds out that the root is a private one", func() checks.Target {
		d := openDesk()
		ca := checkstest.NewAuthority("Acme Root")
		d.answer("/root.cer", ca.Certificate.Raw)
		t := d.known(showing(ca.Issue(checkstest.Leaf{IssuingURL: d.url + "/root.cer"}), nil))
		t.AIA = true
		return t
	}, found(checks.Fail, "cert.untrusted-root", "the chain ends in Acme Root, which was fetched")),
	Entry("climbs no further than four certificates", func() checks.Target {
		d := openDesk()
		a := checkstest.NewAuthority("top")
		for _, name := range []string{"e", "d", "c", "b", "a"} {
			a = a.Intermediate(name, func(c *x509.Certificate) { c.IssuingCertificateURL = []string{d.url + "/above-" + name} })
			d.answer("/"+name, a.Certificate.Raw)
		}
		for below, name := range map[string]string{"a": "b", "b": "c", "c": "d", "d": "e"} {
			d.answers["/above-"+below] = d.answers["/"+name]
		}
		t := d.known(showing(cutting(a.Issue(checkstest.Leaf{IssuingURL: d.url + "/a"})), nil))
		t.AIA = true
		return t
	}, SatisfyAll(found(checks.Fail, "cert.chain-incomplete", "a, is missing"), said("goes on and on"))),
)

// said matches a remark of --aia.
func said(text string) types.GomegaMatcher {
	return HaveField("Remarks", ConsistOf(HaveField("Text", SatisfyAll(HavePrefix("--aia got no further: "), ContainSubstring(text)))))
}

var _ = Describe("cert.chain", func() {
	It("fetches nothing without --aia", func(ctx SpecContext) {
		d := openDesk()
		root := checkstest.NewAuthority("belay test root")
		inter := root.Intermediate("R13")
		t := d.known(showing(cutting(inter.Issue(checkstest.Leaf{IssuingURL: d.url + "/r13.cer"})), root.Pool()))
		Expect(checks.RunCheck(ctx, checks.CertChain, t)).To(found(checks.Fail, "cert.chain-incomplete", "R13"))
		Expect(d.asked).To(BeEmpty())
	})

	It("has the revocation asked with the issuer that was fetched", func(ctx SpecContext) {
		l := askable()
		l.desk.answer("/ocsp", revoked(l))
		l.desk.answer("/r13.cer", l.issuer.Certificate.Raw)
		leaf := l.issuer.Issue(checkstest.Leaf{Change: func(c *x509.Certificate) {
			c.SerialNumber, c.OCSPServer = l.served.Leaf.SerialNumber, l.served.Leaf.OCSPServer
			c.IssuingCertificateURL = []string{l.desk.url + "/r13.cer"}
		}})
		l.served = cutting(leaf)
		t := l.asking()
		t.AIA = true
		Expect(checks.RunAfter(ctx, checks.CertRevocation, t, checks.TLSHandshake, checks.CertChain)).To(takenBack("http://"))
	})
})
