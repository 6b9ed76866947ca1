// Package simulator is a running fake Slack: it sends an app what Slack sends, over
// HTTP or Socket Mode and with Slack's deadlines and retries, answers what the app
// asks, and remembers both.
//
//	slack, err := simulator.Start(simulator.Options{})
//	defer slack.Close()
//	// Point the app's SDK at slack.API(), then:
//	outcome := slack.Deliver(ctx, payload.Delivery{
//		Kind:   payload.Event,
//		Fields: payload.Event.Fields(payload.Scene{EventType: "app_mention"}),
//		URL:    appURL, // nil goes over Socket Mode
//		Secret: secret,
//	})
//	fmt.Println(outcome.Acknowledged, slack.Calls(), slack.Findings())
package simulator

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"

	"belay/simulator/clock"
	"belay/simulator/fault"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// Options are how a Server is set up. The zero value is a Slack with one app on
// loopback, on the machine's clock.
type Options struct {
	// Address is where to listen, for http and https; "" is a free port of loopback.
	Address string
	// Listener is listened on instead of Address, when it is set.
	Listener net.Listener
	// Faults misbehave from the start, and FaultSeed decides when.
	Faults    []fault.Fault
	FaultSeed uint64
	// Limits bound what clients can make the server hold.
	Limits Limits
	// ControlToken opens the control API, which is not there without it.
	ControlToken payload.Secret
	// Clock is Slack's; nil is the machine's.
	Clock *clock.Clock
	// AppID, TeamID and UserID are the app, the workspace and the app's bot user of
	// the seed that stands in for none; "" is belay's own.
	AppID, TeamID, UserID string
	// Seed is what the workspace begins with; nil is webapi.DefaultSeed with the ids
	// above.
	Seed *webapi.Seed
	// Web is how the Web API behaves; nil is webapi.SlackProfile.
	Web *webapi.Profile
	// Targets are where the app listens. Without any, what happens in the workspace
	// goes to the app's sockets, and to nobody when there are none.
	Targets Targets
	// AppToken is the app-level token that opens sockets; "" takes every token of
	// that form.
	AppToken payload.Secret
	// Roots are the authorities that an app's certificate must lead to; nil trusts
	// every certificate, as suits an app on this machine.
	Roots *x509.CertPool
	// Resolve and Dial lead to the app, as those of a payload.Client do.
	Resolve func(ctx context.Context, host string, port uint16) payload.Resolution
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	// Profile is how Slack behaves; nil is SlackProfile.
	Profile *Profile
	// Keep is how many calls, attempts and findings are remembered, each; zero
	// means 1000.
	Keep int
}

// filled returns the options with their empty members set.
func (o Options) filled() Options {
	o.Address = or(o.Address, "127.0.0.1:0")
	o.Limits = o.Limits.filled()
	o.AppID = or(o.AppID, payload.StandInApp)
	o.TeamID = or(o.TeamID, payload.StandInTeam)
	o.UserID = or(o.UserID, payload.StandInBotUser)
	if o.Clock == nil {
		o.Clock = &clock.Clock{}
	}
	if o.Profile == nil {
		profile := SlackProfile()
		o.Profile = &profile
	}
	if o.Keep <= 0 {
		o.Keep = 1000
	}
	if o.Seed == nil {
		seed := webapi.DefaultSeed()
		seed.Teams[0].ID, seed.Apps[0].ID, seed.Apps[0].BotUserID = o.TeamID, o.AppID, o.UserID
		o.Seed = &seed
	}
	return o
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// A Server is a running fake Slack that remembers what it was asked. It is safe for
// concurrent use.
type Server struct {
	options   Options
	workspace *webapi.Workspace
	// happenings counts the events that were made of what happened.
	happenings atomic.Int64
	address    string
	// host is what was asked to listen on, without the port.
	host      string
	mux       *http.ServeMux
	http      *http.Server
	authority func() (*authority, error)
	misplaced sync.Once
	sent      atomic.Int64
	record    *record
	hooks     hooks
	faults    faults
	hub       *hub
	volume    volume
	sending   chan struct{}
	// ctx ends when the server closes, and work waits for what runs until then.
	ctx    context.Context
	end    context.CancelFunc
	mu     sync.Mutex
	closed bool
	work   sync.WaitGroup
}

// maxSending is how many requests to the app may be under way at once.
const maxSending = 256

// Start opens a fake Slack. It is closed with Close.
func Start(o Options) (*Server, error) {
	o = o.filled()
	listener, err := o.listen()
	if err != nil {
		return nil, fmt.Errorf("starting the fake Slack: %w", err)
	}
	s := &Server{
		options: o, address: listener.Addr().String(), host: o.host(),
		mux: http.NewServeMux(), record: newRecord(o.Keep),
		sending: make(chan struct{}, maxSending),
		volume:  volume{profile: o.Profile},
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.hub = newHub(s)
	s.workspace = webapi.New(webapi.Options{
		Clock: o.Clock, Seed: o.Seed, Profile: o.Web, Happens: s.happened, FilesURL: s.URL(), Webhook: s.newAppWebhook,
		Find: func(problem, text string) { s.find(problem, "%s", text) },
	})
	s.faults.seed = o.FaultSeed
	for _, f := range o.Faults {
		s.Inject(f)
	}
	s.authority = sync.OnceValues(func() (*authority, error) { return newAuthority(namesOf(s.host)) })
	door := &door{Listener: listener, most: o.Limits.Connections, config: s.tlsConfig}
	s.http = &http.Server{
		Handler:           s.entrance(),
		BaseContext:       func(net.Listener) context.Context { return s.ctx },
		ConnContext:       withVisitor,
		ConnState:         door.changed,
		ReadHeaderTimeout: o.Limits.Read,
		IdleTimeout:       o.Limits.Idle,
		MaxHeaderBytes:    maxHead,
	}
	s.routes()
	s.work.Go(func() { _ = s.http.Serve(door) })
	return s, nil
}

func (o Options) listen() (net.Listener, error) {
	if o.Listener != nil {
		return o.Listener, nil
	}
	return net.Listen("tcp", o.Address)
}

// host is what is listened on, without the port.
func (o Options) host() string {
	address := o.Address
	if o.Listener != nil {
		address = o.Listener.Addr().String()
	}
	host, _, _ := net.SplitHostPort(address)
	return host
}

func (s *Server) tlsConfig() (*tls.Config, error) {
	a, err := s.authority()
	if err != nil {
		return nil, err
	}
	return a.config()
}

// entrance leads to the control API, or to Slack.
func (s *Server) entrance() http.Handler {
	slack := s.remembering(http.HandlerFunc(s.route))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tellTLS(r)
		if s.options.ControlToken != "" && strings.HasPrefix(r.URL.Path, controlPrefix) {
			s.control(w, r)
			return
		}
		slack.ServeHTTP(w, r)
	})
}

// route leads to the Web API without the mux, which has enough to do.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if f, rand := s.faults.next(r.URL.Path); f != nil {
		s.misbehave(w, r, *f, rand)
		return
	}
	s.behave(w, r)
}

// behave answers as Slack does.
func (s *Server) behave(w http.ResponseWriter, r *http.Request) {
	switch name, is := methodName(r.URL.Path); {
	case !is:
		s.mux.ServeHTTP(w, r)
	case name == "apps.connections.open":
		s.openConnection(w, r)
	default:
		s.answerAPI(w, r, name)
	}
}

func (s *Server) routes() {
	s.mux.HandleFunc("POST /upload/v1/", s.uploadFile)
	s.mux.HandleFunc("GET /files-pri/", s.downloadFile)
	for _, sort := range []string{"commands", "actions", "app", "services"} {
		s.mux.HandleFunc("/"+sort+"/", s.hooked)
	}
	for _, flow := range webapi.Flows() {
		s.mux.HandleFunc(string(flow), s.authorize(flow))
	}
	s.mux.HandleFunc("GET /.well-known/openid-configuration", s.discover)
	s.mux.HandleFunc("GET /openid/connect/keys", s.signingKeys)
	s.mux.HandleFunc("/link", s.link)
	s.mux.HandleFunc("/link/", s.link)
}

// Handle serves a pattern of http.ServeMux, and panics as it does when the pattern
// is taken. What is asked there is remembered among the calls.
func (s *Server) Handle(pattern string, h http.Handler) { s.mux.Handle(pattern, h) }

// URL is where the server listens, without a slash at its end. The same with https is
// answered as well, with a certificate that CA leads to.
func (s *Server) URL() string {
	if address, err := netip.ParseAddrPort(s.address); err == nil && address.Addr().IsUnspecified() {
		return fmt.Sprintf("http://127.0.0.1:%d", address.Port())
	}
	return "http://" + s.address
}

// CA is the root of the server's https, as PEM. It was made for this server, signs
// nothing but names of this machine and of Slack, and its key is in memory only.
func (s *Server) CA() ([]byte, error) {
	a, err := s.authority()
	if err != nil {
		return nil, fmt.Errorf("making the fake Slack's certificate: %w", err)
	}
	return a.root, nil
}

// API is the base of Web API methods, for the setting that SDKs have for it.
func (s *Server) API() string { return s.URL() + "/api/" }

// Workspace is what there is in the fake Slack: its people, channels and messages.
func (s *Server) Workspace() *webapi.Workspace { return s.workspace }

// Clock is Slack's.
func (s *Server) Clock() *clock.Clock { return s.options.Clock }

// enter reports whether something may begin that Close waits for; it then ends with
// s.work.Done.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.work.Add(1)
	}
	return !s.closed
}

// Close ends the listener, the sockets and the deliveries under way. What was
// recorded can still be read.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.end()
	s.hub.close()
	err := s.http.Close()
	s.work.Wait()
	if err != nil {
		return fmt.Errorf("closing the fake Slack: %w", err)
	}
	return nil
}
