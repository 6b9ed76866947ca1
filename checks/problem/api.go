package problem

// apiProblems are about what an app asks of Slack. The fake Slack sees them, and answers
// with Slack's own error.
func apiProblems() []Problem {
	return recorded([]Problem{
		{
			ID:     "api.unknown-method",
			Levels: []Level{Fail},
			Title:  "The app calls a method that Slack does not have",
			Why:    "Slack answers unknown_method, and nothing is done.",
			Fix:    "Compare the name in the call's path with the list of methods, and its base URL with https://slack.com/api/.",
			Doc:    docMethods,
			Shows:  Shows{Words: `"unknown_method", to the app`, Confidence: Confirmed},
		},
		{
			ID:     "api.token-place",
			Levels: []Level{Fail},
			Title:  "A token is sent where Slack does not look for it",
			Why:    "Slack answers not_authed or invalid_auth although the token is good, and a token in a query ends up in logs.",
			Fix:    "Send the header Authorization: Bearer TOKEN, and take the token out of the query and of the JSON body.",
			Doc:    docWebAPI,
			Shows:  Shows{Words: `"not_authed" or "invalid_auth", to the app`, Confidence: Confirmed},
			Cases:  []string{"slackapi/python-slack-sdk#1877", "slack-ruby/slack-ruby-client#363"},
		},
		{
			ID:     "api.wrong-token-kind",
			Levels: []Level{Fail},
			Title:  "A method is called with a token of another kind",
			Why:    "Slack answers not_allowed_token_type, since a bot's, a user's and an app's token may each call other methods.",
			Fix:    "Give the method the token that its page asks for: xoxb- of the bot, xoxp- of a user, or xapp- of the app for apps.connections.open.",
			Doc:    docTokens,
			Shows:  Shows{Words: `"not_allowed_token_type", to the app`, Confidence: Confirmed},
			Cases:  []string{"slackapi/python-slack-sdk#1239", "slackapi/node-slack-sdk#1851"},
		},
		{
			ID:     "api.missing-scope",
			Levels: []Level{Fail},
			Title:  "The token lacks the scope that the method needs",
			Why:    "Slack answers missing_scope, because a token keeps the scopes of its installation whatever the app's settings say by now.",
			Fix:    "Add the scope that the answer names as needed under OAuth & Permissions, and install the app again.",
			Doc:    docScopes,
			Shows:  Shows{Words: `"missing_scope", to the app`, Confidence: Confirmed},
			Cases:  []string{"lightdash/lightdash#19627", "slackapi/node-slack-sdk#1611"},
		},
		{
			ID:     "api.missing-argument",
			Levels: []Level{Fail},
			Title:  "A method is called without an argument that it needs",
			Why:    "Slack answers with an error, and nothing is done.",
			Fix:    "Send the argument that is named, and check that the body is encoded as its Content-Type says.",
			Doc:    docMethods,
			Shows:  Shows{Words: `"invalid_arguments", or an error of the method's own, to the app`, Confidence: Probable},
		},
		{
			ID:     "api.invalid-argument",
			Levels: []Level{Fail},
			Title:  "A method is called with an argument that it refuses",
			Why:    "Slack answers with an error, and nothing is done.",
			Fix:    "Change the argument that is named to the type and the form that the method's page gives.",
			Doc:    docMethods,
			Shows:  Shows{Words: `"invalid_arguments", or an error of the method's own, to the app`, Confidence: Probable},
		},
		{
			ID:     "api.blocks",
			Levels: []Level{Fail},
			Title:  "Slack refuses the blocks or the view of a call",
			Why:    "A single block over a limit or with an unknown field makes Slack refuse the whole message or view, so the user sees nothing of it.",
			Fix:    "Change the block that the pointer names, and try the message in Block Kit Builder (app.slack.com/block-kit-builder).",
			Doc:    docBlockKit,
			Shows:  Shows{Words: `"invalid_blocks" or "invalid_arguments", to the app`, Confidence: Confirmed},
			Cases:  []string{"adobe/spacecat-api-service#176", "rtCamp/frappe-slack-connector#54", "metaps/genova#301"},
		},
		{
			ID:     "api.near-limit",
			Levels: []Level{Warn},
			Title:  "A call comes close to one of Slack's limits",
			Why:    "What fits with test data is refused with a customer's, since it needs only a tenth more.",
			Fix:    "Cut long texts and lists before they reach the limit that is named, and say in the message that they were cut.",
			Doc:    docBlockKit,
			Cases:  []string{"slackapi/bolt-js#2509"},
		},
		{
			ID:     "api.ignores-retry-after",
			Levels: []Level{Fail},
			Title:  "The app calls on while Slack told it to wait",
			Why:    "Every call before the end of Retry-After is refused as well, so nothing gets through until the app holds still.",
			Fix:    "Wait as many seconds as the header Retry-After of a 429 says before calling this method for this workspace again.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Leave rejectRateLimitedCalls of clientOptions at false, which waits by itself, and queue the calls to one channel.",
				"Bolt for Python":     "Add RateLimitErrorRetryHandler(max_retry_count=2) to client.retry_handlers.",
				"slack-go":            "Sleep for RetryAfter of *slack.RateLimitedError before the next try, or use slack.OptionRetry.",
			},
			Doc:   docRateLimits,
			Shows: Shows{Words: `"ratelimited" with status 429, to the app`, Confidence: Confirmed},
			Cases: []string{"monzo/response#234", "slackapi/python-slack-sdk#436", "linkedin/iris#509"},
		},
		{
			ID:     "api.trigger-expired",
			Levels: []Level{Fail},
			Title:  "A trigger_id is used too late, or twice",
			Why:    "A trigger_id lives for 3 seconds from the user's click and opens one view, so the user waits for a modal that does not come.",
			Fix:    "Call views.open first, with a view that says that it is loading, and fill it with views.update when the slow work is done.",
			Doc:    docModals,
			Shows:  Shows{Words: `nothing opens; "expired_trigger_id" or "exchanged_trigger_id", to the app`, Confidence: Confirmed},
			Cases:  []string{"slackapi/bolt-python#434", "slackapi/node-slack-sdk#1131", "slackapi/java-slack-sdk#1078", "Netflix/dispatch#833"},
		},
	})
}

// hookProblems are about the URLs that Slack gives an app to post to.
func hookProblems() []Problem {
	return recorded([]Problem{
		{
			ID:     "response-url.limit",
			Levels: []Level{Fail},
			Title:  "A response_url is used more than five times",
			Why:    "Slack refuses the sixth message, so the user never sees how the work ended.",
			Fix:    "Send progress with chat.postMessage and chat.update, and keep the response_url for the first answer and the last.",
			Doc:    docInteractivity,
		},
		{
			ID:     "response-url.expired",
			Levels: []Level{Fail},
			Title:  "A response_url is used after thirty minutes",
			Why:    "Slack refuses the message, so the user never sees how the work ended.",
			Fix:    "Send what takes that long with chat.postMessage to the channel or the user of the request.",
			Doc:    docInteractivity,
		},
		{
			ID:     "webhook.override-ignored",
			Levels: []Level{Warn},
			Title:  "A message to an incoming webhook names a channel, a user name or an icon",
			Why:    "The webhook of an app ignores all three, so that the message appears elsewhere or under another name than you expect, and a legacy webhook refuses channel.",
			Fix:    "Create a webhook for each channel, or use chat.postMessage with the scope chat:write.customize for another name or icon.",
			Doc:    docWebhooks,
			Cases:  []string{"slackapi/java-slack-sdk#1621"},
		},
		{
			ID:     "follow-up.missing",
			Levels: []Level{Fail},
			Title:  "The app acknowledges, and the answer that it owes never comes",
			Why:    "The user sees that something was accepted and then nothing, mostly because the platform freezes the app after its acknowledgement.",
			Fix:    "Look in the app's log at the work that follows the acknowledgement, and hand it to a queue, or to what the platform offers for work after the answer.",
			Fixes: map[string]string{
				"AWS Lambda":      "Put the work on a queue or into a second function (InvocationType Event), since nothing runs after the function has returned.",
				"AWS API Gateway": "Put the work on a queue or into a second function (InvocationType Event), since nothing runs after the function has returned.",
				"Vercel":          "Pass the promise of the work to waitUntil of @vercel/functions, since nothing else runs after the response.",
			},
			Doc: docInteractivity,
		},
	})
}
