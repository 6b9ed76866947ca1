package problem

// eventsProblems are about the Events API.
func eventsProblems() []Problem {
	return []Problem{
		{
			ID:     "events.challenge",
			Levels: []Level{Fail, Warn},
			Title:  "The app does not answer url_verification with the challenge",
			Why:    "Slack saves an events URL only after it got the challenge back, so without it no event is ever sent.",
			Fix:    "Answer a body whose type is url_verification with status 200, content type text/plain and the value of challenge, before looking up any workspace.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Enter the path of the receiver (/slack/events unless endpoints says otherwise), since Bolt answers the challenge by itself once the signature fits.",
				"Bolt for Python":     "Route the path to handler.handle(request) with POST and leave url_verification_enabled=True, since Bolt then answers the challenge by itself.",
				"Bolt for Java":       "Map the path to SlackAppServlet, since Bolt answers the challenge by itself once the signature fits.",
				"slack-go":            "Decode slackevents.ChallengeResponse from the body when the event's Type is slackevents.URLVerification, set Content-Type to text/plain, and write its Challenge.",
				"Express":             "Answer with res.type(\"text/plain\").send(req.body.challenge) where req.body.type is \"url_verification\", after express.json() has run.",
				"Flask":               "Return (request.json[\"challenge\"], 200, {\"Content-Type\": \"text/plain\"}) where request.json[\"type\"] is \"url_verification\".",
				"Django":              "Return HttpResponse(data[\"challenge\"], content_type=\"text/plain\") where the type of data = json.loads(request.body) is \"url_verification\".",
				"Rails":               "Answer with render plain: params[:challenge] where params[:type] is \"url_verification\".",
				"AWS Lambda":          "Return statusCode 200 with JSON.parse(event.body).challenge as body and text/plain as its content type.",
				"AWS API Gateway":     "Return statusCode 200 with JSON.parse(event.body).challenge as body and text/plain as its content type.",
			},
			Doc:   docRequestURLs,
			Shows: Shows{Words: challengeWords, Confidence: Confirmed},
			Cases: []string{"slackapi/java-slack-sdk#1193", "slack-samples/javascript-announcement-bot#18", "RasaHQ/rasa_core#360", "Netflix/dispatch#4298", "johnagan/slack-devkit#7", "n8n-io/n8n#22776", "slackapi/bolt-python#13"},
		},
	}
}

// eventsRecorded are about the Events API, and seen by what the app does.
func eventsRecorded() []Problem {
	return recorded([]Problem{
		{
			ID:     "events.duplicate-work",
			Levels: []Level{Fail, Warn},
			Title:  "An event that Slack sends again is worked on twice",
			Why:    "Slack repeats every event that is not acknowledged in time, so that users get the same answer two to four times.",
			Fix:    "Acknowledge before the work, and remember the event_id for ten minutes to leave out what was seen before.",
			Fixes: map[string]string{
				"Bolt for Python": "With process_before_response=True register lazy listeners (ack=quick, lazy=[slow]), and leave out an event whose event_id was seen before.",
			},
			Doc:   docEvents,
			Shows: Shows{Words: "the same answer again", Confidence: Confirmed},
		},
		{
			ID:     "events.loop",
			Levels: []Level{Fail},
			Title:  "The app answers its own messages",
			Why:    "Slack sends an app its own messages as events too, so that it talks to itself without end, and into its rate limits.",
			Fix:    "Leave out events whose bot_id or user is the app's own (auth.test tells both), and message_changed of its own messages.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Leave ignoreSelf of App at true, and look for messages that are posted with a user's token.",
				"Bolt for Python":     "Leave ignoring_self_events_enabled of App at True, and look for messages that are posted with a user's token.",
				"slack-go":            "Return at once where ev.BotID is not empty, or where ev.User is the UserID of AuthTest.",
			},
			Doc:   docEvents,
			Shows: Shows{Words: "an endless conversation", Confidence: Confirmed},
			Cases: []string{"mishk0/slack-bot-api#84", "slackapi/python-slack-sdk#390", "slackapi/python-slack-sdk#438", "howdyai/botkit#110"},
		},
	})
}
