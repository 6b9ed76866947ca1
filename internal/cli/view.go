package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/checks/report"
	"belay/tui"
)

func newView(world IO) *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "view [FILE]",
		Short: "Opens a saved report in the terminal; without FILE the last one",
		Long: strings.TrimSpace(`
Opens a report that was saved with -o json=FILE or -o ndjson=FILE. Where standard output
is no terminal, or with -o, writes it anew.`),
		Example: strings.TrimLeft(`
  belay view
  belay view report.json
  belay view report.json -o markdown`, "\n"),
		RunE: func(c *cobra.Command, args []string) error {
			return view(c.Context(), world, &o, args, c.Flags().Changed("format"))
		},
	}
	o.register(c)
	return c
}

func view(ctx context.Context, world IO, o *output, args []string, formatSet bool) error {
	if len(args) > 1 {
		return usageError("view opens one report, and got %d", len(args))
	}
	if err := o.parse(world); err != nil {
		return err
	}
	r, err := readReport(world, args)
	if err != nil && r.SchemaVersion == 0 {
		return usageError("%v", err)
	}
	if err != nil {
		o.say(world, "%v", err)
	}
	if formatSet || !o.interactive(world) {
		if err := o.write(world, r); err != nil {
			return exitError{code: exitCannotRun, text: err.Error()}
		}
		return nil
	}
	_, err = o.open(ctx, world, tui.Options{Report: r})
	return err
}

// readReport reads the file, or the report that was kept last.
func readReport(world IO, args []string) (checks.Report, error) {
	name := lastReport(world.Env)
	if len(args) == 1 {
		name = args[0]
	} else if name == "" {
		return checks.Report{}, errors.New("there is no last report: HOME is not set")
	}
	file, err := os.Open(name)
	if err != nil {
		if len(args) == 0 && errors.Is(err, os.ErrNotExist) {
			return checks.Report{}, errors.New("there is no last report yet: run belay check first")
		}
		return checks.Report{}, fmt.Errorf("open the report: %w", err)
	}
	defer file.Close()
	r, err := report.Read(file)
	if err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// interactive reports whether a person sits at both ends.
func (o *output) interactive(world IO) bool {
	in, ok := world.Stdin.(*os.File)
	return ok && isTerminal(in) && isTerminal(world.Stdout) && !o.accessible &&
		world.Env("CI") == "" && world.Env("TERM") != "dumb"
}

// open runs the terminal program; afterwards the text report stays behind it.
func (o *output) open(ctx context.Context, world IO, t tui.Options) (checks.Report, error) {
	t.In, t.Out = world.Stdin, world.Stdout
	t.Color, t.ASCII = o.text.Color, o.text.ASCII
	r, err := tui.Run(ctx, t)
	if err != nil {
		return r, exitError{code: exitCannotRun, text: err.Error()}
	}
	if err := report.Text(world.Stdout, r, o.text); err != nil {
		return r, exitError{code: exitCannotRun, text: err.Error()}
	}
	return r, nil
}
