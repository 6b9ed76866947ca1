package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"time"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

// retriesFigure is how long the retries of a bad day take on a clock that is turned:
// every event is refused four times, which takes Slack six minutes. The app is in
// memory, since 40,000 connections measure the kernel.
var retriesFigure = figure{
	name:  "retries",
	belay: "10,000 events with three retries each",
	unit:  "s", atMost: 2,
	measure: func(w *workshop) (measurement, error) {
		var m measurement
		for range min(w.pairs, 3) {
			began := time.Now()
			if err := deliverRefused(w.ctx, 10_000); err != nil {
				return m, err
			}
			m.belay = append(m.belay, time.Since(began).Seconds())
		}
		return m, nil
	},
}

// deliverRefused delivers so many events to an app that refuses them.
func deliverRefused(ctx context.Context, events int) error {
	profile := simulator.SlackProfile()
	// So many failures would turn the subscriptions off, and a turn of the clock would
	// end the attempts that are under way.
	profile.DisableAbove, profile.AckWithin = 1, 10_000*time.Hour
	turned := clock.At(time.Unix(1795456800, 0))
	slack, err := simulator.Start(simulator.Options{Clock: turned, Profile: &profile, Dial: refusing})
	if err != nil {
		return err
	}
	defer slack.Close()
	// The first thing that goes wrong ends the rest.
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var left atomic.Int64
	left.Store(int64(events))
	for range events {
		go func() {
			defer left.Add(-1)
			if o := slack.Deliver(ctx, anEvent()); len(o.Attempts) != 4 || o.Last().Failure != simulator.HTTPError {
				cancel(fmt.Errorf("deliver an event: %d attempts, the last ended with %q: %s", len(o.Attempts), o.Last().Failure, o.Last().Detail))
			}
		}()
	}
	turn(turned, &left)
	return context.Cause(ctx)
}

func anEvent() payload.Delivery {
	return payload.Delivery{
		Kind: payload.Event, Fields: payload.Event.Fields(payload.Scene{EventType: "app_mention", Text: "hello"}),
		URL: &url.URL{Scheme: "http", Host: "127.0.0.1:3000", Path: "/slack/events"}, Secret: benchSecret,
	}
}

// refusing leads to an app in memory that answers everybody with 500.
func refusing(context.Context, string, string) (net.Conn, error) {
	slack, app := net.Pipe()
	go func() {
		_, _ = app.Read(make([]byte, 4096))
		_, _ = io.WriteString(app, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")
		_ = app.Close()
	}()
	return slack, nil
}

// turn turns the clock whenever all deliveries that are left wait for it.
func turn(c *clock.Clock, left *atomic.Int64) {
	tick := time.NewTicker(200 * time.Microsecond)
	defer tick.Stop()
	for n := left.Load(); n > 0; n = left.Load() {
		<-tick.C
		if c.Waiting() == int(n) {
			c.Advance(5 * time.Minute)
		}
	}
}
