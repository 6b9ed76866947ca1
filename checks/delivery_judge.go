package checks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/checks/problem"
	"belay/simulator/payload"
)

// An expectation is what a right app does with a delivery.
type expectation int

const (
	// expectAck holds for what Slack could have sent.
	expectAck expectation = iota
	// expectRefusal holds for what is spoilt so that it cannot be verified.
	expectRefusal
	// expectNothing holds where belay has no secret, and its signature is wrong
	// without anybody's wish; or where only the verification token is.
	expectNothing
)

func expectationOf(t Target, d payload.Delivery, r payload.Request) expectation {
	spoiltToken := slices.ContainsFunc(d.Tamper, func(x payload.Tamper) bool { return strings.HasPrefix(x.Name, "wrong-token") })
	switch {
	case d.Kind.Unsigned, d.Get, r.Method == "GET":
		return expectAck
	case t.Secret == "" && spoils(d):
		return expectRefusal
	case t.Secret == "" && t.Token == "":
		return expectNothing
	case t.Secret == "":
		return expectAck
	case !payload.Verify(t.Secret, r.HeaderValue(payload.SignatureHeader), r.HeaderValue(payload.TimestampHeader), r.Body, d.Time):
		return expectRefusal
	case spoiltToken:
		return expectNothing
	}
	return expectAck
}

// spoils reports whether a delivery is tampered with so that its signature is wrong,
// whatever the secret.
func spoils(d payload.Delivery) bool {
	d.Secret, d.Header = "belay", nil
	r := d.Request()
	return !payload.Verify(d.Secret, r.HeaderValue(payload.SignatureHeader), r.HeaderValue(payload.TimestampHeader), r.Body, d.Time)
}

// A judgedDelivery is one delivery with what the checks said of it.
type judgedDelivery struct {
	s       *Session
	sent    Delivered
	results []Result
	// acknowledged is set when Slack, or for a spoilt delivery its owner, is content.
	acknowledged bool
	expected     expectation
	shows        *SlackShows
}

// judgeDelivery runs the checks over the transcript of one delivery and sums them up
// in one result, which the findings beside it follow.
func judgeDelivery(ctx context.Context, t Target, sent Delivered) judgedDelivery {
	s := newSession(targetOf(t, sent.Delivery), Watch{})
	s.carried = tokenOf(sent.Delivery)
	s.recall(sent.Answer)
	s.interview = s.transcript(sent)
	j := judgedDelivery{s: s, sent: sent, expected: expectationOf(t, sent.Delivery, sent.Answer.Request)}
	interrupted := errors.Is(sent.Answer.Err, context.Canceled)
	// What is learnt of a handshake that failed is bounded like the handshake.
	ctx, cancel := context.WithTimeout(ctx, s.Target.Timeout)
	defer cancel()
	if interrupted {
		j.results = []Result{j.row(skip("interrupted"))}
		return j
	}
	var all []Result
	for _, c := range deliveryChecks(sent.Delivery) {
		all = append(all, s.check(ctx, c))
	}
	all = slices.DeleteFunc(all, j.excused)
	j.sum(all)
	return j
}

// excused leaves out what is no finding about a delivery that never arrived, or that
// is not to be accepted.
func (j *judgedDelivery) excused(r Result) bool {
	family, _, _ := strings.Cut(r.Check, ".")
	if neverSent(j.sent.Answer) && slices.Contains([]string{"http", "ack", "reply", "events"}, family) {
		return true
	}
	if j.expected == expectAck || r.Problem == nil {
		return false
	}
	switch r.Problem.ID {
	case "http.client-error":
		return true
	case "http.server-error", "http.closed", "ack.timeout", "ack.slow", "ack.body-stalled", "events.challenge", "http.status":
		return j.expected == expectRefusal
	}
	return strings.HasPrefix(r.Problem.ID, "reply.") && j.expected == expectRefusal
}

// sum makes the first result of what the checks said, and appends what else they
// found.
func (j *judgedDelivery) sum(all []Result) {
	own := slices.DeleteFunc(slices.Clone(all), func(r Result) bool { return strings.HasPrefix(r.Check, "reply.") })
	lead := firstCause(own, Fail)
	var first Result
	switch {
	case lead != nil && j.isRefusal(*lead):
		first = j.refused(j.s.inShort(j.sent.Answer))
	case lead != nil:
		first = *lead
		first.Remarks = nil
	default:
		first = j.outcome()
	}
	j.acknowledged = first.Status == Pass
	if first.Problem != nil {
		j.s.wordFix(first.Problem)
	}
	first = j.row(first)
	j.gather(&first, all)
	j.shows = j.slackShows(first)
	if first.Problem != nil {
		shown := *first.Problem
		shown.Shows = j.shows
		first.Problem = &shown
	}
	j.results = []Result{first}
	for _, r := range all {
		remarks := len(r.Remarks) > 0 && r.Status == Pass
		if lead != nil && r.Check == lead.Check && !remarks {
			continue
		}
		if r.Status == Fail || r.Status == Warn || remarks || r.Status == Inconclusive && lead == nil {
			j.results = append(j.results, r)
		}
	}
}

// isRefusal reports that an app refused what was signed with the user's secret. Why
// it did, one request does not tell; the signature is the usual reason.
func (j *judgedDelivery) isRefusal(r Result) bool {
	met, _ := j.s.meaning(j.sent.Answer)
	return j.expected == expectAck && j.s.Target.Secret != "" && r.Problem.ID == "http.client-error" &&
		!j.sent.Delivery.Kind.Unsigned && (j.sent.Answer.Status == 401 || met.Means == MeansRefused)
}

// outcome judges an answer that no check objects to.
func (j *judgedDelivery) outcome() Result {
	a, i := j.sent.Answer, j.s.interview
	short := j.s.inShort(a)
	class := i.classOf(a)
	switch {
	case neverSent(a):
		return found("http.closed", "the connection ended before the request was sent: %v", a.Err)
	case j.expected == expectRefusal:
		return j.judgeSpoilt(class, short)
	case class == classAccepted, kindOf(j.sent.Delivery) == Redirect && isRedirect(a):
		r := pass("%s in %s", short, millis(a.Took()))
		if j.expected == expectNothing && !j.tokenAlone() {
			r = r.remark("signature.accepts-forged", "it did not look at the signature, which cannot be right: belay was not given the signing secret")
		}
		return r
	case j.expected == expectNothing && j.tokenAlone():
		return pass("refused, as it should be: %s", short)
	case j.expected == expectNothing:
		return inconclusive("%s, as it should be: without the signing secret the signature cannot be right. To be accepted it %s", short, secretHint)
	case j.sent.Delivery.Kind.Name == payload.SSLCheck.Name:
		return found("ssl-check.refused", "an unsigned ssl_check gets %s", short).at(problem.Fail)
	case a.Status == 401 || a.Status == 403:
		return j.refused(short)
	}
	return j.notAcknowledged(short)
}

// tokenAlone reports a delivery with a right signature and a wrong verification
// token.
func (j *judgedDelivery) tokenAlone() bool { return j.s.Target.Secret != "" }

// judgeSpoilt judges the answer to what must be refused.
func (j *judgedDelivery) judgeSpoilt(class class, short string) Result {
	a := j.sent.Answer
	switch {
	case class == classAccepted && hasTamper(j.sent.Delivery, "future"):
		return pass("accepted: %s", short).remark("", "a request ahead of its time is accepted, as by Bolt for JavaScript and Java")
	case class == classAccepted:
		r := found(servedProblem(j.sent.Delivery), "%s to a request with %s", short, spoiltBy(j.sent.Delivery))
		if len(a.Body) == 0 {
			r = r.probable()
		}
		return r
	case class == classDropped:
		return inconclusive("the connection ends without an answer, which an app may do to what it refuses; it may have died of it as well: send it once more")
	case class == classLate:
		return inconclusive("no answer in time, which says nothing of the signature")
	case isRedirect(a):
		return inconclusive("the redirect answered, not the app")
	case a.Status >= 500:
		return pass("refused, as it should be: %s", short).remark("signature.refuses-badly", "it refuses by failing (%s); 401 or 403 would say why", short)
	}
	return pass("refused, as it should be: %s", short)
}

// refused is the refusal of what was rightly signed.
func (j *judgedDelivery) refused(short string) Result {
	r, _ := j.s.meaning(j.sent.Answer)
	if r.Means == MeansNotInstalled {
		return found("http.client-error", "%s: it knows no installation of team %s; name one with --team and --user", short, j.s.scene().TeamID).with(j.s)
	}
	if j.s.Target.Secret == "" {
		return j.notAcknowledged(short)
	}
	result := found("signature.rejects-valid",
		`%s to a request signed with your secret. Your secret's SHA-256 starts with %s; compare, where the app runs: printf %%s "$SLACK_SIGNING_SECRET" | sha256sum | cut -c1-8`,
		short, j.s.Target.Secret.Fingerprint()).with(j.s).steps(j.s, j.sent.Answer)
	if r.Means != MeansRefused {
		result = result.probable()
	}
	return result
}

// notAcknowledged names a status that no other check has a name for.
func (j *judgedDelivery) notAcknowledged(short string) Result {
	status := j.sent.Answer.Status
	switch {
	case status >= 500:
		return found("http.server-error", "%s", short)
	case status >= 400:
		return found("http.client-error", "%s", short)
	}
	return found("http.status", "%s is no acknowledgement", short).at(problem.Fail)
}

// servedProblem is the problem of an app that serves such a delivery.
func servedProblem(d payload.Delivery) string {
	for _, t := range d.Tamper {
		switch strings.SplitN(t.Name, "=", 2)[0] {
		case "stale", "future":
			return "signature.accepts-stale"
		case "changed-body", "reencoded", "signed-over":
			return "signature.accepts-tampered"
		case "unsigned", "no-signature", "no-timestamp":
			return "signature.accepts-unsigned"
		}
	}
	return "signature.accepts-forged"
}

func hasTamper(d payload.Delivery, name string) bool {
	return slices.ContainsFunc(d.Tamper, func(t payload.Tamper) bool { return t.Name == name })
}

// spoiltBy says in words what is wrong with a delivery.
func spoiltBy(d payload.Delivery) string {
	var titles []string
	for _, t := range d.Tamper {
		if t.Title != "" {
			titles = append(titles, t.Title)
		}
	}
	if len(titles) == 0 {
		return "a signature that is not right"
	}
	return strings.Join(titles, " and ")
}

// row is the result of the delivery itself.
func (j *judgedDelivery) row(r Result) Result {
	r.Check, r.Title = "delivery.acknowledged", "the app acknowledges "+named(j.sent.Delivery)
	if j.expected == expectRefusal {
		r.Check, r.Title = "delivery.refused", "the app refuses "+named(j.sent.Delivery)+" with "+spoiltBy(j.sent.Delivery)
	}
	r.Took = Millis(j.sent.Answer.Took())
	if r.Remarks == nil {
		r.Remarks = []Remark{}
	}
	evidence := Evidence{}
	if r.Evidence != nil {
		evidence = *r.Evidence
	}
	evidence.Exchanges, evidence.Samples = j.exchanges(), nil
	r.Evidence = &evidence
	j.s.redactResult(&r)
	return r
}

// named is a delivery as a sentence names it.
func named(d payload.Delivery) string {
	name := deliveryName(d)
	switch {
	case name == d.Kind.Name, d.Kind.Name == payload.Command.Name:
		return name
	case kindOf(d) == Events:
		return "the event " + name
	}
	return d.Kind.Name + " of " + name
}

// exchanges are the requests on the way, and the last.
func (j *judgedDelivery) exchanges() []Exchange {
	question := j.sent.Delivery.Kind.Name
	if j.sent.RetryNum > 0 {
		question = fmt.Sprintf("%s, retry %d", question, j.sent.RetryNum)
	}
	var all []Exchange
	for _, hop := range j.sent.hops {
		all = append(all, j.s.exchangeOf(question, hop))
	}
	if j.sent.hopsEnd.foreign != "" || j.sent.hopsEnd.loop {
		return all
	}
	return append(all, j.s.exchangeOf(question, j.sent.Answer))
}

// gather collects in one result what the checks saw on the way, so that nothing is
// lost with those that passed.
func (j *judgedDelivery) gather(first *Result, all []Result) {
	for _, r := range all {
		e := r.Evidence
		if e == nil {
			continue
		}
		if first.Evidence.Resolution == nil {
			first.Evidence.Resolution = e.Resolution
		}
		if first.Evidence.Connections == nil && r.Check == "tcp.connect" {
			first.Evidence.Connections = e.Connections
		}
		if first.Evidence.TLS == nil {
			first.Evidence.TLS = e.TLS
		}
		if first.Evidence.Chain == nil {
			first.Evidence.Chain = e.Chain
		}
		if first.Evidence.Fingerprint == nil {
			first.Evidence.Fingerprint = e.Fingerprint
		}
	}
}

// sumDeliveries is the section of the deliveries of one payload. The first result is
// theirs together; what else was found with any of them is told once.
func sumDeliveries(name string, all []judgedDelivery) Section {
	if len(all) == 0 {
		return Section{Name: name, NotAsked: []string{}, Results: []Result{}}
	}
	worst := slices.MaxFunc(all, func(a, b judgedDelivery) int { return a.weight() - b.weight() })
	s := worst.s
	section := Section{Name: name, Target: s.info(), NotAsked: []string{}}
	if !canBeNamed(worst.sent.Delivery) {
		section.Target.Named = ""
	}
	section.Sent = Sent{Team: s.scene().TeamID, User: s.scene().UserID}
	section.Results = slices.Clone(worst.results)
	seen := map[string]bool{}
	for _, r := range section.Results {
		seen[r.Check+idOf(r)] = true
	}
	for _, j := range all {
		sent := j.s.sent()
		section.Sent.Requests += sent.Requests
		section.Sent.MayHaveRunAHandler += sent.MayHaveRunAHandler
		// The transcript may have one answer under several questions.
		if j.sent.Answer.Status >= 400 {
			section.Sent.Refusals++
		}
		for _, r := range j.results[1:] {
			if !seen[r.Check+idOf(r)] {
				seen[r.Check+idOf(r)] = true
				section.Results = append(section.Results, r)
			}
		}
	}
	if len(all) > 1 {
		together(&section.Results[0], all)
	}
	section.Counts = count(section.Results)
	section.Verdict = worst.verdict(section, len(all))
	return section
}

// canBeNamed reports whether belay check can ask for what was sent by its name.
func canBeNamed(d payload.Delivery) bool {
	switch d.Kind.Name {
	case payload.Command.Name, payload.BlockActions.Name, payload.BlockSuggestion.Name:
		return true
	}
	return isEvent(d)
}

func idOf(r Result) string {
	if r.Problem == nil {
		return ""
	}
	return r.Problem.ID
}

// weight orders deliveries by how bad they came out.
func (j judgedDelivery) weight() int {
	first := j.results[0].Status
	order := []Status{Pass, Warn, Skip, Inconclusive, Fail}
	w := slices.Index(order, first) * 10
	for _, r := range j.results[1:] {
		w = max(w, slices.Index(order, first)*10+slices.Index(order, r.Status))
	}
	return w
}

// maxExchanges is how many exchanges of repetitions are kept as evidence.
const maxExchanges = 20

// together tells of repetitions in one result: how many were acknowledged, and how
// long they took.
func together(r *Result, all []judgedDelivery) {
	var answers []payload.Answer
	var bad, good []Exchange
	failed := 0
	for _, j := range all {
		x := j.results[0].Evidence.Exchanges
		if j.acknowledged {
			good = append(good, x...)
		} else {
			bad = append(bad, x...)
			failed++
		}
		if j.sent.Answer.Answered() || j.sent.Answer.GaveUp {
			answers = append(answers, j.sent.Answer)
		}
	}
	kept := append(bad, good...)
	r.Evidence.Exchanges = kept[:min(len(kept), maxExchanges)]
	text := fmt.Sprintf("%d of %d %s", len(all)-failed, len(all), word(all[0].expected == expectRefusal, "refused", "acknowledged"))
	if len(answers) > 0 {
		r.Evidence.Samples = all[0].s.samples(all[0].sent.Delivery.Kind.Name, answers)
		text += fmt.Sprintf("; min %s, median %s, p95 %s, max %s", millis(percentile(answers, 0)), millis(percentile(answers, 50)),
			millis(percentile(answers, 95)), millis(percentile(answers, 100)))
		r.Took = Millis(percentile(answers, 100))
	}
	if failed > 0 {
		text += "; the first that was not: " + firstBad(all)
	}
	r.Saw = text
}

func firstBad(all []judgedDelivery) string {
	for _, j := range all {
		if !j.acknowledged {
			return orText(j.results[0].Saw, j.results[0].Reason)
		}
	}
	return ""
}

func word(which bool, yes, no string) string {
	if which {
		return yes
	}
	return no
}

// verdict is the delivery's own, in one sentence, unless something is wrong.
func (j judgedDelivery) verdict(section Section, n int) Verdict {
	first := section.Results[0]
	v := j.s.verdict(section)
	switch {
	case first.Status == Skip:
		return Verdict{Status: Inconclusive, Summary: "Interrupted before the app answered."}
	case v.Status == Fail:
	case first.Status == Inconclusive:
		v.Summary = upperFirst(first.Reason)
		switch j.expected {
		case expectRefusal:
			v.Summary = "The app was not seen to refuse " + named(j.sent.Delivery) + " with " + spoiltBy(j.sent.Delivery) + "."
		case expectNothing:
			v.Summary = "The app refuses " + named(j.sent.Delivery) + ", which belay could not sign."
		}
	default:
		v.Summary = j.goodNews(first, n)
	}
	if v.SlackShows == nil || v.Status != Fail {
		v.SlackShows = j.shows
	}
	return v
}

func (j judgedDelivery) goodNews(first Result, n int) string {
	took := " in " + millis(time.Duration(first.Took))
	if n > 1 {
		took = fmt.Sprintf(", %d times out of %d, within %s", n, n, millis(time.Duration(first.Took)))
	}
	what := named(j.sent.Delivery)
	switch {
	case j.expected == expectRefusal && first.Saw != "" && strings.HasPrefix(first.Saw, "accepted"):
		return "The app accepts " + what + " with " + spoiltBy(j.sent.Delivery) + ", as some frameworks do."
	case j.expected == expectRefusal:
		return "The app refuses " + what + " with " + spoiltBy(j.sent.Delivery) + ", as it should."
	case j.expected == expectNothing && strings.HasPrefix(first.Saw, "refused"):
		return "The app refuses " + what + " with a wrong verification token, as it should."
	}
	return "The app acknowledges " + what + took + "."
}
