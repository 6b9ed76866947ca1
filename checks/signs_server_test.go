package checks_test

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"

	"belay/checks"
	"belay/simulator/payload"
)

const apacheStart = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n"

// nginxPage is a page of nginx's own.
func nginxPage(title string) string {
	return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
		"</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"
}

func serverSightings() []sighting {
	const gateway, noRoute, method = checks.MeansBadGateway, checks.MeansNoRoute, checks.MeansMethod
	return []sighting{
		{answered(502, nginxPage("502 Bad Gateway"), "Server: nginx"), "nginx", gateway, `body "nginx/1.22.1"`},
		{answered(404, nginxPage("404 Not Found")), "nginx", noRoute, ""},
		{answered(405, nginxPage("405 Not Allowed")), "nginx", method, ""},
		{answered(200, "<!DOCTYPE html><title>Welcome to nginx!</title>"), "nginx", noRoute, ""},
		{answered(404, apacheStart+"<title>404 Not Found</title>\n<p>The requested URL was not found on this server.</p>"), "Apache", noRoute, ""},
		{answered(405, apacheStart+"<p>The requested method POST is not allowed for this URL.</p>"), "Apache", method, ""},
		{answered(502, apacheStart+"<p>The proxy server received an invalid\r\nresponse from an upstream server.<br />"), "Apache", gateway, ""},
		{answered(503, apacheStart+"<p>The server is temporarily unable to service your\nrequest"), "Apache", gateway, ""},
		{answered(504, apacheStart+"<p>The gateway did not receive a timely response\nfrom the upstream server"), "Apache", gateway, ""},
		{answered(200, "<!DOCTYPE html><title>Apache2 Debian Default Page: It works</title>"), "Apache", noRoute, ""},
		{answered(502, "<html><body><h1>502 Bad Gateway</h1>\nThe server returned an invalid or incomplete response.\n</body></html>"), "HAProxy", gateway, ""},
		{answered(503, "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>"), "HAProxy", gateway, ""},
		{answered(504, "<html><body><h1>504 Gateway Time-out</h1>\nThe server didn't respond in time.\n</body></html>"), "HAProxy", gateway, ""},
		{answered(503, "no healthy upstream"), "Envoy", checks.MeansOffline, ""},
		{answered(503, "upstream connect error or disconnect/reset before headers. reset reason: connection failure"), "Envoy", gateway, ""},
		{answered(504, "upstream request timeout"), "Envoy", gateway, ""},
		{answered(502, "", "Server: Caddy"), "Caddy", gateway, "empty 502"},
		{answered(503, "no available server\n"), "Traefik", checks.MeansOffline, ""},
		{answered(502, "Bad Gateway"), "Traefik", gateway, ""},
		{answered(404, "default backend - 404"), "Kubernetes ingress", noRoute, ""},
		{answered(404, `{"message":"no Route matched with those values"}`), "Kong", noRoute, ""},
		{answered(502, `{"message":"An invalid response was received from the upstream server"}`), "Kong", gateway, ""},
		{answered(404, "<!DOCTYPE html><h2>404 - File or directory not found.</h2>"), "IIS", noRoute, ""},
		{answered(405, "<!DOCTYPE html><h2>405 - HTTP verb used to access this page is not allowed.</h2>"), "IIS", method, ""},
	}
}

// withCertificate is an accepted request to a server that made its own
// certificate.
func withCertificate(name string) payload.Answer {
	a := answered(200, "")
	a.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{{Subject: pkix.Name{CommonName: name}}}}
	return a
}

func nameSightings() []sighting {
	all := []sighting{
		{answered(400, "Invalid Request"), "Bolt for Java", "", ""},
		{answered(415, `{"statusCode":415,"code":"FST_ERR_CTP_INVALID_MEDIA_TYPE"}`), "Fastify", "", ""},
		{answered(400, "\n<!doctype html><title>Bad Request (400)</title>\n<h1>Bad Request (400)</h1><p></p>"), "Django", "", ""},
		{answered(200, "", "X-Request-Id: 1", "X-Runtime: 0.01"), "Rails", "", ""},
		{answered(401, "Unauthorized\n", goText, noSniff), "Go net/http", "", ""},
		{answered(200, "", "X-Amzn-Requestid: 1", "X-Amzn-Trace-Id: Root=1-6"), "AWS Lambda", "", ""},
		{withCertificate("TRAEFIK DEFAULT CERT"), "Traefik", "", ""},
		{withCertificate("Kubernetes Ingress Controller Fake Certificate"), "Kubernetes ingress", "", ""},
		{answered(500, nginxPage("500 Internal Server Error")), "nginx", "", ""},
	}
	for _, header := range [][2]string{
		{"X-Slack-Powered-By: @slack:events-api/3.0.1 linux/6 node/20", "@slack/events-api"},
		{"X-Powered-By: Next.js", "Next.js"}, {"X-Powered-By: Express", "Express"}, {"Keep-Alive: timeout=72", "Fastify"},
		{"Server: Werkzeug/3.0.1 Python/3.12", "Flask"}, {"Server: WSGIServer/0.2 CPython/3.12", "Django"},
		{"Set-Cookie: laravel_session=x", "Laravel"}, {"X-Powered-By: PHP/8.3", "PHP"}, {"Server: Kestrel", "ASP.NET"},
		{"Server: Jetty(12.0)", "Jetty"}, {keepAlive, "Node.js"}, {"Ngrok-Agent-Ips: 1.2.3.4", "ngrok"},
		{"X-Localtunnel-Agent-Ips: []", "localtunnel"}, {cloudflare, "Cloudflare"}, {"Via: 1.1 vegur", "Heroku"},
		{"X-Render-Origin-Server: gunicorn", "Render"}, {"Server: railway-edge", "Railway"}, {"Fly-Request-Id: 1", "Fly.io"},
		{"X-Vercel-Id: fra1::1", "Vercel"}, {"X-Nf-Request-Id: 1", "Netlify"}, {"Apigw-Requestid: 1", "AWS API Gateway"},
		{"Set-Cookie: AWSALB=1", "AWS load balancer"}, {"Via: 1.1 x.cloudfront.net (CloudFront)", "Amazon CloudFront"},
		{"X-Azure-Ref: 1", "Azure Front Door"}, {"Set-Cookie: ARRAffinity=1", "Azure App Service"},
		{"Server: Google Frontend", "Google Cloud"}, {"Server: AkamaiGHost", "Akamai"}, {"X-Iinfo: 1", "Imperva"},
		{"X-Sucuri-Id: 1", "Sucuri"}, {"X-Datadome: protected", "DataDome"}, {"Set-Cookie: BIGipServerpool=1", "F5"},
		{"Set-Cookie: _oauth2_proxy_csrf=1", "oauth2-proxy"}, {"Server: envoy", "Envoy"}, {"Via: kong/3.4", "Kong"},
		{"Server: nginx/1.22.1", "nginx"}, {"Via: 1.1 Caddy", "Caddy"}, {"Server: Apache/2.4", "Apache"},
		{"Server: Microsoft-IIS/10.0", "IIS"}, {"Server: gunicorn", "gunicorn"}, {"Server: uvicorn", "uvicorn"},
		{"Server: BaseHTTP/0.6 Python/3.12", "Python's http.server"},
	} {
		all = append(all, sighting{answered(200, "", header[0]), header[1], checks.MeansNothing, ""})
	}
	return all
}
