package manifest_test

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

// many is a YAML list of n different items.
func many(n int, format string) string {
	var items []string
	for i := range n {
		items = append(items, fmt.Sprintf(format, i))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// refusals is what the schema refuses in a manifest whose other parts are right. What has
// no name is given one.
func refusals(text string) []string {
	GinkgoHelper()
	if !strings.Contains(text, "display_information") {
		text = "display_information: {name: x}\n" + text
	}
	var all []string
	for _, f := range manifest.Lint(read(text)) {
		if f.Problem == manifest.Invalid {
			all = append(all, f.Text)
		}
	}
	return all
}

var _ = Describe("The schema", func() {
	DescribeTable("refuses",
		func(text string, texts ...string) { Expect(refusals(text)).To(Equal(texts)) },
		Entry("a manifest without a name", "display_information: {description: d}\n", "display_information.name is missing"),
		Entry("an empty name", "display_information: {name: ''}\n", "display_information.name has 0 characters: Slack takes 1 to 35"),
		Entry("a name that is a number", "display_information: {name: 2048}\n", "display_information.name wants text, got the number 2048"),
		Entry("a long description", "display_information: {name: x, description: "+strings.Repeat("é", 141)+"}\n",
			"display_information.description has 141 characters: Slack takes 1 to 140"),
		Entry("a short long description", "display_information: {name: x, long_description: short}\n",
			"display_information.long_description has 5 characters: Slack takes 174 to 4000"),
		Entry("a colour in words", "display_information: {name: x, background_color: transparent}\n",
			"display_information.background_color has 11 characters: Slack takes 4 to 7"),
		Entry("a version that does not exist", "_metadata: {major_version: 3}\n", `_metadata.major_version is "3": it must be 1 or 2`),
		Entry("a version as text", "_metadata: {major_version: '1'}\n", `_metadata.major_version wants a whole number, got the text "1"`),
		Entry("an unknown part", "setings: {}\n", `setings is no property of a manifest: did you mean "settings"?`),
		Entry("a part that is no object", "settings: [a]\n", "settings wants an object, got a list"),
		Entry("a bot without a name", "features: {bot_user: {always_online: true}}\n", "features.bot_user.display_name is missing"),
		Entry("a bot with a long name", "features: {bot_user: {display_name: "+strings.Repeat("x", 81)+"}}\n",
			"features.bot_user.display_name has 81 characters: Slack takes 1 to 80"),
		Entry("an unknown tab", "features: {app_home: {message_tab_enabled: true}}\n",
			`features.app_home.message_tab_enabled is no property of a manifest: did you mean "messages_tab_enabled"?`),
		Entry("a tab that is on in quotes", "features: {app_home: {home_tab_enabled: 'true'}}\n",
			`features.app_home.home_tab_enabled wants true or false, got the text "true"`),
		Entry("an empty list of commands", "features: {slash_commands: []}\n", "features.slash_commands has 0 entries: Slack takes 1 to 50"),
		Entry("too many commands", "features: {slash_commands: "+many(51, "{command: /c%d, description: d}")+"}\n",
			"features.slash_commands has 51 entries: Slack takes 1 to 50"),
		Entry("a command without a slash", "features: {slash_commands: [{command: a, description: d}]}\n",
			`features.slash_commands[0].command is "a": it must begin with /`),
		Entry("a command that is only a slash", "features: {slash_commands: [{command: /, description: d}]}\n",
			"features.slash_commands[0].command has 1 characters: Slack takes 2 to 32"),
		Entry("a long command", "features: {slash_commands: [{command: /"+strings.Repeat("x", 32)+", description: d}]}\n",
			"features.slash_commands[0].command has 33 characters: Slack takes 2 to 32"),
		Entry("a command without a description", "features: {slash_commands: [{command: /a, description: }]}\n",
			"features.slash_commands[0].description is missing"),
		Entry("a command's URL without a scheme", "features: {slash_commands: [{command: /a, description: d, url: bot.example.com}]}\n",
			`features.slash_commands[0].url is "bot.example.com": it must begin with https:// (or http://)`),
		Entry("a command's empty URL", "features: {slash_commands: [{command: /a, description: d, url: ''}]}\n",
			`features.slash_commands[0].url is "": it must begin with https:// (or http://)`),
		Entry("a command's long URL", "features: {slash_commands: [{command: /a, description: d, url: 'https://"+strings.Repeat("x", 3000)+"'}]}\n",
			"features.slash_commands[0].url has 3008 characters: Slack takes at most 3000"),
		Entry("an empty usage hint", "features: {slash_commands: [{command: /a, description: d, usage_hint: ''}]}\n",
			"features.slash_commands[0].usage_hint has 0 characters: Slack takes 1 to 1000"),
		Entry("a command that is no object", "features: {slash_commands: [/a]}\n", `features.slash_commands[0] wants an object, got the text "/a"`),
		Entry("a shortcut without anything", "features: {shortcuts: [{}]}\n", "features.shortcuts[0].name is missing",
			"features.shortcuts[0].type is missing", "features.shortcuts[0].callback_id is missing", "features.shortcuts[0].description is missing"),
		Entry("a shortcut of another type", "features: {shortcuts: [{name: n, type: channel, callback_id: c, description: d}]}\n",
			`features.shortcuts[0].type is "channel": it must be message or global`),
		Entry("a shortcut with a long name", "features: {shortcuts: [{name: "+strings.Repeat("n", 25)+", type: global, callback_id: c, description: d}]}\n",
			"features.shortcuts[0].name has 25 characters: Slack takes 1 to 24"),
		Entry("too many shortcuts", "features: {shortcuts: "+many(11, "{name: n%d, type: global, callback_id: c, description: d}")+"}\n",
			"features.shortcuts has 11 entries: Slack takes 1 to 10"),
		Entry("too many legacy steps", "features: {workflow_steps: "+many(11, "{name: n%d, callback_id: c}")+"}\n",
			"features.workflow_steps has 11 entries: Slack takes 1 to 10"),
		Entry("an unfurl domain with a scheme", "features: {unfurl_domains: ['https://example.com', -a.example]}\n",
			`features.unfurl_domains[0] is "https://example.com": it must be a domain in small letters, without a scheme, a port and a path`,
			`features.unfurl_domains[1] is "-a.example": it must be a domain in small letters, without a scheme, a port and a path`),
		Entry("an unfurl domain twice, and too many", "features: {unfurl_domains: [a.b, c.d, e.f, g.h, i.j, a.b]}\n",
			"features.unfurl_domains has 6 entries: Slack takes 1 to 5", `features.unfurl_domains[5] names "a.b" a second time`),
		Entry("an assistant without a description", "features: {assistant_view: {suggested_prompts: []}}\n",
			"features.assistant_view.assistant_description is missing"),
		Entry("an agent with too many prompts", "features: {app_home: {messages_tab_enabled: true}, agent_view: {suggested_prompts: "+
			many(5, "{title: t%d, message: m}")+"}}\n", "features.agent_view.suggested_prompts has 5 entries: Slack takes at most 4"),
		Entry("a prompt without a message", "features: {app_home: {messages_tab_enabled: true}, agent_view: {suggested_prompts: [{title: t}]}}\n",
			"features.agent_view.suggested_prompts[0].message is missing"),
		Entry("a long scope", "oauth_config: {scopes: {bot: ["+strings.Repeat("x", 51)+"]}}\n",
			"oauth_config.scopes.bot[0] has 51 characters: Slack takes at most 50"),
		Entry("scopes that are no list", "oauth_config: {scopes: {bot: 'chat:write'}}\n",
			`oauth_config.scopes.bot wants a list, got the text "chat:write"`),
		Entry("scopes of nobody", "oauth_config: {scopes: {bots: []}}\n",
			`oauth_config.scopes.bots is no property of a manifest: did you mean "bot"?`),
		Entry("too many scopes", "oauth_config: {scopes: {user: "+many(256, "s%d")+"}}\n",
			"oauth_config.scopes.user has 256 entries: Slack takes at most 255"),
		Entry("an optional scope that is not asked for", "oauth_config: {scopes: {bot: [a], bot_optional: [a, b], user_optional: [c]}}\n",
			`oauth_config.scopes.bot_optional[1] is "b", which must also be listed in oauth_config.scopes.bot`,
			`oauth_config.scopes.user_optional[0] is "c", which must also be listed in oauth_config.scopes.user`),
		Entry("a redirect URL twice", "oauth_config: {redirect_urls: ['https://a', 'https://a']}\n",
			`oauth_config.redirect_urls[1] names "https://a" a second time`),
		Entry("an events URL of another scheme", "settings: {event_subscriptions: {request_url: 'wss://a.example'}}\n",
			`settings.event_subscriptions.request_url is "wss://a.example": it must begin with https:// (or http://)`),
		Entry("an event twice", "settings: {socket_mode_enabled: true, event_subscriptions: {bot_events: [team_join, team_join]}}\n",
			`settings.event_subscriptions.bot_events[1] names "team_join" a second time`),
		Entry("too many events", "settings: {socket_mode_enabled: true, event_subscriptions: {user_events: "+many(101, "e%d")+"}}\n",
			"settings.event_subscriptions.user_events has 101 entries: Slack takes at most 100"),
		Entry("an event that only the RTM API has", "settings: {event_subscriptions: {bot_events: [presence_change], user_events: [hello]}}\n",
			`settings.event_subscriptions.bot_events[0] is "presence_change", an event that only the RTM API has`,
			`settings.event_subscriptions.user_events[0] is "hello", an event that only the RTM API has`),
		Entry("a subscription to metadata of nobody", "settings: {event_subscriptions: {metadata_subscriptions: [{event_type: t}]}}\n",
			"settings.event_subscriptions.metadata_subscriptions[0].app_id is missing"),
		Entry("interactivity that is neither on nor off", "settings: {interactivity: {request_url: 'https://a.example'}}\n",
			"settings.interactivity.is_enabled is missing"),
		Entry("an options URL without a scheme", "settings: {interactivity: {is_enabled: true, request_url: 'https://a', message_menu_options_url: a}}\n",
			`settings.interactivity.message_menu_options_url is "a": it must begin with https:// (or http://)`),
		Entry("addresses that are none", "settings: {allowed_ip_address_ranges: [256.1.1.1, 10.0.0.0/33, 10.0.0.0/24]}\n",
			`settings.allowed_ip_address_ranges[0] is "256.1.1.1": it must be an IPv4 address or range`,
			`settings.allowed_ip_address_ranges[1] is "10.0.0.0/33": it must be an IPv4 address or range`),
		Entry("a login that is not https", "settings: {siws_links: {initiate_uri: 'http://a'}}\n",
			`settings.siws_links.initiate_uri is "http://a": it must begin with https://`),
		Entry("a switch that is text", "settings: {socket_mode_enabled: yes}\n",
			`settings.socket_mode_enabled wants true or false, got the text "yes"`),
		Entry("a switch in the wrong place", "settings: {incoming_webhooks_enabled: true}\n",
			`settings.incoming_webhooks_enabled is no property of a manifest: did you mean "incoming_webhooks"?`),
		Entry("a function without parameters", "functions: {f: {title: t}}\n",
			"functions.f.input_parameters is missing", "functions.f.output_parameters is missing"),
		Entry("too many functions", "functions: {"+strings.Trim(many(51, "f%d: {title: t, input_parameters: {}, output_parameters: {}}"), "[]")+"}\n",
			"functions has 51 members: Slack takes at most 50"),
		Entry("functions in a list", "functions: [{title: t}]\n", "functions wants an object, got a list"),
		Entry("a workflow without steps", "workflows: {w: {title: t}}\n", "workflows.w.steps is missing"),
		Entry("a datastore without a key", "datastores: {d: {attributes: {}}}\n", "datastores.d.primary_key is missing"),
		Entry("too many outgoing domains", "outgoing_domains: "+many(11, "a%d.example")+"\n", "outgoing_domains has 11 entries: Slack takes at most 10"),
		Entry("an MCP server without a URL", "mcp_servers: {m: {auth_type: no_auth}}\n", "mcp_servers.m.url is missing"),
		Entry("a name that could steer a terminal", "\"a\\e[31m\": 1\n", `"a\x1b[31m" is no property of a manifest`),
	)

	DescribeTable("takes",
		func(text string) { Expect(refusals(text)).To(BeEmpty()) },
		Entry("the longest name, in characters of several bytes", "display_information: {name: "+strings.Repeat("é", 35)+"}\n"),
		Entry("null for what may be missing", "features: ~\nsettings: {event_subscriptions: ~, interactivity: ~}\noauth_config: {redirect_urls: ~, scopes: {user: ~}}\n"),
		Entry("the version of the schema", "_metadata: {schema_version: 1, min_version: 1, major_version: 2, minor_version: 1}\n"),
		Entry("a background in three digits", "display_information: {name: x, background_color: '#000'}\n"),
		Entry("plain http", "features: {slash_commands: [{command: /a, description: d, url: 'http://a.example'}]}\n"),
		Entry("an event that is not documented", "settings: {event_subscriptions: {bot_events: [brand_new_event]}}\n"),
		Entry("forty address ranges", "settings: {allowed_ip_address_ranges: "+many(40, "10.0.0.%d/32")+"}\n"),
		Entry("a redirect URL that is nonsense", "oauth_config: {redirect_urls: ['://asdf']}\n"),
		Entry("what Slack's pages have beside the schema", "settings: {app_type: remote}\nmetadata_events: {}\ncompliance: {dod_srg_ilx: IL4}\n"),
		Entry("parts of the marketplace", "app_directory: {pricing: free}\n"),
		Entry("functions of the first kind", "features: {functions: [{callback_id: c, title: t, description: d, input_parameters: [], output_parameters: []}]}\n"),
	)
})
