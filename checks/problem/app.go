package problem

// appProblems are about the process of the app.
func appProblems() []Problem {
	return []Problem{
		{
			ID:     "app.died",
			Levels: []Level{Fail},
			Title:  "This request ended the app: nothing listens any more",
			Why:    "Until something starts it again no user gets an answer, and the next request of this kind ends it once more.",
			Fix:    "Look at the last lines of the app's log for what ended it, catch that error in the handler, and let a supervisor start the app again.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Look at the last lines of the log for an unhandled rejection, catch the error in the listener or in app.error, and update @slack/bolt.",
				"Express":             "Look at the last lines of the log for an unhandled rejection, and pass the errors of async handlers to next, which Express 4 does not do by itself.",
				"slack-go":            "Look for log.Fatal and os.Exit in the handlers and for goroutines that panic without recover, each of which ends the whole program.",
			},
			Doc:   docRequestURLs,
			Shows: Shows{User: dispatchFailed, Confidence: Confirmed},
		},
	}
}
