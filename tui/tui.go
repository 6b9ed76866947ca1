// Package tui shows a report in a terminal: the list of what was asked, by family,
// and the detail, waterfall, request and response of the selected row. It shows a
// saved report, or a run while it runs.
//
//	last, err := tui.Run(ctx, tui.Options{Report: saved, In: os.Stdin, Out: os.Stdout})
//
// It sees nothing but the report.
package tui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
	_ "belay/tui/background" // must be initialised before bubbletea
)

// Options say what is shown and how. The zero value shows an empty report, plain.
type Options struct {
	// Report is shown at the start. It may be empty when Live is set.
	Report checks.Report
	// Live runs the diagnosis and hands each result to the watch. It may be called
	// again, but never while it runs. It is nil for a saved report.
	Live func(ctx context.Context, w checks.Watch) checks.Report
	// In and Out are the terminal. Nil means standard input and output.
	In  io.Reader
	Out io.Writer
	// Color uses the terminal's colours. Without it, bold and reverse remain.
	Color bool
	// ASCII draws without any symbol beyond ASCII.
	ASCII bool
}

// Run shows the report until the user quits, and returns the last one. Quitting ends
// a live run; its report then says that it was interrupted. The end of the context
// ends the program too, and is no error.
func Run(ctx context.Context, o Options) (checks.Report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	program := tea.NewProgram(New(ctx, o), programOptions(ctx, o)...)
	final, err := program.Run()
	cancel()
	report := o.Report
	if m, ok := final.(Model); ok {
		report = m.last()
	}
	if err != nil && !endedOutside(err) {
		return report, fmt.Errorf("show the report: %w", err)
	}
	return report, nil
}

func programOptions(ctx context.Context, o Options) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithContext(ctx)}
	if o.In != nil {
		options = append(options, tea.WithInput(o.In))
	}
	if o.Out != nil {
		options = append(options, tea.WithOutput(o.Out))
	}
	return options
}

// endedOutside tells an end by a signal or by the context from a failure.
func endedOutside(err error) bool {
	return errors.Is(err, tea.ErrInterrupted) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
