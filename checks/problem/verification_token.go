package problem

// verificationTokenProblems are about the token in the body, which Slack has
// deprecated and some apps still rely on.
func verificationTokenProblems() []Problem {
	return []Problem{
		{
			ID:     "verification-token.accepts-wrong",
			Levels: []Level{Fail},
			Title:  "The app serves a request with a wrong verification token",
			Why:    "Nothing else guards the app, so anyone who learns the URL can run its commands and actions.",
			Fix:    "Verify X-Slack-Signature with the signing secret, which replaces the deprecated verification token.",
			Fixes:  verifyFixes(),
			Doc:    docSigning,
		},
		{
			ID:     "verification-token.rejects-valid",
			Levels: []Level{Fail},
			Title:  "The app refuses the right verification token",
			Why:    "The app and belay hold different tokens, and if the app is the one that is wrong, it refuses whatever Slack sends.",
			Fix:    "Compare the Verification Token under Basic Information, App Credentials of this very app with the one in the app's environment and with the one given to belay, or rather verify the signature in its place.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Check with --signing-secret in place of --verification-token, since Bolt verifies the signature and not the token.",
				"Bolt for Python":     "Check with --signing-secret in place of --verification-token, since Bolt verifies the signature and not the token.",
				"Bolt for Java":       "Check with --signing-secret in place of --verification-token, since Bolt verifies the signature and not the token.",
			},
			Doc:   docSigning,
			Shows: Shows{User: httpClientError, Confidence: Probable},
			Cases: []string{"johnagan/serverless-slack-app#3"},
		},
	}
}
