package problem

import "slices"

// intermediaryProblems are answers of somebody before the app, or of a server
// that has no route to it.
func intermediaryProblems() []Problem {
	return slices.Concat(routeProblems(), guardProblems(), offlineProblems())
}

// routeProblems are requests that miss the app's route.
func routeProblems() []Problem {
	return []Problem{
		{
			ID:     "http.redirect",
			Levels: []Level{Fail, Warn},
			Title:  "The URL redirects elsewhere",
			Why:    "A 301, 302 or 303 turns the POST into a GET and drops its body, and Slack documents redirects for events only, two at most.",
			Fix:    "Enter the address at the end of the redirects in the app's settings, down to the slash at its end.",
			Fixes: map[string]string{
				"Django":     "Enter the URL with the slash that the pattern in urls.py ends in (APPEND_SLASH redirects), and with https:// where SECURE_SSL_REDIRECT is on.",
				"Flask":      "Enter the URL with the slash that the route ends in, or declare the route with strict_slashes=False.",
				"Rails":      "Enter the https:// address, since config.force_ssl redirects every other.",
				"slack-go":   "Enter the URL with the slash that the ServeMux pattern ends in, or register the pattern without it.",
				"nginx":      "Enter the final URL, and look for return 301 and rewrite ... permanent in the server block of this host.",
				"Apache":     "Enter the final URL, and look for Redirect and RewriteRule [R] in the virtual host and in .htaccess.",
				"Caddy":      "Enter the https:// address, since Caddy redirects http:// to it.",
				"Cloudflare": "Enter the final URL, and look at Always Use HTTPS and at Rules, Redirect Rules for this host.",
				"Traefik":    "Enter the https:// address, and look for redirections on the entry point and for a redirectScheme or redirectRegex middleware.",
				"Vercel":     "Enter the domain that Settings, Domains serves without a redirect, and mind trailingSlash in vercel.json or next.config.js.",
			},
			Doc:   docEvents,
			Shows: Shows{RetryReason: "too_many_redirects", Confidence: Confirmed},
			Cases: []string{"spatie/laravel-slack-slash-command#99", "tokio-rs/axum#681", "elastic/beats#33425", "project-koku/koku#266"},
		},
		{
			ID:     "http.redirect-loop",
			Levels: []Level{Fail},
			Title:  "The URL redirects in a circle",
			Why:    "Slack gives up after two redirects, so the request never arrives anywhere.",
			Fix:    "Run curl -sSIL -X POST URL to see which two addresses point at each other, and remove one of the two redirects.",
			Fixes: map[string]string{
				"Cloudflare": "Set SSL/TLS, Overview to Full (strict), since Flexible asks the server over http, which redirects to https for ever.",
				"Django":     "Set SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\"), so that SECURE_SSL_REDIRECT sees the https of the proxy before it.",
				"Rails":      "Let the proxy before the app send X-Forwarded-Proto: https, or set config.assume_ssl = true beside config.force_ssl.",
			},
			Doc:   docEvents,
			Shows: Shows{RetryReason: "too_many_redirects", Confidence: Confirmed},
		},
		{
			ID:     "http.not-found",
			Levels: []Level{Fail},
			Title:  "No route of the app answers at this path",
			Why:    "Whoever answers knows nothing of this path, so Slack's request never meets your handler.",
			Fix:    "Compare the path in Slack's settings with the app's routes letter by letter, with case and the slash at its end.",
			Fixes: map[string]string{
				"Bolt for JavaScript": "Enter the path that the receiver's endpoints option names, which is /slack/events unless you set another.",
				"Bolt for Python":     "Enter the path of the route that calls handler.handle(request), which is /slack/events with app.start().",
				"Bolt for Java":       "Enter the path of SlackAppServlet or SlackAppServer, which is /slack/events unless you set another.",
				"slack-go":            "Register a handler for this very path on the mux that the server was started with.",
				"Express":             "Register app.post() or app.use() for this path before the handler that answers 404.",
				"Flask":               "Run flask routes, and give a view this path with methods=[\"POST\"].",
				"Django":              "Add this path to urlpatterns, with or without the slash at its end just as in the URL.",
				"Rails":               "Run bin/rails routes -g slack, and add a post line for this path to config/routes.rb.",
				"nginx":               "Compare server_name, location and proxy_pass with the URL, minding that a proxy_pass that ends in a slash cuts the location's prefix off.",
				"Apache":              "Run apachectl -S to see which virtual host serves this name, and add ProxyPass for this path there.",
				"Traefik":             "Compare the rule of the router (Host, Path, PathPrefix) and its entry point with the URL, on Traefik's dashboard or at /api/http/routers.",
				"Envoy":               "Add the host to domains of the virtual host, and a route whose prefix or path matches this one.",
				"AWS API Gateway":     "Put the stage into the path unless it is $default, make sure that the resource has a POST method, and deploy the API.",
				"Heroku":              "Copy the address that heroku info prints, since the host of a newer app has a random suffix.",
				"Vercel":              "Name the file after the path (api/slack/events.js, or app/api/slack/events/route.ts with an exported POST), and deploy to the domain in the URL.",
			},
			Doc:   docRequestURLs,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"Netflix/dispatch#495", "paradigmxyz/centaur#411", "moltis-org/moltis#767", "grafana-cold-storage/oncall#631", "RasaHQ/rasa_core#1287", "spatie/laravel-slack-slash-command#99"},
		},
		{
			ID:     "http.method-not-allowed",
			Levels: []Level{Fail},
			Title:  "The path answers, but not to POST",
			Why:    "Slack sends every command, action and event by POST, and the route takes other methods only.",
			Fix:    "Register the handler for POST at this path.",
			Fixes: map[string]string{
				"Express":  "Use app.post(path, handler) in place of app.get.",
				"Flask":    "Add methods=[\"POST\"] to @app.route, which takes GET alone by default.",
				"Django":   "Decorate the view with @require_POST, or give the class-based view a post method.",
				"Rails":    "Use post in place of get for this path in config/routes.rb.",
				"slack-go": "Register the pattern as \"POST /path\" or without a method in place of \"GET /path\".",
				"nginx":    "Pass the path on to the app by proxy_pass, since nginx answers a POST to a static file with 405.",
				"Vercel":   "Export a function named POST from route.ts, or let the handler under api/ accept req.method POST.",
			},
			Doc:   docRequestURLs,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"chatwoot/chatwoot#11974", "seratch/deepl-for-slack#38"},
		},
	}
}

// guardProblems are requests that somebody before the app turns away.
func guardProblems() []Problem {
	return []Problem{
		{
			ID:     "http.auth-required",
			Levels: []Level{Fail},
			Title:  "Something before the app demands a login",
			Why:    "Slack has no account there and sends no credentials, so the request never reaches the app.",
			Fix:    "Exempt this path from the login, and let the app verify Slack's signature instead.",
			Fixes: map[string]string{
				"Vercel":          "Switch Deployment Protection off for this deployment, or append the query x-vercel-protection-bypass=SECRET of Protection Bypass for Automation to the URL in Slack's settings.",
				"Cloudflare":      "Add a self-hosted application for this path under Zero Trust, Access with a Bypass policy for Everyone.",
				"ngrok":           "Take the basic-auth, oauth and oidc actions for this path out of the endpoint's traffic policy.",
				"nginx":           "Set auth_basic off; or auth_request off; in the location of this path, and run nginx -s reload.",
				"Apache":          "Set AuthType None and Require all granted in a <Location> for this path, and run apachectl graceful.",
				"Caddy":           "Exclude this path from basic_auth or forward_auth with a matcher (not path /slack/*), and run caddy reload.",
				"Traefik":         "Give this path a router of its own, without the basicAuth or forwardAuth middleware.",
				"Envoy":           "Disable ext_authz or jwt_authn for this route in its typed_per_filter_config.",
				"AWS API Gateway": "Set the method's authorization to NONE and its API key to not required, and deploy the API.",
				"AWS Lambda":      "Set the function URL's auth type to NONE (aws lambda update-function-url-config --auth-type NONE), and allow lambda:InvokeFunctionUrl to everyone.",
				"Express":         "Mount Slack's routes before the middleware that demands a login.",
				"Django":          "Leave login_required off the view, or with REST framework set authentication_classes = [] and permission_classes = [AllowAny].",
				"Rails":           "Add skip_before_action :authenticate_user! to the controller, or whatever the login filter is called.",
			},
			Doc:   docSigning,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"nanzhong/tester#4", "buster-so/buster#486"},
		},
		{
			ID:     "http.csrf",
			Levels: []Level{Fail},
			Title:  "The CSRF protection refuses Slack's request",
			Why:    "Only a browser that loaded a page of yours holds the token it asks for, so Slack's requests are all refused.",
			Fix:    "Exempt this route from the CSRF protection, and let it verify Slack's signature instead.",
			Fixes: map[string]string{
				"Django":  "Decorate the view with @csrf_exempt of django.views.decorators.csrf.",
				"Rails":   "Add skip_forgery_protection to the controller.",
				"Flask":   "Decorate the view with @csrf.exempt of Flask-WTF's CSRFProtect.",
				"Express": "Mount Slack's routes before the CSRF middleware.",
			},
			Doc:   docSigning,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"PostHog/posthog#29433", "slack-ruby/slack-ruby-client#346"},
		},
		{
			ID:     "http.host-refused",
			Levels: []Level{Fail},
			Title:  "The app does not accept this host name",
			Why:    "The framework answers for the host names it was told only, so it refuses Slack's request before your code runs.",
			Fix:    "Add the host of this URL to the framework's list (server.allowedHosts in Vite, devServer.allowedHosts in webpack), and restart the app.",
			Fixes: map[string]string{
				"Django": "Add the host to ALLOWED_HOSTS in settings.py, and restart the app.",
				"Rails":  "Add config.hosts << \"HOST\" to config/environments/development.rb, and restart the app.",
				"ngrok":  "Start the tunnel with ngrok http 3000 --host-header=rewrite, so that the app sees localhost.",
			},
			Doc:   docRequestURLs,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"slack-ruby/slack-ruby-client#346"},
		},
		{
			ID:     "http.bot-challenge",
			Levels: []Level{Fail},
			Title:  "A bot protection challenges the request",
			Why:    "Slack's servers solve no puzzle and run no script, so the request never reaches the app.",
			Fix:    "Exempt this path from the bot protection, and let the app verify Slack's signature instead.",
			Fixes: map[string]string{
				"Cloudflare":      "Add a WAF custom rule with the action Skip for this path, and switch Bot Fight Mode off, which no rule can skip.",
				"Vercel":          "Add a firewall rule with the action Bypass for this path, and switch Attack Challenge Mode off.",
				"AWS API Gateway": "Add a rule that allows this path to the web ACL in AWS WAF, ahead of Bot Control and of every Challenge or CAPTCHA rule.",
			},
			Doc:   docSigning,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"upstash/qstash-js#238", "winderaranguren-gif/Atlas-enterprise-suite#477", "maziggy/bambuddy#1534"},
		},
	}
}

// offlineProblems are a road that ends before the app.
func offlineProblems() []Problem {
	return []Problem{
		{
			ID:     "http.tunnel-offline",
			Levels: []Level{Fail},
			Title:  "The tunnel or platform answered, your app did not",
			Why:    "Nothing stands behind this address at the moment, so every request of Slack's ends there.",
			Fix:    "Start the app and the tunnel again, and if the address has changed, change it everywhere in Slack's settings: events, interactivity, options, each command.",
			Fixes: map[string]string{
				"ngrok":      "Start the app, then ngrok http PORT --url HOST with the port it listens on, and where HOST is new change it in events, interactivity, options and each command.",
				"Cloudflare": "Look at the origin that Cloudflare could not reach (530: cloudflared runs no more; 521: refused; 522: no answer; 525, 526: its certificate).",
				"Heroku":     "Run heroku logs --tail for the H code, then heroku ps:scale web=1 (H14) or mend what crashed at the start (H10).",
				"Render":     "Look at the service's log and events, and let the app listen on 0.0.0.0 and the port in PORT.",
				"Vercel":     "Run vercel ls to see whether the deployment still exists and is not paused, and enter its production domain.",
				"Envoy":      "Look at /clusters on Envoy's admin port for the cluster of this route, which has no healthy endpoint.",
				"Traefik":    "Look at the service on Traefik's dashboard, which has no healthy server.",
			},
			Doc:   docFAQ,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
			Cases: []string{"slackapi/bolt-js#1121", "misscoded/webinar-bolt-python-nov-2020#1", "slack-samples/javascript-announcement-bot#3", "RasaHQ/rasa#3690"},
		},
		{
			ID:     "http.rate-limited",
			Levels: []Level{Fail},
			Title:  "The very first request is refused as one too many",
			Why:    "Where one request is too many Slack's are too, so every user of the app is shut out at once.",
			Fix:    "Exempt this path from the rate limit, or count by Slack's team_id in place of the address.",
			Fixes: map[string]string{
				"Cloudflare":      "Exclude this path from the rate limiting rules under Security, or skip them with a WAF custom rule.",
				"nginx":           "Move this path into a location without limit_req and limit_conn, and run nginx -s reload.",
				"Traefik":         "Give this path a router of its own, without the rateLimit middleware.",
				"AWS API Gateway": "Raise the throttling of the stage or usage plan, whose rate and burst limits answer 429.",
				"Express":         "Mount Slack's routes before express-rate-limit.",
				"Flask":           "Decorate the view with @limiter.exempt of Flask-Limiter.",
				"Django":          "Leave the view out of throttling, with REST framework by throttle_classes = [].",
				"Rails":           "Add a Rack::Attack.safelist for this path.",
				"ngrok":           "Look at the request limits of your ngrok plan, and take the rate-limit action out of the traffic policy.",
			},
			Doc:   docFAQ,
			Shows: Shows{User: httpClientError, Confidence: Confirmed},
		},
		{
			ID:     "http.bad-gateway",
			Levels: []Level{Fail},
			Title:  "The proxy before the app gets no answer from it",
			Why:    "The proxy speaks for an app that is down, too slow or on another port, so Slack's request is lost.",
			Fix:    "Look at the proxy's error log for the reason, then at whether the app listens on the address and port that the proxy asks.",
			Fixes: map[string]string{
				"nginx":           "Look at error.log, which names the upstream and the reason, and compare proxy_pass with ss -ltnp.",
				"Apache":          "Look at error_log for lines of proxy:error, and compare ProxyPass with ss -ltnp.",
				"Caddy":           "Look at Caddy's log for the dial error of reverse_proxy, and compare its address with ss -ltnp.",
				"Traefik":         "Compare the port of the service (loadbalancer.server.port) with the one on which the app listens in its container.",
				"Envoy":           "Look at the response flags in Envoy's access log (UF: cannot connect; UH: no healthy host; UT: too slow).",
				"Heroku":          "Run heroku logs --tail and look for the H code of this request (H12: over 30 s; H13: closed without an answer).",
				"Render":          "Look at the service's log, and let the app listen on 0.0.0.0 and the port in PORT.",
				"AWS API Gateway": "Look at the function's CloudWatch log, and return an object with statusCode as a number and body as a string.",
				"AWS Lambda":      "Look at the function's CloudWatch log for the exception or the time-out of this request.",
			},
			Doc:   docFAQ,
			Shows: Shows{User: httpServiceError, Confidence: Probable},
		},
	}
}
