package checks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"belay/checks/problem"
	"belay/simulator/payload"
)

// ackDeadline asks whether the app acknowledges within Slack's three seconds, from
// where belay stands.
var ackDeadline = Check{
	ID: "ack.deadline", Title: "the app acknowledges in time", Needs: []string{"http.answer", "http.direct"},
	Problems: []string{"ack.timeout", "ack.body-stalled", "ack.cold-start", "ack.slow"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		timed := i.timed()
		if len(timed) == 0 {
			return skip("%s", i.why(qChallenge))
		}
		var result Result
		for n, question := range timed {
			if r := i.judgeTimed(question); n == 0 || weight(r.Status) > weight(result.Status) {
				result = r
			}
		}
		return result
	},
}

// weight orders the outcomes of timing.
func weight(s Status) int { return slices.Index([]Status{Pass, Warn, Fail}, s) }

// judgeTimed judges the answers to one question, with all of them in the evidence.
func (i *interview) judgeTimed(question string) Result {
	answers := i.timedAnswers(question)
	result := i.judgeTimes(question, answers)
	if result.Evidence == nil {
		result = result.with(i.s, asked{question, slowest(answers)})
	}
	result.Evidence.Samples = i.s.samples(question, answers)
	return result
}

// timed are the questions whose answers are held to the deadline: what was named,
// because it alone shows a handler, and the control; for want of both, what stands
// in for them.
func (i *interview) timed() []string {
	order := []string{qNamed, qChallenge}
	if i.s.Target.Kind.interactive() {
		order = []string{qNamed, qForged}
	}
	var questions []string
	for _, question := range order {
		if len(i.timedAnswers(question)) > 0 && !(question == qChallenge && i.onlyChallengeLate()) {
			questions = append(questions, question)
		}
	}
	if len(questions) == 0 && len(i.timedAnswers(qProbe)) > 0 {
		return []string{qProbe}
	}
	return questions
}

// timedAnswers leaves out what says nothing of the time: an answer for want of a
// listener, which Bolt for JavaScript gives after Slack's deadline, and none.
func (i *interview) timedAnswers(question string) []payload.Answer {
	return slices.DeleteFunc(i.answers(question), func(a payload.Answer) bool {
		r, _ := i.s.meaning(a)
		return r.Means == MeansNoListener || !a.Answered() && !a.GaveUp
	})
}

// onlyChallengeLate reports a command's endpoint that has no use for JSON and is
// prompt with a command.
func (i *interview) onlyChallengeLate() bool {
	if i.s.Target.Kind.Surface() != Command {
		return false
	}
	for _, a := range i.answers(qChallenge) {
		if !i.isLate(a) {
			return false
		}
	}
	for _, question := range []string{qNamed, qProbe, qForged} {
		if a, ok := i.answer(question); ok {
			return !i.isLate(a)
		}
	}
	return false
}

func (i *interview) isLate(a payload.Answer) bool {
	return a.GaveUp || a.Took() > i.s.Target.Deadline
}

func (i *interview) judgeTimes(question string, answers []payload.Answer) Result {
	deadline := i.s.Target.Deadline
	first, rest := answers[0], answers[1:]
	late := slices.IndexFunc(answers, i.isLate)
	if i.isColdStart(first, rest) {
		return found("ack.cold-start", "the first request took %s, the others %s", millis(first.Took()), millis(median(rest))).
			with(i.s, asked{question, first})
	}
	if late >= 0 {
		return i.judgeLate(question, answers[late])
	}
	p95 := percentile(answers, 95)
	saw := fmt.Sprintf("%s of Slack's %s to %s", millis(p95), millis(deadline), i.nameOfQuestion(question))
	if len(answers) > 1 {
		saw += fmt.Sprintf(", worst of %d, from this machine", len(answers))
		saw = millis(percentile(answers, 100)) + saw[len(millis(p95)):]
	}
	if p95 > deadline/2 {
		return found("ack.slow", "%s", saw).at(problem.Warn)
	}
	return pass("%s", saw)
}

// isColdStart reports that the first alone was slow, and the others are in time.
func (i *interview) isColdStart(first payload.Answer, rest []payload.Answer) bool {
	if len(rest) == 0 || first.Took() <= i.s.Target.Deadline/2 || slices.ContainsFunc(rest, i.isLate) {
		return false
	}
	return first.Took() > 3*median(rest)
}

func (i *interview) judgeLate(question string, a payload.Answer) Result {
	deadline := i.s.Target.Deadline
	what := i.nameOfQuestion(question)
	headInTime := a.Answered() && a.TookToHead() <= deadline
	switch {
	case a.GaveUp && a.Answered() && headInTime:
		return found("ack.body-stalled", "the head of the answer to %s came after %s, its body had not ended after %s", what, millis(a.TookToHead()), millis(a.Took())).with(i.s, asked{question, a})
	case headInTime && a.Answered():
		return found("ack.body-stalled", "the head of the answer to %s came after %s, the end of its body after %s", what, millis(a.TookToHead()), millis(a.Took())).with(i.s, asked{question, a})
	case a.GaveUp:
		return found("ack.timeout", "no answer to %s within %s; Slack stops waiting at %s", what, millis(a.Took()), millis(deadline)).with(i.s, asked{question, a})
	}
	return found("ack.timeout", "the app answers %s after %s; Slack stops waiting at %s", what, millis(a.Took()), millis(deadline)).with(i.s, asked{question, a})
}

// nameOfQuestion is what was timed, in the user's words.
func (i *interview) nameOfQuestion(question string) string {
	switch question {
	case qNamed:
		return i.s.Target.named()
	case qForged:
		return "a request that it refuses"
	case qProbe:
		return "a command it does not know"
	}
	return "url_verification"
}

func (s *Session) samples(question string, answers []payload.Answer) *Samples {
	e := &Samples{
		Question: question, First: Millis(answers[0].Took()), Deadline: Millis(s.Target.Deadline),
		P50: Millis(percentile(answers, 50)), P95: Millis(percentile(answers, 95)), Worst: Millis(percentile(answers, 100)),
	}
	for _, a := range answers {
		e.Times = append(e.Times, Millis(a.Took()))
	}
	return e
}

// percentile is the nearest rank, so that a worst of five is a time that was seen.
func percentile(answers []payload.Answer, p int) time.Duration {
	times := make([]time.Duration, len(answers))
	for n, a := range answers {
		times[n] = a.Took()
	}
	slices.Sort(times)
	rank := (p*len(times) + 99) / 100
	return times[max(rank, 1)-1]
}

func median(answers []payload.Answer) time.Duration { return percentile(answers, 50) }

func slowest(answers []payload.Answer) payload.Answer {
	return slices.MaxFunc(answers, func(a, b payload.Answer) int { return int(a.Took() - b.Took()) })
}

// millis is a duration as the reports print it: 45 ms, 4.1 s.
func millis(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
