package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"belay/checks"
	"belay/checks/report"
)

// output are the flags of whatever writes a report.
type output struct {
	formats    []string
	color      string
	ascii      bool
	accessible bool

	wanted []wantedReport
	text   report.TextOptions
	// stream is set where lines of JSON go to standard output while the run goes on.
	stream *report.NDJSON
}

// watch adds what shows a run while it goes on to a watch: progress on a terminal,
// lines of JSON on standard output.
func (o *output) watch(world IO, p *progress, w checks.Watch) checks.Watch {
	w.Asking, w.Result = p.asking, p.result
	if !slices.Contains(o.wanted, wantedReport{"ndjson", ""}) {
		return w
	}
	o.stream = report.NewNDJSON(world.Stdout)
	o.stream.Start(checks.Report{SchemaVersion: checks.SchemaVersion, Tool: w.Tool, Command: w.Command, StartedAt: time.Now().UTC()})
	w.Result = func(section string, r checks.Result) {
		p.result(section, r)
		o.stream.Result(section, r)
	}
	w.Section = o.stream.Section
	return w
}

// wantedReport is one report to write: to a file, or to standard output.
type wantedReport struct{ format, file string }

// A format is one way to write a report.
type format struct {
	name  string
	write func(io.Writer, checks.Report) error
}

// formats are the report's, by the word the user types. Text is written with the
// options of the terminal instead.
var formats = []format{
	{"text", nil},
	{"json", report.JSON},
	{"ndjson", report.Lines},
	{"junit", report.JUnit},
	{"markdown", report.Markdown},
	{"github", report.GitHub},
	{"sarif", report.SARIF},
	{"tap", report.TAP},
	{"html", report.HTML},
}

func formatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

func (o *output) register(c *cobra.Command) {
	c.Flags().StringArrayVarP(&o.formats, "format", "o", []string{"text"}, "how to report: "+strings.Join(formatNames(), ", ")+"; also `FORMAT=FILE`, and repeatedly")
	o.registerLook(c)
}

// registerLook is for what writes text alone.
func (o *output) registerLook(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&o.color, "color", "auto", "auto, always or never")
	flags.BoolVar(&o.ascii, "ascii", false, "words and ASCII in place of symbols")
	flags.BoolVar(&o.accessible, "accessible", false, "linear text without drawings, and no live progress (ACCESSIBLE)")
}

func (o *output) parse(world IO) error {
	var wrong mistakes
	stdout := 0
	for _, text := range o.formats {
		format, file, named := strings.Cut(text, "=")
		wanted := wantedReport{format, file}
		wrong.when(!slices.Contains(formatNames(), format), "--format %s: want %s", format, strings.Join(formatNames(), ", "))
		wrong.when(named && file == "", "--format %s: want a file after the =", text)
		wrong.when(file != "" && slices.ContainsFunc(o.wanted, func(w wantedReport) bool { return w.file == file }),
			"--format %s: another report goes to this file", text)
		if !named {
			stdout++
		}
		o.wanted = append(o.wanted, wanted)
	}
	wrong.when(stdout > 1, "only one format can go to standard output: give the others a file, as in -o json=report.json")
	wrong.when(!slices.Contains([]string{"auto", "always", "never"}, o.color), "--color %s: want auto, always or never", o.color)
	o.accessible = o.accessible || world.Env("ACCESSIBLE") != ""
	o.text = report.TextOptions{
		Color: wantsColor(o.color, world.Env, world.Stdout), Width: width(world.Stdout),
		ASCII: o.ascii || o.accessible, Accessible: o.accessible,
	}
	return wrong.err()
}

// write writes every report that is wanted, also after one could not be written. A
// file is complete or not there.
func (o *output) write(world IO, r checks.Report) error {
	var wrong []error
	if o.stream != nil {
		for _, section := range r.Sections {
			if section.SameAs != "" || section.Note != "" {
				o.stream.Section(section)
			}
		}
		wrong = append(wrong, o.stream.End(r))
	}
	for _, wanted := range o.wanted {
		if o.stream != nil && wanted.file == "" {
			// The lines were written while the run went on.
			continue
		}
		wrong = append(wrong, o.writeOne(world, wanted, r))
	}
	return errors.Join(wrong...)
}

func (o *output) writeOne(world IO, wanted wantedReport, r checks.Report) error {
	var b bytes.Buffer
	if err := o.render(&b, wanted.format, wanted.file, r); err != nil {
		return err
	}
	if wanted.file == "" {
		if _, err := world.Stdout.Write(b.Bytes()); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		return nil
	}
	if err := writeFile(wanted.file, b.Bytes()); err != nil {
		return fmt.Errorf("write the %s report: %w", wanted.format, err)
	}
	return nil
}

func (o *output) render(w io.Writer, format, file string, r checks.Report) error {
	for _, f := range formats {
		if f.name == format && f.write != nil {
			return f.write(w, r)
		}
	}
	options := o.text
	if file != "" {
		options.Color, options.Width = false, 0
	}
	return report.Text(w, r, options)
}

// writeFile replaces a file at once, so that nobody reads half of it. What is no
// file, such as /dev/stderr, cannot be replaced.
func writeFile(file string, data []byte) error {
	if at, err := os.Stat(file); err == nil && !at.Mode().IsRegular() {
		return os.WriteFile(file, data, 0o644)
	}
	if at, err := filepath.EvalSymlinks(file); err == nil {
		file = at
	}
	temporary := file + ".partial"
	err := os.WriteFile(temporary, data, 0o644)
	if err == nil {
		err = os.Rename(temporary, file)
	}
	if err != nil {
		_ = os.Remove(temporary)
	}
	return err
}

// say prints a line about belay's own doing.
func (o *output) say(world IO, format string, a ...any) {
	fmt.Fprintf(world.Stderr, "belay: "+format+"\n", a...)
}

// wantsColor follows the order that users of command lines know: the flag,
// NO_COLOR, FORCE_COLOR, CLICOLOR, TERM, then whether it is a terminal.
func wantsColor(flag string, env func(string) string, w io.Writer) bool {
	forced := func(name string) bool { return env(name) != "" && env(name) != "0" }
	switch {
	case flag != "auto":
		return flag == "always"
	case env("NO_COLOR") != "":
		return false
	case forced("FORCE_COLOR"), forced("CLICOLOR_FORCE"):
		return true
	case env("CLICOLOR") == "0", env("TERM") == "dumb":
		return false
	}
	return isTerminal(w) || env("GITHUB_ACTIONS") == "true"
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width is the terminal's, or 0 for what is not one.
func width(w io.Writer) int {
	file, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return columns
}
