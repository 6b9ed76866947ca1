package checks

import (
	"net/http"
	"reflect"
	"slices"
	"time"

	"belay/simulator/payload"
)

// A Role is what part of the road an answerer is.
type Role string

// The roles.
const (
	// Framework is what the app is written with.
	Framework Role = "framework"
	// Server is a web server or proxy.
	Server Role = "server"
	// Tunnel leads from a public name to a developer's machine.
	Tunnel Role = "tunnel"
	// Platform runs apps.
	Platform Role = "platform"
	// Guard decides who gets through: a firewall, a CDN's bot protection, a login.
	Guard Role = "guard"
)

// A Meaning is what an answer says beyond who gave it.
type Meaning string

// The meanings. MeansNothing only tells who answered.
const (
	MeansNothing Meaning = ""
	// MeansRefused is a framework's refusal of a signature or a timestamp.
	MeansRefused Meaning = "refused"
	// MeansNoListener is a framework that verified the request and knows no handler
	// for it.
	MeansNoListener Meaning = "no-listener"
	// MeansNotInstalled is an app that verified the request and knows no
	// installation of the team.
	MeansNotInstalled Meaning = "not-installed"
	// MeansNoRoute is a framework or gateway that knows no such path.
	MeansNoRoute Meaning = "no-route"
	// MeansMethod is a path that takes another method than POST.
	MeansMethod Meaning = "method"
	// MeansCrash is a page with the app's stack, or a platform's word for it.
	MeansCrash Meaning = "crash"
	// MeansAuth is a guard before the app that demands what Slack cannot send.
	MeansAuth Meaning = "auth"
	MeansCSRF Meaning = "csrf"
	// MeansHostRefused is a framework that does not know the Host.
	MeansHostRefused Meaning = "host-refused"
	// MeansChallenge is a firewall or a bot protection.
	MeansChallenge Meaning = "bot-challenge"
	// MeansOffline is a tunnel or router with nobody behind it.
	MeansOffline Meaning = "offline"
	// MeansBadGateway is a proxy that got no answer, or none in time.
	MeansBadGateway  Meaning = "bad-gateway"
	MeansRateLimited Meaning = "rate-limited"
	// MeansOAuthPage is the page that starts an installation.
	MeansOAuthPage Meaning = "oauth-page"
)

// A Sign is one way to recognise who answered, and what they mean.
type Sign struct {
	// Who is the name that a person knows, such as "Bolt for JavaScript".
	Who   string
	Role  Role
	Means Meaning
	// Sure is set where the sign was verified, in a source, in documentation or in
	// captured answers, and points to nobody else; otherwise reports say "probably".
	Sure bool
	// Match returns the evidence in a few printable words, such as "empty 401", or
	// "". A status alone is never enough, and the words must stand where the one who
	// is named puts them: an app's reply may speak of anything.
	Match func(a payload.Answer, deadline time.Duration) string
}

// A Recognition is a sign that was met.
type Recognition struct {
	Who      string
	Role     Role
	Means    Meaning
	Sure     bool
	Evidence string
}

// Recognise says who gave an answer, by the table of signs, in its order: the first
// that means something is what the answer means.
func Recognise(a payload.Answer, deadline time.Duration) []Recognition {
	if !a.Answered() {
		return nil
	}
	var met []Recognition
	for _, s := range signTable() {
		if s.Means == MeansNothing && isNamed(met, s) {
			continue
		}
		if evidence := s.Match(a, deadline); evidence != "" {
			met = append(met, Recognition{s.Who, s.Role, s.Means, s.Sure, evidence})
		}
	}
	return met
}

// isNamed spares a second recognition of somebody that would add nothing.
func isNamed(met []Recognition, s Sign) bool {
	return slices.ContainsFunc(met, func(r Recognition) bool { return r.Who == s.Who && (r.Sure || !s.Sure) })
}

// meaning is the first of what was recognised that means something.
func (s *Session) meaning(a payload.Answer) (Recognition, bool) {
	for _, r := range s.recognise(a) {
		if r.Means != MeansNothing {
			return r, true
		}
	}
	return Recognition{}, false
}

// recognised is what was recognised in the answer with that head. It keeps the head,
// so that no other can take its place in memory.
type recognised struct {
	header http.Header
	met    []Recognition
}

// recognise does so once for each answer: many checks ask.
func (s *Session) recognise(a payload.Answer) []Recognition {
	if a.Header == nil {
		return nil
	}
	key := reflect.ValueOf(a.Header).Pointer()
	if known, ok := s.recognised[key]; ok {
		return known.met
	}
	met := Recognise(a, s.Target.Deadline)
	s.recognised[key] = recognised{a.Header, met}
	return met
}
