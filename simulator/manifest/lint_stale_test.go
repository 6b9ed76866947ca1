package manifest_test

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

// with is a manifest whose places lead to hosts, such as "/a=a.example events=b.example".
func with(places string) string {
	var commands, redirects []string
	interactivity, events := "", ""
	for _, p := range strings.Fields(places) {
		place, host, _ := strings.Cut(p, "=")
		address := "'https://" + host + "/slack'"
		switch place {
		case "actions":
			interactivity += ", request_url: " + address
		case "options":
			interactivity += ", message_menu_options_url: " + address
		case "events":
			events = "request_url: " + address
		case "redirect":
			redirects = append(redirects, address)
		default:
			commands = append(commands, fmt.Sprintf("{command: %s, description: d, url: %s}", place, address))
		}
	}
	text := named + "oauth_config: {redirect_urls: [" + strings.Join(redirects, ", ") + "], scopes: {bot: [commands]}}\n"
	text += "settings: {interactivity: {is_enabled: true" + interactivity + "}, event_subscriptions: {" + events + "}}\n"
	if len(commands) > 0 {
		text += "features: {slash_commands: [" + strings.Join(commands, ", ") + "]}\n"
	}
	return text
}

var _ = DescribeTable("A stale URL",
	func(places string, found ...string) {
		var texts []string
		for _, f := range manifest.Lint(read(with(places))) {
			if f.Problem == manifest.URLStale {
				Expect(f.Level).To(Equal(manifest.Fail))
				texts = append(texts, f.Pointer+" "+strings.TrimSuffix(f.Text, ": one of the two tunnels is old"))
			}
		}
		Expect(texts).To(ConsistOf(toAny(found)...))
	},
	Entry("is the one that leads elsewhere than the others", "/a=new.ngrok-free.app actions=new.ngrok-free.app events=old.ngrok-free.app",
		"/settings/event_subscriptions/request_url events leads to old.ngrok-free.app, but /a, interactivity to new.ngrok-free.app"),
	Entry("is each place that has the old tunnel", "/a=old.trycloudflare.com /b=new.trycloudflare.com /c=old.trycloudflare.com actions=new.trycloudflare.com events=new.trycloudflare.com",
		"/features/slash_commands/0/url /a leads to old.trycloudflare.com, but /b, interactivity, events to new.trycloudflare.com",
		"/features/slash_commands/2/url /c leads to old.trycloudflare.com, but /b, interactivity, events to new.trycloudflare.com"),
	Entry("is either of two, where none is more common", "actions=one.loca.lt events=two.loca.lt",
		"/settings/interactivity/request_url interactivity leads to one.loca.lt, but events to two.loca.lt",
		"/settings/event_subscriptions/request_url events leads to two.loca.lt, but interactivity to one.loca.lt"),
	Entry("is under an older domain of the same service", "/a=abc123.ngrok.io events=calm-boar-12.ngrok-free.dev actions=calm-boar-12.ngrok-free.dev",
		"/features/slash_commands/0/url /a leads to abc123.ngrok.io, but interactivity, events to calm-boar-12.ngrok-free.dev"),
	Entry("is that of an options load URL", "actions=b.serveo.net events=b.serveo.net options=a.serveo.net",
		"/settings/interactivity/message_menu_options_url options load URL leads to a.serveo.net, but interactivity, events to b.serveo.net"),
	Entry("is a redirect, where none leads to the tunnel of now", "actions=new.ngrok.app redirect=old.ngrok.app redirect=bot.example.com",
		"/oauth_config/redirect_urls/0 the redirect URL leads to old.ngrok.app, but interactivity to new.ngrok.app"),
	Entry("is another Dev Tunnel", "actions=abc12345-3000.euw.devtunnels.ms events=xyz98765-3000.euw.devtunnels.ms /a=abc12345-3000.euw.devtunnels.ms",
		"/settings/event_subscriptions/request_url events leads to xyz98765.euw.devtunnels.ms, but /a, interactivity to abc12345.euw.devtunnels.ms"),
	Entry("is none where all lead to one tunnel", "/a=one.ngrok.io actions=ONE.ngrok.io events=one.ngrok.io:443 redirect=one.ngrok.io"),
	Entry("is none beside a redirect to the tunnel of now", "actions=new.ngrok.app redirect=old.ngrok.app redirect=new.ngrok.app"),
	Entry("is none among hosts that are no tunnels", "/a=api.example.com events=events.example.com actions=example.net"),
	Entry("is none among a tunnel and other hosts", "/a=bot.example.com events=one.ngrok.io"),
	Entry("is none among tunnels of two services", "/a=one.loca.lt events=one.ngrok.io"),
	Entry("is none among the ports of one Codespace", "/a=fuzzy-robot-abc-3000.app.github.dev events=fuzzy-robot-abc-4000.app.github.dev"),
	Entry("is none among the ports of one Gitpod", "/a=3000-team-app-x1.ws-eu.gitpod.io events=4000-team-app-x1.ws-eu.gitpod.io"),
	Entry("is none where a service's own site is named", "/a=ngrok.io events=www.trycloudflare.example"),
	Entry("is none among redirects alone", "redirect=one.ngrok.io redirect=two.ngrok.io"),
)

// toAny turns strings into what ConsistOf takes.
func toAny(texts []string) []any {
	all := make([]any, len(texts))
	for i, t := range texts {
		all[i] = t
	}
	return all
}

var _ = It("No URL is stale while Socket Mode is on", func() {
	text := strings.Replace(with("actions=one.loca.lt events=two.loca.lt"), "settings: {", "settings: {socket_mode_enabled: true, ", 1)
	Expect(of(manifest.URLStale, manifest.Lint(read(text)))).To(BeEmpty())
})
