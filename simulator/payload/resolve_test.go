package payload_test

import (
	"context"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/miekg/dns"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

// nameServer answers from the func on a loopback port, over UDP.
func nameServer(answer func(m *dns.Msg, name string, kind uint16)) string {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	started := make(chan struct{})
	server := &dns.Server{
		PacketConn: conn, NotifyStartedFunc: func() { close(started) },
		Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
			m := new(dns.Msg)
			m.SetReply(q)
			answer(m, q.Question[0].Name, q.Question[0].Qtype)
			_ = w.WriteMsg(m)
		}),
	}
	go func() { _ = server.ActivateAndServe() }()
	<-started
	DeferCleanup(server.Shutdown)
	return conn.LocalAddr().String()
}

func record(text string) dns.RR {
	rr, err := dns.NewRR(text)
	Expect(err).NotTo(HaveOccurred())
	return rr
}

// zone answers with the records of the question's kind and with all aliases.
func zone(records ...string) func(*dns.Msg, string, uint16) {
	return func(m *dns.Msg, _ string, kind uint16) {
		for _, text := range records {
			rr := record(text)
			if rr.Header().Rrtype == kind || rr.Header().Rrtype == dns.TypeCNAME {
				m.Answer = append(m.Answer, rr)
			}
		}
	}
}

func code(rcode int) func(*dns.Msg, string, uint16) {
	return func(m *dns.Msg, _ string, _ uint16) { m.Rcode = rcode }
}

var _ = Describe("resolving a name", func() {
	It("finds the addresses, the aliases and the shortest time to live", func() {
		r := payload.Resolver{Server: nameServer(zone(
			"bot.example.com. 300 IN CNAME edge.example.net.",
			"edge.example.net. 60 IN A 198.51.100.7",
			"edge.example.net. 90 IN AAAA 2001:db8::7",
		))}
		found := r.Resolve(context.Background(), "bot.example.com", 443)
		Expect(found.Err).NotTo(HaveOccurred())
		Expect(found.Addresses).To(Equal([]netip.Addr{netip.MustParseAddr("198.51.100.7"), netip.MustParseAddr("2001:db8::7")}))
		Expect(found.CNAMEs).To(Equal([]string{"edge.example.net."}))
		Expect(found.TTL).To(Equal(time.Minute))
		Expect(found.RCode).To(Equal("NOERROR"))
		Expect(found.Source).To(Equal(payload.SourceDNS))
	})

	DescribeTable("tells apart why there is no address",
		func(answer func(*dns.Msg, string, uint16), wrong error, rcode string) {
			r := payload.Resolver{Server: nameServer(answer)}
			found := r.Resolve(context.Background(), "bot.example.com", 443)
			Expect(found.Err).To(MatchError(wrong))
			Expect(found.RCode).To(Equal(rcode))
		},
		Entry("the name does not exist", code(dns.RcodeNameError), payload.ErrNXDomain, "NXDOMAIN"),
		Entry("the name server fails", code(dns.RcodeServerFailure), payload.ErrServFail, "SERVFAIL"),
		Entry("the name server refuses", code(dns.RcodeRefused), payload.ErrServFail, "REFUSED"),
		Entry("the name has other records only", zone(), payload.ErrNoAddress, ""),
		Entry("the aliases lead in a circle", zone("bot.example.com. 1 IN CNAME b.example.com.", "b.example.com. 1 IN CNAME bot.example.com."), payload.ErrServFail, "NOERROR"),
	)

	It("gives up on a name server that does not answer", func() {
		silent, err := net.ListenPacket("udp", "127.0.0.1:0")
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(silent.Close)
		r := payload.Resolver{Server: silent.LocalAddr().String(), Timeout: 50 * time.Millisecond}
		Expect(r.Resolve(context.Background(), "bot.example.com", 443).Err).To(MatchError(payload.ErrDNSNoTime))
	})

	It("knows addresses that are given, for their port alone", func() {
		given := netip.MustParseAddr("127.0.0.1")
		r := payload.Resolver{Server: nameServer(code(dns.RcodeNameError)), Given: map[string]netip.Addr{"bot.example.com:443": given}}
		Expect(r.Resolve(context.Background(), "Bot.Example.com", 443).Addresses).To(Equal([]netip.Addr{given}))
		Expect(r.Resolve(context.Background(), "bot.example.com", 8443).Err).To(MatchError(payload.ErrNXDomain))
	})

	It("knows localhost, literals and the machine's hosts file without asking", func() {
		hosts := filepath.Join(GinkgoT().TempDir(), "hosts")
		Expect(os.WriteFile(hosts, []byte("# comment\n10.1.2.3 other Bot.Internal # me\n"), 0o600)).To(Succeed())
		r := payload.Resolver{HostsFile: hosts}
		Expect(r.Resolve(context.Background(), "localhost", 80).Addresses).To(HaveLen(2))
		Expect(r.Resolve(context.Background(), "::1", 80).Source).To(Equal(payload.SourceLiteral))
		found := r.Resolve(context.Background(), "bot.internal", 80)
		Expect(found.Source).To(Equal(payload.SourceHosts))
		Expect(found.Addresses).To(Equal([]netip.Addr{netip.MustParseAddr("10.1.2.3")}))
	})
})
