package checks

// nodeSigns are the words of what apps for Node are written with. They were read in
// the sources of finalhandler 2.1, csurf 1.11, Next.js 16, Fastify 5, Vite 8 and
// webpack-dev-server 5 where Sure is set.
func nodeSigns() []Sign {
	return []Sign{
		{"Express", Framework, MeansNoRoute, true, every(onStatus(404), onPageLike(`<pre>Cannot (POST|GET) [^<]*</pre>`))},
		{"Express", Framework, MeansNoRoute, false, every(onStatus(404), onTextLike(`^Cannot POST /\S*$`))},
		{"Express", Framework, MeansCSRF, true, every(onStatus(403), onPageLike(`<pre>ForbiddenError: (invalid csrf token|misconfigured csrf)`))},
		{"Express", Framework, MeansCrash, true, every(fromStatus(500), onPage("<title>Error</title>"),
			onPageLike(`(?s)<pre>[^<\s].*?<br> &nbsp; &nbsp;at `))},
		{"NestJS", Framework, MeansNoRoute, false, every(onStatus(404), onField("statusCode", `^404$`), onField("message", `^Cannot POST /`))},
		{"Fastify", Framework, MeansNoRoute, true, every(onStatus(404), onField("statusCode", `^404$`),
			onField("message", `^Route [A-Z]+:.* not found$`))},
		{"Next.js", Framework, MeansNoRoute, true, every(onStatus(404), onPage("404: This page could not be found"))},
		{"Vite", Framework, MeansHostRefused, true, every(onStatus(403), onTextLike(`^Blocked request\. This host \(.*\) is not allowed\.`))},
		{"webpack-dev-server", Framework, MeansHostRefused, true, every(onStatus(403), onBody("Invalid Host header"))},
	}
}

// pythonSigns were read in the sources of Werkzeug 2.2, Django 3.2 and Starlette
// 0.26 where Sure is set.
func pythonSigns() []Sign {
	return []Sign{
		{"Flask", Framework, MeansCrash, true, every(fromStatus(500), onPage("// Werkzeug Debugger</title>"))},
		{"Flask", Framework, MeansNoRoute, true, every(onStatus(404), onPage(
			"The requested URL was not found on the server.", "<title>404 Not Found</title>"))},
		{"Flask", Framework, MeansMethod, true, every(onStatus(405), onPage(
			"The method is not allowed for the requested URL.", "<title>405 Method Not Allowed</title>"))},
		{"Flask", Framework, MeansCSRF, false, every(onStatus(400), onPageLike(`<p>The CSRF (session )?token`))},
		{"Django", Framework, MeansHostRefused, true, every(onStatus(400), either(
			onPageLike(`<h1>\s*DisallowedHost`), onTextLike(`^DisallowedHost at `)))},
		{"Django", Framework, MeansCSRF, true, every(onStatus(403), onPageLike(`<h1>[^<]*<span>\(403\)</span></h1>\s*<p>CSRF verification failed`))},
		{"Django", Framework, MeansCSRF, false, every(onStatus(403), onPage("CSRF verification failed. Request aborted."))},
		{"Django", Framework, MeansNoRoute, true, every(onStatus(404), onPage(
			"<title>Page not found at ", "Django tried these URL patterns"))},
		// A view that raises Http404 looks the same.
		{"Django", Framework, MeansNoRoute, false, every(onStatus(404), onPage(
			"The requested resource was not found on this server.", "<h1>Not Found</h1>"))},
		{"Django", Framework, MeansCrash, true, every(fromStatus(500), onPage("Exception Type:", "Django Version:"))},
		{"Django", Framework, MeansCrash, true, every(fromStatus(500), onTextLike(`(?s)^\S+ at /.*Django Version: `))},
		// FastAPI words Starlette's defaults so.
		{"FastAPI", Framework, MeansNoRoute, true, every(onStatus(404), onFields("detail"), onField("detail", `^Not Found$`))},
		{"FastAPI", Framework, MeansMethod, true, every(onStatus(405), onFields("detail"), onField("detail", `^Method Not Allowed$`))},
		{"Python", Framework, MeansCrash, true, every(fromStatus(500), either(
			onTextLike(`^Traceback \(most recent call last\):`), onPageLike(`<pre[^>]*>\s*Traceback \(most recent call last\)`)))},
	}
}

// rubySigns were read in the source of Action Pack 6.1 where Sure is set.
func rubySigns() []Sign {
	return []Sign{
		{"Rails", Framework, MeansHostRefused, true, every(onStatus(403), either(
			onPageLike(`<h1>Blocked hosts?: `), onTextLike(`^Blocked hosts?: `)))},
		{"Rails", Framework, MeansNoRoute, true, every(onStatus(404), either(
			onPageLike(`<h2[^>]*>\s*No route matches `), onTextLike(`^Routing Error\s+No route matches `),
			onField("exception", `ActionController::RoutingError`)))},
		{"Rails", Framework, MeansNoRoute, true, every(onStatus(404), onPageLike(`<h1>\s*Unknown action`),
			onPage("Action Controller: Exception caught"))},
		// The page is also what a record that was not found gets.
		{"Rails", Framework, MeansNoRoute, false, every(onStatus(404), onPageLike(`The page you were looking for doesn.{1,8}t exist`))},
		{"Rails", Framework, MeansNoRoute, false, every(onStatus(404), onHeaderValue("X-Cascade", "pass"))},
		{"Rails", Framework, MeansCSRF, true, every(onStatus(422), either(
			onPageLike(`<h1>\s*ActionController::InvalidAuthenticityToken`),
			onTextLike(`^ActionController::InvalidAuthenticityToken`),
			onField("exception", `ActionController::InvalidAuthenticityToken`)))},
		{"Rails", Framework, MeansCSRF, false, every(onStatus(422), onPage("The change you wanted was rejected"))},
		{"Rails", Framework, MeansCrash, true, every(fromStatus(500), onPage("Action Controller: Exception caught"))},
		{"Sinatra", Framework, MeansHostRefused, false, every(onStatus(403), onBody("Host not permitted"))},
		{"Sinatra", Framework, MeansNoRoute, false, every(onStatus(404), onPageLike(`Sinatra doesn.{1,8}t know this ditty`))},
	}
}

// otherFrameworkSigns are those of Go, Java, PHP and .NET.
func otherFrameworkSigns() []Sign {
	return []Sign{
		// http.NotFound, whose words Traefik and Gin use too.
		{"Go net/http", Framework, MeansNoRoute, false, every(onStatus(404), onBody("404 page not found"))},
		{"Go net/http", Framework, MeansMethod, true, every(onStatus(405), byGo, onBody("Method Not Allowed"))},
		{"Spring", Framework, MeansNoRoute, false, every(onStatus(404), either(
			onPage("Whitelabel Error Page", "status=404"),
			every(onField("status", `^404$`), onField("path", `^/`), onField("timestamp", `.`), onField("error", `^Not Found$`))))},
		{"Spring", Framework, MeansMethod, false, every(onStatus(405), either(
			onPage("Whitelabel Error Page", "status=405"),
			every(onField("status", `^405$`), onField("path", `^/`), onField("timestamp", `.`), onField("error", `^Method Not Allowed$`))))},
		{"Spring", Framework, MeansCrash, false, every(fromStatus(500), onField("path", `^/`), onField("timestamp", `.`),
			onField("trace", `\n\tat `))},
		{"Tomcat", Framework, MeansNoRoute, false, every(onStatus(404), onPageLike(`<h1>HTTP Status 404 `))},
		{"Tomcat", Framework, MeansMethod, false, every(onStatus(405), onPageLike(`<h1>HTTP Status 405 `))},
		{"Tomcat", Framework, MeansCrash, false, every(fromStatus(500), onPageLike(`<h1>HTTP Status 500 `), onPage("<b>Exception</b>"))},
		{"Jetty", Framework, MeansNoRoute, false, every(onStatus(404), onPageLike(`<title>Error 404 Not Found</title>`), onPage("Jetty://"))},
		{"Laravel", Framework, MeansCSRF, false, every(onStatus(419), either(
			onPageLike(`<title>\s*Page Expired`), onField("message", `^CSRF token mismatch`)))},
		{"Laravel", Framework, MeansNoRoute, false, every(onStatus(404), onField("message", `^The route .* could not be found\.$`))},
		{"Laravel", Framework, MeansMethod, false, every(onStatus(405), either(
			onField("message", `^The POST method is not supported for `), onPageLike(`The POST method is not supported for (this )?route`)))},
		{"Laravel", Framework, MeansCrash, false, every(fromStatus(500), onField("exception", `.`), onField("file", `\.php$`), onField("line", `^\d+$`))},
		{"PHP", Framework, MeansCrash, false, onBodyLike(notJSON, `(?m)^(<br />\s*)?<b>Fatal error</b>:\s+Uncaught [^<]`)},
		{"PHP", Framework, MeansCrash, false, every(fromStatus(500), onTextLike(`^(PHP )?Fatal error:\s+Uncaught `))},
		{"ASP.NET", Framework, MeansCrash, false, every(fromStatus(500), either(
			onPage("An unhandled exception occurred while processing the request."), onPageLike(`<h1>Server Error in '[^']*' Application\.`)))},
		{"IIS", Server, MeansHostRefused, false, every(onStatus(400), onPage("Bad Request - Invalid Hostname"))},
		{"IIS", Server, MeansOffline, false, every(fromStatus(500), onPageLike(`HTTP Error 50[02]\.3\d`))},
	}
}
