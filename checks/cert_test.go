package checks_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"time"

	"github.com/miekg/dns"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

// showing is a target that serves a certificate, and is held to these roots.
func showing(c tls.Certificate, roots *x509.CertPool) checks.Target {
	t := at(host, checkstest.ServeTLS(GinkgoT(), checkstest.Showing(c), fine))
	t.Roots = roots
	return t
}

// issued is a target with a good chain of three, but for the leaf.
func issued(l checkstest.Leaf) checks.Target {
	root := checkstest.NewAuthority("belay test root")
	return showing(root.Intermediate("belay test R13").Issue(l), root.Pool())
}

// trustedHere is the target on a machine whose store holds these roots.
func trustedHere(t checks.Target, roots ...*x509.Certificate) checks.Target {
	t.MachineRoots = func() (*x509.CertPool, error) { return checkstest.Pool(roots...), nil }
	return t
}

// locally is the target with --local.
func locally(t checks.Target) checks.Target {
	t.Local = true
	return t
}

// publicly is the target as a name server in the test leads to a public address,
// from which the dialer comes back to loopback.
func publicly(t checks.Target) checks.Target {
	t.Resolver = &payload.Resolver{Server: nameServer(net.IPv4(93, 184, 216, 34))}
	t.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	}
	return t
}

// nameServer answers every question for an IPv4 address with that one.
func nameServer(address net.IP) string {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		a := new(dns.Msg).SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			head := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 60}
			a.Answer = []dns.RR{&dns.A{Hdr: head, A: address}}
		}
		_ = w.WriteMsg(a)
	})}
	go func() { _ = server.ActivateAndServe() }()
	DeferCleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().String()
}

// halfADay keeps a slow test within the day.
const halfADay = 12 * time.Hour

// days is so many days from now.
func days(n int) time.Time { return time.Now().UTC().AddDate(0, 0, n) }

// lasting gives an authority other dates, in days from now.
func lasting(from, until int) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.NotBefore, c.NotAfter = days(from), days(until) }
}

// of gives an authority an organisation.
func of(organisation string) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.Subject.Organization = []string{organisation} }
}

// askClock is the target on a day so many days from now.
func askClock(t checks.Target, n int) checks.Target {
	t.Clock = clock.At(days(n))
	return t
}

var _ = Describe("the certificate", func() {
	It("is judged by nothing where this machine's network replaced it", func(ctx SpecContext) {
		ca := checkstest.NewAuthority("Zscaler Root CA")
		t := publicly(trustedHere(showing(ca.Issue(checkstest.Leaf{NotAfter: days(-1)}), nil), ca.Certificate))
		for _, c := range []checks.Check{
			checks.CertOrder, checks.CertValidity, checks.CertHostname, checks.CertUsage, checks.CertKey, checks.CertSignature,
			checks.CertConstraints, checks.CertForm, checks.CertLifetime, checks.CertRevocation,
		} {
			r := checks.RunAfter(ctx, c, t, checks.TLSHandshake, checks.CertChain)
			Expect(r).To(HaveField("Status", checks.Skip), c.ID)
			Expect(r.Reason).To(ContainSubstring("this machine's network"), c.ID)
		}
	})

	It("is judged within bounds, whatever it says of itself", func(ctx SpecContext) {
		names := make([]string, 2000)
		for i := range names {
			names[i] = "a.example.org"
		}
		long := make([]byte, 5000)
		for i := range long {
			long[i] = 'x'
		}
		t := showing(checkstest.SelfSigned(checkstest.Leaf{Names: names, Change: func(c *x509.Certificate) {
			c.Subject = pkix.Name{CommonName: string(long)}
		}}), nil)
		r := checks.RunCheck(ctx, checks.CertChain, t)
		Expect(r.Evidence.Chain[0].Names).To(HaveLen(100))
		Expect(len(r.Evidence.Chain[0].Subject)).To(BeNumerically("<", 300))
		Expect(len(r.Saw)).To(BeNumerically("<", 300))
		Expect(len(checks.RunCheck(ctx, checks.CertHostname, t).Saw)).To(BeNumerically("<", 500))
	})
})
