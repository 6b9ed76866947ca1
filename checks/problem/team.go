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
	}
}
