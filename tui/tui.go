// Package tui shows a report in a terminal: the list of what was asked, by family,
// and the detail, waterfall, request and response of the selected row. It shows a
// saved report, or a run while it runs.
//
//	end, err := tui.Run(ctx, tui.Options{Report: saved, In: os.Stdin, Out: os.Stdout})
//
// It sees nothing but the report.
package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
	_ "belay/tui/background" // must be initialised before bubbletea
)

// Options say what is shown and how. The zero value shows an empty report, plain.
type Options struct {
	// Report is shown at the start. It may be empty when Live is set; its sections then
	// are those that the run is going to have, where they are known.
	Report checks.Report
	// Notice says what is wrong with the report, such as that its file is cut off.
	Notice string
	// Live runs the diagnosis of the sections with those names, or of all where there
	// are none, and hands each result to the watch. It may be called again, but never
	// while it runs. It is nil for a saved report.
	Live func(ctx context.Context, w checks.Watch, only []string) checks.Report
	// Watch waits until a file changes that matters, and returns the names of the
	// sections to run again, or none for all of them. It is called again after each
	// change. Nil means that nothing can be watched.
	Watch func(ctx context.Context) (only []string, err error)
	// Total is how many results a live run will have, where that is known.
	Total int
	// Save writes a report to a file, in the format that the name asks for. Nil means
	// that nothing can be saved.
	Save func(name string, r checks.Report) error
	// Copy puts a text into the clipboard. Run hands it to the terminal where it is nil
	// (OSC 52).
	Copy func(text string) error
	// In and Out are the terminal. Nil means standard input and output.
	In  io.Reader
	Out io.Writer
	// Color uses colours, of which the terminal has so many: 16, or 256. Without it,
	// bold, faint and reverse remain.
	Color  bool
	Colors int
	// Theme is one of Themes; any other is the default.
	Theme string
	// ASCII draws without any symbol beyond ASCII.
	ASCII bool
	// Mouse takes the mouse from the start.
	Mouse bool
	// Keys binds other keys to actions.
	Keys Keys
	// Accessible reads the report out in lines and asks by number: nothing is drawn
	// twice.
	Accessible bool
}

// ErrBroke is the end of a program that broke, after the terminal was restored.
var ErrBroke = errors.New("the terminal program broke")

// An End is what remains after the user has quit.
type End struct {
	// Report is the last one.
	Report checks.Report
	// Shown is what the user saw of it: without hosts and names under privacy.
	Shown checks.Report
}

// Run shows the report until the user quits, and returns the last one. Quitting ends
// a live run; its report then says that it was interrupted. The end of the context, or
// of the terminal, ends the program too, and is no error.
func Run(ctx context.Context, o Options) (End, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if o.Accessible {
		return read(ctx, o)
	}
	screen := newTerminal(o)
	if o.Copy == nil {
		o.Copy = screen.copy
	}
	program := tea.NewProgram(New(ctx, o), screen.options(ctx, o)...)
	screen.hungUp = program.Quit
	final, err := program.Run()
	cancel()
	end := End{o.Report, o.Report}
	if m, ok := final.(Model); ok {
		end = m.end()
	}
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return end, ErrBroke
	case err != nil && !endedOutside(err):
		return end, fmt.Errorf("show the report: %w", err)
	}
	return end, nil
}

// end is what remains of a model.
func (m Model) end() End {
	report := m.last()
	end := End{report, report}
	if m.private {
		end.Shown = maskOf(report).report(report)
	}
	return end
}

// endedOutside tells an end by a signal, by the context or by the loss of the terminal
// from a failure.
func endedOutside(err error) bool {
	return errors.Is(err, tea.ErrInterrupted) || errors.Is(err, syscall.EIO) || errors.Is(err, os.ErrClosed) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
