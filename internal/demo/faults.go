package demo

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"slices"
	"time"
)

// A Fault is one way in which the sample app goes wrong, and what belay must find
// then.
type Fault struct {
	// Name is the word the user types.
	Name string
	// Family is what part of the road is at fault, in the words of the problems'
	// ids.
	Family string
	// Title says in one sentence what is wrong.
	Title string
	// Problem is the id that belay must find.
	Problem string

	plant func(*site)
}

// Faults are all of them, in the order in which a request would meet them.
func Faults() []Fault {
	return slices.Concat(nameFaults(), connectionFaults(), certificateFaults(), httpFaults(),
		ackFaults(), signatureFaults(), replyFaults(), eventFaults())
}

// find returns the fault of that name; none for "".
func find(name string) (Fault, error) {
	if name == "" {
		return Fault{}, nil
	}
	all := Faults()
	i := slices.IndexFunc(all, func(f Fault) bool { return f.Name == name })
	if i < 0 {
		return Fault{}, fmt.Errorf("%w: %q", ErrUnknownFault, name)
	}
	return all[i], nil
}

func nameFaults() []Fault {
	return []Fault{
		{
			Name: "plain-http", Family: "url", Problem: "url.scheme",
			Title: "The app is served over plain http",
			plant: func(s *site) { s.scheme, s.plain = "http", true },
		},
		{
			Name: "nxdomain", Family: "dns", Problem: "dns.nxdomain",
			Title: "The host name in the URL does not exist",
			plant: func(s *site) { s.zone = nxdomain },
		},
		{
			Name: "private-address", Family: "dns", Problem: "dns.private-address",
			Title: "The host name leads to an address that only this machine can reach",
			plant: func(s *site) { s.zone = privateAddress },
		},
	}
}

func connectionFaults() []Fault {
	return []Fault{
		{
			Name: "refused", Family: "tcp", Problem: "tcp.refused",
			Title: "Nothing listens on the port",
			plant: func(s *site) { s.listen = refuse },
		},
		{
			Name: "not-tls", Family: "tls", Problem: "tls.not-tls",
			Title: "The port of the https URL speaks plain http",
			plant: func(s *site) { s.plain = true },
		},
		{
			Name: "old-tls", Family: "tls", Problem: "tls.version",
			Title: "The server offers nothing newer than TLS 1.1",
			plant: func(s *site) {
				s.tls.MinVersion, s.tls.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
			},
		},
	}
}

func certificateFaults() []Fault {
	return []Fault{
		{
			Name: "self-signed", Family: "cert", Problem: "cert.self-signed",
			Title: "The certificate signs itself",
			plant: func(s *site) { s.selfSigned = true },
		},
		{
			Name: "incomplete-chain", Family: "cert", Problem: "cert.chain-incomplete",
			Title: "The server leaves the intermediate certificate out",
			plant: func(s *site) { s.leafOnly = true },
		},
		{
			Name: "expired", Family: "cert", Problem: "cert.expired",
			Title: "The certificate expired two days ago",
			plant: func(s *site) {
				s.leaf = func(c *x509.Certificate) {
					c.NotAfter = time.Now().Add(-2 * day)
					c.NotBefore = c.NotAfter.Add(-45 * day)
				}
			},
		},
		{
			Name: "wrong-host", Family: "cert", Problem: "cert.hostname",
			Title: "The certificate is for another host",
			plant: func(s *site) {
				s.leaf = func(c *x509.Certificate) {
					c.Subject.CommonName = "staging.belay.example"
					c.DNSNames = []string{c.Subject.CommonName}
				}
			},
		},
	}
}

func httpFaults() []Fault {
	return []Fault{
		{
			Name: "not-found", Family: "http", Problem: "http.not-found",
			Title: "The path in the URL is not the app's: it lacks the last letter",
			plant: func(s *site) { s.commandsPath = commandsPath[:len(commandsPath)-1] },
		},
		{
			Name: "redirect", Family: "http", Problem: "http.redirect",
			Title: "The server redirects to the path with a slash at its end, by 301",
			plant: redirect,
		},
		{
			Name: "tunnel-offline", Family: "http", Problem: "http.tunnel-offline",
			Title: "The tunnel's agent is stopped, so that ngrok answers in place of the app",
			plant: tunnelOffline,
		},
		{
			Name: "server-error", Family: "http", Problem: "http.server-error",
			Title: "The handler of /deploy fails, and is answered by 500",
			plant: serverError,
		},
	}
}

func ackFaults() []Fault {
	return []Fault{
		{
			Name: "slow", Family: "ack", Problem: "ack.timeout",
			Title: "The app works first and acknowledges /deploy afterwards, too late",
			plant: slow,
		},
		{
			Name: "never", Family: "ack", Problem: "ack.timeout",
			Title: "The app never acknowledges /deploy",
			plant: never,
		},
		{
			Name: "cold-start", Family: "ack", Problem: "ack.cold-start",
			Title: "The app needs most of the deadline for its first request",
			plant: coldStart,
		},
		{
			Name: "dies", Family: "app", Problem: "app.died",
			Title: "The app's process ends over /deploy",
			plant: dies,
		},
	}
}

func signatureFaults() []Fault {
	return []Fault{
		{
			Name: "wrong-secret", Family: "signature", Problem: "signature.rejects-valid",
			Title: "The app was deployed with another app's signing secret",
			plant: func(s *site) { s.held = "0ff0ff0ff0ff0ff00000000000000000" },
		},
		{
			Name: "parsed-body", Family: "signature", Problem: "signature.parsed-body",
			Title: "The app verifies the form as it would have written it, not as it came",
			plant: parsedBody,
		},
		{
			Name: "unsigned", Family: "signature", Problem: "signature.accepts-unsigned",
			Title: "The app serves everybody without looking at the signature",
			plant: unsigned,
		},
		{
			Name: "stale", Family: "signature", Problem: "signature.accepts-stale",
			Title: "The app verifies the signature without looking at its age",
			plant: stale,
		},
	}
}

func replyFaults() []Fault {
	return []Fault{
		{
			Name: "html", Family: "reply", Problem: "reply.html",
			Title: "A login page answers /deploy, with status 200",
			plant: html,
		},
		{
			Name: "raw-json", Family: "reply", Problem: "reply.content-type",
			Title: "The JSON that answers /deploy calls itself plain text",
			plant: rawJSON,
		},
		{
			Name: "invalid-blocks", Family: "reply", Problem: "reply.invalid-blocks",
			Title: "The answer to /deploy has a header of more than 150 characters",
			plant: invalidBlocks,
		},
	}
}

func eventFaults() []Fault {
	return []Fault{
		{
			Name: "challenge", Family: "events", Problem: "events.challenge",
			Title: `The events URL answers Slack's challenge with {"ok":true}`,
			plant: challenge,
		},
	}
}
