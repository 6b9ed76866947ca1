package problem

// oauthProblems are about an app's installation. The fake Slack sees them when it walks
// through one.
func oauthProblems() []Problem {
	return recorded([]Problem{
		{
			ID:     "oauth.state",
			Levels: []Level{Fail},
			Title:  "The installation accepts a code without the state that it began with",
			Why:    "Somebody else's code passes for the user's own, so an attacker connects their workspace to another person's account.",
			Fix:    "Compare the state of the callback with the one that was stored for this browser when the installation began, and refuse a missing or another one.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Leave stateVerification of installerOptions at true, and begin the installation at /slack/install.",
				"Bolt for Python":     "Give OAuthSettings a state_store and leave state_validation_enabled at True, and begin the installation at /slack/install.",
				"Bolt for Java":       "Leave oAuthStateService as it is, and begin the installation at the app's oauthInstallPath.",
			},
			Doc: docInstalling,
		},
		{
			ID:     "oauth.code-reuse",
			Levels: []Level{Warn},
			Title:  "The installation crashes on a code that was used before",
			Why:    "A browser that loads the callback twice, or a user who goes back, meets a server error after an installation that went well.",
			Fix:    "Answer invalid_code and code_already_used with a page that offers the installation again, and log the error of oauth.v2.access.",
			Doc:    docInstalling,
			Cases:  []string{"kmrshntr/omniauth-slack#54", "outline/outline#1239", "krishamoud/meteor-slack-api#7"},
		},
		{
			ID:     "client-secret.stale",
			Levels: []Level{Fail},
			Title:  "The app uses a client secret that was changed",
			Why:    "Slack takes the old secret for 24 hours after the change, and from then on answers bad_client_secret: nobody can install the app, and rotating tokens are not refreshed.",
			Fix:    "Give every running copy of the app the new secret of Basic Information → App Credentials, within the 24 hours, and restart what reads it at its start.",
			Doc:    docInstalling,
		},
	})
}
