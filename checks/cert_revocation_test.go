package checks_test

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"golang.org/x/crypto/ocsp"

	"belay/checks"
	"belay/checks/checkstest"
)

// authorityHost is where the tests' authority answers.
const authorityHost = "pki.example.net"

// A desk is where an authority answers over http.
type desk struct {
	url     string
	asked   []string
	answers map[string]func(http.ResponseWriter)
}

// openDesk serves on loopback, under the name of the authority.
func openDesk() *desk {
	d := &desk{answers: map[string]func(http.ResponseWriter){}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.asked = append(d.asked, r.Method+" "+r.URL.Path)
		if answer, ok := d.answers[r.URL.Path]; ok {
			answer(w)
			return
		}
		http.NotFound(w, r)
	}))
	DeferCleanup(server.Close)
	d.url = strings.Replace(server.URL, "127.0.0.1", authorityHost, 1)
	return d
}

func (d *desk) answer(path string, body []byte) {
	d.answers[path] = func(w http.ResponseWriter) { _, _ = w.Write(body) }
}

// known has the target find the desk.
func (d *desk) known(t checks.Target) checks.Target {
	u, err := url.Parse(d.url)
	Expect(err).NotTo(HaveOccurred())
	t.Resolver.Given[u.Host] = netip.MustParseAddr("127.0.0.1")
	return t
}

// A leafOf is a certificate with its issuer and the desk that it names.
type leafOf struct {
	root, issuer *checkstest.Authority
	served       tls.Certificate
	desk         *desk
}

// askable is a certificate that names OCSP and a list at the desk.
func askable() leafOf {
	d := openDesk()
	root := checkstest.NewAuthority("belay test root")
	issuer := root.Intermediate("R13")
	return leafOf{root, issuer, issuer.Issue(checkstest.Leaf{Change: func(c *x509.Certificate) {
		c.OCSPServer, c.CRLDistributionPoints = []string{d.url + "/ocsp"}, []string{d.url + "/list.crl"}
	}}), d}
}

// asking is the target with --revocation.
func (l leafOf) asking() checks.Target {
	t := l.desk.known(showing(l.served, l.root.Pool()))
	t.Revocation = true
	return t
}

// stapling is a target that staples a response.
func stapling(response func(l leafOf) []byte) func() checks.Target {
	return func() checks.Target {
		l := askable()
		l.served.OCSPStaple = response(l)
		return showing(l.served, l.root.Pool())
	}
}

// telling is a target whose authority answers with these, nil for nothing.
func telling(overOCSP, list func(l leafOf) []byte) func() checks.Target {
	return func() checks.Target {
		l := askable()
		if overOCSP != nil {
			l.desk.answer("/ocsp", overOCSP(l))
		}
		if list != nil {
			l.desk.answer("/list.crl", list(l))
		}
		return l.asking()
	}
}

func good(l leafOf) []byte { return l.issuer.OCSP(l.served.Leaf) }

func revoked(l leafOf) []byte {
	return l.issuer.OCSP(l.served.Leaf, func(r *ocsp.Response) {
		r.Status, r.RevokedAt, r.RevocationReason = ocsp.Revoked, time.Now().Add(-48*time.Hour), ocsp.KeyCompromise
	})
}

func unknown(l leafOf) []byte {
	return l.issuer.OCSP(l.served.Leaf, func(r *ocsp.Response) { r.Status = ocsp.Unknown })
}

func outOfDate(l leafOf) []byte {
	return l.issuer.OCSP(l.served.Leaf, func(r *ocsp.Response) {
		r.ThisUpdate, r.NextUpdate = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
	})
}

func strangers(l leafOf) []byte {
	return checkstest.NewAuthority("R13").OCSP(l.served.Leaf)
}

// signedByAnother has the holder of another certificate of the same issuer sign.
func signedByAnother(usage x509.ExtKeyUsage) func(l leafOf) []byte {
	return func(l leafOf) []byte {
		key := checkstest.ECDSA()
		other := l.issuer.Issue(checkstest.Leaf{Names: []string{"ocsp.example.net"}, Key: key, Usages: []x509.ExtKeyUsage{usage}})
		return l.issuer.OCSPBy(other.Leaf, key, l.served.Leaf)
	}
}

// listed is a list that holds the leaf, changed; unlisted one that does not.
func listed(change func(*x509.RevocationList)) func(l leafOf) []byte {
	return func(l leafOf) []byte { return l.issuer.CRL(change, l.served.Leaf) }
}

func unlisted(change func(*x509.RevocationList)) func(l leafOf) []byte {
	return func(l leafOf) []byte { return l.issuer.CRL(change) }
}

// covering gives a list the extension that says what it covers.
func covering(fields ...byte) func(*x509.RevocationList) {
	return func(list *x509.RevocationList) {
		list.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 28}, Critical: true, Value: wrap(0x30, fields...)}}
	}
}

// unheard matches a pass in which nobody told, with the reason.
func unheard(why string) types.GomegaMatcher {
	return SatisfyAll(passes("nothing is heard of a revocation"), HaveField("Remarks", ContainElement(SatisfyAll(
		HaveField("Problem", ""), HaveField("Text", ContainSubstring(why))))))
}

func takenBack(saw string) types.GomegaMatcher { return found(checks.Fail, "cert.revoked", saw) }

var _ = DescribeTable("cert.revocation",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.CertRevocation, target())).To(matches)
	},
	Entry("is skipped where nothing is stapled and nobody may be asked", func() checks.Target {
		l := askable()
		return l.desk.known(showing(l.served, l.root.Pool()))
	}, SatisfyAll(HaveField("Status", checks.Skip), HaveField("Reason", ContainSubstring("--revocation")))),
	Entry("passes with a stapled response", stapling(good), passes("not revoked, says the stapled OCSP response of 20")),
	Entry("passes with a stapled response of an appointed responder", stapling(signedByAnother(x509.ExtKeyUsageOCSPSigning)), passes("not revoked")),
	Entry("knows a revoked certificate by the stapled response", stapling(revoked),
		SatisfyAll(takenBack("(the key was compromised), says the stapled OCSP response"), states("sent bot.example.com"))),
	Entry("believes no stapled response that is out of date", stapling(outOfDate), unheard("it was good until 20")),
	Entry("believes no stapled response of another authority", stapling(strangers), unheard("bad OCSP signature")),
	Entry("believes no stapled response of another certificate's holder", stapling(signedByAnother(x509.ExtKeyUsageServerAuth)),
		unheard("ocsp.example.net signed it, which is not appointed to")),
	Entry("does not stumble over rubbish", stapling(func(leafOf) []byte { return []byte("rubbish") }), unheard("the stapled OCSP response")),

	Entry("asks over OCSP", telling(good, nil), passes("not revoked, says http://"+authorityHost)),
	Entry("knows a revoked certificate over OCSP", telling(revoked, nil), takenBack("says http://"+authorityHost)),
	Entry("looks into the list where OCSP does not know", telling(unknown, unlisted(nil)), passes("/list.crl of 20")),
	Entry("knows a revoked certificate by the list", telling(nil, listed(nil)), takenBack("(the key was compromised), says http://"+authorityHost)),
	Entry("reads a list in PEM", telling(nil, func(l leafOf) []byte {
		return []byte(strings.ReplaceAll(string(pemOf(listed(nil)(l))), "CERTIFICATE", "X509 CRL"))
	}), takenBack("/list.crl")),
	Entry("passes by a list of its own part", telling(nil, func(l leafOf) []byte {
		point := wrap(0x86, []byte(l.desk.url+"/list.crl")...)
		return unlisted(covering(wrap(0xa0, wrap(0xa0, point...)...)...))(l)
	}), passes("not revoked")),
	Entry("believes no list of another authority", telling(nil, func(l leafOf) []byte {
		return checkstest.NewAuthority("R13").CRL(nil)
	}), unheard("the list is not signed by R13")),
	Entry("believes no list of another name", telling(nil, func(l leafOf) []byte { return l.root.CRL(nil) }), unheard("the list is of belay test root")),
	Entry("is not at ease with a list out of date", telling(nil, unlisted(func(list *x509.RevocationList) {
		list.ThisUpdate, list.NextUpdate = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
	})), unheard("it was good until")),
	Entry("is not at ease with a list of authorities", telling(nil, unlisted(covering(wrap(0x82, 0xff)...))), unheard("not of all servers' certificates")),
	Entry("is not at ease with a list of another part", telling(nil, unlisted(covering(wrap(0xa0, wrap(0xa0, wrap(0x86, 'x')...)...)...))),
		unheard("of another part of the certificates")),
	Entry("is not at ease with a list of changes", telling(nil, unlisted(func(list *x509.RevocationList) {
		list.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 27}, Critical: true, Value: wrap(2, 1)}}
	})), unheard("only what changed")),
	Entry("passes where the authority does not answer well", telling(nil, nil), SatisfyAll(unheard("/ocsp: it answers 404"), unheard("/list.crl: it answers 404"))),
	Entry("passes where the authority is not there", func() checks.Target {
		root := checkstest.NewAuthority("belay test root")
		t := showing(root.Issue(checkstest.Leaf{Change: func(c *x509.Certificate) { c.OCSPServer = []string{"http://127.0.0.1:1/"} }}), root.Pool())
		t.Revocation = true
		return t
	}, unheard("connection refused")),
	Entry("passes where the certificate names nobody to ask", func() checks.Target {
		t := issued(checkstest.Leaf{Change: func(c *x509.Certificate) { c.CRLDistributionPoints = []string{"ldap://x/", "https://x/"} }})
		t.Revocation = true
		return t
	}, passes("names neither OCSP nor a list")),
	Entry("reads no more than a megabyte", telling(nil, func(leafOf) []byte { return make([]byte, 1<<20+1) }), unheard("larger than 1 MiB")),
	Entry("is skipped where the issuer is missing", func() checks.Target {
		l := askable()
		l.served = cutting(l.served)
		return l.asking()
	}, SatisfyAll(HaveField("Status", checks.Skip), HaveField("Reason", ContainSubstring("see cert.chain")))),
)

var _ = Describe("cert.revocation", func() {
	It("follows no redirect", func(ctx SpecContext) {
		l := askable()
		l.desk.answers["/ocsp"] = func(w http.ResponseWriter) {
			w.Header().Set("Location", l.desk.url+"/elsewhere")
			w.WriteHeader(http.StatusFound)
		}
		Expect(checks.RunCheck(ctx, checks.CertRevocation, l.asking())).To(unheard("it answers 302"))
		Expect(l.desk.asked).To(Equal([]string{"POST /ocsp", "GET /list.crl"}))
	})

	It("asks nobody without the flag", func(ctx SpecContext) {
		l := askable()
		t := l.asking()
		t.Revocation = false
		checks.RunCheck(ctx, checks.CertRevocation, t)
		Expect(l.desk.asked).To(BeEmpty())
	})

	It("asks no private address on behalf of a public app", func(ctx SpecContext) {
		d := openDesk()
		root := checkstest.NewAuthority("belay test root")
		t := publicly(showing(root.Issue(checkstest.Leaf{Change: func(c *x509.Certificate) {
			c.OCSPServer = []string{strings.Replace(d.url, authorityHost, "127.0.0.1", 1) + "/ocsp", "http://169.254.169.254/"}
		}}), root.Pool()))
		t.Revocation = true
		r := checks.RunCheck(ctx, checks.CertRevocation, t)
		Expect(r).To(unheard("which is not asked on behalf of a public app"))
		Expect(r.Remarks).To(HaveLen(2))
		Expect(d.asked).To(BeEmpty())
	})
})
