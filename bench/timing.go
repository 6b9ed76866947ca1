package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"time"
)

// A program is a command to be run again and again.
type program struct {
	path string
	args []string
	env  []string
}

// inTurn runs both programs once to warm the machine's caches, and then in turn.
func inTurn(ctx context.Context, pairs int, belay, against program) (measurement, error) {
	var m measurement
	for i := range pairs + 1 {
		a, err := belay.time(ctx)
		if err != nil {
			return m, err
		}
		b, err := against.time(ctx)
		if err != nil {
			return m, err
		}
		if i > 0 {
			m.belay, m.against = append(m.belay, a), append(m.against, b)
		}
	}
	return m, nil
}

// time runs the program once and returns its milliseconds, from before its start
// to after its end. One that fails was not measured.
func (p program) time(ctx context.Context) (float64, error) {
	command := exec.CommandContext(ctx, p.path, p.args...)
	command.Env = p.env
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	began := time.Now()
	err := command.Run()
	took := time.Since(began)
	if err != nil {
		return 0, fmt.Errorf("run %s: %w\n%s", command, err, output.Bytes())
	}
	return float64(took) / float64(time.Millisecond), nil
}

// inProcess measures what is too short for a process of its own: each run is the mean
// of many, in nanoseconds, and the runs are in turn after one of each that does not
// count.
func inProcess(ctx context.Context, pairs, times int, belay, against func() error) (measurement, error) {
	var m measurement
	for i := range pairs + 1 {
		a, err := mean(ctx, times, belay)
		if err != nil {
			return m, err
		}
		b, err := mean(ctx, times, against)
		if err != nil {
			return m, err
		}
		if i > 0 {
			m.belay, m.against = append(m.belay, a), append(m.against, b)
		}
	}
	return m, nil
}

// mean is how many nanoseconds one of so many takes. One that fails was not measured.
func mean(ctx context.Context, times int, do func() error) (float64, error) {
	began := time.Now()
	for range times {
		if err := do(); err != nil {
			return 0, err
		}
	}
	return float64(time.Since(began)) / float64(times), ctx.Err()
}

// always is a function that cannot fail.
func always(do func()) func() error {
	return func() error {
		do()
		return nil
	}
}

// median is 0 of nothing.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
