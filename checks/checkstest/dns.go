package checkstest

import (
	"net"
	"time"

	"github.com/miekg/dns"
)

// A Zone fills in the reply to a question, and reports whether it is sent.
type Zone func(reply *dns.Msg) bool

// Records are the lines of a zone file. Those of the question's name and kind are
// the reply, with all aliases; a name without any does not exist.
func Records(lines ...string) Zone {
	return func(reply *dns.Msg) bool {
		question := reply.Question[0]
		exists := false
		for _, line := range lines {
			record, err := dns.NewRR(line)
			if err != nil {
				panic("checkstest: read a record: " + err.Error())
			}
			head := record.Header()
			exists = exists || dns.CanonicalName(head.Name) == dns.CanonicalName(question.Name)
			if head.Rrtype == question.Qtype || head.Rrtype == dns.TypeCNAME {
				reply.Answer = append(reply.Answer, record)
			}
		}
		if !exists {
			reply.Answer, reply.Rcode = nil, dns.RcodeNameError
		}
		return true
	}
}

// RCode answers every question by that code.
func RCode(code int) Zone {
	return func(reply *dns.Msg) bool {
		reply.Rcode = code
		return true
	}
}

// Silence answers nothing.
func Silence(*dns.Msg) bool { return false }

// Slowly answers when that time has passed.
func Slowly(wait time.Duration, z Zone) Zone {
	return func(reply *dns.Msg) bool {
		<-time.After(wait)
		return z(reply)
	}
}

// ServeDNS answers for a zone on a UDP port of loopback until the test ends.
func ServeDNS(t TB, z Zone) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("open the name server's port: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		if reply := new(dns.Msg).SetReply(q); z(reply) {
			_ = w.WriteMsg(reply)
		}
	})}
	go func() { _ = server.ActivateAndServe() }()
	return conn.LocalAddr().String()
}
