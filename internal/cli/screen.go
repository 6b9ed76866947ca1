package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/checks/report"
	"belay/tui"
)

// screening are the flags of whatever opens the terminal program.
type screening struct {
	mouse bool
	theme string
}

func (s *screening) register(c *cobra.Command) {
	c.Flags().BoolVar(&s.mouse, "mouse", false, "the terminal program takes the mouse: wheel, rows and tabs")
	c.Flags().StringVar(&s.theme, "theme", "", "the terminal program's colours: "+strings.Join(tui.Themes(), ", "))
}

func (s *screening) validate() error {
	if s.theme != "" && !slices.Contains(tui.Themes(), s.theme) {
		return fmt.Errorf("--theme %s: want %s", s.theme, strings.Join(tui.Themes(), ", "))
	}
	return nil
}

// interactive reports whether a person sits at both ends.
func (o *output) interactive(world IO) bool {
	in, ok := world.Stdin.(*os.File)
	return ok && isTerminal(in) && isTerminal(world.Stdout) && world.Env("CI") == "" &&
		(world.Env("TERM") != "dumb" || o.accessible)
}

// open runs the terminal program; afterwards the text report stays behind it.
func (o *output) open(ctx context.Context, world IO, s screening, t tui.Options) (checks.Report, error) {
	own, err := readConfig(world.Env)
	if err != nil {
		return t.Report, err
	}
	t.In, t.Out = world.Stdin, world.Stdout
	t.Color, t.Colors, t.ASCII, t.Accessible = o.text.Color, colors(world.Env), o.ascii, o.accessible
	t.Theme, t.Keys, t.Mouse = own.theme, own.keys, s.mouse
	if s.theme != "" {
		t.Theme = s.theme
	}
	t.Save = o.save
	end, err := tui.Run(ctx, t)
	if err != nil {
		code := exitCannotRun
		if errors.Is(err, tui.ErrBroke) {
			code = exitBroken
		}
		return end.Report, exitError{code: code, text: err.Error()}
	}
	if o.accessible {
		// It was read out already.
		return end.Report, nil
	}
	if err := report.Text(world.Stdout, end.Shown, o.text); err != nil {
		return end.Report, exitError{code: exitCannotRun, text: err.Error()}
	}
	return end.Report, nil
}

// colors is how many colours the terminal says that it has: 256 or 16.
func colors(env func(string) string) int {
	if strings.Contains(env("TERM"), "256color") || strings.Contains(env("TERM"), "direct") || env("COLORTERM") != "" {
		return 256
	}
	return 16
}

// endings are the formats by the ending of a file's name.
var endings = map[string]string{
	".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".xml": "junit", ".md": "markdown", ".txt": "text",
}

// save writes a report to a new file, in the format of its name.
func (o *output) save(name string, r checks.Report) error {
	format, ok := endings[strings.ToLower(filepath.Ext(name))]
	if !ok {
		return fmt.Errorf("%s: want a name that ends in .json, .ndjson, .xml, .md or .txt", name)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = o.render(file, format, name, r)
	return errors.Join(err, file.Close())
}
