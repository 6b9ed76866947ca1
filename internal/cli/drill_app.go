package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"belay/checks"
	"belay/checks/report"
	"belay/simulator"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// A drilledApp is an app that is started for a drill, and the Slack that it is connected
// to.
type drilledApp struct {
	f     *drilling
	world IO
	slack *simulator.Server
	drill *drillSlack
	// vars are what it finds in its environment.
	vars map[string]string
	// running ends the process, and is nil while there is none; ended is closed with it.
	running func()
	ended   chan struct{}
}

// start starts a fake Slack and the app.
func (f *drilling) start(ctx context.Context, world IO, t *checks.Target) (end func(), err error) {
	a := &drilledApp{f: f, world: world}
	token := payload.Secret(rand.Text())
	options, err := a.options(token)
	if err != nil {
		return nil, err
	}
	useMemory()
	if a.slack, err = simulator.Start(options); err != nil {
		return nil, exitError{code: exitCannotRun, text: report.Clean(err.Error(), 0)}
	}
	a.drill = &drillSlack{client: simulator.ControlClient{URL: a.slack.ControlURL(), Token: token}, installURL: f.installURL, channel: f.channel}
	end = func() { a.stop(); _ = a.slack.Close() }
	if err := a.environment(options); err != nil {
		end()
		return nil, exitError{code: exitCannotRun, text: err.Error()}
	}
	if err := a.begin(ctx); err != nil {
		end()
		return nil, exitError{code: exitCannotRun, text: report.Clean(err.Error(), 0), hint: "start it alone to see what it says, and raise --patience if it only needs longer"}
	}
	s := a.drill.slack()
	s.ChangeClientSecret, s.Impostor = a.changeSecret, a.impostor
	t.URL, t.Label, t.Slack = orText(f.app, a.slack.URL()), report.Clean(a.line(), 60), s
	if t.Drill.Command == "" && t.Drill.Say == "" {
		t.Drill.Command = f.firstCommand()
	}
	return end, nil
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// line is the app's command as it may be shown: without the values of variables and
// options, which may be secrets, and without tokens.
func (a *drilledApp) line() string {
	words := a.f.argv
	if a.f.exec != "" {
		words = strings.Fields(a.f.exec)
	}
	var shown []string
	for _, word := range words {
		if name, _, assigned := strings.Cut(word, "="); assigned {
			word = name + "=…"
		}
		if strings.Contains(word, "xox") || strings.Contains(word, "xapp-") {
			word = "…"
		}
		shown = append(shown, word)
	}
	return strings.Join(shown, " ")
}

// options are those of the fake Slack: with nothing said, two workspaces and an app that
// people may install in both.
func (a *drilledApp) options(token payload.Secret) (simulator.Options, error) {
	s := serving{seed: a.f.seed, manifest: a.f.manifest}
	seed, err := s.workspace()
	if err != nil {
		return simulator.Options{}, usageError("%v", err)
	}
	if seed == nil {
		seed = &webapi.Seed{}
	}
	first := webapi.DefaultSeed()
	if len(seed.Teams) == 0 {
		seed.Teams = first.Teams
	}
	if len(seed.Teams) == 1 && a.f.seed == "" {
		seed.Teams = append(seed.Teams, webapi.SeedTeam{
			ID: "TBELAY0TWO0", Name: "Belay Second", Domain: "belay-second",
			Users:    []webapi.SeedUser{{ID: "UBELAY0TWO0", Name: "belay-second", RealName: "Belay Second", Email: "second@example.com", Admin: true}},
			Channels: []webapi.SeedChannel{{ID: "C0BELAYTWO0", Name: "general"}},
		})
	}
	if len(seed.Apps) == 0 {
		seed.Apps = first.Apps
	}
	if a.f.installURL != "" {
		seed.Apps[0].NotInstalled, seed.Apps[0].Distributed = true, true
		if len(seed.Apps[0].RedirectURLs) == 0 {
			seed.Apps[0].RedirectURLs = redirectURLs(a.f.installURL)
		}
	}
	target, err := appURL("--app", a.f.app)
	return simulator.Options{
		ControlToken: token, Seed: seed,
		AppID: seed.Apps[0].ID, TeamID: seed.Teams[0].ID,
		Targets: simulator.Targets{
			Secret:   payload.Secret(orText(orEnv(a.f.secret, a.world.Env("SLACK_SIGNING_SECRET")), strings.ToLower(rand.Text()))),
			Commands: target, Actions: target, Options: target, Events: target,
		},
	}, err
}

// environment is what the app finds.
func (a *drilledApp) environment(o simulator.Options) error {
	c, err := a.slack.Workspace().Credentials("")
	if err != nil {
		return err
	}
	a.vars = map[string]string{
		"SLACK_API_URL": a.slack.API(), "SLACK_SIGNING_SECRET": string(o.Targets.Secret),
		"SLACK_APP_TOKEN": "xapp-1-A0BELAY-1-" + strings.ToLower(rand.Text()),
	}
	if a.f.installURL == "" {
		a.vars["SLACK_BOT_TOKEN"] = "xoxb-belay-" + strings.ToLower(rand.Text())
		return nil
	}
	a.vars["SLACK_CLIENT_ID"], a.vars["SLACK_CLIENT_SECRET"] = c.ClientID, string(c.ClientSecret)
	a.vars["SLACK_STATE_SECRET"] = strings.ToLower(rand.Text())
	return nil
}

// begin starts the app, and waits until it is there.
func (a *drilledApp) begin(ctx context.Context) error {
	before, err := a.drill.client.LastEntry(ctx)
	if err != nil {
		return err
	}
	if err := a.launch(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, a.f.patience)
	defer cancel()
	if address := a.f.listens(); address != "" {
		return a.listening(ctx, address)
	}
	return a.connected(ctx, before)
}

// listens is where the app that is started can be asked, or "".
func (f *drilling) listens() string {
	for _, text := range []string{f.app, f.installURL} {
		u, err := url.Parse(text)
		if text == "" || err != nil {
			continue
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
		}
		return net.JoinHostPort(u.Hostname(), port)
	}
	return ""
}

// listening waits until the app takes connections. Nothing tells when it does, so it is
// tried.
func (a *drilledApp) listening(ctx context.Context, address string) error {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-again.C:
		case <-a.ended:
			return fmt.Errorf("%s ended before it listened on %s", a.line(), address)
		case <-ctx.Done():
			return fmt.Errorf("%s does not listen on %s after %s", a.line(), address, a.f.patience)
		}
	}
}

// connected waits for a connection of Socket Mode.
func (a *drilledApp) connected(ctx context.Context, before uint64) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-a.ended:
			cancel()
		case <-ctx.Done():
		}
	}()
	err := a.drill.client.Follow(ctx, before, func(e simulator.ControlEntry) bool { return e.Socket != nil && e.Socket.Open })
	if err == nil {
		return nil
	}
	select {
	case <-a.ended:
		return fmt.Errorf("%s ended before it opened a connection of Socket Mode", a.line())
	default:
	}
	return fmt.Errorf("%s opened no connection of Socket Mode within %s; if it takes what Slack sends over HTTP, say where: --app URL", a.line(), a.f.patience)
}

// silent waits until nothing listens where the app will: an app that ends, or another
// program, would be taken for it.
func (a *drilledApp) silent(ctx context.Context) error {
	address := a.f.listens()
	if address == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		var slow net.Error
		if err != nil && !(errors.As(err, &slow) && slow.Timeout()) && ctx.Err() == nil {
			return nil
		}
		if err == nil {
			_ = conn.Close()
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return fmt.Errorf("something else listens on %s already: stop it, or drill it with --serve", address)
		}
	}
}

// launch starts the process, in a group of its own.
func (a *drilledApp) launch(ctx context.Context) error {
	if err := a.silent(ctx); err != nil {
		return err
	}
	argv := a.f.argv
	if a.f.exec != "" {
		argv = shell(a.f.exec)
	}
	process := exec.Command(argv[0], argv[1:]...)
	process.Stdout, process.Stderr = a.world.Stderr, a.world.Stderr
	ownGroup(process)
	process.WaitDelay = time.Second
	process.Env = os.Environ()
	for name, value := range a.vars {
		process.Env = append(process.Env, name+"="+value)
	}
	if err := process.Start(); err != nil {
		return fmt.Errorf("start %s: %w", a.line(), err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = process.Wait()
	}()
	a.ended = ended
	a.running = func() {
		askToEnd(process)
		late := time.NewTimer(2 * time.Second)
		defer late.Stop()
		select {
		case <-ended:
		case <-late.C:
		}
		// Whoever of the group is left had its time.
		endNow(process)
		<-ended
	}
	return nil
}

func (a *drilledApp) stop() {
	if a.running != nil {
		a.running()
		a.running = nil
	}
}

// restart starts the app anew, with what it finds in its environment now.
func (a *drilledApp) restart(ctx context.Context) error {
	a.stop()
	return a.begin(ctx)
}

func (a *drilledApp) changeSecret(ctx context.Context) error {
	var answer simulator.AppAnswer
	if err := a.drill.client.Ask(ctx, "act/secret", simulator.AppRequest{}, &answer); err != nil {
		return err
	}
	a.vars["SLACK_CLIENT_SECRET"] = answer.ClientSecret
	return a.restart(ctx)
}

// redirectURLs are those of an app that nobody configured: wherever it is, and first the
// one of every Bolt, which names none when it begins.
func redirectURLs(installURL string) []string {
	u, err := url.Parse(installURL)
	if err != nil {
		return nil
	}
	origin := u.Scheme + "://" + u.Host
	return []string{origin + "/slack/oauth_redirect", origin}
}
