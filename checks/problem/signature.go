package problem

// signatureProblems are about the proof that a request comes from Slack.
func signatureProblems() []Problem {
	return []Problem{
		{
			ID:     "signature.rejects-valid",
			Levels: []Level{Fail},
			Title:  "The app refuses a request that is rightly signed",
			Why:    "The app and belay hold different secrets or sign different bytes, and if the app is the one that is wrong, it refuses whatever Slack sends.",
			Fix:    "Compare the Signing Secret under Basic Information, App Credentials of this very app with the one in the app's environment and with the one given to belay, correct what differs (quotes and line breaks too), and restart the app.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Print process.env.SLACK_SIGNING_SECRET.length where the app runs (it should be 32), and pass that variable as signingSecret to App or to the receiver.",
				"Bolt for Python":     "Print len(os.environ[\"SLACK_SIGNING_SECRET\"]) where the app runs (it should be 32), and pass that variable as signing_secret to App.",
				"Bolt for Java":       "Print System.getenv(\"SLACK_SIGNING_SECRET\").length() where the app runs (it should be 32), since App() reads that variable.",
				"slack-go":            "Print the length of the secret passed to slack.NewSecretsVerifier (it should be 32), and write the whole body to the verifier before Ensure.",
				"AWS API Gateway":     "Copy the Signing Secret from Basic Information, App Credentials once more, and verify the decoded body where event.isBase64Encoded is true.",
				"AWS Lambda":          "Copy the Signing Secret from Basic Information, App Credentials once more, and verify the decoded body where event.isBase64Encoded is true.",
				"Heroku":              "Compare heroku config:get SLACK_SIGNING_SECRET with the Signing Secret under Basic Information, App Credentials.",
			},
			Doc:   docSigning,
			Shows: Shows{User: httpClientError, Confidence: Probable},
			Cases: []string{"getsentry/self-hosted#1303", "opsknight-labs/OpsKnight#283", "slack-ruby/slack-ruby-bot-server-events#11", "johnagan/serverless-slack-app#3", "slackapi/java-slack-sdk#1105"},
		},
		{
			ID:     "signature.parsed-body",
			Levels: []Level{Fail},
			Title:  "The app verifies a body that it has parsed and written anew",
			Why:    "The signature covers the bytes that were sent, so it fails wherever writing them anew changes one: a space, an accent, the order of keys.",
			Fix:    "Verify the bytes of the body as they came in, before anything parses them.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Keep express.json() and express.urlencoded() off the receiver's paths by adding your own routes to receiver.router, or let their verify option keep the bytes in req.rawBody, which Bolt reads.",
				"Bolt for Python":     "Pass the request to Bolt's adapter untouched, and where you build a BoltRequest yourself give it the body as it came in.",
				"Bolt for Java":       "Let no servlet filter call getParameter or getReader before SlackAppServlet, since that consumes the body.",
				"slack-go":            "Read the body once by io.ReadAll(r.Body), write it to the SecretsVerifier, call Ensure, and only then set r.Body = io.NopCloser(bytes.NewReader(body)) and parse.",
				"Express":             "Keep the bytes by express.json({ verify: (req, res, buf) => { req.rawBody = buf } }) and the same for express.urlencoded, and verify req.rawBody in place of JSON.stringify(req.body).",
				"Flask":               "Call request.get_data() before request.form or request.json, and verify what it returns.",
				"Django":              "Verify request.body, and read it before request.POST.",
				"Rails":               "Verify request.raw_post in place of params.to_json or params.to_query.",
				"AWS API Gateway":     "Verify event.body as it is, decoded first where event.isBase64Encoded is true, and use a proxy integration without a mapping template.",
				"AWS Lambda":          "Verify event.body as it is, decoded first where event.isBase64Encoded is true.",
				"Vercel":              "Read await request.text() in the route handler, or under pages/api export config = { api: { bodyParser: false } }, and verify those bytes.",
			},
			Doc:   docSigning,
			Shows: Shows{User: httpClientError, Confidence: Probable},
			Cases: []string{"slackapi/bolt-js#112", "slackapi/node-slack-events-api#92", "adcontextprotocol/adcp#370", "imuniqueshiv/MeetOnMemory#757", "calcom/cal.diy#2667", "slackapi/bolt-js#192", "slack-go/slack#720"},
		},
		{
			ID:     "signature.accepts-unsigned",
			Levels: []Level{Fail},
			Title:  "The app serves a request without a signature",
			Why:    "Anyone who learns the URL can run its commands and actions in the name of any user.",
			Fix:    "Refuse with 401 every request without X-Slack-Signature and X-Slack-Request-Timestamp, before any handler runs.",
			Fixes:  verifyFixes(),
			Doc:    docSigning,
			Cases:  []string{"howdyai/botkit#1514", "clearfeed/quix#395", "ubclaunchpad/rocket2#295", "scaleapi/scale-agentex#369"},
		},
		{
			ID:     "signature.accepts-forged",
			Levels: []Level{Fail},
			Title:  "The app serves a request with a forged signature",
			Why:    "Anyone who learns the URL can run its commands and actions in the name of any user.",
			Fix:    "Compare the whole X-Slack-Signature with v0= and the HMAC-SHA256 of v0:timestamp:body in constant time, and refuse to start without a signing secret.",
			Fixes:  verifyFixes(),
			Doc:    docSigning,
			Cases:  []string{"slackapi/python-slack-sdk#1884", "ubclaunchpad/rocket2#295"},
		},
		{
			ID:     "signature.accepts-tampered",
			Levels: []Level{Fail},
			Title:  "The app serves a request whose body was changed after signing",
			Why:    "Whoever gets hold of one signed request can put any command and any user into it.",
			Fix:    "Include the bytes of the whole body in the HMAC, as v0:timestamp:body, before any handler runs.",
			Fixes:  verifyFixes(),
			Doc:    docSigning,
		},
		{
			ID:     "signature.accepts-stale",
			Levels: []Level{Fail},
			Title:  "The app serves a request that is ten minutes old",
			Why:    "Whoever gets hold of one signed request, from a log for instance, can send it again for ever.",
			Fix:    "Refuse every request whose X-Slack-Request-Timestamp is more than 300 seconds away from the server's clock.",
			Fixes:  verifyFixes(),
			Doc:    docSigning,
			Cases:  []string{"clearfeed/quix#395"},
		},
		{
			ID:     "signature.refuses-badly",
			Levels: []Level{Remark},
			Title:  "The app refuses a forged request by failing",
			Why:    "It is refused all the same, but alarms that watch for server errors go off whenever somebody tries the door.",
			Fix:    "Answer 401 where the signature is missing or wrong, in place of a server error or a dropped connection.",
			Fixes: map[string]string{
				"slack-go": "Answer http.StatusUnauthorized where slack.NewSecretsVerifier or Ensure returns an error, in place of StatusInternalServerError.",
			},
			Doc: docSigning,
		},
	}
}

// verifyFixes says how each framework is made to verify. The ways are the same
// whichever bad request it serves.
func verifyFixes() map[string]string {
	return map[string]string{
		"Bolt for JavaScript": "Pass signingSecret to App or to the receiver, and remove signatureVerification: false.",
		"Bolt for Python":     "Pass signing_secret to App, and remove request_verification_enabled=False.",
		"Bolt for Java":       "Set signingSecret in AppConfig (or SLACK_SIGNING_SECRET), and remove setRequestVerificationEnabled(false).",
		"slack-go":            "Build slack.NewSecretsVerifier(r.Header, secret), write the body to it, and answer 401 unless both it and Ensure() return no error.",
		"Express":             "Verify req.rawBody (kept by the verify option of express.json and express.urlencoded) with verifySlackRequest of @slack/bolt before the handlers.",
		"Flask":               "Call SignatureVerifier(secret).is_valid_request(request.get_data(), request.headers) of slack_sdk.signature first, and abort(401) where it is false.",
		"Django":              "Call SignatureVerifier(secret).is_valid_request(request.body, request.headers) of slack_sdk.signature first, and return HttpResponse(status=401) where it is false.",
		"Rails":               "Call Slack::Events::Request.new(request).verify! of slack-ruby-client in a before_action, and answer head :unauthorized where it raises.",
	}
}
