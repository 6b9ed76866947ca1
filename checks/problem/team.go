package problem

// teamProblems are about the workspace that a request claims to come from.
func teamProblems() []Problem {
	return []Problem{
		{
			ID:     "team.not-installed",
			Levels: []Level{Remark},
			Title:  "The app answers that it is not installed in belay's workspace",
			Why:    "It looks the workspace up before it runs a handler, and belay's never installed it, so the handlers stay unasked.",
			Fix:    "Name a workspace and a user that have the app with --team and --user.",
			Doc:    docInstalling,
		},
		{
			ID:     "team.accepts-foreign",
			Levels: []Level{Fail, Warn},
			Title:  "A workspace that never installed the app is served",
			Why:    "The app acts for somebody who gave it no token, with a token of somebody else, or answers whoever uninstalled it.",
			Fix:    "Look up the installation of the request's team_id first, and answer that the app is not installed where there is none.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Give App an installationStore or authorize in place of token, and throw where the team is not known.",
				"Bolt for Python":     "Give App an installation_store or authorize in place of token, and return None where the team is not known.",
			},
			Doc: docInstalling,
		},
	}
}
