package demo

import (
	"fmt"
	"net"
	"net/netip"

	"github.com/miekg/dns"
)

// A zone fills in the reply to a question about names, given the app's address.
type zone func(reply *dns.Msg, app netip.Addr)

// nxdomain knows no name at all.
func nxdomain(reply *dns.Msg, _ netip.Addr) { reply.Rcode = dns.RcodeNameError }

// privateAddress knows the app's name and says that it leads to loopback.
func privateAddress(reply *dns.Msg, app netip.Addr) {
	question := reply.Question[0]
	if dns.CanonicalName(question.Name) != dns.Fqdn(host) {
		reply.Rcode = dns.RcodeNameError
		return
	}
	header := dns.RR_Header{Name: question.Name, Rrtype: question.Qtype, Class: dns.ClassINET, Ttl: 60}
	switch {
	case question.Qtype == dns.TypeA && app.Is4():
		reply.Answer = append(reply.Answer, &dns.A{Hdr: header, A: app.AsSlice()})
	case question.Qtype == dns.TypeAAAA && app.Is6():
		reply.Answer = append(reply.Answer, &dns.AAAA{Hdr: header, AAAA: app.AsSlice()})
	}
}

// A nameServer answers DNS on a UDP port of loopback.
type nameServer struct {
	address string
	dns     *dns.Server
	done    chan struct{}
}

// serveDNS starts a name server for the zone.
func serveDNS(z zone, app netip.Addr) (*nameServer, error) {
	conn, err := net.ListenPacket("udp", net.JoinHostPort(app.String(), "0"))
	if err != nil {
		return nil, fmt.Errorf("open the name server's port: %w", err)
	}
	started := make(chan struct{})
	n := &nameServer{address: conn.LocalAddr().String(), done: make(chan struct{})}
	n.dns = &dns.Server{
		PacketConn:        conn,
		NotifyStartedFunc: func() { close(started) },
		Handler: dns.HandlerFunc(func(w dns.ResponseWriter, question *dns.Msg) {
			reply := new(dns.Msg).SetReply(question)
			z(reply, app)
			_ = w.WriteMsg(reply)
		}),
	}
	var failed error
	go func() {
		defer close(n.done)
		failed = n.dns.ActivateAndServe()
	}()
	// A server that has not started yet cannot be shut down.
	select {
	case <-started:
		return n, nil
	case <-n.done:
		return nil, fmt.Errorf("start the name server: %w", failed)
	}
}

func (n *nameServer) close() {
	_ = n.dns.Shutdown()
	<-n.done
}
