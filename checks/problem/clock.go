package problem

// clockProblems are about the clock of the app's server.
func clockProblems() []Problem {
	return []Problem{
		{
			ID:     "clock.skew",
			Levels: []Level{Fail, Warn, Remark},
			Title:  "The app's clock is wrong",
			Why:    "The app compares the time that Slack signed with its own, so it refuses requests that are fresh and may accept old ones.",
			Fix:    "Run timedatectl on the server and switch its time synchronisation on (timedatectl set-ntp true), or look for local time where the app needs Unix time if it is off by whole hours.",
			Doc:    docSigning,
			Shows:  Shows{User: httpClientError, Confidence: Probable},
			Cases:  []string{"slackapi/bolt-js#1502", "stoiveyp/Slack.NetStandard#47", "docker/for-mac#2921"},
		},
	}
}
