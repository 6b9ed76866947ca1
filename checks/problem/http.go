package problem

import "slices"

// httpProblems are answers that Slack cannot take for an acknowledgement: those
// that are no HTTP, those of somebody before the app, those of the app itself.
func httpProblems() []Problem {
	return slices.Concat(wireProblems(), intermediaryProblems(), statusProblems())
}

// wireProblems are answers that break off, or are no HTTP.
func wireProblems() []Problem {
	return []Problem{
		{
			ID:     "http.closed",
			Levels: []Level{Fail},
			Title:  "The server hangs up without an answer",
			Why:    "Slack has sent its request and gets nothing back, so it counts the delivery as failed.",
			Fix:    "Look at the logs of the app and of the proxy before it for this moment, for a crash of the worker or a time limit shorter than the handler.",
			Fixes: map[string]string{
				"nginx":  "Look at error.log for this request, and for return 444, which closes the connection without an answer.",
				"Flask":  "Look at the log of gunicorn or uwsgi for WORKER TIMEOUT or a killed worker at this moment.",
				"Django": "Look at the log of gunicorn or uwsgi for WORKER TIMEOUT or a killed worker at this moment.",
				"Rails":  "Look at the log of puma for a worker that was killed or timed out at this moment.",
			},
			Doc:   docFAQ,
			Shows: Shows{User: dispatchFailed, RetryReason: "connection_failed", Confidence: Probable},
		},
		{
			ID:     "http.malformed",
			Levels: []Level{Fail},
			Title:  "The answer is not HTTP",
			Why:    "Slack cannot read a status from it, so it counts the delivery as failed.",
			Fix:    "Run curl -v -X POST URL to see what answers, and point the URL at the port of the web server.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, Confidence: Probable},
		},
		{
			ID:     "http.truncated",
			Levels: []Level{Fail},
			Title:  "The answer breaks off before its end",
			Why:    "The body is shorter than its Content-Length or lacks its last chunk, so Slack cannot use it.",
			Fix:    "Look at the log of the app for a handler that stops while writing, and send Content-Length as the number of bytes, not of characters.",
			Fixes: map[string]string{
				"nginx": "Look at error.log for \"upstream prematurely closed connection\" and for a proxy_temp_path that is full or not writable.",
			},
			Doc:   docFAQ,
			Shows: Shows{User: dispatchFailed, Confidence: Probable},
		},
	}
}

// statusProblems are statuses that the app itself answers with.
func statusProblems() []Problem {
	return []Problem{
		{
			ID:     "http.server-error",
			Levels: []Level{Fail},
			Title:  "The app answers with a server error",
			Why:    "Slack takes a 5xx for a delivery that failed, and shows the user an error whatever the handler did.",
			Fix:    "Look at the app's log for the exception of this moment, and answer 200 with a text for the user where the mistake is the user's.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Log what app.error(async (error) => ...) receives, and call await ack() before whatever throws.",
				"Bolt for Python":     "Log what @app.error receives, and call ack() before whatever raises.",
				"Bolt for Java":       "Look at the log for the exception of the listener, and return ctx.ack() before whatever throws.",
				"Flask":               "Look at the log for the traceback of this request, and run the app with debug=False where others can reach it.",
				"Django":              "Look at the log for the traceback of this request, and set DEBUG = False where others can reach it.",
				"Rails":               "Look at log/production.log for the exception of this request.",
				"AWS Lambda":          "Look at the function's CloudWatch log for this request, and return statusCode as a number and body as a string.",
				"AWS API Gateway":     "Look at the function's CloudWatch log for this request, and return statusCode as a number and body as a string.",
				"Vercel":              "Run vercel logs for the deployment, and look for the exception of this request.",
			},
			Doc:   docCommands,
			Shows: Shows{User: httpServiceError, Confidence: Probable},
			Cases: []string{"slackapi/bolt-js#336", "IBM/cognitive-moderator-service#13", "KazuAlex/openpollslack#7", "slackapi/python-slack-events-api#21"},
		},
		{
			ID:     "http.client-error",
			Levels: []Level{Fail},
			Title:  "The app refuses the request with a client error",
			Why:    "Slack takes any 4xx for a delivery that failed, and shows the user an error in place of the answer.",
			Fix:    "Look at the app's log for what it objects to in this request, and make sure that it reads application/x-www-form-urlencoded bodies.",
			Fixes: map[string]string{
				"Express":  "Give the route express.urlencoded({ extended: false, verify: (req, res, buf) => { req.rawBody = buf } }), since commands and actions come as forms.",
				"Flask":    "Read request.form, not request.json, since commands and actions come as forms.",
				"Django":   "Read request.POST, not json.loads(request.body), since commands and actions come as forms.",
				"slack-go": "Parse commands with slack.SlashCommandParse and actions with slack.InteractionCallbackParse, since both come as forms.",
			},
			Doc:   docCommands,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
		},
		{
			ID:     "http.status",
			Levels: []Level{Warn},
			Title:  "The app acknowledges with a status other than 200",
			Why:    "Slack documents 200 as the acknowledgement of commands and actions, and may take 201 or 204 for a failure.",
			Fix:    "Answer commands and actions with status 200, with an empty body where there is nothing to say.",
			Fixes: map[string]string{
				"Express":         "End the handler with res.status(200).end() in place of sendStatus(204) or status(201).",
				"Flask":           "Return (\"\", 200) from the view in place of 201 or 204.",
				"Django":          "Return HttpResponse(status=200) from the view in place of 201 or 204.",
				"Rails":           "Answer with head :ok in place of head :no_content or head :created.",
				"slack-go":        "Call w.WriteHeader(http.StatusOK) in place of StatusNoContent, StatusCreated or StatusAccepted.",
				"AWS Lambda":      "Return statusCode: 200 from the function in place of 201, 202 or 204.",
				"AWS API Gateway": "Return statusCode: 200 from the integration, and invoke it synchronously, since an asynchronous one answers 202.",
			},
			Doc: docCommands,
		},
	}
}
