package payload

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// The ways in which a name can fail to lead anywhere.
var (
	ErrNXDomain  = errors.New("the name does not exist (NXDOMAIN)")
	ErrServFail  = errors.New("the name server fails")
	ErrNoAddress = errors.New("the name exists and has neither A nor AAAA records")
	ErrDNSNoTime = errors.New("the name server does not answer")
)

// A Source says who knew a name's addresses.
type Source string

// The sources.
const (
	// SourceDNS is a name server.
	SourceDNS Source = "dns"
	// SourceHosts is this machine's hosts file, or the meaning of localhost.
	SourceHosts Source = "hosts"
	// SourceLiteral is an address in place of a name.
	SourceLiteral Source = "literal"
	// SourceGiven is an address that the user gave for the name.
	SourceGiven Source = "given"
)

// A Resolution is where a host name leads, and how that was learnt.
type Resolution struct {
	Host      string
	Addresses []netip.Addr
	// CNAMEs is the chain of aliases, without Host.
	CNAMEs []string
	// TTL is the shortest of the answers'.
	TTL    time.Duration
	Source Source
	// Server is the name server that answered, as address and port.
	Server string
	// RCode is DNS's own word for the outcome, such as NXDOMAIN.
	RCode string
	Took  time.Duration
	Err   error
}

// A Resolver asks name servers itself, because the machine's resolver hides the
// response code, the aliases and the time to live. The zero value uses the
// machine's settings. It is safe for concurrent use.
type Resolver struct {
	// Server is a name server as address and port; "" uses /etc/resolv.conf.
	Server string
	// Given maps a host and port, as in example.com:443, to an address.
	Given map[string]netip.Addr
	// HostsFile is "" for /etc/hosts. It is not read where Server is set.
	HostsFile string
	// Timeout is how long each query waits; zero means 3 s.
	Timeout time.Duration
}

// Resolve looks a host name up; the port matters for Given alone. What went wrong
// is in the resolution.
func (r *Resolver) Resolve(ctx context.Context, host string, port uint16) Resolution {
	began := time.Now()
	found := r.resolve(ctx, strings.TrimSuffix(host, "."), port)
	found.Host = host
	found.Took = time.Since(began)
	return found
}

func (r *Resolver) resolve(ctx context.Context, host string, port uint16) Resolution {
	if address, ok := r.Given[fmt.Sprintf("%s:%d", strings.ToLower(host), port)]; ok {
		return Resolution{Addresses: []netip.Addr{address}, Source: SourceGiven}
	}
	if address, err := netip.ParseAddr(host); err == nil {
		return Resolution{Addresses: []netip.Addr{address.Unmap()}, Source: SourceLiteral}
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		loopback := []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}
		return Resolution{Addresses: loopback, Source: SourceHosts}
	}
	servers := []string{r.Server}
	if r.Server == "" {
		if addresses := r.hosts(host); len(addresses) > 0 {
			return Resolution{Addresses: addresses, Source: SourceHosts}
		}
		servers = machineServers()
	}
	if len(servers) == 0 {
		return machineResolve(ctx, host)
	}
	return r.query(ctx, host, servers)
}

// hosts reads the machine's hosts file. A file that cannot be read knows nobody.
func (r *Resolver) hosts(host string) []netip.Addr {
	file, err := os.Open(or(r.HostsFile, "/etc/hosts"))
	if err != nil {
		return nil
	}
	defer file.Close()
	var found []netip.Addr
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		for _, name := range fields[1:] {
			if address, err := netip.ParseAddr(fields[0]); err == nil && strings.EqualFold(name, host) {
				found = append(found, address.Unmap())
			}
		}
	}
	return found
}

func machineServers() []string {
	config, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil {
		return nil
	}
	var servers []string
	for _, s := range config.Servers {
		servers = append(servers, net.JoinHostPort(s, config.Port))
	}
	return servers
}

// machineResolve serves machines without a resolv.conf.
func machineResolve(ctx context.Context, host string) Resolution {
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	var failed *net.DNSError
	switch {
	case err == nil:
		return Resolution{Addresses: addresses, Source: SourceDNS}
	case !errors.As(err, &failed):
		return Resolution{Source: SourceDNS, Err: err}
	case failed.IsNotFound:
		return Resolution{Source: SourceDNS, Err: ErrNXDomain, RCode: "NXDOMAIN"}
	case failed.IsTimeout:
		return Resolution{Source: SourceDNS, Err: ErrDNSNoTime}
	}
	return Resolution{Source: SourceDNS, Err: fmt.Errorf("%w: %v", ErrServFail, err)}
}
