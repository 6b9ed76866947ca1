package cli

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/simulator/payload"
)

// sendFlags are the flags of send.
type sendFlags struct {
	sending
	output
	building
	to      string
	list    bool
	print   string
	repeat  int
	every   time.Duration
	retries bool
	speed   float64
	// serve is the control API of a fake Slack that sends instead, and control its
	// token.
	serve, control string
	// set are the flags that the user gave.
	set map[string]bool
}

func newSend(world IO) *cobra.Command {
	f := &sendFlags{}
	c := &cobra.Command{
		Use:   "send KIND --to URL",
		Short: "Sends one payload as Slack does, and shows what happened",
		Long: strings.TrimSpace(`
Sends one payload of any kind to a URL as Slack does: the same bytes, signed, on Slack's
clock. Shows the request, where the time went, the answer, what Slack's user would see
now, and whether Slack takes it for an acknowledgement. It never goes through Slack: its
ids, its response_url and its trigger_id lead nowhere unless you set them.

KIND is Slack's type word: command, event TYPE (also message/SUBTYPE), block_actions (or
action), view_submission … Without KIND, or with --list, belay shows what there is; so
does belay send event --list. A URL on this machine is taken for --local.

A payload that --tamper spoils has to be refused: then that is the good news.`),
		Example: strings.TrimLeft(`
  belay send command "/deploy prod" --to https://bot.example.com/slack/commands
  belay send event app_mention --set event.text='<@U123> hello' --to URL
  belay send event message/bot_message --retries --to URL      try again as Slack does, 60 times as fast
  belay send block_actions --element static_select --action env --value prod --to URL
  belay send view_submission --view view.json --input reason='too slow' --to URL
  belay send command /deploy --tamper stale=6m --to URL        must be refused
  belay send command /deploy --repeat 20 --every 500ms --to URL
  belay send command /deploy --print curl --to URL             a command that works without belay`, "\n"),
		RunE: func(c *cobra.Command, args []string) error {
			f.set = changed(c)
			return f.run(c.Context(), world, args)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.to, "to", "", "the `URL` to send to")
	flags.BoolVar(&f.list, "list", false, "show the kinds, of event the types, and of block_actions the elements")
	flags.StringVar(&f.print, "print", "", "print in place of sending, as `FORMAT`: curl (signs afresh each time), http (the bytes) or json (the payload)")
	flags.IntVar(&f.repeat, "repeat", 1, "send `N` times, one after the other")
	flags.DurationVar(&f.every, "every", 0, "begin no sooner than this after the one before (with --repeat)")
	flags.BoolVar(&f.retries, "retries", false, "try an event again as Slack does: at once, after 1 minute, after 5")
	flags.Float64Var(&f.speed, "speed", 60, "turn Slack's clock this many times as fast (with --retries)")
	flags.StringVar(&f.serve, "serve", "", "let the belay serve at this control `URL` send, to the app that is connected to it")
	flags.StringVar(&f.control, "control-token", "", "the token of that control API (better: BELAY_CONTROL_TOKEN)")
	f.building.register(c)
	f.sending.register(c)
	f.output.register(c)
	return c
}

// changed are the names of the flags that were given.
func changed(c *cobra.Command) map[string]bool {
	set := map[string]bool{}
	for _, name := range flagNames(c) {
		set[name] = c.Flags().Changed(name)
	}
	return set
}

func (f *sendFlags) run(ctx context.Context, world IO, args []string) error {
	if f.list || len(args) == 0 {
		return listKinds(world, args)
	}
	var wrong mistakes
	roots, err := slackRoots(f.caFile)
	wrong.note(err)
	wrong.note(f.sending.parse(world.Env))
	wrong.note(f.output.parse(world))
	target, err := f.target()
	wrong.note(err)
	f.validate(&wrong)
	f.building.token = payload.Secret(f.sending.token)
	build, err := f.building.parse(world, args, f.set)
	wrong.note(err)
	if err := wrong.err(); err != nil {
		return err
	}
	s := newSender(&f.sending, &f.output, world, roots)
	plan, err := f.plan(s, build, target)
	if err != nil {
		return err
	}
	if f.serve != "" {
		return f.throughServe(ctx, world, s, plan)
	}
	if f.print != "" {
		return f.printed(world, s, plan[0].Delivery)
	}
	s.announce(world, plan)
	var r checks.Report
	if f.retries {
		r, err = s.retry(ctx, world, "send", plan, f.speed)
	} else {
		r, err = s.run(ctx, world, "send", plan)
	}
	if err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	return s.finish(world, r)
}

// target is where to, which only printed JSON needs not.
func (f *sendFlags) target() (*url.URL, error) {
	switch {
	case f.to == "" && (f.print == "json" || f.serve != ""):
		return &url.URL{}, nil
	case f.to == "":
		return nil, usageError("send needs a URL, as in --to http://localhost:3000/slack/events")
	}
	return parseTarget("--to", f.to)
}

// parseTarget reads a URL that can be sent to. Unlike that of check, one that cannot
// is a mistake of the command line.
func parseTarget(flag, text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil && strings.Contains(text, "@"):
		return nil, usageError("%s cannot be read as a URL; Slack sends no user name or password", flag)
	case err != nil:
		return nil, usageError("%s: %v", flag, err)
	case u.User != nil:
		return nil, usageError("%s holds a user name or password, which Slack does not send: --header 'Authorization: …' can", flag)
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, usageError("%s %s: want a whole URL, as in http://localhost:3000/slack/events", flag, text)
	case payload.Port(u) == 0:
		return nil, usageError("%s %s: the port is none", flag, text)
	case u.Fragment != "" || strings.HasSuffix(text, "#"):
		return nil, usageError("%s %s: it ends in a fragment (#), which no client sends", flag, text)
	}
	return u, nil
}

// The most that one command sends.
const maxRepeat = 1000

func (f *sendFlags) validate(wrong *mistakes) {
	wrong.when(f.print != "" && !slices.Contains([]string{"curl", "http", "json"}, f.print), "--print %s: want curl, http or json", f.print)
	wrong.when(f.repeat < 1 || f.repeat > maxRepeat, "--repeat %d: want 1 to %d", f.repeat, maxRepeat)
	wrong.when(f.deadline > 0 && f.timeout > 0 && f.timeout < f.deadline, "--timeout %s is shorter than --deadline %s", f.timeout, f.deadline)
	wrong.when(f.every < 0 || f.every > time.Hour, "--every %s: want 0s to 1h", f.every)
	wrong.when(f.set["every"] && !f.set["repeat"], "--every goes with --repeat")
	wrong.when(f.set["speed"] && !f.retries, "--speed goes with --retries")
	wrong.when(f.speed < 1 || f.speed > 10000, "--speed %g: want 1 to 10000", f.speed)
	wrong.when(f.retries && f.set["repeat"], "--retries and --repeat do not go together")
	wrong.when(f.serve != "" && (f.to != "" || f.print != "" || f.retries || f.set["tamper"]), "--serve sends by itself: leave --to, --print, --retries and --tamper out")
	wrong.when(f.set["control-token"] && f.serve == "", "--control-token goes with --serve")
	wrong.when(f.print != "" && (f.retries || f.set["repeat"]), "--print prints one request: leave --retries and --repeat out")
}

// plan is what will be sent: the payload, once or again and again.
func (f *sendFlags) plan(s *sender, b *built, to *url.URL) ([]planned, error) {
	var plan []planned
	for n := range f.repeat {
		fields, err := b.fields(n, time.Now())
		if err != nil {
			return nil, usageError("%v", err)
		}
		d := s.delivery(payload.Delivery{Kind: b.kind, Fields: fields, URL: to, Tamper: b.tampers, Time: time.Now()})
		if n == 0 {
			if err := b.check(d, f.retries); err != nil {
				return nil, err
			}
		}
		p := planned{Delivery: b.lost(d), Name: b.name(fields)}
		if n > 0 {
			p.After = f.every
		}
		plan = append(plan, p)
		if b.twice() {
			p.Delivery, p.After = p.Delivery.Duplicate(), 0
			plan = append(plan, p)
		}
	}
	return plan, nil
}
