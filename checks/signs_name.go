package checks

// frameworkNames only tell what an app is written with.
func frameworkNames() []Sign {
	return []Sign{
		{"@slack/events-api", Framework, MeansNothing, true, onHeaderStart("X-Slack-Powered-By", "@slack:events-api/")},
		{"Bolt for Java", Framework, MeansNothing, false, every(onStatus(400), onBody("Invalid Request"))},
		{"Next.js", Framework, MeansNothing, true, onHeaderStart("X-Powered-By", "Next.js")},
		{"Express", Framework, MeansNothing, true, onHeaderValue("X-Powered-By", "Express")},
		{"Fastify", Framework, MeansNothing, false, either(
			every(fromStatus(400), onField("code", `^FST_ERR_`)), onHeaderValue("Keep-Alive", "timeout=72"))},
		{"Flask", Framework, MeansNothing, true, onHeaderStart("Server", "Werkzeug/")},
		{"Django", Framework, MeansNothing, true, either(
			every(onStatus(400), onPage("<title>Bad Request (400)</title>", "<h1>Bad Request (400)</h1>")),
			every(onStatus(500), onPage("<title>Server Error (500)</title>", "<h1>Server Error (500)</h1>")))},
		{"Django", Framework, MeansNothing, false, onHeaderStart("Server", "WSGIServer/")},
		{"Rails", Framework, MeansNothing, false, either(every(onHeader("X-Request-Id"), onHeader("X-Runtime")),
			every(onStatus(500), onPageLike(`We.{1,8}re sorry, but something went wrong`)))},
		{"Laravel", Framework, MeansNothing, false, either(onCookie("laravel_session"), onCookie("laravel-session"))},
		{"PHP", Framework, MeansNothing, true, onHeaderStart("X-Powered-By", "PHP/")},
		{"ASP.NET", Framework, MeansNothing, true, either(onHeaderStart("X-Powered-By", "ASP.NET"), onHeaderStart("Server", "Kestrel"))},
		{"Jetty", Framework, MeansNothing, true, onHeaderStart("Server", "Jetty(")},
		{"Go net/http", Framework, MeansNothing, false, every(fromStatus(400), byGo, onHeader("X-Content-Type-Options"))},
		{"Node.js", Framework, MeansNothing, false, onHeaderValue("Keep-Alive", "timeout=5")},
	}
}

// intermediaryNames only tell by whom an answer came. Sure is set where a header
// spells the name.
func intermediaryNames() []Sign {
	return []Sign{
		{"ngrok", Tunnel, MeansNothing, false, either(onHeader("Ngrok-Trace-Id"), onHeader("Ngrok-Agent-Ips"), onHeader("Ngrok-Error-Code"))},
		{"localtunnel", Tunnel, MeansNothing, false, either(onHeader("X-Localtunnel-Agent-Ips"), onHeader("X-Localtunnel-Subdomain"))},
		{"Cloudflare", Platform, MeansNothing, true, byCloudflare},
		{"Heroku", Platform, MeansNothing, false, either(onHeaderPart("Via", "vegur", "heroku-router"), onHeaderValue("Server", "Heroku"))},
		{"Render", Platform, MeansNothing, true, either(onHeader("X-Render-Origin-Server"), onHeader("X-Render-Routing"), onHeader("Rndr-Id"))},
		{"Railway", Platform, MeansNothing, true, either(onHeaderStart("Server", "railway"), onHeader("X-Railway-Edge"), onHeader("X-Railway-Request-Id"))},
		{"Fly.io", Platform, MeansNothing, true, either(onHeaderStart("Server", "Fly/"), onHeader("Fly-Request-Id"))},
		{"Vercel", Platform, MeansNothing, true, either(onHeaderValue("Server", "Vercel"), onHeader("X-Vercel-Id"))},
		{"Netlify", Platform, MeansNothing, false, either(onHeaderStart("Server", "Netlify"), onHeader("X-Nf-Request-Id"))},
		{"AWS API Gateway", Platform, MeansNothing, true, either(onHeader("X-Amz-Apigw-Id"), onHeader("Apigw-Requestid"))},
		{"AWS Lambda", Platform, MeansNothing, false, every(onHeaderPart("X-Amzn-Trace-Id", "root="), lacking("X-Amz-Apigw-Id"), onHeader("X-Amzn-Requestid"))},
		{"AWS load balancer", Platform, MeansNothing, false, either(onHeaderStart("Server", "awselb/"), onCookie("AWSALB"), onCookie("AWSELB"))},
		{"Amazon CloudFront", Platform, MeansNothing, false, either(onHeader("X-Amz-Cf-Id"), onHeaderPart("Via", "(cloudfront)"))},
		{"Azure Front Door", Platform, MeansNothing, false, onHeader("X-Azure-Ref")},
		{"Azure App Service", Platform, MeansNothing, false, onCookie("ARRAffinity")},
		{"Google Cloud", Platform, MeansNothing, true, either(onHeaderValue("Server", "Google Frontend"), onHeaderPart("Via", "1.1 google"))},
		{"Akamai", Guard, MeansNothing, true, onHeaderStart("Server", "AkamaiGHost", "AkamaiNetStorage")},
		{"Imperva", Guard, MeansNothing, false, either(onHeader("X-Iinfo"), onCookie("visid_incap_"), onCookie("incap_ses_"))},
		{"Sucuri", Guard, MeansNothing, true, either(onHeader("X-Sucuri-Id"), onHeaderStart("Server", "Sucuri"))},
		{"DataDome", Guard, MeansNothing, true, either(onHeader("X-Datadome"), onCookie("datadome"))},
		{"F5", Guard, MeansNothing, true, either(onHeaderStart("Server", "BigIP", "BIG-IP"), onCookie("BIGipServer"))},
		{"oauth2-proxy", Guard, MeansNothing, true, onCookie("_oauth2_proxy")},
		{"Envoy", Server, MeansNothing, true, either(onHeaderStart("Server", "envoy", "istio-envoy"), onHeader("X-Envoy-Upstream-Service-Time"))},
		{"Kong", Server, MeansNothing, true, either(onHeaderStart("Server", "kong/"), onHeaderPart("Via", "kong/"))},
		{"nginx", Server, MeansNothing, true, either(onHeaderStart("Server", "nginx", "openresty"), every(fromStatus(400), centredPage("nginx", "openresty")))},
		// The certificates that they make for want of another.
		{"Traefik", Server, MeansNothing, true, onCertificate("TRAEFIK DEFAULT CERT")},
		{"Kubernetes ingress", Server, MeansNothing, true, onCertificate("Kubernetes Ingress Controller Fake Certificate")},
		{"Caddy", Server, MeansNothing, true, either(onHeaderValue("Server", "Caddy"), onHeaderPart("Via", "caddy"))},
		{"Apache", Server, MeansNothing, true, either(onHeaderValue("Server", "Apache"), onHeaderStart("Server", "Apache/"))},
		{"IIS", Server, MeansNothing, true, onHeaderStart("Server", "Microsoft-IIS")},
		{"gunicorn", Server, MeansNothing, true, onHeaderStart("Server", "gunicorn")},
		{"uvicorn", Server, MeansNothing, true, onHeaderStart("Server", "uvicorn")},
		{"Python's http.server", Server, MeansNothing, true, onHeaderStart("Server", "BaseHTTP/", "SimpleHTTP/")},
	}
}
