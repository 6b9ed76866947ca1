// Package cli is belay's command line: one file for each command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit statuses, which CI scripts depend on.
const (
	exitOK = iota
	// exitFound means that something failed.
	exitFound
	// exitUsage means wrong usage, or input that cannot be read.
	exitUsage
	// exitCannotRun means that belay could not get to work.
	exitCannotRun
	// exitBroken means that belay itself broke.
	exitBroken
	exitInterrupted = 130
	exitTerminated  = 143
)

// IO is what a run of belay sees of the world.
type IO struct {
	// Args are without the program's name.
	Args []string
	// Env looks up an environment variable.
	Env    func(name string) string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
}

// Main runs belay as the process that it is, until it is through or interrupted.
func Main() int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var got atomic.Value
	go func() {
		got.Store(<-signals)
		cancel()
		<-signals
		os.Exit(exitInterrupted)
	}()
	code := Run(ctx, IO{os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr})
	switch got.Load() {
	case os.Interrupt:
		return exitInterrupted
	case syscall.SIGTERM:
		return exitTerminated
	}
	return code
}

// Run runs belay and returns its exit status. When the context ends, the report of
// what was found so far is still written.
func Run(ctx context.Context, world IO) (code int) {
	defer func() {
		if broken := recover(); broken != nil {
			fmt.Fprintf(world.Stderr, "belay: broke: %v\n%s\nPlease report this; it is belay's fault, not your app's.\n", broken, debug.Stack())
			code = exitBroken
		}
	}()
	root := newRoot(world)
	root.SetArgs(world.Args)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	var status exitError
	if !errors.As(err, &status) {
		status = usageError("%v", err)
	}
	if status.code == exitUsage && status.hint == "" {
		status.hint = command.CommandPath() + " --help"
	}
	status.print(world.Stderr)
	return status.code
}

// An exitError ends belay with a status, and says why unless a report did.
type exitError struct {
	code int
	text string
	hint string
}

func (e exitError) Error() string { return e.text }

func (e exitError) print(w io.Writer) {
	if e.text == "" {
		return
	}
	fmt.Fprintf(w, "belay: %s\n", e.text)
	if e.hint != "" {
		fmt.Fprintf(w, "hint: %s\n", e.hint)
	}
}

// usageError is a mistake of the user's. Without a hint of its own it says where the
// command's help is.
func usageError(format string, a ...any) exitError {
	return exitError{code: exitUsage, text: fmt.Sprintf(format, a...)}
}

func newRoot(world IO) *cobra.Command {
	root := &cobra.Command{
		Use:   "belay",
		Short: "Tells why Slack cannot work with your app, before Slack does",
		Long: strings.TrimSpace(`
Belay stands where Slack's servers stand: it sends your app what Slack sends,
holds Slack's clock, and explains what it saw: what Slack's user sees, what
happened on the wire, why, and the fix.`),
		Example: strings.TrimLeft(`
  belay demo                                             see it find a fault; needs nothing
  belay check https://bot.example.com/slack/events       is Slack able to use this URL?
  belay check --local http://localhost:3000/slack/events while developing
  belay send command "/deploy prod" --to URL             what does my app answer?`, "\n"),
		SilenceUsage: true, SilenceErrors: true, SuggestionsMinimumDistance: 2,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
		Args:              noArguments,
	}
	root.SetIn(world.Stdin)
	root.SetOut(world.Stdout)
	root.SetErr(world.Stderr)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newCheck(world), newDemo(world), newDrill(world), newExplain(world), newReplay(world), newSend(world), newServe(world), newSign(world), newVerify(world), newVersion(world), newView(world))
	return root
}

// noArguments is for commands that take none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if c.HasParent() {
		return usageError("%s takes no argument, and got %q", c.Name(), args[0])
	}
	e := usageError("there is no command %q", args[0])
	if like := c.SuggestionsFor(args[0]); len(like) > 0 {
		e.hint = "did you mean belay " + like[0] + "?"
	} else if strings.Contains(args[0], "://") {
		e.hint = "belay check " + args[0]
	}
	return e
}
