package cli

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/simulator/payload"
)

// checking are the flags of check.
type checking struct {
	sending
	output
	kind                   string
	command, action, event string
	team, user             string
	samples                int
	probes                 string
	distributed            bool
	failOn                 string
	samplesSet             bool
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
  belay check --local http://localhost:3000/slack/events`, "\n"),
		RunE: func(c *cobra.Command, urls []string) error {
			f.samplesSet = c.Flags().Changed("samples")
			return f.run(c.Context(), world, urls)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.kind, "kind", "command", "what the URL is for: command, action, options or event")
	flags.StringVar(&f.command, "command", "", "run this command once, as in `/deploy`")
	flags.StringVar(&f.action, "action", "", "press the button or ask the menu of this action `ID` once")
	flags.StringVar(&f.event, "event", "", "send an event of this `TYPE` once")
	flags.StringVar(&f.team, "team", "", "ask as this team `ID`, which installed the app")
	flags.StringVar(&f.user, "user", "", "ask as this user `ID`")
	flags.IntVar(&f.samples, "samples", 5, "how often to time the control, and what is named when it is given")
	flags.StringVar(&f.probes, "probes", "", "safe or all; all adds unsigned and malformed requests, which end some apps' process (default all for a local address)")
	flags.BoolVar(&f.distributed, "distributed", false, "hold the app to the rules of publicly distributed apps")
	flags.StringVar(&f.failOn, "fail-on", "fail", "exit with 1 from this status on: fail or warn")
	f.sending.register(c)
	f.output.register(c)
	return c
}

// run diagnoses the URLs and writes the report. The exit status is the verdict's.
func (f *checking) run(ctx context.Context, world IO, urls []string) error {
	if err := f.validate(urls); err != nil {
		return err
	}
	if err := f.sending.parse(world.Env); err != nil {
		return err
	}
	if err := f.output.parse(world); err != nil {
		return err
	}
	roots, err := slackRoots(f.caFile)
	if err != nil {
		return usageError("%v", err)
	}
	return f.diagnose(ctx, world, f.targets(world, urls, roots))
}

// validate checks the words that are not the network's business.
func (f *checking) validate(urls []string) error {
	switch {
	case len(urls) == 0:
		return usageError("check needs a URL, as in: belay check https://bot.example.com/slack/events")
	case len(urls) > 50:
		return usageError("check takes at most 50 URLs, and got %d", len(urls))
	case !slices.Contains(checks.Kinds(), checks.Kind(f.kind)):
		return usageError("--kind %s: want command, action, options or event", f.kind)
	case f.probes != "" && f.probes != checks.ProbesSafe && f.probes != checks.ProbesAll:
		return usageError("--probes %s: want safe or all", f.probes)
	case f.failOn != "fail" && f.failOn != "warn":
		return usageError("--fail-on %s: want fail or warn", f.failOn)
	case f.samples < 1 || f.samples > 100:
		return usageError("--samples %d: want 1 to 100", f.samples)
	case f.command != "" && !strings.HasPrefix(f.command, "/"):
		return usageError("--command %s: a slash command starts with /", f.command)
	}
	return f.validateNamed()
}

// validateNamed refuses a name that would not be used.
func (f *checking) validateNamed() error {
	for _, named := range []struct{ flag, value, kinds string }{
		{"--command", f.command, "command"},
		{"--action", f.action, "action options"},
		{"--event", f.event, "event"},
	} {
		if named.value != "" && !slices.Contains(strings.Fields(named.kinds), f.kind) {
			return usageError("%s goes with --kind %s, not %s", named.flag, strings.ReplaceAll(named.kinds, " ", " or "), f.kind)
		}
	}
	return nil
}

func (f *checking) targets(world IO, urls []string, roots *x509.CertPool) []checks.Target {
	var targets []checks.Target
	for _, u := range urls {
		t := checks.Target{
			URL: u, Kind: checks.Kind(f.kind),
			Secret: payload.Secret(f.secret), Token: payload.Secret(f.token),
			OtherSecrets: otherSecrets(world.Env),
			Command:      f.command, Action: f.action, Event: f.event,
			TeamID: f.team, UserID: f.user, Samples: f.samples,
			Probes: f.probes, Local: f.local, Distributed: f.distributed, Header: f.fields,
			Resolver: f.resolver, Public: f.public, Roots: roots, MachineRoots: x509.SystemCertPool,
			Proxy: proxyVariable(world.Env), Deadline: f.deadline, Timeout: f.timeout,
		}
		if f.samplesSet {
			t.NamedSamples = f.samples
		}
		targets = append(targets, t)
	}
	return targets
}

// diagnose runs the checks with live progress, and writes the report.
func (f *checking) diagnose(ctx context.Context, world IO, targets []checks.Target) error {
	f.announce(world, targets)
	progress := f.output.progress(world)
	watch := f.output.watch(world, progress, checks.Watch{Tool: tool(), Command: "check"})
	report := checks.Run(ctx, watch, targets...)
	progress.done()
	if err := keep(world.Env, report); err != nil {
		f.output.say(world, "%v", err)
	}
	if err := f.output.write(world, report); err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	return f.status(report)
}

// announce says beforehand what may run a handler.
func (f *checking) announce(world IO, targets []checks.Target) {
	named := f.command + f.action + f.event
	if named == "" || f.secret == "" && f.token == "" {
		return
	}
	times := 1
	if f.samplesSet {
		times = f.samples
	}
	f.output.say(world, "this runs %s %d× per URL: up to %d requests may run a handler", named, times, times*len(targets))
}

func (f *checking) status(report checks.Report) error {
	switch {
	case report.Interrupted:
		return exitError{code: exitInterrupted}
	case report.Counts.Fail > 0, f.failOn == "warn" && report.Counts.Warn > 0:
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
