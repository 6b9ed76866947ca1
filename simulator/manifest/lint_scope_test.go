package manifest_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

// socket is the beginning of settings for which no URL is missing.
const socket = "settings:\n  socket_mode_enabled: true\n  event_subscriptions:\n"

var _ = DescribeTable("A missing scope",
	func(scopes, text string, found ...string) {
		Expect(of(manifest.ScopeMissing, manifest.Lint(read(named+"oauth_config: {scopes: "+scopes+"}\n"+text)))).To(Equal(found))
	},
	Entry("is that of commands", "{bot: ['chat:write']}", "features: {slash_commands: [{command: /a, description: d}, {command: /b, description: d}]}\n",
		"3:12: slash commands need the scope commands in oauth_config.scopes.bot"),
	Entry("is that of an event", "{bot: ['chat:write']}", socket+"    bot_events:\n      - app_home_opened\n      - app_mention\n",
		"8:9: the event app_mention needs the scope app_mentions:read in oauth_config.scopes.bot"),
	Entry("is any of several", "{bot: ['users:read']}", socket+"    bot_events: [member_left_channel]\n",
		"6:18: the event member_left_channel needs the scope channels:read or groups:read in oauth_config.scopes.bot"),
	Entry("is that of each kind of message", "{bot: ['channels:history']}", socket+"    bot_events: [message.channels, message.groups, message.im, message.mpim]\n",
		"6:36: the event message.groups needs the scope groups:history in oauth_config.scopes.bot",
		"6:52: the event message.im needs the scope im:history in oauth_config.scopes.bot",
		"6:64: the event message.mpim needs the scope mpim:history in oauth_config.scopes.bot"),
	Entry("is that of a user's event, which a bot's scope does not allow", "{bot: ['reactions:read']}", socket+"    user_events: [reaction_added]\n",
		"6:19: the event reaction_added needs the scope reactions:read in oauth_config.scopes.user"),
	Entry("is that of a bot's event, which a user's scope does not allow", "{user: ['reactions:read']}", socket+"    bot_events: [reaction_added]\n",
		"6:18: the event reaction_added needs the scope reactions:read in oauth_config.scopes.bot"),
	Entry("is told though there are no scopes at all", "{}", socket+"    bot_events: [team_join]\n",
		"6:18: the event team_join needs the scope users:read in oauth_config.scopes.bot"),
	Entry("is none where one of several is there", "{bot: ['groups:read']}", socket+"    bot_events: [member_joined_channel, member_left_channel]\n"),
	Entry("is none where the scope is optional", "{bot: ['pins:read'], bot_optional: ['pins:read'], user: ['stars:read'], user_optional: ['stars:read']}",
		socket+"    bot_events: [pin_added]\n    user_events: [star_added]\n"),
	Entry("is none for events that need none", "{}", socket+"    bot_events: [app_home_opened, app_uninstalled, tokens_revoked, function_executed]\n"),
	Entry("is none for events that are not documented", "{}", socket+"    bot_events: [workflow_published, brand_new]\n"),
	Entry("is none for whoever may do more", "{user: ['admin.invites:write']}", socket+"    user_events: [invite_requested]\n"),
	Entry("is none for commands of a user", "{user: [commands]}", "features: {slash_commands: [{command: /a, description: d}]}\n"),
	Entry("is none for a classic app", "{bot: [bot]}", socket+"    bot_events: [message.im, app_mention]\n"),
)

var _ = DescribeTable("The messages tab",
	func(text string, found ...string) {
		m := read(named + "oauth_config: {scopes: {bot: ['im:history'], user: ['im:history']}}\n" + text)
		Expect(of(manifest.MessagesTab, manifest.Lint(m))).To(Equal(found))
	},
	Entry("is needed for direct messages", socket+"    bot_events: [message.im]\n",
		"6:18: message.im needs features.app_home.messages_tab_enabled, without which nobody can write to the app"),
	Entry("is needed where it is off", "features: {app_home: {home_tab_enabled: true, messages_tab_enabled: false}}\n"+socket+"    bot_events: [message.im]\n",
		"3:47: the messages tab is off, so nobody can send what message.im is for"),
	Entry("is needed for writing, too", "features: {app_home: {messages_tab_enabled: true, messages_tab_read_only_enabled: true}}\n"+socket+"    bot_events: [message.im]\n",
		"3:51: the messages tab is read-only, so nobody can send what message.im is for"),
	Entry("is needed for an agent", "features:\n  agent_view: {agent_description: d}\n",
		"4:3: the agent view needs features.app_home.messages_tab_enabled, without which nobody can write to the app"),
	Entry("is there", "features: {app_home: {messages_tab_enabled: true}, agent_view: {}}\n"+socket+"    bot_events: [message.im]\n"),
	Entry("is not needed for messages elsewhere", socket+"    bot_events: [message.channels]\n"),
	Entry("is not needed for the users' own messages", socket+"    user_events: [message.im]\n"),
	Entry("may be read-only where no message is waited for", "features: {app_home: {messages_tab_enabled: true, messages_tab_read_only_enabled: true}}\n"),
	Entry("is not needed for an agent that is not there", "features: {agent_view: ~}\n"),
)
