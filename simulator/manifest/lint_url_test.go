package manifest_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

const named = "display_information: {name: x}\n"

var _ = DescribeTable("Socket Mode",
	func(text string, found ...string) {
		Expect(lines(manifest.Lint(read(named + text)))).To(Equal(found))
	},
	Entry("is a remark where there are no URLs", "settings: {socket_mode_enabled: true}\n",
		"2:12: remark: manifest.socket-mode: Socket Mode is on: Slack sends everything over the app's own connection, and calls no URL"),
	Entry("is a remark beside a redirect, which browsers follow", "oauth_config: {redirect_urls: ['https://a']}\nsettings: {socket_mode_enabled: true}\n",
		"3:12: remark: manifest.socket-mode: Socket Mode is on: Slack sends everything over the app's own connection, and calls no URL"),
	Entry("warns where a URL waits for calls", "settings: {socket_mode_enabled: true, event_subscriptions: {request_url: 'https://a'}}\n",
		"2:12: warn: manifest.socket-mode: Socket Mode is on: Slack calls none of the URLs (events) until it is off"),
	Entry("warns with a few names where there are many",
		"oauth_config: {scopes: {bot: [commands]}}\nfeatures: {slash_commands: "+many(8, "{command: /c%d, description: d, url: 'https://a'}")+"}\nsettings: {socket_mode_enabled: true}\n",
		"4:12: warn: manifest.socket-mode: Socket Mode is on: Slack calls none of the URLs (/c0, /c1, /c2, /c3, /c4 and 3 more) until it is off"),
	Entry("is nothing while it is off", "settings: {socket_mode_enabled: false}\n"),
)

var _ = DescribeTable("A missing URL",
	func(text string, found ...string) {
		Expect(of(manifest.URLMissing, manifest.Lint(read(named+text)))).To(Equal(found))
	},
	Entry("is that of a command", "features:\n  slash_commands:\n    - {command: /a, description: d}\n    - {command: /b, description: d, url: ~}\n",
		"4:7: the command /a has no url, and Socket Mode is off", "5:7: the command /b has no url, and Socket Mode is off"),
	Entry("is that of the events for bots", "settings:\n  event_subscriptions: {bot_events: [app_home_opened]}\n",
		"3:3: the event subscriptions have no request_url, and Socket Mode is off"),
	Entry("is that of the events for users", "settings: {event_subscriptions: {user_events: [tokens_revoked]}}\n",
		"2:12: the event subscriptions have no request_url, and Socket Mode is off"),
	Entry("is that of events of metadata", "settings: {event_subscriptions: {metadata_subscriptions: [{app_id: A1, event_type: t}]}}\n",
		"2:12: the event subscriptions have no request_url, and Socket Mode is off"),
	Entry("is that of interactivity", "settings: {interactivity: {is_enabled: true}}\n",
		"2:12: interactivity has no request_url, and Socket Mode is off: buttons, modals and shortcuts fail"),
	Entry("is that of shortcuts without interactivity", "features: {shortcuts: [{name: n, type: global, callback_id: c, description: d}]}\n",
		"2:12: shortcuts go to the request_url of interactivity, which is not on, and Socket Mode is off"),
	Entry("is told once where there are shortcuts too",
		"features: {shortcuts: [{name: n, type: global, callback_id: c, description: d}]}\nsettings: {interactivity: {is_enabled: true}}\n",
		"3:12: interactivity has no request_url, and Socket Mode is off: buttons, modals and shortcuts fail"),
	Entry("is none where interactivity is off", "settings: {interactivity: {is_enabled: false}}\n"),
	Entry("is none where nothing is subscribed to", "settings: {event_subscriptions: {bot_events: []}}\n"),
	Entry("is none with Socket Mode",
		"features: {slash_commands: [{command: /a, description: d}]}\nsettings: {socket_mode_enabled: true, interactivity: {is_enabled: true}, event_subscriptions: {bot_events: [app_home_opened]}}\n"),
	Entry("is none for an app that runs at Slack", "settings: {function_runtime: slack, interactivity: {is_enabled: true}, event_subscriptions: {bot_events: [app_home_opened]}}\n"),
	Entry("is none for an app that is hosted", "settings: {is_hosted: true, interactivity: {is_enabled: true}}\n"),
)

var _ = DescribeTable("A redirect URL",
	func(text string, found ...string) {
		Expect(of(manifest.RedirectURL, manifest.Lint(read(named+"oauth_config: "+text+"\n")))).To(Equal(found))
	},
	Entry("is refused over http", "{redirect_urls: ['https://a.example', 'http://a.example']}", `2:53: the redirect URL "http://a.example" is not https`),
	Entry("is refused on this machine", "{redirect_urls: ['http://localhost:3000/auth']}", `2:32: the redirect URL "http://localhost:3000/auth" is not https`),
	Entry("is refused without a scheme", "{redirect_urls: [a.example/auth, '']}",
		`2:32: the redirect URL "a.example/auth" is not https`, `2:48: the redirect URL "" is not https`),
	Entry("is refused with a scheme of its own, without PKCE", "{redirect_urls: ['myapp://auth']}", `2:32: the redirect URL "myapp://auth" is not https`),
	Entry("may have a scheme of its own with PKCE", "{pkce_enabled: true, redirect_urls: ['myapp://auth']}"),
	Entry("may be on this machine with PKCE", "{pkce_enabled: true, redirect_urls: ['http://127.0.0.1:3118/auth', 'http://[::1]:1/']}"),
	Entry("is refused over http with PKCE too, elsewhere", "{pkce_enabled: true, redirect_urls: ['http://a.example']}", `2:52: the redirect URL "http://a.example" is not https`),
	Entry("is not judged where it is no text", "{redirect_urls: [5, ~]}"),
)
