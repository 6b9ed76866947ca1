package problem

// replyProblems are about what stands in the body of an acknowledgement.
func replyProblems() []Problem {
	return []Problem{
		{
			ID:     "reply.invalid-json",
			Levels: []Level{Fail},
			Title:  "The answer says that it is JSON, and is not",
			Why:    "Slack cannot read it, so the user sees no message, or an error.",
			Fix:    "Write the answer with a JSON library in place of string formatting, or leave the body empty.",
			Fixes: map[string]string{
				"Express":         "Answer with res.json(message) in place of res.send of a string that you put together.",
				"Flask":           "Answer with jsonify(message) in place of str(message) or an f-string.",
				"Django":          "Answer with JsonResponse(message) in place of HttpResponse(str(message)).",
				"Rails":           "Answer with render json: message in place of a string that you put together.",
				"slack-go":        "Answer with json.NewEncoder(w).Encode(message) in place of fmt.Fprintf.",
				"AWS Lambda":      "Set body to JSON.stringify(message) or json.dumps(message), since the gateway passes it on as it is.",
				"AWS API Gateway": "Set body to JSON.stringify(message) or json.dumps(message), since the gateway passes it on as it is.",
			},
			Doc: docCommands,
		},
		{
			ID:     "reply.content-type",
			Levels: []Level{Fail},
			Title:  "The message is JSON, but is not sent as JSON",
			Why:    "Slack takes any other content type for plain text, so the user reads the raw JSON.",
			Fix:    "Send the header Content-Type: application/json with the message.",
			Fixes: map[string]string{
				"Express":         "Answer with res.json(message), which sets the content type.",
				"Flask":           "Answer with jsonify(message), which sets the content type.",
				"Django":          "Answer with JsonResponse(message), which sets the content type.",
				"Rails":           "Answer with render json: message, which sets the content type.",
				"slack-go":        "Call w.Header().Set(\"Content-Type\", \"application/json\") before WriteHeader and before the first Write.",
				"AWS Lambda":      "Return headers: { \"Content-Type\": \"application/json\" } beside statusCode and body.",
				"AWS API Gateway": "Return headers: { \"Content-Type\": \"application/json\" } beside statusCode and body.",
			},
			Doc:   docCommands,
			Shows: Shows{Words: "the JSON itself, as text", Confidence: Probable},
			Cases: []string{"slack-php/slack-php-app-framework#6"},
		},
		{
			ID:     "reply.html",
			Levels: []Level{Fail},
			Title:  "The acknowledgement is a web page",
			Why:    "A login or error page with status 200 means that your handler did not run, though Slack takes it for success.",
			Fix:    "Look at the title of the page to see who sent it, and exempt this path from whatever shows pages there (a login, an error handler, a single-page fallback).",
			Fixes: map[string]string{
				"Express": "Mount Slack's routes before express.static, before the catch-all that sends index.html and before the login.",
				"nginx":   "Give this path a location with proxy_pass of its own, since try_files ... /index.html answers it with a page.",
				"Vercel":  "Exclude this path from the rewrites to index.html in vercel.json, and put the handler at its path under api/ or app/.",
			},
			Doc: docCommands,
		},
		{
			ID:     "reply.invalid-blocks",
			Levels: []Level{Fail},
			Title:  "Slack refuses the blocks in the answer",
			Why:    "A single block over a limit or with an unknown field makes Slack refuse the whole message, so the user sees nothing of it.",
			Fix:    "Change the block that the pointer names, and try the message in Block Kit Builder (app.slack.com/block-kit-builder).",
			Doc:    docBlockKit,
			Cases:  []string{"adobe/spacecat-api-service#176", "rtCamp/frappe-slack-connector#54", "metaps/genova#301"},
		},
		{
			ID:     "reply.invalid-message",
			Levels: []Level{Fail},
			Title:  "Slack refuses the message in the answer",
			Why:    "A field of the wrong kind, or more than 40,000 characters of text, makes Slack refuse the message or cut it short.",
			Fix:    "Change the field that the pointer names, and send long texts as several messages or as a file.",
			Doc:    docCommands,
		},
		{
			ID:     "reply.too-large",
			Levels: []Level{Fail},
			Title:  "The answer is larger than 1 MiB",
			Why:    "No message of Slack's may be that long, so the answer is of no use and takes its time to read.",
			Fix:    "Acknowledge with an empty body, and upload what is large as a file (files.getUploadURLExternal).",
			Doc:    docCommands,
		},
	}
}
