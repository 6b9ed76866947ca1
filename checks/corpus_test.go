package checks_test

import (
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/ulikunitz/xz"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/clock"
)

// readCorpus reads a file of the certificates that others made, or skips the score.
func readCorpus(name string, into any) {
	GinkgoHelper()
	folder := os.Getenv("BELAY_CORPUS")
	if folder == "" {
		fmt.Printf("\ncorpus: %s not scored (BELAY_CORPUS is not set)\n", name)
		Skip("not scored: BELAY_CORPUS is not set")
	}
	if !filepath.IsAbs(folder) {
		// It is relative to the module, and tests run in the folder of their package.
		folder = filepath.Join("..", folder)
	}
	file, err := os.Open(filepath.Join(folder, name))
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(file.Close)
	text, err := xz.NewReader(file)
	Expect(err).NotTo(HaveOccurred())
	Expect(json.NewDecoder(text).Decode(into)).To(Succeed())
}

// A limboCase is a case of x509-limbo (limbo-schema.json in the corpus).
type limboCase struct {
	ID            string    `json:"id"`
	Kind          string    `json:"validation_kind"`
	Trusted       []string  `json:"trusted_certs"`
	Intermediates []string  `json:"untrusted_intermediates"`
	Peer          string    `json:"peer_certificate"`
	Key           string    `json:"peer_certificate_key"`
	Time          time.Time `json:"validation_time"`
	Expected      string    `json:"expected_result"`
	Name          *struct {
		Value string `json:"value"`
	} `json:"expected_peer_name"`
	Depth *int     `json:"max_chain_depth"`
	CRLs  []string `json:"crls"`
}

// applies reports a case that asks what belay is asked as well: not about clients,
// a depth that the verifier sets, or lists of the revoked that come with the case.
func (c limboCase) applies() bool {
	return c.Kind == "SERVER" && c.Depth == nil && len(c.CRLs) == 0
}

// judge serves the chain over TLS where the case has the key, and else gives it to
// the checks as a handshake would have. Where the case asks for no name, that of the
// certificate is not judged.
func (c limboCase) judge(ctx context.Context) []checks.Result {
	name := host
	if c.Name != nil {
		name = c.Name.Value
	}
	chain := derOf(append([]string{c.Peer}, c.Intermediates...))
	t := at(name, netip.MustParseAddrPort("127.0.0.1:443"))
	key := readKey(c.Key)
	if key != nil {
		address := checkstest.ServeTLS(GinkgoT(), checkstest.Showing(tls.Certificate{Certificate: chain, PrivateKey: key}), fine)
		t.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address.String())
		}
	}
	t.Roots = rootsOf(c.Trusted)
	if !c.Time.IsZero() {
		t.Clock = clock.At(c.Time)
	}
	results := checks.RunCertificates
	if key == nil {
		results = func(ctx context.Context, t checks.Target) []checks.Result {
			return checks.JudgeCertificates(ctx, t, readAll(chain)...)
		}
	}
	return slices.DeleteFunc(results(ctx, t), func(r checks.Result) bool {
		return r.Check == "cert.hostname" && c.Name == nil
	})
}

// rootsOf are roots as --ca-file reads them.
func rootsOf(texts []string) *x509.CertPool {
	return checkstest.Pool(checks.ReadRoots([]byte(strings.Join(texts, "")))...)
}

// readKey reads a private key, or returns nil where there is none that crypto/tls
// could serve.
func readKey(text string) crypto.Signer {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key
	}
	key, _ := x509.ParsePKCS8PrivateKey(block.Bytes)
	signer, _ := key.(crypto.Signer)
	return signer
}

func derOf(texts []string) [][]byte {
	var all [][]byte
	for _, text := range texts {
		block, _ := pem.Decode([]byte(text))
		all = append(all, block.Bytes)
	}
	return all
}

// pemOf writes a certificate.
func pemOf(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// readAll reads certificates as the checks do, as far as that goes.
func readAll(ders [][]byte) []*x509.Certificate {
	var all []*x509.Certificate
	for _, der := range ders {
		if c, err := checks.ReadCertificate(der); err == nil {
			all = append(all, c)
		}
	}
	return all
}

// A verdictOn a case is how it is named: with which status, by which problem.
type verdictOn struct {
	status checks.Status
	id     string
}

// remarked is the status of a pass that names a problem.
const remarked = checks.Status("remark")

// verdictsIn are what the results name.
func verdictsIn(results []checks.Result) []verdictOn {
	var all []verdictOn
	for _, r := range results {
		switch {
		case r.Problem != nil:
			all = append(all, verdictOn{r.Status, r.Problem.ID})
		case r.Status != checks.Pass && r.Status != checks.Skip:
			all = append(all, verdictOn{r.Status, "-"})
		}
		for _, remark := range r.Remarks {
			all = append(all, verdictOn{remarked, remark.Problem})
		}
	}
	return all
}

// limboWanted reads how each case is to be named.
func limboWanted() map[string]verdictOn {
	GinkgoHelper()
	text, err := os.ReadFile("testdata/limbo.txt")
	Expect(err).NotTo(HaveOccurred())
	wanted := map[string]verdictOn{}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			fields := strings.Fields(line)
			Expect(fields).To(HaveLen(3), line)
			wanted[fields[2]] = verdictOn{checks.Status(fields[0]), fields[1]}
		}
	}
	return wanted
}

// limboClasses are the problems that the cases of a family may be named by.
var limboClasses = map[string][]string{
	"validity": {"cert.expired", "cert.not-yet-valid", "cert.intermediate-expired"},
	"san":      {"cert.hostname", "cert.no-san", "cert.nonconforming"},
	"nc":       {"cert.name-constraint", "cert.nonconforming"},
	"eku":      {"cert.usage", "cert.nonconforming"},
	"pathlen":  {"cert.path-length"},
}

// familyOf is the family of a case, such as nc of rfc5280::nc::excluded-dns-match.
func familyOf(id string) string {
	parts := strings.Split(id, "::")
	return parts[len(parts)-2]
}

// isBroken reports a certificate that is called so, or that could not be judged.
func isBroken(got []verdictOn) bool {
	return slices.ContainsFunc(got, func(v verdictOn) bool { return v.status == checks.Fail || v.status == checks.Inconclusive })
}

// A limboScore counts cases.
type limboScore struct{ named, failures, broken, successes, left int }

// add scores one case.
func (s *limboScore) add(ctx context.Context, c limboCase, wanted map[string]verdictOn) {
	GinkgoHelper()
	if !c.applies() {
		s.left++
		return
	}
	got := verdictsIn(c.judge(ctx))
	if c.Expected == "SUCCESS" {
		s.successes++
		if isBroken(got) {
			s.broken++
			AddReportEntry("called broken: "+c.ID, got)
		}
		return
	}
	s.failures++
	want, known := wanted[c.ID]
	Expect(known).To(BeTrue(), "testdata/limbo.txt does not have %s", c.ID)
	Expect(got).To(ContainElement(want), c.ID)
	if classes, required := limboClasses[familyOf(c.ID)]; required {
		Expect(classes).To(ContainElement(want.id), c.ID)
	}
	if want.status != checks.Inconclusive {
		s.named++
	}
}

var _ = Describe("the corpus", func() {
	It("of x509-limbo: failures are named as they should be, and no success is called broken", func(ctx SpecContext) {
		var corpus struct {
			Cases []limboCase `json:"testcases"`
		}
		readCorpus("limbo-core-208.json.xz", &corpus)
		wanted := limboWanted()
		var s limboScore
		for _, c := range corpus.Cases {
			s.add(ctx, c, wanted)
		}
		fmt.Printf("\nlimbo: %d of %d failures named, %d of %d successes called broken (must be 0), %d not applicable\n",
			s.named, s.failures, s.broken, s.successes, s.left)
		Expect(s.failures).To(Equal(len(wanted)))
		Expect(s.broken).To(BeZero())
		Expect(s.left).To(Equal(24))
	})

	It("of badssl: hosts whose certificate is at fault are named, and the others are not called broken", func(ctx SpecContext) {
		var corpus struct {
			Hosts []badsslHost `json:"hosts"`
		}
		readCorpus("badssl.json.xz", &corpus)
		var named, hosts, faulty int
		for _, h := range corpus.Hosts {
			if h.Category != "cert" && h.Category != "known-bad" {
				continue
			}
			got := verdictsIn(h.judge(ctx))
			want, atFault := badsslWanted[strings.TrimPrefix(h.ID, "badssl::")]
			hosts++
			if atFault {
				faulty++
				Expect(got).To(ContainElement(want), h.ID)
			} else {
				Expect(isBroken(got)).To(BeFalse(), "%s: %v", h.ID, got)
			}
			named++
		}
		fmt.Printf("\nbadssl: %d of %d certificate hosts named (%d at fault, %d not)\n", named, hosts, faulty, hosts-faulty)
		Expect(faulty).To(Equal(len(badsslWanted)))
	})
})

// A badsslHost is a host of badssl.com, with certificates made for badssl.test.
type badsslHost struct {
	ID       string   `json:"id"`
	Category string   `json:"category"`
	Host     string   `json:"host"`
	Chain    []string `json:"chain"`
	Trusted  []string `json:"trusted_certs"`
}

// judge gives the chain to the checks on the day on which it was made, and that of
// the host expired three days later.
func (h badsslHost) judge(ctx context.Context) []checks.Result {
	t := at(h.Host, netip.MustParseAddrPort("127.0.0.1:443"))
	t.Roots = rootsOf(h.Trusted)
	t.Clock = clock.At(time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC))
	if h.ID == "badssl::expired" {
		t.Clock.Advance(76 * time.Hour)
	}
	return checks.JudgeCertificates(ctx, t, readAll(derOf(h.Chain))...)
}

// badsslWanted are the hosts whose certificate is at fault. The others are healthy,
// or at fault in what no client of Slack's kind looks at (SCTs, pins, EV), or in what
// is not in the certificate: that of revoked names no OCSP and no list.
var badsslWanted = map[string]verdictOn{
	"captive-portal":      {checks.Fail, "cert.hostname"},
	"preloaded-expect-ct": {checks.Fail, "cert.hostname"},
	"wrong.host":          {checks.Fail, "cert.hostname"},
	"no-san":              {checks.Warn, "cert.no-san"},
	"expired":             {checks.Fail, "cert.expired"},
	"incomplete-chain":    {checks.Fail, "cert.chain-incomplete"},
	"reversed-chain":      {checks.Warn, "cert.chain-order"},
	"self-signed":         {checks.Fail, "cert.self-signed"},
	"untrusted-root":      {checks.Fail, "cert.untrusted-root"},
	"md5":                 {checks.Fail, "cert.weak-signature"},
	"sha1":                {checks.Fail, "cert.weak-signature"},
	"sha1-2016":           {checks.Fail, "cert.weak-signature"},
	"sha1-2017":           {checks.Fail, "cert.weak-signature"},
	"sha1-intermediate":   {checks.Fail, "cert.weak-signature"},
	"rsa512":              {checks.Fail, "cert.weak-key"},
	"rsa1024":             {checks.Fail, "cert.weak-key"},
	"dsdtestprovider":     {checks.Fail, "cert.untrusted-root"},
	"edellroot":           {checks.Fail, "cert.untrusted-root"},
	"superfish":           {checks.Fail, "cert.untrusted-root"},
	"preact-cli":          {checks.Fail, "cert.untrusted-root"},
	"webpack-dev-server":  {checks.Fail, "cert.untrusted-root"},
	// Its issuer was not sent and looks like any other.
	"mitm-software": {checks.Fail, "cert.chain-incomplete"},
}
