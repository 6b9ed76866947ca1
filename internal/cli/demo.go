package cli

import (
	"context"
	"crypto/x509"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/checks/report"
	"belay/internal/demo"
	"belay/simulator/payload"
)

// demonstrating are the flags of demo.
type demonstrating struct {
	output
	app      bool
	fault    string
	deadline time.Duration
	faultSet bool
}

func newDemo(world IO) *cobra.Command {
	f := &demonstrating{}
	c := &cobra.Command{
		Use:   "demo",
		Short: "Starts a sample app and diagnoses it, healthy and with a fault",
		Long: "Starts a sample Slack app on this machine and diagnoses it twice: as it should be,\n" +
			"then with a fault. Needs nothing installed and no network, and ends by itself.\n\n" +
			"The faults of --fault:\n" + faultList(),
		Example: strings.TrimLeft(`
  belay demo
  belay demo --fault incomplete-chain
  belay demo --app --fault parsed-body      only start the app, to try belay check on`, "\n"),
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			f.faultSet = c.Flags().Changed("fault")
			return f.run(c.Context(), world)
		},
	}
	c.Flags().BoolVar(&f.app, "app", false, "only start the app, until Ctrl-C; healthy unless --fault is given")
	c.Flags().StringVar(&f.fault, "fault", "slow", "the `NAME` of the fault to show")
	c.Flags().DurationVar(&f.deadline, "deadline", slackDeadline, "how long Slack waits for an acknowledgement")
	f.output.registerLook(c)
	return c
}

func faultList() string {
	var b strings.Builder
	for _, f := range demo.Faults() {
		fmt.Fprintf(&b, "  %-17s %s [%s]\n", f.Name, f.Title, f.Problem)
	}
	return strings.TrimRight(b.String(), "\n")
}

func (f *demonstrating) run(ctx context.Context, world IO) error {
	healthy := f.app && !f.faultSet
	if healthy {
		f.fault = ""
	}
	fault, known := planted(f.fault)
	var wrong mistakes
	wrong.when(f.deadline <= 0, "--deadline must be more than 0")
	wrong.when(!healthy && !known, "there is no fault %q: belay demo --help lists them", f.fault)
	wrong.note(f.output.parse(world))
	if err := wrong.err(); err != nil {
		return err
	}
	if f.app {
		return f.serve(ctx, world)
	}
	return f.show(ctx, world, fault)
}

// planted is the fault of that name.
func planted(name string) (demo.Fault, bool) {
	all := demo.Faults()
	i := slices.IndexFunc(all, func(d demo.Fault) bool { return d.Name == name })
	if i < 0 {
		return demo.Fault{}, false
	}
	return all[i], true
}

// serve only runs the app, and says how to ask it.
func (f *demonstrating) serve(ctx context.Context, world IO) error {
	app, err := demo.Start(demo.Options{Fault: f.fault, Deadline: f.deadline})
	if err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	defer app.Close()
	ca, err := caFile(app.CA)
	if err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	defer os.Remove(ca)
	fmt.Fprintf(world.Stdout, "The sample app runs until Ctrl-C. Its signing secret protects nothing.\nAsk it, in another terminal:\n\n  SLACK_SIGNING_SECRET=%s %s --ca-file %s\n",
		string(app.Secret), f.asking(app), ca)
	<-ctx.Done()
	return nil
}

// asking is the command that asks the sample app, but for its root.
func (f *demonstrating) asking(app *demo.App) string {
	command := "belay check " + app.URL
	if app.Kind == "event" {
		command += " --kind event"
	} else {
		command += " --command " + app.Command
	}
	for _, name := range slices.Sorted(maps.Keys(app.Resolve)) {
		command += fmt.Sprintf(" --resolve %s:%s", name, app.Resolve[name])
	}
	if app.DNS != "" {
		command += " --dns " + app.DNS
	}
	if f.deadline != slackDeadline {
		command += " --deadline " + f.deadline.String()
	}
	return command
}

func caFile(pem []byte) (string, error) {
	file, err := os.CreateTemp("", "belay-demo-*.pem")
	if err != nil {
		return "", fmt.Errorf("write the sample app's root certificate: %w", err)
	}
	if _, err := file.Write(pem); err != nil {
		_ = file.Close()
		return "", fmt.Errorf("write the sample app's root certificate: %w", err)
	}
	return file.Name(), file.Close()
}

// show diagnoses the healthy app, then the one with the fault.
func (f *demonstrating) show(ctx context.Context, world IO, fault demo.Fault) error {
	say := func(format string, a ...any) { fmt.Fprintf(world.Stdout, format, a...) }
	say("belay demo: a sample app on this machine, first as it should be, then --fault %s\n", fault.Name)
	healthy, err := f.diagnose(ctx, world, "")
	if err != nil {
		return err
	}
	say("%s\n", f.summary(healthy, "healthy"))
	if ctx.Err() != nil {
		return exitError{code: exitInterrupted}
	}
	faulty, err := f.diagnose(ctx, world, fault.Name)
	if err != nil {
		return err
	}
	say("%s\n\n", f.summary(faulty, fault.Name))
	if err := report.Text(world.Stdout, faulty, f.text); err != nil {
		return err
	}
	say("\nNow yours:     belay check --local http://localhost:3000/slack/events\n")
	return f.status(healthy, faulty, fault)
}

// diagnose starts the app and asks it under its public name, which --resolve leads
// here, with its root trusted: nothing is excused.
func (f *demonstrating) diagnose(ctx context.Context, world IO, fault string) (checks.Report, error) {
	app, err := demo.Start(demo.Options{Fault: fault, Deadline: f.deadline})
	if err != nil {
		return checks.Report{}, exitError{code: exitCannotRun, text: err.Error()}
	}
	defer app.Close()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(app.CA)
	target := checks.Target{
		URL: app.URL, Kind: checks.Kind(app.Kind), Secret: app.Secret, Deadline: f.deadline,
		Resolver: &payload.Resolver{Given: app.Resolve, Server: app.DNS}, Roots: roots,
		Proxy: proxyVariable(world.Env),
	}
	if target.Kind == checks.Command {
		target.Command = app.Command
	}
	progress := f.output.progress(world)
	defer progress.done()
	watch := checks.Watch{Tool: tool(), Command: "demo", Asking: progress.asking, Result: progress.result}
	return checks.Run(ctx, watch, target), nil
}

// summary is one line about a run.
func (f *demonstrating) summary(r checks.Report, name string) string {
	c := r.Counts
	text := fmt.Sprintf("%d passed", c.Pass)
	if p := firstProblem(r); p != "" {
		text = p
	}
	took := time.Duration(r.Duration).Round(100 * time.Millisecond)
	if took < time.Second {
		took = time.Duration(r.Duration).Round(time.Millisecond)
	}
	return fmt.Sprintf("%s %-16s  %s, in %s", f.text.Mark(r.Verdict.Status), name, text, took)
}

// firstProblem is the cause, or what was warned of.
func firstProblem(r checks.Report) string {
	if r.Verdict.Cause != "" {
		return r.Verdict.Cause
	}
	for _, section := range r.Sections {
		for _, result := range section.Results {
			if result.Problem != nil {
				return result.Problem.ID
			}
		}
	}
	return ""
}

// status is 0 for a demonstration that found just what was planted; who asks for a
// fault gets what check would give.
func (f *demonstrating) status(healthy, faulty checks.Report, fault demo.Fault) error {
	switch {
	case faulty.Interrupted:
		return exitError{code: exitInterrupted}
	case healthy.Verdict.Status != checks.Pass, !foundJust(faulty, fault.Problem):
		return exitError{code: exitBroken, text: "the demonstration went otherwise than planned: please report this"}
	case f.faultSet && faulty.Counts.Fail > 0:
		return exitError{code: exitFound}
	}
	return nil
}

// foundJust reports that the problem was found, and is the cause if anything
// failed.
func foundJust(r checks.Report, id string) bool { return firstProblem(r) == id }
