package checks

import (
	"fmt"
	"time"

	"belay/simulator/payload"
)

// boltSigns are the answers of Slack's own frameworks and of slack-go, as their
// sources write them: Bolt for JavaScript 5.1, Python and Java as of 2026, slack-go
// 0.12 to 0.35.
func boltSigns() []Sign {
	return []Sign{
		{"Bolt for Python", Framework, MeansRefused, true, every(onStatus(401),
			onBody(`{"error": "invalid request"}`, `{"error": "invalid verification token"}`))},
		{"Bolt for Python", Framework, MeansNoListener, true, every(onStatus(404),
			onBody(`{"error": "unhandled request"}`, `{"error": "no next() calls in middleware"}`))},
		// slack_bolt's apology to a team without an installation.
		{"Bolt for Python", Framework, MeansNotInstalled, false, every(onStatus(200, 401),
			onBodyLike(notPage, `your installation with this app is no longer available`))},
		{"Bolt for Java", Framework, MeansRefused, true, every(onStatus(401), onBody(`{"error":"invalid request"}`))},
		{"Bolt for Java", Framework, MeansNoListener, true, every(onStatus(404), onBody(`{"error":"no handler found"}`))},
		// HTTPReceiver: writeHead(401); end(). Node then sends it in chunks, without a
		// length, and without a content type.
		{"Bolt for JavaScript", Framework, MeansRefused, true, every(onHeaderValue("Keep-Alive", "timeout=5"),
			lacking("Content-Length"), bareRefusal)},
		// A proxy takes Keep-Alive away.
		{"Bolt for JavaScript", Framework, MeansRefused, false, every(lacking("Content-Length"), bareRefusal)},
		// ExpressReceiver: status(401).send(), as any Express app might.
		{"Bolt for JavaScript", Framework, MeansRefused, false, every(onHeaderValue("X-Powered-By", "Express"), bareRefusal)},
		{"Bolt for JavaScript", Framework, MeansNoListener, true, neverAcknowledged},
		{"slack-go", Framework, MeansRefused, true, every(fromStatus(400),
			onTextLike(`[Cc]omputed unexpected signature of: `))},
		{"slack-go", Framework, MeansRefused, true, every(fromStatus(400), byGo, onBody("missing headers", "timestamp is too old"))},
		{"slack-go", Framework, MeansRefused, false, every(fromStatus(400), byGo, onBody("invalid signature"))},
	}
}

// bareRefusal needs a 401 that says nothing whatever.
func bareRefusal(a payload.Answer, deadline time.Duration) string {
	return every(onStatus(401), lacking("Content-Type", "WWW-Authenticate"), onEmpty)(a, deadline)
}

// neverAcknowledged needs the empty 404 that Bolt for JavaScript sends when its
// timer of 3,001 ms ends and no listener has acknowledged.
func neverAcknowledged(a payload.Answer, deadline time.Duration) string {
	took := a.TookToHead()
	if a.Status != 404 || onEmpty(a, deadline) == "" || deadline <= 0 ||
		took < deadline*295/300 || took > deadline*330/300 {
		return ""
	}
	return fmt.Sprintf("empty 404 after %d ms", took.Milliseconds())
}

// byGo needs the headers that Go's http.Error sets.
func byGo(a payload.Answer, deadline time.Duration) string {
	return every(onHeaderValue("Content-Type", "text/plain; charset=utf-8"),
		onHeaderValue("X-Content-Type-Options", "nosniff"))(a, deadline)
}
