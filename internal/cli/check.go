package cli

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator/payload"
	"belay/tui"
)

// checking are the flags of check.
type checking struct {
	sending
	output
	screening
	kind                   string
	command, action, event string
	viewFile               string
	view                   payload.Object
	team, user             string
	samples                int
	probes                 string
	distributed            bool
	failOn                 string
	samplesSet             bool
	manifest               string
	tui                    bool
	aia, revocation        bool
}

func newCheck(world IO) *cobra.Command {
	f := &checking{}
	c := &cobra.Command{
		Use:   "check URL…",
		Short: "Diagnoses a URL that you gave Slack, from its name to its signature",
		Long: strings.TrimSpace(`
Asks a request URL what Slack would ask of it, harmlessly, and says what is wrong,
what Slack's user sees, why, and the fix. Needs no account and no token; with the
signing secret it can also tell whether the app accepts Slack.`),
		Example: strings.TrimLeft(`
  belay check https://bot.example.com/slack/commands
  SLACK_SIGNING_SECRET=… belay check --kind event https://bot.example.com/slack/events
  belay check https://bot.example.com/slack/commands --command /deploy    runs /deploy once
  belay check https://bot.example.com/slack/actions --kind view_submission --action my_callback
  belay check --local http://localhost:3000/slack/events`, "\n"),
		RunE: func(c *cobra.Command, urls []string) error {
			f.samplesSet = c.Flags().Changed("samples")
			return f.run(c.Context(), world, urls)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.kind, "kind", "command", "what the URL is for: command, action, options or event, or Slack's word for what it gets, such as view_submission")
	flags.StringVar(&f.command, "command", "", "run this command once, as in `/deploy`")
	flags.StringVar(&f.action, "action", "", "send the kind once with this `ID`: an action_id, or the callback_id of a shortcut, view or dialog")
	flags.StringVar(&f.event, "event", "", "send an event of this `TYPE` once")
	flags.StringVar(&f.viewFile, "view", "", "the view that is submitted, closed or acted in, as your app opened it: JSON in a `FILE`")
	flags.StringVar(&f.team, "team", "", "ask as this team `ID`, which installed the app")
	flags.StringVar(&f.user, "user", "", "ask as this user `ID`")
	flags.IntVar(&f.samples, "samples", 5, "how often to time the control, and what is named when it is given")
	flags.StringVar(&f.probes, "probes", "", "safe or all; all adds unsigned and malformed requests, which end some apps' process (default all for a local address)")
	flags.BoolVar(&f.distributed, "distributed", false, "hold the app to the rules of publicly distributed apps")
	flags.StringVar(&f.manifest, "manifest", "", "diagnose every URL of this app manifest `FILE` (JSON or YAML), and lint it")
	flags.BoolVar(&f.tui, "tui", false, "show the report in the terminal program, live")
	flags.BoolVar(&f.aia, "aia", false, "fetch a missing intermediate from where the certificate says it is")
	flags.BoolVar(&f.revocation, "revocation", false, "ask the authority whether the certificate is revoked")
	flags.StringVar(&f.failOn, "fail-on", "fail", "exit with 1 from this status on: fail or warn")
	f.sending.register(c)
	f.output.register(c)
	f.screening.register(c)
	return c
}

// run diagnoses the URLs and writes the report. The exit status is the verdict's.
func (f *checking) run(ctx context.Context, world IO, urls []string) error {
	roots, err := slackRoots(f.caFile)
	var wrong mistakes
	wrong.note(f.validate(urls))
	wrong.note(f.readView())
	wrong.note(f.sending.parse(world.Env))
	wrong.note(f.output.parse(world))
	wrong.note(f.screening.validate())
	wrong.note(err)
	if err := wrong.err(); err != nil {
		return err
	}
	f.output.text.FailOnWarn = f.failOn == "warn"
	if f.manifest != "" {
		return f.diagnoseManifest(ctx, world, roots)
	}
	var targets []checks.Target
	for _, u := range urls {
		targets = append(targets, f.target(world, u, roots))
	}
	return f.diagnose(ctx, world, checks.Watch{}, nil, targets...)
}

// validate checks the words that are not the network's business.
func (f *checking) validate(urls []string) error {
	var wrong mistakes
	wrong.when(f.manifest != "" && len(urls) > 0, "check takes URLs or --manifest, not both")
	wrong.when(f.manifest == "" && len(urls) == 0, "check needs a URL, as in: belay check https://bot.example.com/slack/events")
	wrong.when(len(urls) > 50, "check takes at most 50 URLs, and got %d", len(urls))
	err := validateKind(f.kind)
	wrong.note(err)
	wrong.when(f.probes != "" && f.probes != checks.ProbesSafe && f.probes != checks.ProbesAll, "--probes %s: want safe or all", f.probes)
	wrong.when(f.failOn != "fail" && f.failOn != "warn", "--fail-on %s: want fail or warn", f.failOn)
	wrong.when(f.samples < 1 || f.samples > 100, "--samples %d: want 1 to 100", f.samples)
	wrong.when(f.command != "" && !strings.HasPrefix(f.command, "/"), "--command %s: a slash command starts with /", f.command)
	if err == nil && f.manifest == "" {
		f.validateNamed(&wrong)
	}
	return wrong.err()
}

// validateKind refuses a word that is no kind, and says how an event is named.
func validateKind(word string) error {
	_, err := checks.ParseKind(word)
	if err == nil {
		return nil
	}
	if of, unknown := payload.FindEventType(word); unknown == nil {
		return fmt.Errorf("--kind %s: that is an event; want --kind event --event %s", word, of.Name)
	}
	return fmt.Errorf("--kind: %w", err)
}

// readView reads the file of --view.
func (f *checking) readView() error {
	if f.viewFile == "" {
		return nil
	}
	data, err := os.ReadFile(f.viewFile)
	if err != nil {
		return fmt.Errorf("--view: %w", err)
	}
	f.view, err = payload.ParseObject(f.viewFile, data)
	return err
}

// validateNamed refuses a name that would not be used.
func (f *checking) validateNamed(wrong *mistakes) {
	for _, named := range []struct{ flag, value, kinds string }{
		{"--command", f.command, "command"},
		{"--action", f.action, "action options"},
		{"--view", f.viewFile, "action options"},
		{"--event", f.event, "event"},
	} {
		wrong.when(named.value != "" && !slices.Contains(strings.Fields(named.kinds), string(checks.Kind(f.kind).Surface())),
			"%s goes with --kind %s, not %s", named.flag, strings.ReplaceAll(named.kinds, " ", " or "), f.kind)
	}
}

func (f *checking) target(world IO, u string, roots *x509.CertPool) checks.Target {
	t := checks.Target{
		URL: u, Kind: checks.Kind(f.kind),
		Secret: payload.Secret(f.secret), Token: payload.Secret(f.token),
		OtherSecrets: otherSecrets(world.Env),
		Command:      f.command, Action: f.action, Event: f.event,
		View: f.view, TeamID: f.team, UserID: f.user, Samples: f.samples,
		Probes: f.probes, Local: f.local, Distributed: f.distributed, Header: f.fields,
		Resolver: f.resolver, Public: f.public, Roots: roots, MachineRoots: x509.SystemCertPool,
		AIA: f.aia, Revocation: f.revocation,
		Proxy: proxyVariable(world.Env), Deadline: f.deadline, Timeout: f.timeout,
	}
	if f.samplesSet {
		t.NamedSamples = f.samples
	}
	return t
}

// diagnose runs the checks with live progress, and writes the report, after it was
// completed by the func if there is one.
func (f *checking) diagnose(ctx context.Context, world IO, watch checks.Watch, complete func(checks.Report) checks.Report, targets ...checks.Target) error {
	f.announce(world, targets)
	watch.Tool, watch.Command = tool(), "check"
	run := func(ctx context.Context, w checks.Watch) checks.Report {
		w.First, w.AtOnce, w.Tool, w.Command = watch.First, watch.AtOnce, watch.Tool, watch.Command
		r := checks.Run(ctx, w, targets...)
		if complete != nil {
			r = complete(r)
		}
		return r
	}
	if f.tui {
		again := func(ctx context.Context, w checks.Watch, only []string) checks.Report {
			if len(only) == 0 {
				return run(ctx, w)
			}
			return rerun(ctx, w, watch, only, targets)
		}
		total := len(targets) * len(checks.All())
		for _, s := range watch.First {
			total += len(s.Results)
		}
		return f.live(ctx, world, total, again)
	}
	progress := f.output.progress(world)
	r := run(ctx, f.output.watch(world, progress, watch))
	progress.done()
	if err := keep(world.Env, r); err != nil {
		f.output.say(world, "%v", err)
	}
	if err := f.output.write(world, r); err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	return f.status(r)
}

// rerun diagnoses the targets of some sections once more. What was known before
// anything was asked is known still.
func rerun(ctx context.Context, w, first checks.Watch, only []string, targets []checks.Target) checks.Report {
	w.AtOnce, w.Tool, w.Command = first.AtOnce, first.Tool, first.Command
	for _, s := range first.First {
		if slices.Contains(only, s.Name) {
			w.First = append(w.First, s)
		}
	}
	var some []checks.Target
	for _, t := range targets {
		if slices.Contains(only, t.Name()) {
			some = append(some, t)
		}
	}
	return checks.Run(ctx, w, some...)
}

// live shows the run in the terminal program, and leaves the text report behind it.
func (f *checking) live(ctx context.Context, world IO, total int, run func(context.Context, checks.Watch, []string) checks.Report) error {
	if !f.output.interactive(world) {
		return usageError("--tui needs a terminal at standard input and output")
	}
	r, err := f.output.open(ctx, world, f.screening, tui.Options{
		Live: run, Total: total, Report: checks.Report{Tool: tool(), Command: "check"},
	})
	if err != nil {
		return err
	}
	if err := keep(world.Env, r); err != nil {
		f.output.say(world, "%v", err)
	}
	return f.status(r)
}

// announce says beforehand what may run a handler.
func (f *checking) announce(world IO, targets []checks.Target) {
	if f.secret == "" && f.token == "" {
		return
	}
	for _, t := range targets {
		if named := t.Command + t.Action + t.Event; named != "" {
			f.output.say(world, "this runs %s %d× at %s", named, max(t.NamedSamples, 1), report.Clean(t.URL, 200))
		}
	}
}

func (f *checking) status(r checks.Report) error {
	switch {
	case r.Interrupted:
		return exitError{code: exitInterrupted}
	case r.Counts.Fail > 0, f.failOn == "warn" && r.Counts.Warn > 0:
		return exitError{code: exitFound}
	}
	return nil
}

// otherSecrets are the environment's values that people confuse with the signing
// secret.
func otherSecrets(env func(string) string) map[string]payload.Secret {
	found := map[string]payload.Secret{}
	for _, name := range []string{"SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"} {
		if value := env(name); value != "" {
			found[name] = payload.Secret(value)
		}
	}
	return found
}

// proxyVariable names the environment's variable that sets a proxy, or "".
func proxyVariable(env func(string) string) string {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"} {
		if env(name) != "" {
			return name
		}
	}
	return ""
}
