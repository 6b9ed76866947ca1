package simulator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

func Example() {
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Slack-Retry-Num") != "2" {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
		}
	}))
	defer app.Close()
	// A minute of Slack's clock is 60 µs.
	slack, err := simulator.Start(simulator.Options{Clock: &clock.Clock{Speed: 1e6}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer slack.Close()
	to, _ := url.Parse(app.URL)
	outcome := slack.Deliver(context.Background(), payload.Delivery{
		Kind:   payload.Event,
		Fields: payload.Event.Fields(payload.Scene{EventType: "app_mention"}),
		URL:    to, Secret: "8f742231b10e8888abcd99yyyzzz85a5",
	})
	for _, a := range outcome.Attempts {
		fmt.Println(a.RetryNum, a.RetryReason, a.Answer.Status)
	}
	fmt.Println(outcome.Acknowledged)
	// Output:
	// 0  503
	// 1 http_error 503
	// 2 http_error 200
	// true
}
