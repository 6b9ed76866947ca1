package problem

// urlProblems can be told from the URL itself, or from who answers under it.
func urlProblems() []Problem {
	return []Problem{
		{
			ID:     "url.invalid",
			Levels: []Level{Fail},
			Title:  "This is not a URL that Slack can call",
			Why:    "Slack saves only an absolute URL with a host, and without spaces, credentials or a fragment.",
			Fix:    "Enter the whole address, such as https://bot.example.com/slack/events, and nothing after its path and query.",
			Doc:    docRequestURLs,
			Shows:  Shows{Words: refusedWords, Confidence: Confirmed},
		},
		{
			ID:     "url.scheme",
			Levels: []Level{Fail, Warn},
			Title:  "The URL is plain http",
			Why:    "Slack takes http only for an app of a single workspace, and anyone on the way can read what it sends.",
			Fix:    "Serve the app over https with a certificate of a public authority, and change every URL in the app's settings.",
			Fixes: map[string]string{
				"nginx":      "Run certbot --nginx -d HOST, which adds listen 443 ssl and the certificate to the server block, and enter the https:// address.",
				"Apache":     "Run certbot --apache -d HOST, which adds a virtual host for port 443, and enter the https:// address.",
				"Caddy":      "Name the site in the Caddyfile by its host alone, without http:// or :80, so that Caddy gets a certificate by itself, and enter the https:// address.",
				"Cloudflare": "Enter the https:// address, which Cloudflare serves as soon as SSL/TLS, Overview is not set to Off.",
				"ngrok":      "Enter the https:// address that ngrok prints, and start the tunnel without --scheme=http.",
				"Heroku":     "Enter the https:// address, after heroku certs:auto:enable if the host is your own.",
				"Render":     "Enter the https:// address, which Render serves for every web service.",
				"Vercel":     "Enter the https:// address, which Vercel serves for every deployment.",
			},
			Doc:   docCommands,
			Shows: Shows{Words: refusedWords, Confidence: Confirmed},
			Cases: []string{"chsasank/outline-wiki-docker-compose#51", "notnil/slackchess#9", "outline/outline#2180", "slackapi/bolt-python#656"},
		},
		{
			ID:     "url.ip-literal",
			Levels: []Level{Warn},
			Title:  "The URL names an IP address, not a host",
			Why:    "Few authorities certify an address, and the URL breaks as soon as the server moves.",
			Fix:    "Give the server a DNS name with a certificate for it, and enter that name in the app's settings.",
			Doc:    docRequestURLs,
			Cases:  []string{"slackapi/bolt-python#656"},
		},
		{
			ID:     "url.wrong-kind",
			Levels: []Level{Warn},
			Title:  "Another of the app's URLs answers here",
			Why:    "Slack sends each kind of request to the URL set for it, and one that meets the wrong handler is refused or lost.",
			Fix:    "Compare the app's routes with the URLs under Event Subscriptions, Interactivity & Shortcuts and Slash Commands, or tell belay with --kind what this one is for.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Enter /slack/events under events, interactivity and commands alike, unless the receiver's endpoints option sets other paths.",
				"Bolt for Python":     "Enter the path of the route that calls handler.handle(request) under events, interactivity and commands alike (/slack/events with app.start()).",
				"Bolt for Java":       "Enter the path of SlackAppServlet or SlackAppServer (/slack/events by default) under events, interactivity and commands alike.",
			},
			Doc:   docRequestURLs,
			Cases: []string{"Netflix/dispatch#495", "RasaHQ/rasa_core#1287"},
		},
	}
}
