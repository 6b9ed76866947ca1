// Bench measures belay as its user meets it: whole processes on loopback, each
// against something well known, in one run. What a fake Slack does thousands of times
// is measured in the process.
//
//	go run ./bench                         every figure, 20 pairs each
//	go run ./bench -run check -pairs 50    one of them, more exactly
//	go run ./bench -json bench.json -gate  for a machine; exits 1 on a missed target
//
// A figure is the ratio of two medians. What is compared runs in turn (A B A B …),
// so that a busy machine slows both, and the ratio says more than the milliseconds.
// A target stands beside its figure, in the figure's own file. Nothing here is a
// test: a target is missed on paper, and only -gate makes it an error.
//
// It needs Go, and curl for the figure check.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
)

// errMissed is the end of a run under -gate in which a target was missed.
var errMissed = errors.New("a target was missed")

// options are the flags.
type options struct {
	run   string
	pairs int
	json  string
	gate  bool
}

func main() {
	var o options
	flag.StringVar(&o.run, "run", "", "measure only the figures whose name matches this `REGEXP`")
	flag.IntVar(&o.pairs, "pairs", 20, "how often each of a pair runs")
	flag.StringVar(&o.json, "json", "", "also write the figures to this `FILE`")
	flag.BoolVar(&o.gate, "gate", false, "exit with 1 when a target is missed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := bench(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench measures what is wanted and reports it.
func bench(ctx context.Context, stdout io.Writer, o options) error {
	wanted, err := choose(figures(), o)
	if err != nil {
		return err
	}
	w, err := openWorkshop(ctx, o.pairs)
	if err != nil {
		return err
	}
	defer w.close()
	var all []outcome
	for _, f := range wanted {
		m, err := f.measure(w)
		if err != nil {
			return fmt.Errorf("measure %s: %w", f.name, err)
		}
		all = append(all, f.judge(m))
	}
	return report(stdout, o, all)
}

// choose picks the figures by their names.
func choose(all []figure, o options) ([]figure, error) {
	if o.pairs < 1 {
		return nil, fmt.Errorf("-pairs %d: want 1 or more", o.pairs)
	}
	pattern, err := regexp.Compile(o.run)
	if err != nil {
		return nil, fmt.Errorf("read -run: %w", err)
	}
	var wanted []figure
	for _, f := range all {
		if pattern.MatchString(f.name) {
			wanted = append(wanted, f)
		}
	}
	if len(wanted) == 0 {
		return nil, fmt.Errorf("no figure matches %q", o.run)
	}
	return wanted, nil
}
