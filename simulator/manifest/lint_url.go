package manifest

import (
	"fmt"
	"net/url"
	"strings"

	"belay/internal/strictyaml"
)

// socketMode tells that Slack calls no URL.
func (l *linter) socketMode() {
	const at = "/settings/socket_mode_enabled"
	if !l.Settings.SocketMode {
		return
	}
	var places []string
	for _, u := range URLs(l.Manifest) {
		if u.Surface != Redirect {
			places = append(places, u.Label())
		}
	}
	if len(places) == 0 {
		l.add(SocketMode, Remark, at, "Socket Mode is on: Slack sends everything over the app's own connection, and calls no URL")
		return
	}
	l.add(SocketMode, Warn, at, "Socket Mode is on: Slack calls none of the URLs (%s) until it is off", some(places))
}

// urlMissing tells what Slack has nowhere to send.
func (l *linter) urlMissing() {
	if l.Settings.SocketMode || l.Hosted() {
		return
	}
	const but = "and Socket Mode is off"
	for i, c := range l.Features.Commands {
		if at := fmt.Sprintf("/features/slash_commands/%d", i); !l.has(at + "/url") {
			l.add(URLMissing, Fail, at, "the command %s has no url, %s", plain(c.Name), but)
		}
	}
	events := l.Settings.Events
	if at := "/settings/event_subscriptions"; len(events.Bot)+len(events.User)+len(events.Metadata) > 0 && !l.has(at+"/request_url") {
		l.add(URLMissing, Fail, at, "the event subscriptions have no request_url, %s", but)
	}
	on := l.Settings.Interactivity.Enabled
	switch at := "/settings/interactivity"; {
	case on != nil && *on && !l.has(at+"/request_url"):
		l.add(URLMissing, Fail, at, "interactivity has no request_url, %s: buttons, modals and shortcuts fail", but)
	case len(l.Features.Shortcuts) > 0 && (on == nil || !*on) && !l.has(at+"/request_url"):
		l.add(URLMissing, Fail, "/features/shortcuts", "shortcuts go to the request_url of interactivity, which is not on, %s", but)
	}
}

// redirectURL tells redirect URLs that Slack refuses. An app that uses PKCE may also be
// on the user's machine.
func (l *linter) redirectURL() {
	for i, address := range l.OAuth.RedirectURLs {
		at := fmt.Sprintf("/oauth_config/redirect_urls/%d", i)
		if value, _ := l.doc.Root.Lookup(at); value == nil || value.Kind != strictyaml.Text {
			continue
		}
		if strings.HasPrefix(strings.ToLower(address), "https://") || l.OAuth.PKCE && onDesktop(address) {
			continue
		}
		l.add(RedirectURL, Fail, at, "the redirect URL %q is not https", strictyaml.Short(address))
	}
}

// onDesktop reports whether a URL leads to a program on the user's own machine.
func onDesktop(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		return false
	}
	switch u.Hostname() {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return u.Scheme != "http"
}

// some names the first of many.
func some(names []string) string {
	const most = 5
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
