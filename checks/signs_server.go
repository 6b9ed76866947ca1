package checks

import "strings"

// serverSigns are the pages of web servers and proxies themselves. They were read
// in nginx 1.22, Apache 2.4 and HAProxy 2.6, and Envoy's in captures, where Sure is
// set.
func serverSigns() []Sign {
	return []Sign{
		{"nginx", Server, MeansBadGateway, true, every(onStatus(502, 503, 504), centredPage("nginx", "openresty"))},
		{"nginx", Server, MeansNoRoute, true, every(onStatus(404), centredPage("nginx", "openresty"))},
		{"nginx", Server, MeansMethod, true, every(onStatus(405), centredPage("nginx", "openresty"))},
		{"nginx", Server, MeansNoRoute, false, onPage("<title>Welcome to nginx!</title>")},
		{"Apache", Server, MeansNoRoute, true, every(onStatus(404), apachePage("was not found on this server."))},
		{"Apache", Server, MeansMethod, true, every(onStatus(405), apachePage("is not allowed for this URL."))},
		{"Apache", Server, MeansBadGateway, true, every(onStatus(502), apachePage("The proxy server received an invalid"))},
		{"Apache", Server, MeansBadGateway, true, every(onStatus(503), apachePage("The server is temporarily unable to service your"))},
		{"Apache", Server, MeansBadGateway, true, every(onStatus(504), apachePage("The gateway did not receive a timely response"))},
		{"Apache", Server, MeansNoRoute, false, onPageLike(`<title>Apache2 \w+ Default Page`)},
		{"HAProxy", Server, MeansBadGateway, true, every(onStatus(502), onPage("The server returned an invalid or incomplete response."))},
		{"HAProxy", Server, MeansBadGateway, true, every(onStatus(503), onPage("No server is available to handle this request."))},
		{"HAProxy", Server, MeansBadGateway, true, every(onStatus(504), onPage("<h1>504 Gateway Time-out</h1>", "The server didn't respond in time."))},
		{"Envoy", Server, MeansOffline, true, every(onStatus(503), onBody("no healthy upstream"))},
		{"Envoy", Server, MeansBadGateway, true, every(onStatus(502, 503, 504), onTextLike(`^upstream connect error or disconnect/reset before headers`))},
		{"Envoy", Server, MeansBadGateway, false, every(onStatus(504), onBody("upstream request timeout"))},
		// Caddy sends no page of its own, and names itself in Via where it passes on.
		{"Caddy", Server, MeansBadGateway, false, every(onStatus(502, 503, 504), onHeaderValue("Server", "Caddy"),
			lacking("Via", "Content-Type"), onEmpty)},
		{"Traefik", Server, MeansOffline, false, every(onStatus(503), onBody("no available server"))},
		{"Traefik", Server, MeansBadGateway, false, every(onStatus(502, 504), lacking("X-Powered-By", "Etag", "Server", "Content-Type"),
			onBody("Bad Gateway", "Gateway Timeout"))},
		{"Kubernetes ingress", Server, MeansNoRoute, false, every(onStatus(404), onBody("default backend - 404"))},
		{"Kong", Server, MeansNoRoute, false, every(onStatus(404), onField("message", `^no Route matched with those values$`))},
		{"Kong", Server, MeansBadGateway, false, every(onStatus(502, 503, 504), onField("message",
			`^(An invalid response was received from the upstream server|failure to get a peer from the ring-balancer|name resolution failed|The upstream server is timing out)$`))},
		{"IIS", Server, MeansNoRoute, false, every(onStatus(404), onPage("404 - File or directory not found."))},
		{"IIS", Server, MeansMethod, false, every(onStatus(405), onPage("405 - HTTP verb used to access this page is not allowed."))},
	}
}

// centredPage needs a page in the style of nginx, which ends in the server's name.
func centredPage(names ...string) clue {
	return onPageLike(`<center>(` + strings.Join(names, "|") + `)(/[0-9.]+)?( \([^)<]*\))?</center>`)
}

// apachePage needs a page of Apache's, which all begin alike, with those words.
func apachePage(words string) clue {
	return every(onPage("<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">"), onPage(words))
}
