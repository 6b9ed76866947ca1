package problem

// docManifest lists the properties of a manifest.
const docManifest = "https://docs.slack.dev/reference/app-manifest"

// translateWords are what Slack's editor says of a manifest that it refuses.
const translateWords = `"We can't translate a manifest with errors", on saving the manifest`

// manifestProblems can be told from the app's manifest alone.
func manifestProblems() []Problem {
	return []Problem{
		{
			ID:     "manifest.socket-mode",
			Levels: []Level{Warn, Remark},
			Title:  "Socket Mode is on, so Slack calls no URL",
			Why:    "With Socket Mode on Slack sends everything over the connection that the app opened, and the URLs in the manifest wait unused until it is off.",
			Fix:    "Set settings.socket_mode_enabled to false to have the URLs called, or leave them out if the app connects by itself.",
			Doc:    "https://docs.slack.dev/apis/events-api/using-socket-mode",
		},
		{
			ID:     "manifest.url-missing",
			Levels: []Level{Fail},
			Title:  "Slack has nowhere to send a command, event or action",
			Why:    "Without a URL and without Socket Mode the command, button or event that people use never reaches the app, and Slack may refuse the manifest.",
			Fix:    "Add the url of the command, or the request_url under settings.event_subscriptions or settings.interactivity, or set settings.socket_mode_enabled to true.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Add https://HOST/slack/events as the url of every command and as both request_url, or set settings.socket_mode_enabled to true and start App with socketMode: true.",
				"Bolt for Python":     "Add https://HOST/slack/events as the url of every command and as both request_url, or set settings.socket_mode_enabled to true and start a SocketModeHandler.",
				"Bolt for Java":       "Add https://HOST/slack/events as the url of every command and as both request_url, or set settings.socket_mode_enabled to true and start a SocketModeApp.",
			},
			Doc:   docManifest,
			Shows: Shows{Words: `"requires either Request URL or Socket Mode Enabled", on saving the manifest`, Confidence: Confirmed},
			Cases: []string{"slackapi/bolt-js#475", "slackapi/bolt-python#701", "slackapi/bolt-js#256", "speakeasy-api/gram#2711"},
		},
		{
			ID:     "manifest.url-stale",
			Levels: []Level{Fail},
			Title:  "Some URLs still lead to an old tunnel",
			Why:    "A tunnel gets another host name when it starts again, so what still has the old one reaches nobody, or a stranger who was given the name since.",
			Fix:    "Change every URL of the manifest to the host that the tunnel prints now, save it in the app's settings and verify the events URL again, or reserve a name for the tunnel.",
			Fixes: map[string]string{
				"ngrok":      "Claim the free static domain of your account, start ngrok http --url=NAME.ngrok-free.app, and enter that host in all places.",
				"Cloudflare": "Make a named tunnel with a host of your own domain in place of a quick tunnel, and enter that host in all places.",
			},
			Doc:   docManifest,
			Shows: Shows{User: httpClientError, RetryReason: "http_error", Confidence: Probable},
			Cases: []string{"slackapi/bolt-js#1121", "misscoded/webinar-bolt-python-nov-2020#1"},
		},
		{
			ID:     "manifest.scope-missing",
			Levels: []Level{Fail},
			Title:  "A command or an event needs a scope that the app does not ask for",
			Why:    "Slack refuses such a manifest, and an app that was installed without the scope gets neither the command nor the event.",
			Fix:    "Add the scope to oauth_config.scopes, save the manifest, and install the app again in every workspace, since a token keeps the scopes of its installation.",
			Doc:    docManifest,
			Shows:  Shows{Words: translateWords, Confidence: Confirmed},
			Cases:  []string{"derive-to/derive#558", "nanocoai/nanoclaw#3423", "gastownhall/gascity-packs#63"},
		},
		{
			ID:     "manifest.messages-tab",
			Levels: []Level{Warn},
			Title:  "Nobody can write to the app, which waits for messages",
			Why:    "Without a messages tab that takes messages, people see that sending is turned off, so message.im and an agent's view never get one.",
			Fix:    "Set features.app_home.messages_tab_enabled to true and messages_tab_read_only_enabled to false.",
			Doc:    "https://docs.slack.dev/surfaces/app-home",
			Shows:  Shows{Words: `"Sending messages to this app has been turned off"`, Confidence: Confirmed},
			Cases:  []string{"slackapi/python-slack-sdk#1015", "MicrosoftDocs/bot-docs#2077", "NousResearch/hermes-agent#3590", "vikasprogrammer/agentric#540"},
		},
		{
			ID:     "manifest.redirect-url",
			Levels: []Level{Fail},
			Title:  "An OAuth redirect URL is not https",
			Why:    "Slack sends people back to https addresses only, so that nobody on the way reads the code, and installing fails.",
			Fix:    "Enter the https address under oauth_config.redirect_urls, which on a developer's machine is that of a tunnel.",
			Doc:    docInstalling,
			Shows:  Shows{Words: refusedWords, Confidence: Confirmed},
			Cases:  []string{"chsasank/outline-wiki-docker-compose#51", "outline/outline#2180"},
		},
		{
			ID:     "manifest.invalid",
			Levels: []Level{Fail},
			Title:  "Slack refuses this manifest",
			Why:    "Slack takes a manifest as a whole or not at all, so a single property that is missing, too long or unknown keeps every change from the app.",
			Fix:    "Mend the property that is named, and check the manifest again until nothing is left.",
			Doc:    docManifest,
			Shows:  Shows{Words: translateWords, Confidence: Confirmed},
			Cases:  []string{"derive-to/derive#558", "gastownhall/gascity-packs#63", "gugu91/pinet#358"},
		},
	}
}
