package checks

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"time"

	"belay/simulator/payload"
)

// A Session is one target's examination under way: what was measured, once, for
// all the checks that judge it.
type Session struct {
	Target Target
	// URL is set when the URL could be parsed.
	URL *url.URL

	watch      Watch
	done       map[string]Result
	resolution *payload.Resolution
	public     *payload.Resolution
	dials      []dialled
	handshake  *payload.Handshake
	chain      *chainVerdict
	interview  *interview
	recognised map[uintptr]recognised
	// drilled is set where the app is drilled.
	drilled *drill
	// carried is the verification token of a delivery that is not belay's own.
	carried payload.Secret
	// hidden are the forms of what is secret, once they are made.
	hidden []string
}

// dialled is one try to connect to an address.
type dialled struct {
	address netip.AddrPort
	took    time.Duration
	err     error
}

func newSession(t Target, o Watch) *Session {
	s := &Session{Target: t, watch: o, done: map[string]Result{}, recognised: map[uintptr]recognised{}}
	if u, err := url.Parse(t.URL); err == nil {
		s.URL = u
	}
	return s
}

// name is what the section is called.
func (s *Session) name() string {
	if s.Target.Label != "" {
		return s.Target.Label + " " + s.address()
	}
	return s.address()
}

// address is the URL without its password.
func (s *Session) address() string {
	if s.URL != nil && s.URL.User != nil {
		return s.URL.Redacted()
	}
	if s.URL == nil {
		return withoutUser(s.Target.URL)
	}
	return s.Target.URL
}

func (s *Session) info() TargetInfo {
	t := s.Target
	info := TargetInfo{
		URL: s.address(), Kind: string(t.Kind), Named: t.named(), Signed: t.Secret != "",
		Local: t.Local, Probes: s.probes(), Deadline: Millis(t.Deadline),
	}
	if s.interview != nil && s.interview.alone {
		info.Probes = ""
	}
	return info
}

func (s *Session) asking(what string) {
	if s.watch.Asking != nil {
		s.watch.Asking(what)
	}
}

// port is the one that is dialled.
func (s *Session) port() uint16 { return payload.Port(s.URL) }

// lookUp resolves the host once.
func (s *Session) lookUp(ctx context.Context) payload.Resolution {
	if s.resolution == nil {
		s.asking("looking up " + s.URL.Hostname())
		r := s.Target.Resolver.Resolve(ctx, s.URL.Hostname(), s.port())
		s.resolution = &r
	}
	return *s.resolution
}

// lookUpPublic asks the public resolver once. Without one there is no resolution.
func (s *Session) lookUpPublic(ctx context.Context) (payload.Resolution, bool) {
	if s.Target.Public == nil {
		return payload.Resolution{}, false
	}
	if s.public == nil {
		r := s.Target.Public.Resolve(ctx, s.URL.Hostname(), s.port())
		s.public = &r
	}
	return *s.public, true
}

// connect tries every address once.
func (s *Session) connect(ctx context.Context) []dialled {
	if s.dials != nil {
		return s.dials
	}
	for _, address := range s.lookUp(ctx).Addresses {
		d := dialled{address: netip.AddrPortFrom(address, s.port())}
		s.asking("connecting to " + d.address.String())
		began := time.Now()
		try, cancel := context.WithTimeout(ctx, s.Target.Deadline)
		conn, err := s.dial(try, "tcp", d.address.String())
		cancel()
		d.took, d.err = time.Since(began), err
		if err == nil {
			_ = conn.Close()
		}
		s.dials = append(s.dials, d)
	}
	return s.dials
}

func (s *Session) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if s.Target.Dial != nil {
		return s.Target.Dial(ctx, network, address)
	}
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

// reachable are the addresses that connected, in the order of DNS.
func (s *Session) reachable() []netip.Addr {
	var reachable []netip.Addr
	for _, d := range s.dials {
		if d.err == nil {
			reachable = append(reachable, d.address.Addr())
		}
	}
	return reachable
}

// nearby reports whether what is dialled is on this machine or a private network.
func (s *Session) nearby() bool {
	if s.Target.Local {
		return true
	}
	for _, address := range s.reachable() {
		if address.IsLoopback() || address.IsPrivate() {
			return true
		}
	}
	return false
}

// probes is the set that is asked.
func (s *Session) probes() string {
	if s.Target.Probes != "" {
		return s.Target.Probes
	}
	if s.nearby() {
		return ProbesAll
	}
	return ProbesSafe
}

// client sends to the addresses that were found to connect, with the time of the
// look-up that Slack would need as well.
func (s *Session) client(wait time.Duration) *payload.Client {
	return &payload.Client{
		Dial: s.Target.Dial, Wait: wait, Clock: s.Target.Clock,
		Resolve: func(ctx context.Context, host string, port uint16) payload.Resolution {
			if host != s.URL.Hostname() || port != s.port() {
				return s.Target.Resolver.Resolve(ctx, host, port)
			}
			known := *s.resolution
			known.Addresses = s.reachable()
			return known
		},
	}
}
