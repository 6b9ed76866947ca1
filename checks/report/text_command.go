package report

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"belay/checks"
)

// asksAgain reports whether the target is still there to be asked: the sample app
// of a demonstration is not.
func (t *textReport) asksAgain() bool { return t.r.Command == "check" }

// tellsStatus reports whether the run exits with the status that its report shows.
func (t *textReport) tellsStatus() bool {
	return t.asksAgain() || len(t.r.Sections) > 0 && isDelivery(t.r.Sections[0])
}

// isManifest reports whether the section is about a manifest, which is no URL.
func (t *textReport) isManifest() bool { return t.s.Target.Kind == "manifest" }

// again is the command that asks the same again.
func (t *textReport) again() string {
	if t.isManifest() {
		return "belay check --manifest " + quote(t.s.Name)
	}
	return t.command(t.s.Target.Local)
}

// command asks the URL again. What the report does not know is an ellipsis.
func (t *textReport) command(local bool) string {
	words := []string{"belay check"}
	target := t.s.Target
	if local {
		words = append(words, "--local")
	}
	if target.Kind != string(checks.Command) {
		words = append(words, "--kind "+target.Kind)
	}
	if target.Named != "" {
		flag := map[checks.Kind]string{checks.Command: "--command ", checks.Events: "--event "}[checks.Kind(target.Kind).Surface()]
		words = append(words, orText(flag, "--action ")+quote(target.Named))
	}
	if target.Deadline != checks.Millis(3*time.Second) {
		words = append(words, "--deadline "+time.Duration(target.Deadline).String())
	}
	if t.given() {
		words = append(words, "--resolve …")
	}
	return strings.Join(append(words, quote(target.URL)), " ")
}

// given reports whether the address came from --resolve.
func (t *textReport) given() bool {
	r, ok := t.result("dns.resolve")
	return ok && r.Evidence != nil && r.Evidence.Resolution != nil && r.Evidence.Resolution.Source == "given"
}

// quote makes one word of a text, for a POSIX shell.
func quote(text string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:/@%+=,[]"
	if text != "" && strings.Trim(text, plain) == "" && !strings.ContainsAny(text, "[]") {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// choices are what to do about a URL that only this machine or network reaches.
func (t *textReport) choices() {
	all := [][2]string{
		{"developing, no Slack:", t.command(true)},
		{"show it to Slack:", t.tunnel()},
		{"no public URL at all:", "switch Socket Mode on in the app's settings"},
	}
	if !t.asksAgain() {
		all = all[1:]
	}
	const beside = 23
	table := !t.o.Accessible
	for _, choice := range all {
		table = table && labelWidth+beside+columnsOf(t.clean(choice[1], 0)) <= t.o.width()
	}
	label := "choose one"
	for _, choice := range all {
		if table {
			t.line(t.label(label) + t.o.paint(dim, fmt.Sprintf("%-*s", beside, choice[0])) + t.clean(choice[1], 0))
		} else {
			t.row(label, choice[0]+" "+choice[1])
		}
		label = ""
	}
}

// tunnel says how a local app gets a public URL, and what to ask then.
func (t *textReport) tunnel() string {
	port, path := "3000", "/slack/events"
	if u, err := url.Parse(t.s.Target.URL); err == nil && u.Host != "" {
		port, path = forwarded(u), u.EscapedPath()
	}
	return "ngrok http " + port + ", then belay check https://…" + path
}

// forwarded is what a tunnel's agent on this machine is told to forward to.
func forwarded(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443"}[u.Scheme]
	}
	host := u.Hostname()
	address, err := netip.ParseAddr(host)
	here := host == "localhost" || err == nil && (address.IsLoopback() || address.IsUnspecified())
	switch {
	case u.Scheme == "https" && here:
		return "https://localhost:" + port
	case u.Scheme == "https":
		return "https://" + net.JoinHostPort(host, port)
	case here:
		return orText(port, "80")
	}
	return net.JoinHostPort(host, orText(port, "80"))
}
