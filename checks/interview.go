package checks

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
)

// An interview is the conversation with an app: every request belay sends it, one
// after the other, in an order that does no harm. The checks judge its transcript.
type interview struct {
	s *Session
	// url is the target, or where its redirects lead.
	url   *url.URL
	asked []asked
	// notAsked says for each question why it was left out.
	notAsked map[string]string
	// stopped says why nothing more was asked, and stoppedAt with which question.
	stopped, stoppedAt string
	// alone is set where the transcript is one delivery of the user's own, so that a
	// request needs no name.
	alone bool
	// intruder is by which answer somebody stepped in, as the number of those before
	// it; none where nobody did.
	intruder int
	// hops are the answers that redirected, and hopsEnd says where they end.
	hops    []payload.Answer
	hopsEnd hopsEnd
	// diedAfter is the question after which nothing listened any more; cameBack is
	// set when something did again.
	diedAfter string
	cameBack  bool
	// extra counts the requests beside the samples of url_verification and of what
	// was named.
	extra    int
	handlers int
	// requests counts all of them.
	requests int
	sequence int
	late     int
	// waitedOn is set when an answer was waited for as long as belay ever waits.
	waitedOn bool
	lastSent time.Time
	// edges are the offsets of the clock that the app was found to accept.
	edges edges
}

// none is no place in a list.
const none = -1

// asked is one request and its answer.
type asked struct {
	question string
	answer   payload.Answer
}

// maxExtra is how many requests beside the samples one URL gets at most.
const maxExtra = 25

// limitReached is why a question is left out after that.
const limitReached = "the limit of requests to one URL was reached"

// full reports whether only the control may still be repeated.
func (i *interview) full() bool { return i.extra >= maxExtra-1 }

// nearlyFull reports whether what is left is needed for the questions that an app
// must not fail, and that come last because they are the most dangerous.
func (i *interview) nearlyFull() bool { return i.extra >= maxExtra-4 }

// talk holds the interview once.
func (s *Session) talk(ctx context.Context) *interview {
	if s.interview != nil {
		return s.interview
	}
	i := &interview{s: s, url: s.URL, notAsked: map[string]string{}, intruder: none}
	s.interview = i
	for _, q := range questions() {
		if reason := i.leaveOut(ctx, q); reason != "" {
			i.notAsked[q.name] = reason
			continue
		}
		s.asking(q.title)
		q.ask(ctx, i)
	}
	return i
}

// leaveOut says why a question is not asked, or "".
func (i *interview) leaveOut(ctx context.Context, q question) string {
	switch {
	case q.set == ProbesAll && i.s.probes() != ProbesAll:
		return "needs --probes all"
	case i.stopped != "":
		return i.stopped
	}
	if reason := q.when(i); reason != "" {
		return reason
	}
	if i.full() && q.name != qAgain {
		return limitReached
	}
	return i.outOfTime(ctx)
}

// outOfTime says that the answer to one more question could not be waited for.
func (i *interview) outOfTime(ctx context.Context) string {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < i.grace() {
		return "not reached within --timeout " + i.s.Target.Timeout.String()
	}
	if ctx.Err() != nil {
		return i.s.outOfTime(ctx)
	}
	return ""
}

// grace is how long an answer is waited for when lateness alone does not count: to
// the end of the window in which Bolt for JavaScript answers for want of a
// listener.
func (i *interview) grace() time.Duration { return i.s.Target.Deadline * 23 / 20 }

// patience is how long a late answer is waited for, to tell slow from never: once.
func (i *interview) patience() time.Duration {
	if i.waitedOn {
		return i.grace()
	}
	return i.s.Target.Patience
}

// send asks once and keeps the transcript. It looks after the app when the answer
// is none.
func (i *interview) send(ctx context.Context, name string, d payload.Delivery, wait time.Duration) payload.Answer {
	i.pause(ctx)
	d.Header = i.s.Target.Header
	if d.URL == nil {
		d.URL = i.url
	}
	i.lastSent = time.Now()
	a := i.deliver(ctx, d, wait)
	if isRedirect(a) && i.hops == nil {
		a = i.follow(ctx, d, a, wait)
	}
	i.asked = append(i.asked, asked{name, a})
	if name != qNamed && i.mayHaveRun(a) {
		i.handlers++
	}
	i.extra++
	i.mind(ctx, name, a)
	return a
}

// mayHaveRun reports whether an answer to another request than that for what was
// named is its handler's: every request about an action is about the one that was
// named.
func (i *interview) mayHaveRun(a payload.Answer) bool {
	if !i.s.Target.Kind.interactive() || i.s.Target.Action == "" {
		return false
	}
	return a.OK() || i.class(i.good()) == classRefused && i.acceptedAfterAll(a)
}

// deliver is where every request goes out.
func (i *interview) deliver(ctx context.Context, d payload.Delivery, wait time.Duration) payload.Answer {
	i.requests++
	return i.s.client(wait).Send(ctx, d)
}

// pause keeps to five requests a second where the target is not local.
func (i *interview) pause(ctx context.Context) {
	if i.s.nearby() || i.lastSent.IsZero() {
		return
	}
	timer := time.NewTimer(time.Until(i.lastSent.Add(i.s.Target.Pace)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// mind draws the conclusions that end an interview: the app died, it answers
// nothing in time, or somebody stepped in.
func (i *interview) mind(ctx context.Context, name string, a payload.Answer) {
	if ctx.Err() != nil {
		i.stop(name, i.s.outOfTime(ctx))
		return
	}
	if a.GaveUp {
		i.waitedOn = true
		i.late++
		if i.late == 4 {
			i.stop(name, "four answers in a row did not come in time")
		}
		return
	}
	i.late = 0
	if !a.Answered() {
		i.look(ctx, name, i.deadly(name, a))
		return
	}
	met, ok := i.s.meaning(a)
	if !ok {
		return
	}
	switch met.Means {
	case MeansChallenge, MeansRateLimited, MeansOffline, MeansBadGateway, MeansHostRefused:
		i.intruder = len(i.asked) - 1
		i.stop(name, met.Who+" answered in the app's place ("+met.Evidence+")")
	}
}

func (i *interview) stop(question, why string) {
	if i.stopped == "" {
		i.stopped, i.stoppedAt = why, question
	}
}

// neverSent reports a request that found nobody to take it.
func neverSent(a payload.Answer) bool {
	return slices.Contains([]payload.Phase{payload.PhaseDNS, payload.PhaseConnect, payload.PhaseTLS}, a.Reached)
}

// deadly is the request of which an app died that did not answer this one: the one
// before, if this one found nobody any more.
func (i *interview) deadly(name string, a payload.Answer) string {
	if before := len(i.asked) - 2; before >= 0 && neverSent(a) {
		return i.asked[before].question
	}
	return name
}

// look finds out at a question whether anything still listens after one, and gives
// a restarting app a moment to come back.
func (i *interview) look(ctx context.Context, at, after string) {
	if i.listens(ctx) {
		return
	}
	i.diedAfter, i.cameBack = after, i.comesBack(ctx)
	if !i.cameBack {
		i.stop(at, "nothing listens any more")
	}
}

func (i *interview) listens(ctx context.Context) bool {
	for _, d := range i.s.dials {
		if d.err != nil {
			continue
		}
		try, cancel := context.WithTimeout(ctx, i.s.Target.Deadline)
		conn, err := i.s.dial(try, "tcp", d.address.String())
		cancel()
		if err == nil {
			_ = conn.Close()
			return true
		}
	}
	return false
}

// comesBack waits for a third of the deadline at most.
func (i *interview) comesBack(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, i.s.Target.Deadline/3)
	defer cancel()
	tick := time.NewTicker(max(i.s.Target.Deadline/30, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
			if i.listens(ctx) {
				return true
			}
		}
	}
}

// answers are all that one question got.
func (i *interview) answers(question string) []payload.Answer {
	var all []payload.Answer
	for _, a := range i.asked {
		if a.question == question {
			all = append(all, a.answer)
		}
	}
	return all
}

// answer is the first that a question got.
func (i *interview) answer(question string) (payload.Answer, bool) {
	for _, a := range i.asked {
		if a.question == question {
			return a.answer, true
		}
	}
	return payload.Answer{}, false
}

// why says why a question has no answer.
func (i *interview) why(question string) string {
	if reason, ok := i.notAsked[question]; ok {
		return reason
	}
	return "not asked"
}

// here are the requests to the URL itself, without those to other paths.
func (i *interview) here() []asked {
	return slices.DeleteFunc(slices.Clone(i.asked), func(a asked) bool {
		return a.question == qSibling || strings.HasPrefix(a.question, qNearby)
	})
}

// answerers are who was recognised, in the table's order.
func (s *Session) answerers() []Recognition {
	if s.interview == nil {
		return nil
	}
	met := map[string]Recognition{}
	for _, a := range s.interview.here() {
		for _, r := range s.recognise(a.answer) {
			if known, ok := met[r.Who]; !ok || r.Sure && !known.Sure {
				met[r.Who] = r
			}
		}
	}
	var all []Recognition
	for _, sign := range Signs() {
		if r, ok := met[sign.Who]; ok {
			all = append(all, r)
			delete(met, sign.Who)
		}
	}
	return all
}

// sent counts what the app got.
func (s *Session) sent() Sent {
	scene := s.scene()
	sent := Sent{Team: scene.TeamID, User: scene.UserID}
	if s.interview == nil {
		return sent
	}
	for _, a := range s.interview.asked {
		if a.answer.Status >= 400 {
			sent.Refusals++
		}
	}
	sent.Requests, sent.MayHaveRunAHandler = s.interview.requests, s.interview.handlers
	return sent
}

// secretHint is how a secret is given.
const secretHint = "needs the signing secret: SLACK_SIGNING_SECRET=… (Basic Information → App Credentials)"

// notAsked says what was left out, and how to have it asked.
func (s *Session) notAsked() []string {
	i := s.interview
	if i == nil {
		return []string{}
	}
	left := []string{}
	if s.Target.Secret == "" {
		left = append(left, "whether it accepts Slack's signature: "+secretHint)
	}
	if s.probes() != ProbesAll {
		left = append(left, "unsigned and malformed requests, which end some apps' process: --probes all")
	}
	if s.Target.named() == "" {
		left = append(left, map[Kind]string{
			Command: "how long your own handler takes: --command /deploy (runs /deploy once)",
			Action:  "how long your own handler takes: --action ID (runs it once)",
			Options: "how your own menu answers: --action ID (runs it once)",
			Events:  "how long your own listener takes: --event app_mention (runs it once)",
		}[s.Target.Kind.Surface()])
	}
	late := 0
	for _, reason := range i.notAsked {
		if strings.HasPrefix(reason, "not reached within") {
			late++
		}
	}
	if late > 0 {
		left = append(left, plural(late, "question", "questions")+" for want of time: --timeout")
	}
	return left
}
