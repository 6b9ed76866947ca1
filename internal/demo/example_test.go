package demo_test

import (
	"context"
	"fmt"
	"log"
	"net/url"
	"time"

	"belay/internal/demo"
	"belay/simulator/payload"
)

// The sample app is asked as Slack would ask it.
func ExampleStart() {
	app, err := demo.Start(demo.Options{Fault: "server-error"})
	if err != nil {
		log.Fatal(err)
	}
	defer app.Close()

	u, err := url.Parse(app.URL)
	if err != nil {
		log.Fatal(err)
	}
	resolver := &payload.Resolver{Given: app.Resolve, Server: app.DNS}
	slack := &payload.Client{Resolve: resolver.Resolve}
	answer := slack.Send(context.Background(), payload.Delivery{
		Kind:   payload.Command,
		Fields: payload.Command.Fields(payload.Scene{Command: app.Command}),
		URL:    u, Secret: app.Secret, Time: time.Now(),
	})
	fmt.Println(u.Hostname(), "answers", answer.Status)
	// Output: deploy-bot.belay.example answers 500
}
