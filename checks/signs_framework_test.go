package checks_test

import (
	"time"

	"belay/checks"
)

const (
	keepAlive  = "Keep-Alive: timeout=5"
	noLength   = "Content-Length: 0"
	goText     = "Content-Type: text/plain; charset=utf-8"
	noSniff    = "X-Content-Type-Options: nosniff"
	expressTop = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>"
	railsTop   = "<!DOCTYPE html>\n<html>\n<head><title>Action Controller: Exception caught</title></head>\n<header>\n"
)

func boltSightings() []sighting {
	const bolt, refused = "Bolt for JavaScript", checks.MeansRefused
	return []sighting{
		{answered(401, `{"error": "invalid request"}`), "Bolt for Python", refused, `body {"error": "invalid request"}`},
		{answered(401, `{"error": "invalid verification token"}`), "Bolt for Python", refused, ""},
		{answered(404, `{"error": "unhandled request"}`), "Bolt for Python", checks.MeansNoListener, ""},
		{answered(404, `{"error": "no next() calls in middleware"}`), "Bolt for Python", checks.MeansNoListener, ""},
		{answered(200, ":warning: We apologize, but for some unknown reason, your installation with this app is no longer available."),
			"Bolt for Python", checks.MeansNotInstalled, ""},
		{answered(401, `{"error":"invalid request"}`), "Bolt for Java", refused, ""},
		{answered(404, `{"error":"no handler found"}`), "Bolt for Java", checks.MeansNoListener, ""},
		{answered(401, "", "Connection: keep-alive", keepAlive), bolt, refused, "empty 401"},
		{answered(401, "", "Server: nginx"), bolt, refused, "empty 401"},
		{answered(401, "", "X-Powered-By: Express", noLength), bolt, refused, "empty 401"},
		{late(3001*time.Millisecond, answered(404, "", keepAlive)), bolt, checks.MeansNoListener, "empty 404 after 3001 ms"},
		{answered(401, "Computed unexpected signature of: 0badcafe\n", goText, noSniff), "slack-go", refused, ""},
		{answered(400, "missing headers\n", goText, noSniff), "slack-go", refused, ""},
		{answered(500, "timestamp is too old\n", goText, noSniff), "slack-go", refused, ""},
		{answered(400, "invalid signature\n", goText, noSniff), "slack-go", refused, ""},
	}
}

func frameworkSightings() []sighting {
	all := append(nodeSightings(), pythonSightings()...)
	return append(append(all, rubySightings()...), otherSightings()...)
}

func nodeSightings() []sighting {
	const noRoute = checks.MeansNoRoute
	return []sighting{
		{answered(404, expressTop+"Cannot POST /slack/evnts</pre>\n</body>\n</html>\n", "X-Powered-By: Express"), "Express", noRoute, `body "Cannot POST /slack/evnts"`},
		{answered(404, "Cannot POST /x\n"), "Express", noRoute, ""},
		{answered(403, expressTop+"ForbiddenError: invalid csrf token<br> &nbsp; &nbsp;at csrf (/app/x.js:1:1)</pre>"), "Express", checks.MeansCSRF, "invalid csrf token"},
		{answered(500, expressTop+"TypeError: Cannot read properties of undefined<br> &nbsp; &nbsp;at /app/x.js:1:1</pre>"), "Express", checks.MeansCrash, "TypeError: Cannot read"},
		{answered(404, `{"message":"Cannot POST /x","error":"Not Found","statusCode":404}`), "NestJS", noRoute, ""},
		{answered(404, `{"message":"Route POST:/x not found","error":"Not Found","statusCode":404}`), "Fastify", noRoute, ""},
		{answered(404, "<!DOCTYPE html><html><head><title>404: This page could not be found.</title>", "X-Powered-By: Next.js"), "Next.js", noRoute, ""},
		{answered(403, "Blocked request. This host (\"x.ngrok.app\") is not allowed.\nTo allow this host, add"), "Vite", checks.MeansHostRefused, "Blocked request."},
		{answered(403, "Invalid Host header"), "webpack-dev-server", checks.MeansHostRefused, ""},
	}
}

func pythonSightings() []sighting {
	const noRoute, crash = checks.MeansNoRoute, checks.MeansCrash
	return []sighting{
		{answered(500, "<!doctype html>\n<html lang=en>\n<title>KeyError: 'x'\n // Werkzeug Debugger</title>"), "Flask", crash, "Werkzeug"},
		{answered(404, "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually"),
			"Flask", noRoute, "The requested URL was not found on the server."},
		{answered(405, "<!doctype html>\n<html lang=en>\n<title>405 Method Not Allowed</title>\n<h1>Method Not Allowed</h1>\n<p>The method is not allowed for the requested URL.</p>"),
			"Flask", checks.MeansMethod, ""},
		{answered(400, "<!doctype html>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>The CSRF token is missing.</p>"), "Flask", checks.MeansCSRF, ""},
		{answered(400, "<!DOCTYPE html><title>DisallowedHost\n at /x</title><h1>DisallowedHost\n at /x</h1>"), "Django", checks.MeansHostRefused, "DisallowedHost"},
		{answered(403, "\n<!DOCTYPE html>\n<h1>Forbidden <span>(403)</span></h1>\n  <p>CSRF verification failed. Request aborted.</p>"), "Django", checks.MeansCSRF, "Forbidden"},
		{answered(403, "<!DOCTYPE html><h2>Oops</h2><p>CSRF verification failed. Request aborted.</p>"), "Django", checks.MeansCSRF, ""},
		{answered(404, "<!DOCTYPE html><title>Page not found at /x</title>Using the URLconf defined in <code>a.urls</code>,\nDjango tried these URL patterns, in this order:"),
			"Django", noRoute, "Page not found at /x"},
		{answered(404, "\n<!doctype html>\n<title>Not Found</title>\n<h1>Not Found</h1><p>The requested resource was not found on this server.</p>"), "Django", noRoute, ""},
		{answered(500, "<!DOCTYPE html><title>KeyError</title><th>Django Version:</th><th>Exception Type:</th>"), "Django", crash, ""},
		{answered(500, "KeyError at /x\n'y'\n\nRequest Method: POST\nDjango Version: 5.0\n"), "Django", crash, "KeyError at /x"},
		{answered(404, `{"detail":"Not Found"}`), "FastAPI", noRoute, ""},
		{answered(405, `{"detail":"Method Not Allowed"}`), "FastAPI", checks.MeansMethod, ""},
		{answered(500, "Traceback (most recent call last):\n  File"), "Python", crash, "Traceback"},
		{answered(500, "<html><pre>Traceback (most recent call last):\n"), "Python", crash, ""},
	}
}

func rubySightings() []sighting {
	const noRoute, csrf = checks.MeansNoRoute, checks.MeansCSRF
	return []sighting{
		{answered(403, railsTop+"<h1>Blocked host: app.example</h1>"), "Rails", checks.MeansHostRefused, "Blocked host: app.example"},
		{answered(403, "Blocked hosts: app.example\n\nTo allow requests"), "Rails", checks.MeansHostRefused, ""},
		{answered(404, railsTop+"<h1>Routing Error</h1></header><h2>No route matches [POST] &quot;/x&quot;</h2>"), "Rails", noRoute, "No route matches [POST]"},
		{answered(404, `{"status":404,"error":"Not Found","exception":"#<ActionController::RoutingError: No route matches [POST] \"/x\">"}`), "Rails", noRoute, ""},
		{answered(404, railsTop+"<h1>Unknown action</h1>"), "Rails", noRoute, ""},
		{answered(404, "<!DOCTYPE html><h1>The page you were looking for doesn't exist.</h1>"), "Rails", noRoute, ""},
		{answered(404, "Not Found", "X-Cascade: pass"), "Rails", noRoute, "x-cascade"},
		{answered(422, railsTop+"<h1>\n    ActionController::InvalidAuthenticityToken\n in SlackController#create</h1>"), "Rails", csrf, ""},
		{answered(422, "<!DOCTYPE html><title>The change you wanted was rejected (422)</title>"), "Rails", csrf, ""},
		{answered(500, railsTop+"<h1>NoMethodError in SlackController#create</h1>"), "Rails", checks.MeansCrash, "Exception caught"},
		{answered(403, "Host not permitted"), "Sinatra", checks.MeansHostRefused, ""},
		{answered(404, "<!DOCTYPE html><h2>Sinatra doesn’t know this ditty.</h2>"), "Sinatra", noRoute, ""},
	}
}

func otherSightings() []sighting {
	const noRoute, method, crash = checks.MeansNoRoute, checks.MeansMethod, checks.MeansCrash
	const spring = `{"timestamp":"2026-11-23T18:00:00Z","path":"/x",`
	return []sighting{
		{answered(404, "404 page not found\n", goText, noSniff), "Go net/http", noRoute, `body "404 page not found"`},
		{answered(405, "Method Not Allowed\n", goText, noSniff, "Allow: GET"), "Go net/http", method, ""},
		{answered(404, spring+`"status":404,"error":"Not Found"}`), "Spring", noRoute, ""},
		{answered(404, "<html><body><h1>Whitelabel Error Page</h1>(type=Not Found, status=404)."), "Spring", noRoute, "Whitelabel"},
		{answered(405, spring+`"status":405,"error":"Method Not Allowed"}`), "Spring", method, ""},
		{answered(500, spring+`"status":500,"error":"Internal Server Error","trace":"java.lang.X\n\tat a.b"}`), "Spring", crash, ""},
		{answered(404, "<!doctype html><h1>HTTP Status 404 – Not Found</h1>"), "Tomcat", noRoute, ""},
		{answered(405, "<!doctype html><h1>HTTP Status 405 – Method Not Allowed</h1>"), "Tomcat", method, ""},
		{answered(500, "<!doctype html><h1>HTTP Status 500 – Internal Server Error</h1><p><b>Exception</b></p>"), "Tomcat", crash, ""},
		{answered(404, "<html><title>Error 404 Not Found</title><a href=\"https://jetty.org/\">Powered by Jetty:// 12</a>"), "Jetty", noRoute, ""},
		{answered(419, "<!DOCTYPE html><title>Page Expired</title>"), "Laravel", checks.MeansCSRF, ""},
		{answered(419, `{"message":"CSRF token mismatch."}`), "Laravel", checks.MeansCSRF, ""},
		{answered(404, `{"message":"The route x could not be found."}`), "Laravel", noRoute, ""},
		{answered(405, `{"message":"The POST method is not supported for route x. Supported methods: GET, HEAD."}`), "Laravel", method, ""},
		{answered(500, `{"message":"x","exception":"ErrorException","file":"/app/x.php","line":3,"trace":[]}`), "Laravel", crash, ""},
		{answered(200, "<br />\n<b>Fatal error</b>:  Uncaught TypeError: x in /app/x.php:3\nStack trace:"), "PHP", crash, ""},
		{answered(500, "PHP Fatal error:  Uncaught TypeError: x"), "PHP", crash, ""},
		{answered(500, "<!DOCTYPE html><h1>An unhandled exception occurred while processing the request.</h1>"), "ASP.NET", crash, ""},
		{answered(400, "<!DOCTYPE HTML PUBLIC \"x\"><h2>Bad Request - Invalid Hostname</h2>"), "IIS", checks.MeansHostRefused, ""},
		{answered(500, "<!DOCTYPE html><h1>HTTP Error 500.30 - ASP.NET Core app failed to start</h1>"), "IIS", checks.MeansOffline, "500.30"},
	}
}
