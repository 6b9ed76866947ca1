package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"belay/checks/report"
	"belay/internal/strictyaml"
	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/fault"
	"belay/simulator/manifest"
	"belay/simulator/payload"
	"belay/simulator/webapi"
	"belay/tui/playground"
)

// serving are the flags of serve.
type serving struct {
	listen  string
	port    int
	portSet bool
	token   string
	secret  string
	app     string
	// urls are by surface: command, action, options and event.
	urls  map[string]*string
	speed float64
	caOut string
	quiet bool
	// seed and manifest are files.
	seed, manifest string
	// faults are what misbehaves from the start.
	faults          []string
	hostile, outage bool
	faultSeed       uint64
	// look is that of the playground, and theme its colours.
	look  output
	theme string
}

func newServe(world IO) *cobra.Command {
	f := &serving{urls: map[string]*string{}}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Runs a fake Slack for your app and your tests, until it is stopped",
		Long: strings.TrimSpace(`
Runs a fake Slack on one port, http and https: the Web API, hooks, OAuth, Socket Mode,
and a control API by which tests in any language send what Slack sends and ask what the
app did. When it is ready it prints one line of JSON: where all that is, the token of
the control API, and a file with the root certificate of its https. Every call of the
app is a line on standard error.

In a terminal it opens the playground, a small Slack: write commands and messages, press
buttons, fill in modals, and see everything that goes between Slack and the app. There ?
lists the keys. --quiet, --accessible and CI keep to the lines.`),
		Example: strings.TrimLeft(`
  belay serve --app http://localhost:3000/slack/events
  curl -H "Authorization: Bearer $TOKEN" $CONTROL/send -d '{"kind":"command","command":"/deploy"}'
  curl -H "Authorization: Bearer $TOKEN" "$CONTROL/calls?method=chat.postMessage&wait=10s"`, "\n"),
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			f.portSet = c.Flags().Changed("port")
			return f.run(c.Context(), world)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1", "listen at this `ADDR`, with or without a port")
	flags.IntVar(&f.port, "port", 0, "listen at this port; 0 is any free one")
	flags.StringVar(&f.token, "control-token", "", "the control API's token (better: BELAY_CONTROL_TOKEN; default a random one)")
	flags.StringVar(&f.app, "app", "", "send everything to this `URL`; without any, over Socket Mode")
	for _, surface := range surfaces {
		f.urls[surface.name] = flags.String(surface.name+"-url", "", "send "+surface.what+" to this `URL`")
	}
	flags.StringVar(&f.secret, "signing-secret", "", "the app's signing secret (better: SLACK_SIGNING_SECRET)")
	flags.Float64Var(&f.speed, "speed", 1, "how many seconds pass on Slack's clock in one of yours")
	flags.StringVar(&f.seed, "seed", "", "begin with the workspace of this `FILE` (YAML or JSON): teams, users, channels, apps")
	flags.StringVar(&f.manifest, "manifest", "", "let the app be the one of this manifest `FILE`: its scopes, events and bot")
	flags.StringArrayVar(&f.faults, "fault", nil, "misbehave, as `SORT[=VALUE][,method=NAME][,probability=P][,count=N][,after=N]`: "+strings.Join(faultSorts(), ", "))
	flags.BoolVar(&f.hostile, "hostile", false, "misbehave a little in every way")
	flags.BoolVar(&f.outage, "outage", false, "be a Slack that is down")
	flags.Uint64Var(&f.faultSeed, "fault-seed", 1, "what decides when faults of some probability happen")
	flags.StringVar(&f.caOut, "ca-out", "", "write the root certificate to this `FILE`, and leave it there")
	flags.BoolVar(&f.quiet, "quiet", false, "do not print the app's calls, and open no playground")
	f.look.registerLook(c)
	flags.StringVar(&f.theme, "theme", "", "the playground's colours: "+strings.Join(playground.Themes(), ", "))
	return c
}

// surfaces are what an app has a URL for.
var surfaces = []struct{ name, what string }{
	{"command", "slash commands"}, {"action", "actions and views"}, {"options", "requests for options"}, {"event", "events"},
}

// readyLine is what serve prints when it is ready.
type readyLine struct {
	API     string `json:"api"`
	Hooks   string `json:"hooks"`
	OAuth   string `json:"oauth"`
	Socket  string `json:"socket"`
	Control string `json:"control"`
	CAFile  string `json:"ca_file"`
	// Token is that of the control API, which is not worth more than the run.
	Token string `json:"token"`
}

func (f *serving) run(ctx context.Context, world IO) error {
	var wrong mistakes
	options, err := f.options(world.Env)
	wrong.note(err)
	wrong.note(f.look.parse(world))
	wrong.when(f.theme != "" && !slices.Contains(playground.Themes(), f.theme), "--theme %s: want %s", f.theme, strings.Join(playground.Themes(), ", "))
	if err := wrong.err(); err != nil {
		return err
	}
	useMemory()
	slack, err := simulator.Start(options)
	if err != nil {
		return f.cannotListen(err)
	}
	defer slack.Close()
	caFile, forget, err := f.writeRoot(slack)
	if err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	defer forget()
	if err := announceReady(world, slack, options, caFile); err != nil {
		return exitError{code: exitCannotRun, text: fmt.Sprintf("write the ready line: %v", err)}
	}
	if !isLoopbackAddress(options.Address) {
		fmt.Fprintf(world.Stderr, "belay: whoever reaches %s can call this Slack\n", report.Clean(options.Address, 200))
	}
	log := &serveLog{world: world}
	if !f.quiet && !f.look.accessible && f.look.interactive(world) {
		return f.play(ctx, world, slack, options, log)
	}
	if f.quiet {
		<-ctx.Done()
	} else {
		defer context.AfterFunc(ctx, func() { _ = slack.Close() })()
		_ = slack.Follow(context.Background(), 0, log.tell)
	}
	// Closing settles what was still owed.
	_ = slack.Close()
	if !f.quiet {
		_ = slack.Follow(context.Background(), log.last, log.tell)
	}
	log.summary(slack)
	return exitError{code: exitInterrupted}
}

// useMemory lets the heap grow to a size that a server may have before it is swept,
// instead of to twice what is in use, which is little: half of the work would be
// sweeping.
func useMemory() {
	debug.SetGCPercent(800)
	debug.SetMemoryLimit(30 << 20)
}

// options reads the flags, and says everything that is wrong with them.
func (f *serving) options(env func(string) string) (simulator.Options, error) {
	var wrong mistakes
	address, err := f.address()
	wrong.note(err)
	wrong.when(f.speed <= 0 || f.speed > 1e7, "--speed %g: want more than 0, and at most 1e7", f.speed)
	f.token = orEnv(f.token, env("BELAY_CONTROL_TOKEN"))
	if f.token == "" {
		f.token = rand.Text()
	}
	wrong.when(strings.ContainsFunc(f.token, func(r rune) bool { return r <= ' ' || r > '~' }),
		"--control-token: want letters, digits and signs of ASCII without spaces, for it is sent in a header")
	seed, err := f.workspace()
	wrong.note(err)
	faults, err := f.misbehaviour()
	wrong.note(err)
	targets := map[string]*url.URL{}
	for _, surface := range surfaces {
		flag, text := "--"+surface.name+"-url", *f.urls[surface.name]
		if text == "" {
			flag, text = "--app", f.app
		}
		targets[surface.name], err = appURL(flag, text)
		if flag != "--app" || surface.name == surfaces[0].name {
			wrong.note(err)
		}
	}
	return simulator.Options{
		AppID: firstApp(seed), Address: address, ControlToken: payload.Secret(f.token), Clock: &clock.Clock{Speed: f.speed},
		Seed: seed, Faults: faults, FaultSeed: f.faultSeed,
		Targets: simulator.Targets{
			Secret:   payload.Secret(orEnv(f.secret, env("SLACK_SIGNING_SECRET"))),
			Token:    payload.Secret(env("SLACK_VERIFICATION_TOKEN")),
			Commands: targets["command"], Actions: targets["action"], Options: targets["options"], Events: targets["event"],
		},
	}, wrong.err()
}

// firstApp is the id of the app that Slack's clients show, which has belay's own where
// it has none.
func firstApp(seed *webapi.Seed) string {
	if seed == nil || len(seed.Apps) == 0 {
		return ""
	}
	if seed.Apps[0].ID == "" {
		seed.Apps[0].ID = webapi.DefaultApp
	}
	return seed.Apps[0].ID
}

// misbehaviour are the faults of the flags.
func (f *serving) misbehaviour() ([]fault.Fault, error) {
	var all []fault.Fault
	for _, text := range f.faults {
		faults, err := simulator.ParseFaults(text)
		if err != nil {
			return nil, fmt.Errorf("--fault %s: %w", text, err)
		}
		all = append(all, faults...)
	}
	if f.hostile {
		all = append(all, fault.Hostile()...)
	}
	if f.outage {
		all = append(all, fault.Outage()...)
	}
	return all, nil
}

func faultSorts() []string {
	var names []string
	for _, s := range fault.Sorts() {
		names = append(names, s.Name)
	}
	return names
}

// workspace is what Slack begins with, or nil.
func (f *serving) workspace() (*webapi.Seed, error) {
	seed := webapi.Seed{}
	switch {
	case f.seed != "":
		if err := readSeed(f.seed, &seed); err != nil {
			return nil, err
		}
	case f.manifest == "":
		return nil, nil
	}
	if f.manifest != "" {
		m, err := manifest.Load(f.manifest)
		if err != nil {
			return nil, err
		}
		seed.Apps = webapi.SeedFromManifest(m).Apps
	}
	if wrong := seed.Check(); len(wrong) > 0 {
		return nil, fmt.Errorf("%s: %w", f.seed, errors.Join(wrong...))
	}
	return &seed, nil
}

// readSeed reads a workspace from YAML or JSON, strictly.
func readSeed(file string, into *webapi.Seed) error {
	opened, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("--seed: %w", err)
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, strictyaml.MaxSize+1))
	if err != nil {
		return fmt.Errorf("--seed: %w", err)
	}
	return strictyaml.Decode(file, data, into)
}

// appURL is nil for an empty text.
func appURL(flag, text string) (*url.URL, error) {
	if text == "" {
		return nil, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%s: want a URL that begins with http:// or https://", flag)
	}
	return u, nil
}

// address joins --listen and --port. That strangers may come has to be said.
func (f *serving) address() (string, error) {
	host, port, err := net.SplitHostPort(f.listen)
	if err != nil {
		host, port = strings.Trim(f.listen, "[]"), ""
	}
	number, err := strconv.ParseUint(port, 10, 16)
	switch {
	case host == "":
		return "", fmt.Errorf("--listen %s: want an address before the port; 0.0.0.0 lets other machines in", f.listen)
	case port != "" && f.portSet:
		return "", fmt.Errorf("--listen %s has a port, and there is --port as well", f.listen)
	case f.port < 0 || f.port > 65535:
		return "", fmt.Errorf("--port %d: want 0 to 65535", f.port)
	case port == "":
		number = uint64(f.port)
	case err != nil:
		return "", fmt.Errorf("--listen %s: %q is not a port", f.listen, port)
	}
	return net.JoinHostPort(host, strconv.FormatUint(number, 10)), nil
}

func isLoopbackAddress(address string) bool {
	host, _, _ := net.SplitHostPort(address)
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// cannotListen says how to listen elsewhere.
func (f *serving) cannotListen(err error) error {
	e := exitError{code: exitCannotRun, text: report.Clean(err.Error(), 0)}
	if errors.Is(err, syscall.EADDRINUSE) {
		e.hint = "something else listens there: take another port with --port, or any free one with --port 0"
	}
	return e
}

// writeRoot writes the root certificate to a file, which is gone afterwards unless it
// was asked for.
func (f *serving) writeRoot(slack *simulator.Server) (file string, forget func(), err error) {
	root, err := slack.CA()
	if err != nil {
		return "", nil, err
	}
	if f.caOut != "" {
		if file, err = filepath.Abs(f.caOut); err == nil {
			err = writeFile(file, root)
		}
		if err != nil {
			return "", nil, fmt.Errorf("write --ca-out: %w", err)
		}
		return file, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "belay-serve-*")
	if err != nil {
		return "", nil, fmt.Errorf("write the root certificate: %w", err)
	}
	forget = func() { _ = os.RemoveAll(dir) }
	file = filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(file, root, 0o644); err != nil {
		forget()
		return "", nil, fmt.Errorf("write the root certificate: %w", err)
	}
	return file, forget, nil
}

func announceReady(world IO, slack *simulator.Server, o simulator.Options, caFile string) error {
	line, err := json.Marshal(readyLine{
		API: slack.API(), Hooks: slack.URL() + "/", OAuth: slack.URL() + "/oauth/v2/authorize",
		Socket:  "ws" + strings.TrimPrefix(slack.URL(), "http") + "/link/",
		Control: slack.ControlURL(), CAFile: caFile, Token: string(o.ControlToken),
	})
	if err == nil {
		_, err = world.Stdout.Write(append(line, '\n'))
	}
	return err
}

// serveLog prints what happens.
type serveLog struct {
	world IO
	// last is the entry that was told last.
	last uint64
}

func (l *serveLog) tell(e simulator.Entry) error {
	l.last = e.ID
	if e.Dropped > 0 {
		fmt.Fprintf(l.world.Stderr, "belay: %d entries came too fast to be shown\n", e.Dropped)
	}
	switch {
	case e.Call != nil:
		l.say(callLine(*e.Call))
	case e.Finding != nil:
		l.say(fmt.Sprintf("found %s: %s", e.Finding.Problem, e.Finding.Text))
	}
	return nil
}

func (l *serveLog) say(line string) { fmt.Fprintln(l.world.Stderr, report.Clean(line, 300)) }

// callLine is one call of the app: method, path, what it was answered, and how long
// that took.
func callLine(c simulator.Call) string {
	said := fmt.Sprint(c.Status)
	if c.Status == 0 {
		said = "no answer"
	}
	if c.API != "" && c.Status == 200 {
		said = "ok"
	}
	if c.Error != "" {
		said = c.Error
	}
	took := float64(c.Took.Round(100*time.Microsecond)) / float64(time.Millisecond)
	return fmt.Sprintf("%s %s %s %g ms", c.Method, c.Path, said, took)
}

// summary is what there is to say in the end.
func (l *serveLog) summary(slack *simulator.Server) {
	tally := slack.Tally()
	fmt.Fprintf(l.world.Stderr, "belay: the app made %d calls; of %d deliveries %d failed\n", tally.Calls, tally.Deliveries, tally.Failed)
	for _, problem := range slices.Sorted(maps.Keys(tally.Found)) {
		fmt.Fprintf(l.world.Stderr, "  found %d× %s\n", tally.Found[problem], problem)
	}
}
