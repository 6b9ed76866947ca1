package problem

// sslCheckProblems are about the unsigned request by which Slack tries the
// certificate of a command's URL.
func sslCheckProblems() []Problem {
	return []Problem{
		{
			ID:     "ssl-check.refused",
			Levels: []Level{Warn, Remark},
			Title:  "The app refuses Slack's ssl_check",
			Why:    "Slack sends it unsigned to publicly distributed apps, and expects 200, to see that the certificate is still good.",
			Fix:    "Answer 200 with an empty body to a form whose ssl_check is 1, before the signature is verified, and do nothing else with it.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Use HTTPReceiver in place of ExpressReceiver, or answer a form whose ssl_check is 1 in a middleware before receiver.app.",
				"Bolt for Python":     "Leave ssl_check_enabled=True in App(...), which is the default.",
				"Bolt for Java":       "Leave AppConfig.sslCheckEnabled at true, which is the default.",
			},
			Doc:   docCommands,
			Cases: []string{"slackapi/bolt-js#1397", "slackapi/bolt-js#614", "howdyai/botkit#966", "slackapi/java-slack-sdk#248"},
		},
		{
			ID:     "ssl-check.bypass",
			Levels: []Level{Fail},
			Title:  "Anyone can run the app's handlers by adding ssl_check to a request",
			Why:    "The app skips the signature as soon as it sees ssl_check, so a forged command or event beside it is served.",
			Fix:    "Skip the signature only where ssl_check is exactly 1, and then answer 200 without looking at any other field.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Update @slack/bolt to 4.7.3, to 5.1.0 or to anything newer.",
				"Bolt for Python":     "Leave ssl_check_enabled=True in App(...), or update slack_bolt, since older versions skip the signature for ssl_check where it is False.",
			},
			Doc:   docSigning,
			Cases: []string{"slackapi/bolt-js#2897", "slackapi/bolt-js#2899", "slackapi/bolt-python#1495"},
		},
	}
}
