package checks_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"testing"
	"time"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator/payload"
)

// FuzzURL gives the diagnosis any URL: it never crashes, and what cannot be called
// is found to be so before anything is dialled.
func FuzzURL(f *testing.F) {
	for _, seed := range []string{
		"", "https://bot.example.com/slack/events", "http://[::1", "https://a:b@c/d#e", "ftp://x", "https://h:99999/", "http://\x00/", "//x", "https://xn--0.example/%zz", "http://127.1:80",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		dialled := errors.New("not here")
		r := checks.Run(context.Background(), checks.Watch{}, checks.Target{
			URL: address, Local: true, Timeout: 50 * time.Millisecond, Deadline: 20 * time.Millisecond, Pace: -1,
			Resolver: &payload.Resolver{Server: "127.0.0.1:1", Timeout: 5 * time.Millisecond},
			Dial:     func(context.Context, string, string) (net.Conn, error) { return nil, dialled },
		})
		if len(r.Sections) != 1 || len(r.Sections[0].Results) != len(checks.All()) {
			t.Fatalf("%d sections for %q", len(r.Sections), address)
		}
		if err := report.Text(io.Discard, r, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzReply gives the judges of replies any: each ends with a status.
func FuzzReply(f *testing.F) {
	for _, seed := range []string{
		"", "{}", "null", `{"response_action":"errors","errors":{"a/b~":"no"}}`, `{"response_action":"push","view":{"type":"modal","blocks":[null]}}`,
		`{"options":[{"text":"a"}],"option_groups":[null]}`, `{"option_groups":[{"label":"a","options":[]}]}`, `{"blocks":"[]","text":1}`, "{\"options\":[\xff]}",
	} {
		f.Add([]byte(seed))
	}
	kinds := []payload.Kind{payload.ViewSubmission, payload.BlockSuggestion, payload.DialogSuggestion, payload.InteractiveMessageSuggestion}
	target, err := url.Parse("https://bot.example.com/")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, kind := range kinds {
			d := payload.Delivery{Kind: kind, Fields: kind.Fields(payload.Scene{}), URL: target}
			for _, r := range checks.JudgeReply(d.Request(), body) {
				if r.Status == "" {
					t.Fatalf("no status for %q", body)
				}
			}
		}
	})
}
