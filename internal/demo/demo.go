// Package demo is a sample Slack app on this machine, as it should be or with one
// of the faults that belay finds, for belay demo and for tests.
//
//	app, err := demo.Start(demo.Options{Fault: "expired"})
//	if err != nil {
//		return err
//	}
//	defer app.Close()
//	resolver := payload.Resolver{Given: app.Resolve, Server: app.DNS}
//
// The app's host has a public name, which leads to loopback by Resolve or by the
// app's own name server. Its certificates are made at the start, and their keys are
// forgotten at the end.
package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"belay/simulator/payload"
)

// What the sample app is called, and what it serves.
const (
	host          = "deploy-bot.belay.example"
	issuerHost    = "ca.belay.example"
	commandsPath  = "/slack/commands"
	eventsPath    = "/slack/events"
	deployCommand = "/deploy"
)

// signingSecret has the form of Slack's. It protects nothing: the app listens on
// loopback alone.
const signingSecret payload.Secret = "be1a7de305eed000000000000be1a7de"

// ErrUnknownFault is the name of a fault that there is none of.
var ErrUnknownFault = errors.New("there is no such fault")

// Options say how the sample app runs. The zero value is the healthy app.
type Options struct {
	// Fault is the name of one of Faults; "" is healthy.
	Fault string
	// Deadline is Slack's for an acknowledgement; zero means 3 s. Slow faults
	// scale with it, so that tests need not wait.
	Deadline time.Duration
	// Address is where the app listens, on loopback; "" means 127.0.0.1:0.
	Address string
}

// An App is the sample app, running until Close. Its fields are set by Start.
type App struct {
	// URL is the one to give Slack, and belay: Commands, or Events where Kind
	// says so.
	URL string
	// Commands and Events are the request URLs of slash commands and of events.
	Commands, Events string
	// Kind is what URL is for: "command" or "event".
	Kind string
	// Command is the one that the app knows.
	Command string
	// Secret is the signing secret that the app's owner believes in.
	Secret payload.Secret
	// Held is the one that the app verifies with. It differs from Secret for the
	// fault wrong-secret alone.
	Held payload.Secret
	// Address is where the app listens, as address and port.
	Address string
	// Resolve leads from host:port to the app; nil where DNS does.
	Resolve map[string]netip.Addr
	// DNS is the address and port of the app's own name server, or "".
	DNS string
	// CA is the root of the app's certificates, as PEM.
	CA []byte

	once    sync.Once
	closers []func()
}

// Start runs the sample app on loopback, healthy or with a fault, until Close.
func Start(o Options) (*App, error) {
	fault, err := find(o.Fault)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := newSite(ctx, o.Deadline)
	if fault.plant != nil {
		fault.plant(s)
	}
	a := &App{Kind: s.kind, Command: deployCommand, Secret: signingSecret, Held: s.held}
	a.atClose(cancel)
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	if err := a.open(s, o.Address); err != nil {
		a.Close()
		return nil, fmt.Errorf("start the sample app: %w", err)
	}
	return a, nil
}

// Close ends the app and waits until nothing of it runs any more.
func (a *App) Close() {
	a.once.Do(func() {
		// Handlers that wait end with the context, so that the servers can.
		for _, closer := range a.closers {
			closer()
		}
	})
}

func (a *App) atClose(closer func()) { a.closers = append(a.closers, closer) }

// open makes the site listen, and notes how to get there.
func (a *App) open(s *site, address string) error {
	listener, err := s.listen(address)
	if err != nil {
		return err
	}
	at := netip.MustParseAddrPort(listener.Addr().String())
	if !at.Addr().IsLoopback() {
		_ = listener.Close()
		return fmt.Errorf("%s is not a loopback address", at)
	}
	chain, err := a.certify(s, at.Addr())
	if err != nil {
		_ = listener.Close()
		return err
	}
	a.CA = chain.rootPEM()
	served := serve(s.running, s.secured(listener, chain), s.handler())
	s.stop = served.stop
	served.start()
	a.atClose(served.close)
	a.name(s, at)
	return a.answerDNS(s, at.Addr())
}

// certify makes the certificates. Where the app leaves the intermediate out, it can
// be downloaded at the URL that the leaf names, as from a public authority.
func (a *App) certify(s *site, address netip.Addr) (chain, error) {
	if !s.leafOnly {
		return makeChain(s, "http://"+issuerHost+issuerPath)
	}
	downloads, err := net.Listen("tcp", net.JoinHostPort(address.String(), "0"))
	if err != nil {
		return chain{}, err
	}
	at := netip.MustParseAddrPort(downloads.Addr().String())
	hostPort := net.JoinHostPort(issuerHost, strconv.Itoa(int(at.Port())))
	made, err := makeChain(s, "http://"+hostPort+issuerPath)
	if err != nil {
		_ = downloads.Close()
		return chain{}, err
	}
	mirror := serve(s.running, downloads, made.downloads())
	mirror.start()
	a.atClose(mirror.close)
	a.Resolve = map[string]netip.Addr{hostPort: address}
	return made, nil
}

// name sets where the app is to be found.
func (a *App) name(s *site, at netip.AddrPort) {
	a.Address = at.String()
	hostPort := net.JoinHostPort(host, strconv.Itoa(int(at.Port())))
	base := s.scheme + "://" + hostPort
	a.Commands, a.Events = base+s.commandsPath, base+eventsPath
	a.URL = a.Commands
	if a.Kind == kindEvent {
		a.URL = a.Events
	}
	if s.zone != nil {
		return
	}
	if a.Resolve == nil {
		a.Resolve = map[string]netip.Addr{}
	}
	a.Resolve[hostPort] = at.Addr()
}

// answerDNS starts the app's own name server where the fault is one of DNS.
func (a *App) answerDNS(s *site, app netip.Addr) error {
	if s.zone == nil {
		return nil
	}
	server, err := serveDNS(s.zone, app)
	if err != nil {
		return err
	}
	a.DNS = server.address
	a.atClose(server.close)
	return nil
}
