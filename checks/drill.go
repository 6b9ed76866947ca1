package checks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/checks/problem"
)

// Drilled is the kind of a section that is about what an app does while tokens,
// workspaces and Slack itself change under it. It is none of Kinds.
const Drilled Kind = "drill"

// DrillOptions are how an app is drilled. The zero value prompts nothing.
type DrillOptions struct {
	// Command is the line that makes the app call Slack, as in "/deploy prod". Without it
	// somebody writes Say.
	Command string
	// Say is a message that makes the app call Slack.
	Say string
	// Store is a command that makes the app remember the word WORD that stands in it.
	Store string
	// QuietFor is how long nothing may come before the app counts as silent; zero means
	// 2 s.
	QuietFor time.Duration
	// Patience is how long what is expected is waited for; zero means 10 s.
	Patience time.Duration
	// Only are the IDs of the checks, or families of them, that are asked; none means
	// all.
	Only []string
}

// DrillChecks are those that need a Slack that the app is connected to, in the order in
// which they are asked: the earlier ones leave the app as it was.
func DrillChecks() []Check {
	return []Check{
		oauthInstall, eventsRetry, eventsOwn, socketReconnect, workspaceApart, teamForeign,
		apiRetryAfter, rotationRefresh, uninstallData, revocationCalls, outageAcknowledged,
		clientSecretChange, tlsClient,
	}
}

// Drill asks the checks of an app that is connected to the target's Slack, one after the
// other.
func Drill(ctx context.Context, o Watch, t Target) Report {
	began := time.Now()
	o = o.oneAtATime()
	t.Kind = Drilled
	s := newSession(t.withDefaults(), o)
	s.drilled = newDrill(s)
	run, cancel := context.WithTimeout(ctx, s.Target.Timeout)
	defer cancel()
	var results []Result
	for _, c := range DrillChecks() {
		if !t.Drill.wants(c.ID) {
			continue
		}
		s.asking(c.Title)
		r := s.check(run, c)
		results = append(results, r)
		o.Result(s.name(), r)
	}
	section := Section{Name: s.name(), Target: s.info(), Counts: count(results), NotAsked: []string{}, Results: results}
	section.Verdict = drillVerdict(s.verdict(section), section)
	o.Section(section)
	report := Report{SchemaVersion: SchemaVersion, Tool: o.Tool, Command: o.Command, StartedAt: began.UTC(), Sections: []Section{section}}
	report.sum()
	report.Interrupted = errors.Is(ctx.Err(), context.Canceled)
	report.Duration = Millis(time.Since(began))
	return report
}

func (o DrillOptions) wants(id string) bool {
	family, _, _ := strings.Cut(id, ".")
	return len(o.Only) == 0 || slices.Contains(o.Only, id) || slices.Contains(o.Only, family)
}

// drillVerdict words what is well.
func drillVerdict(v Verdict, section Section) Verdict {
	asked := len(section.Results) - section.Counts.Skip
	switch {
	case v.Status != Pass || cutShort(section.Results) != "":
	case asked == 0:
		v = Verdict{Status: Inconclusive, Summary: "Nothing could be asked: each question says what it needs."}
	default:
		v.Summary = fmt.Sprintf("The app takes what was done to it as it should, in %s.", plural(asked, "drill", "drills"))
	}
	return v
}

// drill is an app's drill under way.
type drill struct {
	s       *Session
	slack   Slack
	options DrillOptions
	// teams are the workspaces, once they are known.
	teams []string
	// installed is where the app was installed by its URL, with what became of that.
	installed map[string]SlackInstall
	// usual is what the app does when it is prompted, once that is known.
	usual *prompted
}

func newDrill(s *Session) *drill {
	d := &drill{s: s, options: s.Target.Drill, installed: map[string]SlackInstall{}}
	if s.Target.Slack != nil {
		d.slack = *s.Target.Slack
	}
	d.options.QuietFor = orDuration(d.options.QuietFor, 2*time.Second)
	d.options.Patience = orDuration(d.options.Patience, 10*time.Second)
	return d
}

// prompted is what came of a prompt.
type prompted struct {
	reply   SlackReply
	entries []SlackEntry
}

// calls are the app's own, but for those that prove nothing: what it asks at its start.
func (p prompted) calls() []SlackCall { return callsIn(p.entries) }

func callsIn(entries []SlackEntry) []SlackCall {
	var calls []SlackCall
	for _, e := range entries {
		if e.Call != nil {
			calls = append(calls, *e.Call)
		}
	}
	return calls
}

// said is all that the app said, in its reply and in its calls.
func (p prompted) said() string {
	var b strings.Builder
	b.WriteString(p.reply.Text)
	for _, c := range p.calls() {
		b.WriteString("\n" + c.Asked)
	}
	return b.String()
}

// A cannot is why a question cannot be asked; it is an error of its own so that what
// broke is told from what is missing.
type cannot struct {
	reason string
	// unclear is set where it was tried.
	unclear bool
}

func (c cannot) Error() string { return c.reason }

// stopped is the result of a question that could not be asked to its end.
func (d *drill) stopped(ctx context.Context, err error) Result {
	var c cannot
	switch {
	case errors.As(err, &c) && c.unclear:
		return inconclusive("%s", c.reason)
	case errors.As(err, &c):
		return skip("%s", c.reason)
	case ctx.Err() != nil:
		return skip("%s", d.s.outOfTime(ctx))
	}
	return inconclusive("the fake Slack could not do it: %v", err)
}

// asks runs the question of a drill.
func drills(ask func(ctx context.Context, d *drill) (Result, error)) func(context.Context, *Session) Result {
	return func(ctx context.Context, s *Session) Result {
		d := s.drilled
		if d == nil || s.Target.Slack == nil {
			return skip("needs belay drill, with a Slack that the app is connected to")
		}
		r, err := ask(ctx, d)
		if err != nil {
			return d.stopped(ctx, err)
		}
		return r
	}
}

// noInstallURL and noPrompt say what would let a question be asked.
var (
	errNoInstallURL = cannot{reason: "nobody knows where the app is installed: give its install page with --install-url"}
	errNoPrompt     = cannot{reason: `nothing makes the app call Slack: name a command with --command "/name text", or a message with --say`}
	errOneTeam      = cannot{reason: "there is one workspace alone: begin with a seed of two (--seed)"}
)

// team is the nth workspace.
func (d *drill) team(ctx context.Context, n int) (string, error) {
	if d.teams == nil {
		teams, err := d.slack.Teams(ctx)
		if err != nil {
			return "", err
		}
		d.teams = teams
	}
	if n >= len(d.teams) {
		return "", errOneTeam
	}
	return d.teams[n], nil
}

// install has the app installed in a workspace, unless it is; where there is no install
// page, it is taken to be.
func (d *drill) install(ctx context.Context, team string) error {
	before, tried := d.installed[team]
	switch {
	case d.slack.Install == nil || before.Installed:
		return nil
	case tried:
		return cannot{reason: "the app could not be installed in " + team + ", as was said above"}
	}
	got, err := d.slack.Install(ctx, team, "")
	if err != nil {
		return err
	}
	d.installed[team] = got
	if !got.Installed {
		return cannot{unclear: true, reason: "the app could not be installed in " + team + ": " + orText(got.Error, fmt.Sprintf("its callback answered %d and did not exchange the code", got.Status))}
	}
	return nil
}

// home is the first workspace, with the app in it.
func (d *drill) home(ctx context.Context) (string, error) {
	team, err := d.team(ctx, 0)
	if err == nil {
		err = d.install(ctx, team)
	}
	return team, err
}

// prompt makes the app do what it does, and watches it until it is enough, or the app was
// silent for as long as it may be.
func (d *drill) prompt(ctx context.Context, team string, enough func([]SlackEntry) bool) (p prompted, err error) {
	return d.during(ctx, d.options.QuietFor, enough, func() (SlackReply, error) { return d.poke(ctx, team) })
}

// poke is the prompt alone.
func (d *drill) poke(ctx context.Context, team string) (SlackReply, error) {
	switch {
	case d.options.Command != "":
		return d.slack.Command(ctx, team, d.options.Command)
	case d.options.Say != "":
		return SlackReply{Acknowledged: true}, d.slack.Say(ctx, team, d.options.Say)
	}
	return SlackReply{}, errNoPrompt
}

// during does something, and watches what comes of it.
func (d *drill) during(ctx context.Context, quiet time.Duration, enough func([]SlackEntry) bool, do func() (SlackReply, error)) (p prompted, err error) {
	mark, err := d.slack.Mark(ctx)
	if err != nil {
		return p, err
	}
	if p.reply, err = do(); err != nil {
		return p, err
	}
	p.entries, err = d.slack.Watch(ctx, mark, quiet, enough)
	return p, err
}

// usually is what the app does when it is prompted in the first workspace, which tells
// whether anything can be learnt from prompting it.
func (d *drill) usually(ctx context.Context) (prompted, error) {
	if d.usual != nil {
		return *d.usual, nil
	}
	if d.options.Command == "" && d.options.Say == "" {
		return prompted{}, errNoPrompt
	}
	team, err := d.home(ctx)
	if err != nil {
		return prompted{}, err
	}
	p, err := d.prompt(ctx, team, nil)
	if err != nil {
		return p, err
	}
	d.usual = &p
	return p, nil
}

// working is usually, of an app that was seen to call Slack with its token.
func (d *drill) working(ctx context.Context) (prompted, error) {
	p, err := d.usually(ctx)
	switch {
	case err != nil:
		return p, err
	case !p.reply.Acknowledged:
		return p, cannot{unclear: true, reason: d.what() + " is not acknowledged even while all is well: " + orText(p.reply.Detail, p.reply.Failure) + "; see belay check"}
	case len(tokenCalls(p.calls())) == 0:
		return p, cannot{unclear: true, reason: d.what() + " makes the app call no method of the Web API with a token, so nothing is learnt from it: name another with --command or --say"}
	}
	return p, nil
}

// what is the prompt in words.
func (d *drill) what() string {
	if d.options.Command != "" {
		return d.options.Command
	}
	return "a message"
}

// tokenCalls are those that were made with a token.
func tokenCalls(calls []SlackCall) []SlackCall {
	return keep(calls, func(c SlackCall) bool {
		return c.Method != "" && c.Method != "apps.connections.open" && !strings.HasPrefix(c.Method, "oauth.")
	})
}

// deadTokenErrors are what Slack answers to a token that is not good any more.
var deadTokenErrors = []string{"account_inactive", "token_revoked", "invalid_auth", "token_expired", "not_authed"}

// deadCalls are those that were made with a dead token.
func deadCalls(calls []SlackCall) []SlackCall {
	return keep(tokenCalls(calls), func(c SlackCall) bool { return slices.Contains(deadTokenErrors, c.Error) })
}

// alive are calls whose token is good, whatever else Slack says to them.
func alive(calls []SlackCall) []SlackCall {
	return keep(tokenCalls(calls), func(c SlackCall) bool {
		return c.Status == 200 && c.Team != "" && !slices.Contains(deadTokenErrors, c.Error)
	})
}

// readingWords begin the names of methods that change nothing.
var readingWords = []string{"info", "list", "test", "history", "get", "lookup", "members", "replies", "search", "identity"}

// isReading reports a method that changes nothing.
func isReading(method string) bool {
	act := method[strings.LastIndexByte(method, '.')+1:]
	return method == "conversations.open" || slices.ContainsFunc(readingWords, func(word string) bool { return strings.HasPrefix(act, word) })
}

// work is what the app did that others see: calls that change something, and messages to
// hooks.
func work(calls []SlackCall) []SlackCall {
	return keep(calls, func(c SlackCall) bool {
		return c.Error == "" && c.Status == 200 && (c.Method == "" && isHook(c.Path) || len(tokenCalls([]SlackCall{c})) > 0 && !isReading(c.Method))
	})
}

func isHook(path string) bool {
	for _, sort := range []string{"/commands/", "/actions/", "/app/", "/services/"} {
		if strings.HasPrefix(path, sort) {
			return true
		}
	}
	return false
}

func keep[T any](all []T, wanted func(T) bool) []T {
	var some []T
	for _, one := range all {
		if wanted(one) {
			some = append(some, one)
		}
	}
	return some
}

// findings are those of Slack's own.
func findings(entries []SlackEntry, id string) []SlackFinding {
	var all []SlackFinding
	for _, e := range entries {
		if e.Finding != nil && e.Finding.Problem == id {
			all = append(all, *e.Finding)
		}
	}
	return all
}

// deliveries are the tries to deliver something of that kind.
func deliveries(entries []SlackEntry, kind string) []SlackDelivery {
	var all []SlackDelivery
	for _, e := range entries {
		if e.Delivery != nil && strings.HasPrefix(e.Delivery.Kind, kind) {
			all = append(all, *e.Delivery)
		}
	}
	return all
}

// methods are the names of the methods that were called, each once.
func methods(calls []SlackCall) string {
	var names []string
	for _, c := range calls {
		if name := orText(c.Method, c.Path); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	const most = 5
	if len(names) > most {
		names = append(names[:most], ellipsis)
	}
	return strings.Join(names, ", ")
}

// noted is a finding of Slack's own as a result.
func noted(f SlackFinding) Result {
	r := found(f.Problem, "%s", f.Text)
	p, _ := problem.Find(f.Problem)
	return r.at(p.Levels[0])
}
