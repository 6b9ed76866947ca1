package recording_test

import (
	"net/url"
	"strings"
	"testing"

	"belay/internal/recording"
)

// fuzz reads a text as one format and replays what is found, which must neither break
// nor leave a header that is two.
func fuzz(f *testing.F, format string, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	to := &url.URL{Scheme: "http", Host: "127.0.0.1:1"}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := recording.Read("fuzzed", data, recording.Options{Format: format})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzzed") {
				t.Fatalf("an error that does not say where: %v", err)
			}
			return
		}
		for _, r := range set.Recordings {
			again, err := r.Replay(recording.Terms{To: to, Secret: secret, Now: now})
			if err != nil {
				// A renewed body can be too long alone.
				t.Fatalf("a recording that cannot be replayed: %v\n%s %q", err, r.Method, r.Body)
			}
			head, _, _ := strings.Cut(string(again.Delivery.Request().Bytes()), "\r\n\r\n")
			if strings.ContainsAny(strings.ReplaceAll(head, "\r\n", ""), "\r\n\x00") {
				t.Fatalf("a header that is two: %q", head)
			}
			kept, err := r.Replay(recording.Terms{To: to, Secret: secret, Now: now, KeepIDs: true, Token: "x"})
			if err != nil || len(kept.Renewed) > 1 {
				t.Fatalf("changed %q in spite of KeepIDs: %v", kept.Renewed, err)
			}
		}
	})
}

func FuzzCurl(f *testing.F) {
	fuzz(f, "curl",
		`curl -X POST 'https://bot.example.com/slack' -H 'X-Slack-Request-Timestamp: 1' -d 'command=%2Fa&response_url=`+liveHook+`'`,
		"$ curl \\\n $'\\x68\\u0041\\'' --data-urlencode \"payload={}\" >x 2>&1; curl -G a -d code=1 -d state=2 --next b --json '{\"type\":\"view_closed\"}'",
		`curl a -F b`, `curl ^"a^"`, "curl a -d `b`", "curl a -d $(b)")
}

func FuzzHAR(f *testing.F) {
	fuzz(f, "har",
		har(harEntry("2026-11-23T18:00:02.5Z", "POST", "https://bot.example.com/", postData(eventBody()))),
		har(harEntry("", "POST", "/", `,"postData":{"encoding":"base64","text":"Y29tbWFuZD0vYQ=="}`)),
		har(harEntry("", "GET", "https://bot.example.com/?code=1&state=2", "")), har(`{}`))
}

func FuzzHTTP(f *testing.F) {
	fuzz(f, "http",
		request("/a", commandBody(), length(commandBody()), "X-Slack-Retry-Num: 1"),
		request("/a", "a\r\ncommand=%2\r\n0\r\n\r\n", "Transfer-Encoding: chunked")+"GET /b?code=1&state=2 HTTP/1.1\r\n\r\n",
		request("/a", `{"type":"event_callback","event":{"type":"a/b"}}`))
}

func FuzzReport(f *testing.F) {
	fuzz(f, "report", `{"exchanges":[{"question":"a","sent_at":"2026-11-23T18:00:00Z","request":{"method":"POST","url":"http://a/","header":[],"body":"command=/a&token=[redacted]"}}]}`, `{"exchanges":[`)
}

func FuzzNgrok(f *testing.F) {
	fuzz(f, "ngrok", `{"requests":[`+captured("a", "2026-11-23T18:00:00Z", request("/a", commandBody()))+`]}`, captured("a", "", ""))
}
