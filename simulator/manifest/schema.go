package manifest

import (
	"slices"
	"sync"
)

// rules are what Slack takes, path by path: protocol.md §11 and §14. A * stands for every
// item of a list, or every member of an object. A member that no rule names is refused,
// but in open objects.
func rules() []rule {
	return slices.Concat(displayRules(), commandRules(), agentRules(), oauthRules(),
		settingRules(), switchRules(), platformRules())
}

// displayRules are about the manifest itself, and how the app looks.
func displayRules() []rule {
	return []rule{
		object("", "display_information"),
		text("/$schema", 0, 0),
		object("/_metadata"),
		number("/_metadata/schema_version"),
		number("/_metadata/min_version"),
		number("/_metadata/major_version").oneOf("1", "2"),
		number("/_metadata/minor_version"),

		object("/display_information", "name"),
		text("/display_information/name", 1, 35),
		text("/display_information/description", 1, 140),
		// The schema says 175, and the documentation 174.
		text("/display_information/long_description", 174, 4000),
		text("/display_information/background_color", 4, 7),
	}
}

// commandRules are about what the app adds to Slack.
func commandRules() []rule {
	return []rule{
		object("/features"),
		object("/features/app_home"),
		flag("/features/app_home/home_tab_enabled"),
		flag("/features/app_home/messages_tab_enabled"),
		flag("/features/app_home/messages_tab_read_only_enabled"),
		object("/features/bot_user", "display_name"),
		text("/features/bot_user/display_name", 1, 80),
		flag("/features/bot_user/always_online"),
		list("/features/slash_commands", 1, 50),
		object("/features/slash_commands/*", "command", "description"),
		text("/features/slash_commands/*/command", 2, 32).like(`^/`, "it must begin with /"),
		httpURL("/features/slash_commands/*/url", 3000),
		text("/features/slash_commands/*/description", 1, 2000),
		text("/features/slash_commands/*/usage_hint", 1, 1000),
		flag("/features/slash_commands/*/should_escape"),
		list("/features/shortcuts", 1, 10),
		object("/features/shortcuts/*", "name", "type", "callback_id", "description"),
		text("/features/shortcuts/*/name", 1, 24),
		text("/features/shortcuts/*/type", 0, 0).oneOf("message", "global"),
		text("/features/shortcuts/*/callback_id", 1, 255),
		text("/features/shortcuts/*/description", 1, 150),
		list("/features/workflow_steps", 1, 10),
		object("/features/workflow_steps/*", "name", "callback_id"),
		text("/features/workflow_steps/*/name", 1, 50),
		text("/features/workflow_steps/*/callback_id", 1, 50),
		list("/features/unfurl_domains", 1, 5).once(),
		text("/features/unfurl_domains/*", 0, 255).like(`^[a-z0-9][-a-z0-9.]*[a-z0-9]$`,
			"it must be a domain in small letters, without a scheme, a port and a path"),
		list("/features/functions", 0, 50),
		anything("/features/functions/*"),
	}
}

// agentRules are about apps that people talk with.
func agentRules() []rule {
	return []rule{
		object("/features/assistant_view", "assistant_description"),
		text("/features/assistant_view/assistant_description", 0, 0),
		list("/features/assistant_view/suggested_prompts", 0, 0),
		prompt("/features/assistant_view/suggested_prompts/*"),
		text("/features/assistant_view/suggested_prompts/*/title", 0, 0),
		text("/features/assistant_view/suggested_prompts/*/message", 0, 0),
		list("/features/assistant_view/actions", 0, 0),
		anything("/features/assistant_view/actions/*"),
		object("/features/agent_view"),
		text("/features/agent_view/agent_description", 0, 300),
		list("/features/agent_view/suggested_prompts", 0, 4),
		prompt("/features/agent_view/suggested_prompts/*"),
		text("/features/agent_view/suggested_prompts/*/title", 0, 0),
		text("/features/agent_view/suggested_prompts/*/message", 0, 0),
		list("/features/agent_view/actions", 0, 0),
		anything("/features/agent_view/actions/*"),
		object("/features/code_channels"),
		flag("/features/code_channels/enabled"),
		httpURL("/features/code_channels/slash_command_url", 3000),
		open("/features/rich_previews"),
		open("/features/search", "search_function_callback_id"),
	}
}

// oauthRules are about what an installation asks for.
func oauthRules() []rule {
	return []rule{
		object("/oauth_config"),
		list("/oauth_config/redirect_urls", 0, 1000).once(),
		text("/oauth_config/redirect_urls/*", 0, 2500),
		object("/oauth_config/scopes"),
		list("/oauth_config/scopes/bot", 0, 255),
		text("/oauth_config/scopes/bot/*", 0, 50),
		list("/oauth_config/scopes/user", 0, 255),
		text("/oauth_config/scopes/user/*", 0, 50),
		list("/oauth_config/scopes/bot_optional", 0, 255),
		text("/oauth_config/scopes/bot_optional/*", 0, 50),
		list("/oauth_config/scopes/user_optional", 0, 255),
		text("/oauth_config/scopes/user_optional/*", 0, 50),
		flag("/oauth_config/token_management_enabled"),
		flag("/oauth_config/pkce_enabled"),
	}
}

// settingRules are about how Slack reaches the app.
func settingRules() []rule {
	return []rule{
		object("/settings"),
		object("/settings/event_subscriptions"),
		httpURL("/settings/event_subscriptions/request_url", 3500),
		list("/settings/event_subscriptions/bot_events", 0, 100).once(),
		text("/settings/event_subscriptions/bot_events/*", 0, 50),
		list("/settings/event_subscriptions/user_events", 0, 100).once(),
		text("/settings/event_subscriptions/user_events/*", 0, 50),
		list("/settings/event_subscriptions/metadata_subscriptions", 1, 20),
		object("/settings/event_subscriptions/metadata_subscriptions/*", "app_id", "event_type"),
		text("/settings/event_subscriptions/metadata_subscriptions/*/app_id", 0, 0),
		text("/settings/event_subscriptions/metadata_subscriptions/*/event_type", 0, 50),
		object("/settings/interactivity", "is_enabled"),
		flag("/settings/interactivity/is_enabled"),
		httpURL("/settings/interactivity/request_url", 3500),
		httpURL("/settings/interactivity/message_menu_options_url", 3500),
		object("/settings/incoming_webhooks"),
		flag("/settings/incoming_webhooks/incoming_webhooks_enabled"),
		// The schema allows 50, the documentation 10.
		list("/settings/allowed_ip_address_ranges", 1, 50).once(),
		text("/settings/allowed_ip_address_ranges/*", 0, 0).like(
			`^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(/(3[0-2]|[12]?\d))?$`,
			"it must be an IPv4 address or range"),
		object("/settings/siws_links"),
		text("/settings/siws_links/initiate_uri", 0, 3500).like(`^https://`, "it must begin with https://"),
	}
}

// switchRules are about the other settings.
func switchRules() []rule {
	return []rule{
		flag("/settings/socket_mode_enabled"),
		flag("/settings/token_rotation_enabled"),
		flag("/settings/org_deploy_enabled"),
		flag("/settings/is_hosted"),
		flag("/settings/is_mcp_enabled"),
		text("/settings/function_runtime", 0, 0),
		text("/settings/hermes_app_type", 0, 0),
		// Neither is in the schema. Slack's own examples or answers have them.
		anything("/settings/app_type"),
		anything("/settings/background_color"),
		anything("/settings/description"),
		anything("/settings/long_description"),
	}
}

// platformRules are about functions, workflows and what belongs to them. Their forms differ between
// versions, and much of them is not documented.
func platformRules() []rule {
	return []rule{
		members("/functions", 50),
		open("/functions/*", "title", "input_parameters", "output_parameters"),
		members("/workflows", 50),
		open("/workflows/*", "title", "steps"),
		members("/datastores", 10),
		open("/datastores/*", "primary_key", "attributes"),
		members("/types", 50),
		open("/types/*", "type"),
		list("/outgoing_domains", 0, 10).once(),
		text("/outgoing_domains/*", 0, 0),
		open("/external_auth_providers"),
		members("/mcp_servers", 20),
		open("/mcp_servers/*", "url"),
		anything("/metadata_events"),
		open("/compliance"),
		open("/app_directory"),
	}
}

// schema is the tree of the rules.
var schema = sync.OnceValue(func() *place {
	root := &place{}
	for _, r := range rules() {
		root.put(r)
	}
	return root
})
