package main

import (
	"context"
	"fmt"
	"runtime"

	"belay/simulator"
)

// growthFigure is what stays of messages that were long dropped: nothing may, or a fake
// Slack that runs for a week takes all the memory there is.
var growthFigure = figure{
	name:  "growth",
	belay: "heap in use after 200,000 posted messages, over that after 100,000",
	unit:  "MB", atMost: 1,
	measure: measureGrowth,
}

func measureGrowth(w *workshop) (measurement, error) {
	slack, err := simulator.Start(simulator.Options{})
	if err != nil {
		return measurement{}, fmt.Errorf("start the fake Slack: %w", err)
	}
	defer slack.Close()
	before, err := heapAfter(w.ctx, slack, 100_000)
	if err != nil {
		return measurement{}, err
	}
	after, err := heapAfter(w.ctx, slack, 100_000)
	return measurement{belay: []float64{after - before}}, err
}

// heapAfter posts so many messages more, and returns the megabytes that are in use then.
// The second collection frees what finalizers held in the first.
func heapAfter(ctx context.Context, slack *simulator.Server, messages int) (float64, error) {
	request := requestOf("chat.postMessage", `{"channel":"C0BELAY0GEN","text":"Deployed 4f2a1 to production"}`)
	if _, err := load(ctx, hostOf(slack.URL()), request, messages); err != nil {
		return 0, err
	}
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapInuse) / (1 << 20), nil
}
