package payload

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/miekg/dns"
)

// maxAliases bounds a chain of CNAMEs, as resolvers do.
const maxAliases = 8

// query asks for A and AAAA at the same time, of one server after the other until
// one answers.
func (r *Resolver) query(ctx context.Context, host string, servers []string) Resolution {
	var last Resolution
	for _, server := range servers {
		found := r.ask(ctx, host, server)
		if !errors.Is(found.Err, ErrDNSNoTime) {
			return found
		}
		last = found
	}
	return last
}

type reply struct {
	message *dns.Msg
	err     error
}

func (r *Resolver) ask(ctx context.Context, host, server string) Resolution {
	six := make(chan reply, 1)
	go func() { six <- r.exchange(ctx, host, server, dns.TypeAAAA) }()
	four := r.exchange(ctx, host, server, dns.TypeA)
	found := Resolution{Source: SourceDNS, Server: server}
	for _, answer := range []reply{four, <-six} {
		found.add(host, answer)
	}
	if len(found.Addresses) > 0 {
		found.Err, found.RCode = nil, "NOERROR"
	} else if found.Err == nil {
		found.Err = ErrNoAddress
	}
	return found
}

// add takes the addresses of one reply over, or why there are none. The first
// reason stands.
func (f *Resolution) add(host string, answer reply) {
	if answer.err != nil {
		f.fail(fmt.Errorf("%w: %v", ErrDNSNoTime, answer.err), "")
		return
	}
	code := dns.RcodeToString[answer.message.Rcode]
	switch answer.message.Rcode {
	case dns.RcodeSuccess:
		f.take(dns.CanonicalName(host), answer.message.Answer)
	case dns.RcodeNameError:
		f.fail(ErrNXDomain, code)
	default:
		f.fail(fmt.Errorf("%w (%s)", ErrServFail, code), code)
	}
}

func (f *Resolution) fail(err error, code string) {
	if f.Err == nil {
		f.Err, f.RCode = err, code
	}
}

// take follows the aliases from name through the records of an answer.
func (f *Resolution) take(name string, records []dns.RR) {
	var aliases []string
	for range maxAliases {
		next := ""
		for _, record := range records {
			if dns.CanonicalName(record.Header().Name) != name {
				continue
			}
			f.shortest(record.Header().Ttl)
			switch rr := record.(type) {
			case *dns.CNAME:
				next = dns.CanonicalName(rr.Target)
			case *dns.A:
				f.address(netip.AddrFromSlice(rr.A.To4()))
			case *dns.AAAA:
				f.address(netip.AddrFromSlice(rr.AAAA))
			}
		}
		if next == "" {
			f.CNAMEs = longer(f.CNAMEs, aliases)
			return
		}
		aliases = append(aliases, next)
		name = next
	}
	f.CNAMEs = longer(f.CNAMEs, aliases)
	f.fail(fmt.Errorf("%w: its aliases (CNAME) lead in a circle", ErrServFail), "NOERROR")
}

func (f *Resolution) address(address netip.Addr, ok bool) {
	if ok {
		f.Addresses = append(f.Addresses, address)
	}
}

func (f *Resolution) shortest(seconds uint32) {
	ttl := time.Duration(seconds) * time.Second
	if f.TTL == 0 || ttl < f.TTL {
		f.TTL = ttl
	}
}

func longer(a, b []string) []string {
	if len(b) > len(a) {
		return b
	}
	return a
}

// exchange asks over UDP, and over TCP when the answer did not fit.
func (r *Resolver) exchange(ctx context.Context, host, server string, kind uint16) reply {
	timeout := r.Timeout
	if timeout == 0 {
		timeout = 3 * time.Second
	}
	question := new(dns.Msg)
	question.SetQuestion(dns.Fqdn(host), kind)
	question.SetEdns0(1232, false)
	client := &dns.Client{Timeout: timeout}
	message, _, err := client.ExchangeContext(ctx, question, server)
	if err == nil && message.Truncated {
		client.Net = "tcp"
		message, _, err = client.ExchangeContext(ctx, question, server)
	}
	return reply{message, err}
}
