// Package playground is a small Slack in a terminal: the channels, messages, modals
// and home tab of a running fake Slack, in which a person writes, presses and fills
// in, with everything that goes between Slack and the app beside it.
//
//	err := playground.Run(ctx, playground.Options{Slack: server, In: os.Stdin, Out: os.Stdout})
//
// It drives the same simulator as the tests do, and what was done in it can be
// written out as a scenario.
package playground

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	_ "belay/tui/background" // must be initialised before bubbletea
)

// Options say what is shown and how. Slack must be set; the rest may be zero.
type Options struct {
	// Slack is the fake one. It stays open when the playground ends.
	Slack *simulator.Server
	// Targets are where the app listens, and how it is signed what is sent again.
	Targets simulator.Targets
	// AppID is the app's; "" is belay's own.
	AppID string
	// Commands are the slash commands that the app is known to have, for completion.
	Commands []string
	// Revoke takes the app's tokens away. It is nil where that cannot be done.
	Revoke func() error
	// Write writes what was done to a file, as a scenario. It is nil where that cannot
	// be done.
	Write func(file string, acts []Act) error
	// In and Out are the terminal. Nil means standard input and output.
	In  io.Reader
	Out io.Writer
	// Color uses colours, of which the terminal has so many: 16, or 256. Without it,
	// bold, faint and reverse remain.
	Color  bool
	Colors int
	// Theme is one of Themes; any other is the default.
	Theme string
	// ASCII draws without any symbol beyond ASCII. What people and the app wrote stays
	// as it is.
	ASCII bool
}

// ErrBroke is the end of a program that broke, after the terminal was restored.
var ErrBroke = errors.New("the playground broke")

// ErrInterrupted is the end by Ctrl-C.
var ErrInterrupted = errors.New("the playground was interrupted")

// Run shows the playground until the user quits. The end of the context, of the
// server or of the terminal ends it too, and is no error.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m := New(ctx, o)
	var program *tea.Program
	program = tea.NewProgram(m, programOptions(ctx, o, func() { program.Quit() })...)
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		m.feed.follow(ctx, o.Slack)
	}()
	_, err := program.Run()
	cancel()
	<-followed
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return ErrBroke
	case errors.Is(err, tea.ErrInterrupted):
		return ErrInterrupted
	case err != nil && !endedOutside(err):
		return fmt.Errorf("show the playground: %w", err)
	}
	return nil
}

// programOptions leave signals to whoever made the context: bubbletea's own handler
// waits for ever for a program that the context has ended already.
func programOptions(ctx context.Context, o Options, hungUp func()) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithContext(ctx), tea.WithoutSignalHandler()}
	if o.In == nil {
		o.In = os.Stdin
	}
	// A file stays one, as bubbletea makes it raw.
	if file, ok := o.In.(*os.File); ok {
		options = append(options, tea.WithInput(keyboardFile{file, hungUp}))
	} else {
		options = append(options, tea.WithInput(keyboard{o.In, hungUp}))
	}
	if o.Out != nil {
		options = append(options, tea.WithOutput(o.Out))
	}
	return options
}

// A keyboard ends the program when nothing more can come: nobody could end it then.
type keyboard struct {
	io.Reader
	hungUp func()
}

// Read implements io.Reader.
func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.Reader.Read(p)
	if err == io.EOF {
		k.hungUp()
	}
	return n, err
}

// A keyboardFile is a keyboard that is a terminal.
type keyboardFile struct {
	*os.File
	hungUp func()
}

// Read implements io.Reader.
func (k keyboardFile) Read(p []byte) (int, error) { return keyboard{k.File, k.hungUp}.Read(p) }

// endedOutside tells an end by the context or by the loss of the terminal
// from a failure.
func endedOutside(err error) bool {
	return errors.Is(err, syscall.EIO) || errors.Is(err, os.ErrClosed) || errors.Is(err, io.EOF) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// An Act is one thing that was done by hand, in the words of a suite file.
type Act struct {
	// Verb is the step's, such as command or press.
	Verb string
	// User, Team and Channel are who did it where, by name; Channel is "" for what
	// happens in no channel, such as in a modal.
	User, Team, Channel string
	// Text is what was typed: a command with its arguments, a message, the callback_id
	// of a shortcut, a duration, a fault.
	Text string
	// Element is what was pressed or chosen from, and Value what was chosen or typed.
	Element, Value string
	// Values are what a modal was submitted with, by action_id.
	Values map[string]string
	// Status is what the app answered over HTTP, or 0. Acknowledged is set when it took
	// the delivery.
	Status       int
	Acknowledged bool
	// Calls are the Web API methods that the app called until the next act, each once.
	Calls []string
}
