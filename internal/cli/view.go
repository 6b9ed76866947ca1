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
	var s screening
	c := &cobra.Command{
		Use:   "view [FILE]",
		Short: "Opens a saved report in the terminal; without FILE the last one",
		Long: strings.TrimSpace(`
Opens a report that was saved with -o json=FILE or -o ndjson=FILE. Where standard output
is no terminal, or with -o, writes it anew. In the program, ? lists the keys.

Your keys and theme are in ` + configName + ` in your configuration directory
(~/.config/belay):

  theme: blue-orange            # ` + strings.Join(tui.Themes(), ", ") + `
  keys:
    next-problem: [n, ctrl+n]   # the names of actions: see docs/keys.md
    privacy: f2`),
		Example: strings.TrimLeft(`
  belay view
  belay view report.json
  belay view report.json -o markdown`, "\n"),
		RunE: func(c *cobra.Command, args []string) error {
			return view(c.Context(), world, &o, s, args, c.Flags().Changed("format"))
		},
	}
	o.register(c)
	s.register(c)
	return c
}

func view(ctx context.Context, world IO, o *output, s screening, args []string, formatSet bool) error {
	if len(args) > 1 {
		return usageError("view opens one report, and got %d", len(args))
	}
	var wrong mistakes
	wrong.note(o.parse(world))
	wrong.note(s.validate())
	if err := wrong.err(); err != nil {
		return err
	}
	r, unsure := readReport(world, args)
	if unsure != nil && r.SchemaVersion == 0 {
		return usageError("%v", unsure)
	}
	if unsure != nil {
		o.say(world, "%v", unsure)
	}
	if formatSet || !o.interactive(world) {
		if err := o.write(world, r); err != nil {
			return exitError{code: exitCannotRun, text: err.Error()}
		}
		return nil
	}
	options := tui.Options{Report: r}
	if unsure != nil {
		options.Notice = unsure.Error()
	}
	_, err := o.open(ctx, world, s, options)
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
