package manifest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// tunnels are the services whose addresses change when a tunnel is started again, by the
// domains under which they give them out. ngrok has more of them than fit here.
var tunnels = []struct{ name, domain string }{
	{"Cloudflare", "trycloudflare.com"},
	{"localtunnel", "loca.lt"}, {"localtunnel", "localtunnel.me"},
	{"Serveo", "serveo.net"}, {"Serveo", "serveousercontent.com"},
	{"Tunnelmole", "tunnelmole.net"}, {"Tunnelmole", "tunnelmole.com"},
	{"Dev Tunnels", "devtunnels.ms"},
	{"Codespaces", "app.github.dev"}, {"Codespaces", "githubpreview.dev"},
	{"Gitpod", "gitpod.io"},
	{"localhost.run", "lhr.life"}, {"localhost.run", "lhr.rocks"}, {"localhost.run", "localhost.run"},
	{"Pinggy", "pinggy.link"}, {"Pinggy", "pinggy.io"}, {"Pinggy", "pinggy.online"},
	{"zrok", "zrok.io"},
	{"LocalXpose", "loclx.io"},
	{"Expose", "sharedwithexpose.com"},
	{"Telebit", "telebit.io"},
	{"Packetriot", "pktriot.net"},
}

var (
	// ngrokDomain is a domain of ngrok's: ngrok.io, ngrok-free.app and so on.
	ngrokDomain = lazily(`\.ngrok(-[a-z]+)?\.[a-z]+$`)
	// portOfHost is where Dev Tunnels, Codespaces and Gitpod name the port.
	portOfHost = lazily(`^([0-9]+-[^.]+|[^.]+-[0-9]+)\.`)
	portPart   = lazily(`^[0-9]+-|-[0-9]+$`)
)

// lazily compiles an expression when it is first needed, so that starting the program
// costs nothing.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// tunnelOf is the service of a tunnel's host, and what tells this tunnel from others: the
// host without a port. The service is "" for any other host.
func tunnelOf(host string) (service, tunnel string) {
	if ngrokDomain().MatchString(host) {
		return "ngrok", host
	}
	for _, t := range tunnels {
		if !strings.HasSuffix(host, "."+t.domain) {
			continue
		}
		switch t.name {
		case "Dev Tunnels", "Codespaces", "Gitpod":
			if first, rest, _ := strings.Cut(host, "."); portOfHost().MatchString(host) {
				host = portPart().ReplaceAllString(first, "") + "." + rest
			}
		}
		return t.name, host
	}
	return "", ""
}

// held is a tunnel with the URLs that lead to it.
type held struct {
	tunnel string
	urls   []URL
}

// urlStale tells where an old tunnel's address was left behind.
func (l *linter) urlStale() {
	if l.Settings.SocketMode {
		return
	}
	var services []string
	called, redirects := map[string][]held{}, map[string][]held{}
	for _, u := range URLs(l.Manifest) {
		parsed, err := url.Parse(u.URL)
		if err != nil {
			continue
		}
		service, tunnel := tunnelOf(strings.ToLower(parsed.Hostname()))
		switch {
		case service == "":
		case u.Surface == Redirect:
			redirects[service] = hold(redirects[service], tunnel, u)
		default:
			if called[service] == nil {
				services = append(services, service)
			}
			called[service] = hold(called[service], tunnel, u)
		}
	}
	for _, service := range services {
		l.staleAmong(called[service])
		l.staleRedirects(called[service], redirects[service])
	}
}

// hold adds a URL to those of its tunnel.
func hold(all []held, tunnel string, u URL) []held {
	for i := range all {
		if all[i].tunnel == tunnel {
			all[i].urls = append(all[i].urls, u)
			return all
		}
	}
	return append(all, held{tunnel, []URL{u}})
}

// staleAmong tells the tunnels that fewer URLs lead to than to the most used one. Where
// none is used most, it tells all of them.
func (l *linter) staleAmong(all []held) {
	if len(all) < 2 {
		return
	}
	byUse := slices.Clone(all)
	slices.SortStableFunc(byUse, func(a, b held) int { return len(b.urls) - len(a.urls) })
	most, tied := byUse[0], len(byUse[0].urls) == len(byUse[1].urls)
	for _, h := range byUse {
		other := most
		switch {
		case h.tunnel != most.tunnel:
		case tied:
			other = byUse[1]
		default:
			continue
		}
		for _, u := range h.urls {
			l.add(URLStale, Fail, u.Pointer, "%s leads to %s, but %s to %s: one of the two tunnels is old",
				u.Label(), plain(h.tunnel), other.labels(), plain(other.tunnel))
		}
	}
}

// staleRedirects tells redirect URLs that all lead to another tunnel than the requests.
// Redirects to other hosts beside the right one do no harm.
func (l *linter) staleRedirects(called, redirects []held) {
	if len(called) != 1 || slices.ContainsFunc(redirects, func(h held) bool { return h.tunnel == called[0].tunnel }) {
		return
	}
	for _, h := range redirects {
		for _, u := range h.urls {
			l.add(URLStale, Fail, u.Pointer, "the redirect URL leads to %s, but %s to %s: one of the two tunnels is old",
				plain(h.tunnel), called[0].labels(), plain(called[0].tunnel))
		}
	}
}

// labels names the places that lead to a tunnel.
func (h held) labels() string {
	var all []string
	for _, u := range h.urls {
		all = append(all, u.Label())
	}
	return some(all)
}
