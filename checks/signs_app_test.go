package checks_test

import (
	"context"
	"net"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/payload"
)

func appSightings() []sighting {
	const install = "the page that installs the app"
	return []sighting{
		{answered(200, `<html><a href="https://slack.com/oauth/v2/authorize?client_id=1">Add to Slack</a>`), install, checks.MeansOAuthPage, "slack.com/oauth"},
		{answered(302, "", "Location: https://slack.com/oauth/v2/authorize?client_id=1&state=x"), install, checks.MeansOAuthPage, "redirect to"},
		{answered(200, "This app is not installed."), "the app", checks.MeansNotInstalled, ""},
		{answered(200, `{"text":"Sorry, the bot has not been installed to this workspace"}`), "the app", checks.MeansNotInstalled, ""},
		{answered(401, `{"error":"No installation found for team TBELAY00000"}`), "the app", checks.MeansNotInstalled, ""},
		{answered(429, `{"error":"slow down"}`), "a rate limiter", checks.MeansRateLimited, "status 429"},
	}
}

const htmlType, jsonType = "Content-Type: text/html; charset=utf-8", "Content-Type: application/json"

var _ = DescribeTable("what a healthy app answers means nothing", func(a payload.Answer) {
	met, means := firstMeaning(a)
	Expect(means).To(BeFalse(), "%v", met)
},
	Entry("a bare 401 with a content type", answered(401, "", htmlType)),
	Entry("a bare 401 of Go's", answered(401, "", noLength, "Date: Mon, 23 Nov 2026 20:33:06 GMT")),
	Entry("a bare 401 of Node that has a length", answered(401, "", noLength, keepAlive)),
	Entry("a 401 in words", answered(401, "Unauthorized", goText)),
	Entry("a 401 in JSON", answered(401, `{"error":"invalid signature"}`, jsonType)),
	Entry("a 401 in JSON that names the request", answered(401, `{"error":"invalid request signature"}`, jsonType)),
	Entry("a 401 with a scheme of the app's own", answered(401, "no", "WWW-Authenticate: Slack-Signature")),
	Entry("a bare 403", answered(403, "")),
	Entry("a 403 in JSON", answered(403, `{"message":"Forbidden"}`, jsonType)),
	Entry("a 403 in JSON by way of AWS", answered(403, `{"message":"Forbidden"}`, jsonType, "X-Amz-Apigw-Id: x=")),
	Entry("a 403 in JSON by way of Cloudflare", answered(403, `{"error":"bad signature"}`, cloudflare, "Cf-Ray: 8a")),
	Entry("a 403 page of the app with Cloudflare's script", answered(403, `<!DOCTYPE html><p>No.</p><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">`, cloudflare)),
	Entry("a 403 page of the app by way of DataDome", answered(403, "<!DOCTYPE html><p>No.", "X-Datadome: protected")),
	Entry("a 403 in words that mention CSRF", answered(403, "CSRF verification failed")),
	Entry("a bare 404", answered(404, "", keepAlive)),
	Entry("a bare 404 after two seconds", late(2*time.Second, answered(404, ""))),
	Entry("a bare 404 after four seconds", late(4*time.Second, answered(404, ""))),
	Entry("a 404 with a body after three seconds", late(3001*time.Millisecond, answered(404, "no"))),
	Entry("a 404 in words", answered(404, "Not Found", goText)),
	Entry("a 404 in words about a page", answered(404, "The page was not found")),
	Entry("a 404 in JSON", answered(404, `{"message":"Not Found"}`, jsonType)),
	Entry("a 404 in JSON with the detail of a team", answered(404, `{"detail":"Not found."}`, jsonType)),
	Entry("a 404 in JSON that quotes Express", answered(404, `{"error":"Cannot POST /x"}`, jsonType)),
	Entry("a 404 page of the app's own", answered(404, "<!DOCTYPE html><title>404</title><p>Nothing here</p>", "Server: nginx")),
	Entry("a bare 405", answered(405, "", "Allow: GET")),
	Entry("a bare 500", answered(500, "", keepAlive)),
	Entry("a 500 in words", answered(500, "Internal Server Error")),
	Entry("a 500 of Express in production", answered(500, expressTop+"Internal Server Error</pre>")),
	Entry("a 400 of Express that could not parse", answered(400, expressTop+"SyntaxError: x<br> &nbsp; &nbsp;at JSON.parse</pre>")),
	Entry("a 500 in JSON", answered(500, `{"message":"Internal server error","statusCode":500}`, jsonType)),
	Entry("a 500 of Flask in production", answered(500, "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>")),
	Entry("a 500 of Rails in production", answered(500, "<!DOCTYPE html><title>We're sorry, but something went wrong (500)</title>")),
	Entry("a 502 of the app's own", answered(502, `{"error":"upstream"}`, jsonType, cloudflare, "Server: nginx")),
	Entry("a bare 503", answered(503, "", "Server: nginx")),
	Entry("ok", answered(200, "ok", htmlType)),
	Entry("nothing", answered(200, "")),
	Entry("blocks", answered(200, `{"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"404 page not found"}}]}`, jsonType)),
	Entry("a message about a page that was not found", answered(200, "404 page not found")),
	Entry("a message with a crash in it", answered(200, "```Traceback (most recent call last):\n  File x```")),
	Entry("a message with PHP's words", answered(200, `{"text":"<b>Fatal error</b>:  Uncaught TypeError"}`, jsonType)),
	Entry("a message about a blocked request", answered(200, "Request unsuccessful. Incapsula incident ID: 1")),
	Entry("a message about a package", answered(200, "jq is not installed on web-1")),
	Entry("a message about another app", answered(200, `{"text":"App billing is not installed on cluster prod. Install it by /deploy billing"}`, jsonType)),
	Entry("a message with a link to install", answered(200, `{"text":"<https://slack.com/oauth/v2/authorize|Add to Slack>"}`, jsonType)),
	Entry("a message about ngrok", answered(200, "the tunnel says ERR_NGROK_3200")),
	Entry("a redirect to a slash", answered(308, "", "Location: /slack/events/")),
	Entry("a redirect to https", answered(301, "", "Location: https://app.example/slack/events", "Server: cloudflare")),
	Entry("a redirect to a name that has login in it", answered(302, "", "Location: /loginless/events")),
	Entry("a redirect elsewhere to a login", answered(302, "", "Location: https://other.example/login")),
	Entry("a challenge", answered(200, `{"challenge":"abc"}`, jsonType, "Server: Werkzeug/3")),
	Entry("a head whose body never came", payload.Answer{Status: 401, Reached: payload.PhaseBody, Err: context.DeadlineExceeded}),
)

// serveRaw answers one connection with those bytes.
func serveRaw(answer string) *url.URL {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(l.Close)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = conn.Read(make([]byte, 64<<10))
		_, _ = conn.Write([]byte(strings.ReplaceAll(answer, "\n", "\r\n")))
	}()
	return &url.URL{Scheme: "http", Host: l.Addr().String(), Path: "/slack/events"}
}

var _ = DescribeTable("an empty 401 on the wire", func(head string, who string, sure bool) {
	d := payload.Delivery{Kind: payload.Command, URL: serveRaw(head), Body: []byte("a=b"), Time: time.Now()}
	a := (&payload.Client{}).Send(context.Background(), d)
	Expect(a.Status).To(Equal(401), "%v", a.Err)
	met, _ := firstMeaning(a)
	Expect(met.Who).To(Equal(who))
	Expect(met.Sure).To(Equal(sure))
},
	Entry("of Bolt's HTTPReceiver, as Node 20 writes it",
		"HTTP/1.1 401 Unauthorized\nDate: Mon, 23 Nov 2026 20:33:06 GMT\nConnection: keep-alive\nKeep-Alive: timeout=5\nTransfer-Encoding: chunked\n\n0\n\n",
		"Bolt for JavaScript", true),
	Entry("of an app of one's own on Node",
		"HTTP/1.1 401 Unauthorized\nConnection: keep-alive\nKeep-Alive: timeout=5\nContent-Length: 0\n\n", "", false),
	Entry("of an app in Go", "HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\n", "", false),
)
