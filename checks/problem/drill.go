package problem

// drillProblems are met when tokens, installations and workspaces change under an app
// that runs, by belay drill.
func drillProblems() []Problem {
	return []Problem{
		{
			ID:     "revocation.keeps-calling",
			Levels: []Level{Fail},
			Title:  "The app goes on with a token that was revoked",
			Why:    "Nothing that it does with a dead token succeeds, so it fails over and over, its log fills, and its users are never told that they must install it again.",
			Fix:    "Delete the installation when tokens_revoked or app_uninstalled comes, and also when a call is answered by token_revoked, account_inactive or invalid_auth; acknowledge the event in any case.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Listen to app_uninstalled and tokens_revoked, and call installationStore.deleteInstallation there, which Bolt does not do by itself.",
				"Bolt for Python":     "Call app.enable_token_revocation_listeners(), which deletes the installation from the store.",
				"Bolt for Java":       "Call app.enableTokenRevocationHandlers(), which deletes the installation from the service.",
			},
			Doc:   "https://docs.slack.dev/reference/events/tokens_revoked",
			Shows: Shows{Words: `"account_inactive" or "token_revoked", to the app`, Confidence: Confirmed},
			Cases: []string{"superloglabs/superlog#247"},
		},
		{
			ID:     "uninstall.keeps-data",
			Levels: []Level{Warn},
			Title:  "A new installation is answered with what the old one had stored",
			Why:    "Who uninstalls an app expects its data to be gone, and who installs it later may be somebody else.",
			Fix:    "Delete what belongs to a workspace, or begin to, when app_uninstalled comes, and key what is stored by installation.",
			Doc:    "https://docs.slack.dev/reference/events/app_uninstalled",
		},
		{
			ID:     "rotation.expired",
			Levels: []Level{Fail},
			Title:  "A token that expires is not refreshed once",
			Why:    "A rotating token lives for 12 hours: without a refresh everything fails with token_expired from then on, and a refresh token that is used twice makes Slack refuse both.",
			Fix:    "Refresh with oauth.v2.access and grant_type=refresh_token before expires_in ends, or when token_expired is answered; store the new pair before using it, and let only one process refresh at a time.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Give App clientId, clientSecret and an installationStore, whose storeInstallation keeps expiresAt and refreshToken of what it is given.",
				"Bolt for Python":     "Give OAuthSettings an installation_store with columns for the refresh token and its expiry, and set token_rotation_expiration_minutes.",
			},
			Doc:   "https://docs.slack.dev/authentication/using-token-rotation",
			Shows: Shows{Words: `"token_expired" or "invalid_refresh_token", to the app`, Confidence: Confirmed},
			Cases: []string{"latitude-dev/latitude-llm#3334", "slackapi/bolt-js#1968", "slackapi/bolt-python#663"},
		},
		{
			ID:     "workspace.data-leak",
			Levels: []Level{Fail},
			Title:  "One workspace gets what belongs to another",
			Why:    "People of one company read what another stored, or the app acts in another company's workspace.",
			Fix:    "Key everything that is stored by team_id (or by enterprise_id of an organization's install), and choose the token by the team of the request that is being answered.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Use the client of the listener's arguments, not app.client, and leave token of App out where there is an installationStore.",
				"Bolt for Python":     "Use the client of the listener's arguments, not app.client, and leave token of App out where there is an installation_store.",
			},
			Doc: docInstalling,
		},
		{
			ID:     "outage.not-acknowledged",
			Levels: []Level{Fail, Warn},
			Title:  "The app does not acknowledge while Slack's Web API fails",
			Why:    "It calls Slack before it acknowledges, so that a short outage of the API becomes an error that every user sees; an app that ends over it stays away.",
			Fix:    "Acknowledge before the first call to Slack, and catch what the calls that follow throw.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Call await ack() before anything else, leave processBeforeResponse at false, and log what client's calls throw.",
				"Bolt for Python":     "Call ack() before anything else, and register lazy listeners where process_before_response is True.",
			},
			Doc:   docInteractivity,
			Shows: Shows{User: operationTimeout, Confidence: Probable},
		},
	}
}
