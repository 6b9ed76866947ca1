package cli

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/checks/report"
	"belay/internal/recording"
	"belay/simulator/payload"
)

// replaying are the flags of replay.
type replaying struct {
	sending
	output
	to         string
	toRecorded bool
	keepIDs    bool
	speed      float64
	maxWait    time.Duration
	only       string
	from       string
	tamper     []string
}

func newReplay(world IO) *cobra.Command {
	f := &replaying{}
	c := &cobra.Command{
		Use:   "replay FILE… --to URL",
		Short: "Sends recorded requests again, signed and timed afresh",
		Long: strings.TrimSpace(`
Reads requests of Slack's from files, or for - from standard input: a report that belay
saved, curl command lines (a browser's or ngrok's "copy as cURL"), a HAR file, what
ngrok's /api/requests/http answers, or raw HTTP. Sends them again in their order and
spacing, and says of each what Slack would have sent otherwise than what was recorded.

The bodies stay as they are, byte for byte, but for what must not be sent twice: event_id,
event_context and trigger_id get new values, and a response_url one that leads nowhere.
Of the headers, those of a retry stay; what proxies and clients added is not sent. A --to
without a path gets the recorded one. Without --to, only what was sent to this machine
goes where it went.`),
		Example: strings.TrimLeft(`
  belay replay capture.har --to http://localhost:3000
  belay replay report.json                               a report about an app on this machine
  curl -s localhost:4040/api/requests/http | belay replay - --to http://localhost:3000
  belay replay line.sh --tamper stale=6m --to http://localhost:3000/slack/events
  belay replay capture.har --only 2,4-6 --speed 10 --to http://localhost:3000`, "\n"),
		RunE: func(c *cobra.Command, files []string) error { return f.run(c.Context(), world, files) },
	}
	flags := c.Flags()
	flags.StringVar(&f.to, "to", "", "the `URL` to send to; without a path, to the recorded one there")
	flags.BoolVar(&f.toRecorded, "to-recorded", false, "send to where the recordings went, although it is not this machine")
	flags.BoolVar(&f.keepIDs, "keep-ids", false, "send ids and response_url as they were recorded; an app that posts there reaches Slack's users")
	flags.Float64Var(&f.speed, "speed", 1, "keep the recorded spacing, this many times as fast")
	flags.DurationVar(&f.maxWait, "max-wait", 10*time.Second, "wait no longer than this between two requests")
	flags.StringVar(&f.only, "only", "", "send these alone, counted from 1 in the order of sending, as `N,M-O`")
	flags.StringVar(&f.from, "from", "", "read the files as this `FORMAT`, where belay does not see it: "+strings.Join(recording.Formats(), ", "))
	flags.StringArrayVar(&f.tamper, "tamper", nil, "spoil the requests, as `NAME[=VALUE]`: "+strings.Join(replayTampers(), ", "))
	f.sending.register(c)
	f.output.register(c)
	return c
}

// replayTampers are the names of those that need nobody to retry.
func replayTampers() []string {
	var names []string
	for _, t := range payload.Tampers() {
		if !t.LostFirst && !t.Duplicate {
			names = append(names, t.Name)
		}
	}
	return names
}

func (f *replaying) run(ctx context.Context, world IO, files []string) error {
	var wrong mistakes
	roots, err := slackRoots(f.caFile)
	wrong.note(err)
	wrong.note(f.sending.parse(world.Env))
	wrong.note(f.output.parse(world))
	f.validate(&wrong, files)
	tampers, err := f.tampers()
	wrong.note(err)
	var to *url.URL
	if f.to != "" {
		to, err = parseTarget("--to", f.to)
		wrong.note(err)
	}
	if err := wrong.err(); err != nil {
		return err
	}
	all, err := f.read(world, files)
	if err != nil {
		return err
	}
	s := newSender(&f.sending, &f.output, world, roots)
	plan, err := f.plan(s, all, to, tampers)
	if err != nil {
		return err
	}
	f.announce(world, s, plan)
	r, err := s.run(ctx, world, "replay", plan)
	if err != nil {
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	return s.finish(world, r)
}

func (f *replaying) validate(wrong *mistakes, files []string) {
	wrong.when(len(files) == 0, "replay needs a file of recorded requests, or - for standard input, as in: belay replay capture.har --to http://localhost:3000")
	dashes := 0
	for _, name := range files {
		if name == "-" {
			dashes++
		}
	}
	wrong.when(dashes > 1, "standard input can be read once, and got - %d times", dashes)
	wrong.when(f.to != "" && f.toRecorded, "--to and --to-recorded do not go together")
	wrong.when(!(f.speed >= 0.01 && f.speed <= 10000), "--speed %g: want 0.01 to 10000", f.speed)
	wrong.when(f.maxWait < 0 || f.maxWait > time.Hour, "--max-wait %s: want 0s to 1h", f.maxWait)
	wrong.when(f.from != "" && !slices.Contains(recording.Formats(), f.from), "--from %s: want %s", f.from, strings.Join(recording.Formats(), ", "))
	wrong.when(f.timeout > 0 && f.timeout < f.deadline, "--timeout %s is shorter than --deadline %s", f.timeout, f.deadline)
}

func (f *replaying) tampers() ([]payload.Tamper, error) {
	var wrong mistakes
	var all []payload.Tamper
	for _, text := range f.tamper {
		t, err := payload.ParseTamper(text)
		if err != nil {
			err = fmt.Errorf("--tamper: %w", err)
		}
		wrong.note(err)
		wrong.when(t.LostFirst || t.Duplicate, "--tamper %s goes with belay send: a recording has its own retries", t.Name)
		all = append(all, t)
	}
	return all, wrong.err()
}

// read reads the files, says what was left out, and picks those that are wanted.
func (f *replaying) read(world IO, files []string) ([]recording.Recording, error) {
	var all []recording.Recording
	for _, file := range files {
		if in, ok := world.Stdin.(*os.File); ok && file == "-" && isTerminal(in) {
			f.say(world, "paste what was recorded, and end it with ctrl-D on a line of its own")
		}
		name, data, err := readUpTo(world, file, recording.MaxFile)
		if err != nil {
			return nil, usageError("read the recordings: %v", err)
		}
		set, err := recording.Read(name, data, recording.Options{Format: f.from, Open: openBody})
		if err != nil {
			return nil, usageError("%s", report.Clean(err.Error(), 1000))
		}
		f.tell(world, name, set)
		all = append(all, set.Recordings...)
	}
	return f.picked(all)
}

// openBody opens the file that a curl line takes its body from.
func openBody(name string) (io.ReadCloser, error) { return os.Open(name) }

// tell says what of a file is not sent.
func (f *replaying) tell(world IO, name string, set recording.Set) {
	if set.Cut != "" {
		f.say(world, "%s: %s", report.Clean(name, 200), set.Cut)
	}
	if n := len(set.Skipped); n > 0 {
		first := set.Skipped[0]
		f.say(world, "%s: %d of %d requests are none of Slack's and are left out; %s", report.Clean(name, 200), n, n+len(set.Recordings),
			report.Clean(fmt.Sprintf("%s: %v", first.Recording.Source, first.Reason), 300))
	}
}

// picked are the recordings that --only names.
func (f *replaying) picked(all []recording.Recording) ([]recording.Recording, error) {
	if f.only == "" {
		return all, nil
	}
	wanted := make([]bool, len(all))
	for _, part := range strings.Split(f.only, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, errFrom := strconv.Atoi(strings.TrimSpace(first))
		to, errTo := strconv.Atoi(strings.TrimSpace(last))
		if errFrom != nil || errTo != nil || from < 1 || to < from || to > len(all) {
			return nil, usageError("--only %s: want numbers from 1 to %d, as in 1 or 2,4-6", part, len(all))
		}
		for n := from; n <= to; n++ {
			wanted[n-1] = true
		}
	}
	var some []recording.Recording
	for n, r := range all {
		if wanted[n] {
			some = append(some, r)
		}
	}
	return some, nil
}

// plan makes deliveries of recordings.
func (f *replaying) plan(s *sender, all []recording.Recording, to *url.URL, tampers []payload.Tamper) ([]planned, error) {
	terms := recording.Terms{To: to, Secret: s.target.Secret, Token: s.target.Token, KeepIDs: f.keepIDs, Now: time.Now()}
	offsets := recording.Offsets(all, f.speed, f.maxWait)
	var plan []planned
	for n, r := range all {
		if to == nil && !f.toRecorded && !r.Loopback() {
			e := usageError("%s went to another machine, and belay does not send there unasked", report.Clean(r.Source, 200))
			e.hint = "--to http://localhost:3000, or --to-recorded"
			return nil, e
		}
		again, err := r.Replay(terms)
		if err != nil {
			return nil, usageError("%s", report.Clean(err.Error(), 1000))
		}
		p := planned{
			Delivery: s.delivery(again.Delivery), Name: replayName(n, len(all), r, again.Delivery),
			Remarks: replayRemarks(again), Secrets: again.Secrets,
		}
		p.Delivery.Tamper = tampers
		if n > 0 {
			p.After = offsets[n] - offsets[n-1]
		}
		plan = append(plan, p)
	}
	return plan, idle(plan, tampers)
}

// idle refuses tampers that would change nothing about any of the requests.
func idle(plan []planned, tampers []payload.Tamper) error {
	var wrong mistakes
	for _, t := range tampers {
		spoils := slices.ContainsFunc(plan, func(p planned) bool {
			p.Delivery.Tamper = []payload.Tamper{t}
			return len(p.Delivery.WithoutEffect()) == 0
		})
		wrong.when(!spoils, "--tamper %s changes nothing: the recordings have nothing of what it would spoil", t.Name)
	}
	return wrong.err()
}

// replayName tells recordings apart, and says what each is.
func replayName(n, of int, r recording.Recording, d payload.Delivery) string {
	name := d.Kind.Name
	if command := d.Fields.Text("command"); d.Kind.Name == payload.Command.Name && command != "" {
		name = command
	}
	name += " of " + r.Source
	if of > 1 {
		name = fmt.Sprintf("%d. %s", n+1, name)
	}
	return report.Clean(name, 200)
}

// replayRemarks are what there is to know of a replay: what is not as it was, and what
// was not as Slack sends it.
func replayRemarks(again recording.Replay) []string {
	var all []string
	for _, text := range again.Lost {
		all = append(all, "not as it was: "+text)
	}
	if len(again.Renewed) > 0 {
		all = append(all, "renewed: "+strings.Join(again.Renewed, ", ")+"; --keep-ids sends them as they were")
	}
	for _, text := range again.Differences {
		all = append(all, "recorded: "+text)
	}
	return all
}

// announce says beforehand what may run a handler.
func (f *replaying) announce(world IO, s *sender, plan []planned) {
	urls := map[string]int{}
	var order []string
	for _, p := range plan {
		to := report.Clean(p.Delivery.URL.Redacted(), 200)
		if urls[to] == 0 {
			order = append(order, to)
		}
		urls[to]++
	}
	for _, to := range order[:min(len(order), 10)] {
		f.say(world, "this sends %d× what was recorded to %s, where handlers may run", urls[to], to)
	}
	s.announceUnsigned(world, plan)
}
