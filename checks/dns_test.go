package checks_test

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/miekg/dns"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// addressOf is where an app listens.
func addressOf(app *checkstest.App) netip.AddrPort {
	u, err := url.Parse(app.URL)
	Expect(err).NotTo(HaveOccurred())
	return netip.MustParseAddrPort(u.Host)
}

// resolving asks a name server of the test's.
func resolving(z checkstest.Zone) *payload.Resolver {
	return &payload.Resolver{Server: checkstest.ServeDNS(GinkgoT(), z), Timeout: 60 * time.Millisecond}
}

// known is the app under its name, which the zone knows. Every address is dialled on
// loopback.
func known(app *checkstest.App, z checkstest.Zone) checks.Target {
	t := aside(app)
	t.Resolver, t.Dial = resolving(z), dialLoopback
	return t
}

func dialLoopback(ctx context.Context, network, address string) (net.Conn, error) {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
}

// a and aaaa are records of the app's name.
func a(address string) string    { return host + ". 300 IN A " + address }
func aaaa(address string) string { return host + ". 300 IN AAAA " + address }

const public = "93.184.216.34"

var _ = DescribeTable("dns.resolve", func(z checkstest.Zone, matches types.GomegaMatcher) {
	d := diagnose(known(start(healthy().Serve), z))
	Expect(d.of("dns.resolve")).To(matches, d.String)
	if d.of("dns.resolve").Status == checks.Fail {
		Expect(d.Verdict.Cause).To(HavePrefix("dns."))
		Expect(d.of("tcp.connect")).To(skips("dns.resolve"))
	}
	Expect(d.of("dns.resolve").Evidence.Resolution.Server).NotTo(BeEmpty())
},
	Entry("passes", checkstest.Records(a(public)), passes(public)),
	Entry("passes with the aliases", checkstest.Records(host+". 300 IN CNAME edge.example.net.", "edge.example.net. 60 IN A "+public), passes("by way of edge.example.net.")),
	Entry("passes with many addresses", checkstest.Records(a("93.184.216.1"), a("93.184.216.2"), a("93.184.216.3"), a("93.184.216.4"), a("93.184.216.5")), passes("and 1 more")),
	Entry("names a name that does not exist", checkstest.Records("other.example. 1 IN A "+public), found(checks.Fail, "dns.nxdomain", host+" does not exist, says 127.0.0.1:")),
	Entry("names a name server that fails", checkstest.RCode(dns.RcodeServerFailure), found(checks.Fail, "dns.servfail", "SERVFAIL")),
	Entry("names a name server that refuses", checkstest.RCode(dns.RcodeRefused), found(checks.Fail, "dns.servfail", "REFUSED")),
	Entry("names aliases in a circle", checkstest.Records(host+". 1 IN CNAME b.example.", "b.example. 1 IN CNAME "+host+"."), found(checks.Fail, "dns.servfail", "circle")),
	Entry("names a name server that is silent", checkstest.Zone(checkstest.Silence), found(checks.Fail, "dns.timeout", "no answer about "+host)),
	Entry("names a name without addresses", checkstest.Records(host+". 1 IN TXT hello"), found(checks.Fail, "dns.no-address", "neither A nor AAAA")),
)

var _ = DescribeTable("dns.public, asked of this machine's resolver", func(record string, matches types.GomegaMatcher) {
	d := diagnose(known(start(healthy().Serve), checkstest.Records(record)))
	Expect(d.of("dns.public")).To(matches, d.String)
	Expect(d.of("signature.valid").Status).To(Equal(checks.Pass), "the rest is asked all the same")
},
	Entry("passes", a(public), passes("public")),
	Entry("names loopback", a("127.0.0.1"), found(checks.Fail, "dns.private-address", "this machine")),
	Entry("names 10/8", a("10.0.0.1"), found(checks.Fail, "dns.private-address", "private network")),
	Entry("names 172.16/12", a("172.31.255.255"), found(checks.Fail, "dns.private-address", "private network")),
	Entry("passes beside 172.16/12", a("172.32.0.1"), passes("public")),
	Entry("names 192.168/16", a("192.168.1.1"), found(checks.Fail, "dns.private-address", "--public-dns")),
	Entry("names link-local", a("169.254.169.254"), found(checks.Fail, "dns.private-address", "link-local")),
	Entry("names CGNAT", a("100.64.0.1"), found(checks.Fail, "dns.private-address", "CGNAT")),
	Entry("passes beside CGNAT", a("100.128.0.1"), passes("public")),
	Entry("names documentation", a("203.0.113.7"), found(checks.Fail, "dns.private-address", "documentation")),
	Entry("names multicast", a("224.0.0.1"), found(checks.Fail, "dns.private-address", "multicast")),
	Entry("names 0.0.0.0", a("0.0.0.0"), found(checks.Fail, "dns.private-address", "this network")),
	Entry("names ULA", aaaa("fd00::1"), found(checks.Fail, "dns.private-address", "ULA")),
	Entry("names ::1", aaaa("::1"), found(checks.Fail, "dns.private-address", "this machine")),
	Entry("names documentation of IPv6", aaaa("2001:db8::1"), found(checks.Fail, "dns.private-address", "documentation")),
	Entry("names a mapped private address", aaaa("::ffff:10.0.0.1"), found(checks.Fail, "dns.private-address", "private network")),
	Entry("knows what local proxies make up", a("198.18.0.7"), SatisfyAll(found(checks.Inconclusive, "vantage.fake-ip", "198.18.0.7"), isInconclusive(""))),
)

var _ = Describe("dns.public", func() {
	It("finds one private address among public ones", func() {
		d := diagnose(known(start(healthy().Serve), checkstest.Records(a(public), a("10.0.0.1"))))
		Expect(d.of("dns.public")).To(found(checks.Fail, "dns.private-address", "10.0.0.1"))
		Expect(d).To(failFor("dns.private-address"))
	})

	It("knows localhost", func() {
		t := aside(start(healthy().Serve))
		t.URL, t.Resolver = "http://localhost:"+portOf(addressOf(start(healthy().Serve)))+checkstest.Path, nil
		Expect(diagnose(t).of("dns.public")).To(found(checks.Fail, "dns.private-address", "Slack's servers call your app"))
	})

	It("is not asked of a local target, nor of an address that was given", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("dns.public")).To(passes("local"))
		Expect(diagnose(aside(start(healthy().Serve))).of("dns.public")).To(passes("--resolve"))
	})

	It("judges a literal address", func() {
		t := local(start(healthy().Serve))
		t.Local = false
		Expect(diagnose(t).of("dns.public")).To(found(checks.Fail, "dns.private-address", "127.0.0.1 is this machine"))
	})
})

var _ = DescribeTable("dns.public, compared with a public resolver",
	func(here, there checkstest.Zone, matches types.GomegaMatcher) {
		t := known(start(healthy().Serve), here)
		t.Public = resolving(there)
		d := diagnose(t)
		Expect(d.of("dns.public")).To(matches, d.String)
	},
	Entry("passes where both say the same", checkstest.Records(a(public)), checkstest.Records(a(public)), passes(public+", says 127.0.0.1:")),
	Entry("passes where the public one has what Slack can use, with a remark", checkstest.Records(a("10.0.0.1")), checkstest.Records(a(public)),
		passesRemarking("", "10.0.0.1")),
	Entry("passes where a local proxy made an address up", checkstest.Records(a("198.18.0.7")), checkstest.Records(a(public)), passes(public)),
	Entry("fails where both say a private address", checkstest.Records(a("10.0.0.1")), checkstest.Records(a("10.0.0.1")),
		found(checks.Fail, "dns.private-address", "10.0.0.1")),
	Entry("fails where only this machine knows the name", checkstest.Records(a(public)), checkstest.RCode(dns.RcodeNameError),
		found(checks.Fail, "dns.split-horizon", "NXDOMAIN")),
	Entry("fails where the public one has a private address", checkstest.Records(a(public)), checkstest.Records(a("10.0.0.1")),
		found(checks.Fail, "dns.split-horizon", "10.0.0.1")),
	Entry("says nothing of the app where the public one is silent", checkstest.Records(a(public)), checkstest.Zone(checkstest.Silence),
		passesRemarking("", "did not answer")),
	Entry("judges here where the public one is silent", checkstest.Records(a("10.0.0.1")), checkstest.Zone(checkstest.Silence),
		found(checks.Fail, "dns.private-address", "10.0.0.1")),
)

var _ = Describe("dns.ipv4", func() {
	It("passes", func() {
		Expect(diagnose(known(start(healthy().Serve), checkstest.Records(a(public)))).of("dns.ipv4")).To(passes(public))
	})

	It("warns of AAAA alone", func() {
		d := diagnose(known(start(healthy().Serve), checkstest.Records(aaaa("2606:2800:220:1::1"))))
		Expect(d.of("dns.ipv4")).To(found(checks.Warn, "dns.ipv6-only", "2606:2800:220:1::1"), d.String)
	})
})

var _ = Describe("dns.speed", func() {
	It("passes", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("dns.speed")).To(passes("ms"))
	})

	It("remarks what takes more than a sixth of the deadline", func() {
		t := known(start(healthy().Serve), checkstest.Slowly(40*time.Millisecond, checkstest.Records(a(public))))
		t.Deadline, t.Resolver.Timeout = 200*time.Millisecond, time.Second
		Expect(diagnose(t).of("dns.speed")).To(passesRemarking("dns.slow", "the look-up took"))
	})
})

var _ = Describe("a name that only this machine's hosts file knows", func() {
	It("is judged by its address", func() {
		hosts := filepath.Join(GinkgoT().TempDir(), "hosts")
		Expect(os.WriteFile(hosts, []byte("127.0.0.1 "+host+"\n"), 0o600)).To(Succeed())
		t := aside(start(healthy().Serve))
		t.Resolver = &payload.Resolver{HostsFile: hosts}
		d := diagnose(t)
		Expect(d.of("dns.resolve").Saw).To(ContainSubstring("this machine alone"))
		Expect(d).To(failFor("dns.private-address"))
	})
})

var _ = Describe("vantage.proxy", func() {
	It("passes", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("vantage.proxy")).To(passes("no proxy"))
	})

	It("remarks that a proxy is set and was not used", func() {
		t := with(local(start(healthy().Serve)), func(t *checks.Target) { t.Proxy = "HTTPS_PROXY" })
		Expect(diagnose(t).of("vantage.proxy")).To(passesRemarking("vantage.proxy", "HTTPS_PROXY is set and was not used"))
	})
})
