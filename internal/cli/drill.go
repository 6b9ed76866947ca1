package cli

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/simulator"
	"belay/simulator/manifest"
	"belay/simulator/payload"
)

// drilling are the flags of drill.
type drilling struct {
	output
	// exec is the command that starts the app, and serve the control API of a fake Slack
	// to which it is connected.
	exec           string
	argv           []string
	serve, control string
	// app, seed, manifest and secret are those of a Slack that is started.
	app, seed, manifest, secret string
	installURL                  string
	command, say, store         string
	channel                     string
	only                        []string
	quiet, patience, timeout    time.Duration
	failOn                      string
}

func newDrill(world IO) *cobra.Command {
	f := &drilling{}
	c := &cobra.Command{
		Use:   "drill [flags] [-- CMD…]",
		Short: "Revokes, rotates and breaks things under your app, and says what it does",
		Long: strings.TrimSpace(`
Drills an app that is connected to a fake Slack: one that belay serve runs (--serve), or
one that is started for it together with the app (--exec CMD, or -- CMD…). It uninstalls
the app, lets its token expire, changes the client secret, sends what another workspace
sends, ends its connections, limits its calls and lets Slack fail, and judges by what the
app does. What cannot be asked is skipped, with the flag that makes it possible. An app is
silent when nothing came for --quiet-for, of your time.

The app that is started finds in its environment SLACK_API_URL, SLACK_SIGNING_SECRET,
SLACK_APP_TOKEN, SLACK_BOT_TOKEN, or with --install-url SLACK_CLIENT_ID,
SLACK_CLIENT_SECRET and SLACK_STATE_SECRET.

A drill changes what there is in Slack, and takes it back to its seed: use one of its own.`),
		Example: strings.TrimLeft(`
  belay drill --exec 'node app.js' --app http://localhost:3000/slack/events --command "/deploy prod"
  belay drill --app http://localhost:3000/slack/events --install-url http://localhost:3000/slack/install \
    --command /notes --store "/notes add WORD" -- node app.js
  BELAY_CONTROL_TOKEN=… belay drill --serve http://127.0.0.1:8080 --say hello --check revocation`, "\n"),
		RunE: func(c *cobra.Command, args []string) error {
			f.argv = args
			if dash := c.ArgsLenAtDash(); dash != 0 && len(args) > 0 {
				return usageError("drill takes a command behind --, as in: belay drill -- node app.js; and got %q before it", args[0])
			}
			return f.run(c.Context(), world)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.exec, "exec", "", "start the app by this `CMD`, for a shell, and a fake Slack for it")
	flags.StringVar(&f.serve, "serve", "", "drill the app that is connected to the belay serve at this control `URL`")
	flags.StringVar(&f.control, "control-token", "", "the token of that control API (better: BELAY_CONTROL_TOKEN)")
	flags.StringVar(&f.app, "app", "", "where the app that is started gets what Slack sends; without any `URL`, over Socket Mode")
	flags.StringVar(&f.installURL, "install-url", "", "the `URL` where a person begins to install the app")
	flags.StringVar(&f.command, "command", "", "what makes the app call Slack: a command with its text, as in the `LINE` \"/deploy prod\" (default the first of --manifest)")
	flags.StringVar(&f.say, "say", "", "what makes the app call Slack: a message with this `TEXT` that mentions it")
	flags.StringVar(&f.store, "store", "", "a command that makes the app remember what stands in it for WORD, as in the `LINE` \"/notes add WORD\"; --command then shows it")
	flags.StringVar(&f.channel, "channel", "", "the name or `ID` of the channel in which all that happens (default the first)")
	flags.StringVar(&f.seed, "seed", "", "let the Slack that is started begin with this `FILE` (default two workspaces)")
	flags.StringVar(&f.manifest, "manifest", "", "let the app that is started be the one of this manifest `FILE`")
	flags.StringVar(&f.secret, "signing-secret", "", "the app's signing secret (better: SLACK_SIGNING_SECRET; default a new one)")
	flags.StringArrayVar(&f.only, "check", nil, "ask only this `ID`, or this family of questions; repeatedly")
	flags.DurationVar(&f.quiet, "quiet-for", 2*time.Second, "how long nothing comes from an app that is silent")
	flags.DurationVar(&f.patience, "patience", 10*time.Second, "how long the app's start, and what it owes, is waited for")
	flags.DurationVar(&f.timeout, "timeout", 5*time.Minute, "give up after so long")
	flags.StringVar(&f.failOn, "fail-on", "fail", "exit with 1 from this status on: fail or warn")
	f.output.register(c)
	return c
}

func (f *drilling) run(ctx context.Context, world IO) error {
	if err := f.parse(world); err != nil {
		return err
	}
	t := checks.Target{
		URL: f.app, Local: true, Timeout: f.timeout,
		Drill: checks.DrillOptions{Command: f.command, Say: f.say, Store: f.store, QuietFor: f.quiet, Patience: f.patience, Only: f.only},
	}
	var end func()
	var err error
	if f.serve != "" {
		end, err = f.connect(ctx, world, &t)
	} else {
		end, err = f.start(ctx, world, &t)
	}
	if err != nil {
		return err
	}
	defer end()
	progress := f.output.progress(world)
	r := checks.Drill(ctx, f.output.watch(world, progress, checks.Watch{Tool: tool(), Command: "drill"}), t)
	progress.done()
	if err := keep(world.Env, r); err != nil {
		f.output.say(world, "%v", err)
	}
	if err := f.output.write(world, r); err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	switch {
	case r.Interrupted:
		return exitError{code: exitInterrupted}
	case r.Counts.Fail > 0, f.failOn == "warn" && r.Counts.Warn > 0:
		return exitError{code: exitFound}
	}
	return nil
}

// parse reads the flags, and says everything that is wrong with them.
func (f *drilling) parse(world IO) error {
	var wrong mistakes
	ways := 0
	for _, given := range []bool{f.exec != "", len(f.argv) > 0, f.serve != ""} {
		if given {
			ways++
		}
	}
	wrong.when(ways != 1, "drill needs the app: one of --exec CMD, -- CMD… and --serve URL")
	wrong.when(f.serve != "" && (f.app != "" || f.seed != "" || f.manifest != "" || f.secret != ""),
		"--app, --seed, --manifest and --signing-secret are for a Slack that is started; give them to belay serve")
	wrong.when(f.control != "" && f.serve == "", "--control-token goes with --serve")
	wrong.when(f.command != "" && !strings.HasPrefix(f.command, "/"), "--command %s: a slash command begins with /", f.command)
	wrong.when(f.store != "" && (!strings.HasPrefix(f.store, "/") || !strings.Contains(f.store, "WORD")), "--store %s: want a command in which WORD stands for what is stored", f.store)
	wrong.when(f.command != "" && f.say != "", "--command and --say are two ways to make the app call Slack: give one")
	wrong.when(f.quiet <= 0 || f.patience <= 0 || f.timeout <= 0, "--quiet-for, --patience and --timeout: want a duration such as 2s")
	wrong.when(f.failOn != "fail" && f.failOn != "warn", "--fail-on %s: want fail or warn", f.failOn)
	_, err := appURL("--install-url", f.installURL)
	wrong.note(err)
	_, err = appURL("--app", f.app)
	wrong.note(err)
	wrong.note(validateDrills(f.only))
	wrong.note(f.output.parse(world))
	f.output.text.FailOnWarn = f.failOn == "warn"
	return wrong.err()
}

// validateDrills refuses what would ask nothing.
func validateDrills(only []string) error {
	var known []string
	for _, c := range checks.DrillChecks() {
		family, _, _ := strings.Cut(c.ID, ".")
		known = append(known, c.ID)
		if !slices.Contains(known, family) {
			known = append(known, family)
		}
	}
	for _, id := range only {
		if !slices.Contains(known, id) {
			return fmt.Errorf("--check: %w", payload.Unknown("question", id, known))
		}
	}
	return nil
}

// connect leads the drill to a Slack that runs already.
func (f *drilling) connect(ctx context.Context, world IO, t *checks.Target) (end func(), err error) {
	d := &drillSlack{
		client:     simulator.ControlClient{URL: f.serve, Token: payload.Secret(orEnv(f.control, world.Env("BELAY_CONTROL_TOKEN")))},
		installURL: f.installURL, channel: f.channel,
	}
	if _, err := d.look(ctx); err != nil {
		return nil, controlFailed(err)
	}
	t.URL, t.Label, t.Slack = f.serve, "the app at", d.slack()
	if u, err := url.Parse(f.serve); err == nil {
		u.User = nil
		t.URL = u.String()
	}
	return func() {}, nil
}

// firstCommand is the first of the manifest, or "".
func (f *drilling) firstCommand() string {
	if f.manifest == "" {
		return ""
	}
	m, err := manifest.Load(f.manifest)
	if err != nil || len(m.Features.Commands) == 0 {
		return ""
	}
	return m.Features.Commands[0].Name
}
