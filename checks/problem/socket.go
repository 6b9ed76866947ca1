package problem

// socketProblems are about Socket Mode. The fake Slack sees them.
func socketProblems() []Problem {
	return recorded([]Problem{
		{
			ID:     "socket.no-ack",
			Levels: []Level{Fail},
			Title:  "An envelope of Socket Mode is never acknowledged",
			Why:    "Slack shows the user an error, or sends the event again, since nothing tells it that the app has the envelope.",
			Fix:    "Send {\"envelope_id\": ...} back over the same connection, in one text frame, before doing the work.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Register a listener that calls await ack() for this command, action or event, since Bolt acknowledges nothing that has no listener.",
				"Bolt for Python":     "Register a listener that calls ack() for this command, action or event, since Bolt acknowledges nothing that has no listener.",
				"slack-go":            "Call client.Ack(*evt.Request) for every event of the type that carries a request, also in the default case of the switch.",
			},
			Doc:   docSocketMode,
			Shows: Shows{User: operationTimeout, Confidence: Confirmed},
			Cases: []string{"slackapi/bolt-js#1621"},
		},
		{
			ID:     "socket.late-ack",
			Levels: []Level{Fail},
			Title:  "An envelope of Socket Mode is acknowledged after Slack has stopped waiting",
			Why:    "After 3 seconds Slack shows the user an error or sends the event again, and the work is done twice.",
			Fix:    "Acknowledge the envelope first and do the work after that, outside the loop that reads the socket.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Call await ack() first, and do the work after it.",
				"Bolt for Python":     "Call ack() first and do the work after it, and raise concurrency of SocketModeHandler where many listeners run at once.",
				"Bolt for Java":       "Hand the work to app.executorService().submit(...) and return ctx.ack() at once.",
				"slack-go":            "Call client.Ack(*evt.Request) first and do the work in a goroutine, so that the loop over client.Events goes on.",
			},
			Doc:   docSocketMode,
			Shows: Shows{User: operationTimeout, Confidence: Confirmed},
			Cases: []string{"slackapi/python-slack-sdk#1280"},
		},
		{
			ID:     "socket.double-ack",
			Levels: []Level{Fail},
			Title:  "An envelope of Socket Mode is acknowledged twice",
			Why:    "Slack takes the first acknowledgement, so what the second one carries, such as a view or a message, is lost.",
			Fix:    "Acknowledge once, on one path of the code, and look for an error handler that acknowledges again.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Call await ack() once in each listener, and throw nothing after it that an error handler answers with another ack().",
				"Bolt for Python":     "Call ack() once in each listener, and leave it out of the function given to @app.error.",
			},
			Doc:   docSocketMode,
			Cases: []string{"slackapi/bolt-js#2519"},
		},
		{
			ID:     "socket.large-ack",
			Levels: []Level{Fail},
			Title:  "An acknowledgement is larger than Slack takes over Socket Mode",
			Why:    "Slack closes the connection with 1009 at 20,480 bytes and delivers the envelope again after the next one is open, over and over.",
			Fix:    "Acknowledge without a payload, and send what is large by a method of the Web API or to the response_url.",
			Doc:    docSocketMode,
		},
		{
			ID:     "socket.no-reconnect",
			Levels: []Level{Fail},
			Title:  "The app does not connect again when a connection of Socket Mode ends",
			Why:    "Slack ends every connection after a while, so the app falls silent within hours, and until somebody restarts it.",
			Fix:    "Call apps.connections.open again after warning, refresh_requested, a close or pings that stay away, and try on with growing pauses when that fails.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Update @slack/socket-mode, which connects again by itself, and leave autoReconnectEnabled at true.",
				"Bolt for Python":     "Update slack_sdk, whose SocketModeClient connects again by itself, and leave auto_reconnect_enabled at True.",
				"slack-go":            "Keep client.Run or RunContext running, which connects again by itself, and start it anew when it returns an error.",
			},
			Doc:   docSocketMode,
			Shows: Shows{User: dispatchFailed, Confidence: Probable},
			Cases: []string{"slackapi/bolt-js#1061", "slackapi/bolt-js#2496", "slackapi/node-slack-sdk#1652", "slackapi/node-slack-sdk#2254"},
		},
	})
}
