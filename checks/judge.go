package checks

import (
	"fmt"
	"strings"

	"belay/simulator/payload"
)

// A judgement is what the answer to a bad request says.
type judgement int

const (
	// judgedUnknown means that the answer does not tell.
	judgedUnknown judgement = iota
	// judgedRefused means that the app told the bad request from the good one.
	judgedRefused
	// judgedServed means that the bad request was treated as the good one.
	judgedServed
	// judgedAlike means that good and bad are refused alike: the verification
	// refuses everything.
	judgedAlike
)

// judge compares the answer to a bad request with the control's, and says in words
// why.
func (i *interview) judge(question string) (judgement, string) {
	bad, ok := i.answer(question)
	switch {
	case !ok:
		return judgedUnknown, i.why(question)
	case i.stopped != "" && i.stoppedAt == question:
		return judgedUnknown, i.stopped
	case neverSent(bad):
		return judgedUnknown, "nothing listened when it was sent"
	}
	if reason := i.trusted(); reason != "" {
		return judgedUnknown, reason
	}
	if !i.controlled() {
		return i.judgeAlone(bad)
	}
	good, _ := i.answer(i.good())
	switch i.classOf(good) {
	case classAccepted:
		return i.judgeAgainstAccepted(good, bad)
	case classRefused:
		return i.judgeAgainstRefused(question, good, bad)
	}
	if i.challengeIsVerified() && !i.tellsForged() || i.differs(good, bad) || i.classOf(bad) == classRefused {
		return judgedRefused, i.s.inShort(bad)
	}
	return judgedUnknown, "the good request and the bad one get the same answer (" + i.s.inShort(bad) + "), which neither accepts nor refuses: name a real one with " + i.s.nameFlag()
}

func (i *interview) judgeAgainstAccepted(good, bad payload.Answer) (judgement, string) {
	r, _ := i.s.meaning(bad)
	if r.Means == MeansNoListener || !i.differs(good, bad) {
		return judgedServed, i.s.inShort(bad)
	}
	return judgedRefused, i.s.inShort(bad)
}

// judgeAgainstRefused judges by a control that was refused. What is accepted all
// the same was let in, but for other timestamps, which a wrong clock explains.
func (i *interview) judgeAgainstRefused(question string, good, bad payload.Answer) (judgement, string) {
	accepted := i.classOf(bad) == classAccepted
	switch {
	case accepted && (question == qStale || question == qFuture):
		return judgedUnknown, "accepted, where a request of this moment is refused: see signature.valid"
	case accepted:
		return judgedServed, i.s.inShort(bad)
	case i.differs(good, bad), !i.refusesValid():
		return judgedRefused, i.s.inShort(bad)
	}
	return judgedAlike, i.s.inShort(bad)
}

// tellsForged reports an app that answers a forged request otherwise than the good
// one, so that bad requests can be told by their answers.
func (i *interview) tellsForged() bool {
	good, ok := i.answer(i.good())
	forged, asked := i.answer(qForged)
	return ok && asked && i.differs(good, forged)
}

// judgeAlone judges a forged request where belay cannot sign a good one.
func (i *interview) judgeAlone(bad payload.Answer) (judgement, string) {
	switch i.classOf(bad) {
	case classAccepted:
		return judgedServed, i.s.inShort(bad)
	case classDropped:
		return judgedUnknown, "the connection ends without an answer, which an app may do to what it refuses: " + secretHint
	case classLate:
		return judgedUnknown, "no answer in time, which tells nothing of the signature: " + secretHint
	}
	if isRedirect(bad) {
		return judgedUnknown, "the redirect answered, not the app"
	}
	return judgedRefused, i.s.inShort(bad)
}

// nameFlag is the flag that names a real command, action or event.
func (s *Session) nameFlag() string {
	switch s.Target.Kind.Surface() {
	case Action, Options:
		return "--action ID"
	case Events:
		return "--event TYPE"
	}
	return "--command /name"
}

// inShort is an answer in a few words, such as "empty 401".
func (s *Session) inShort(a payload.Answer) string {
	switch {
	case !a.Answered() && a.GaveUp:
		return fmt.Sprintf("no answer in %.1f s", a.Took().Seconds())
	case !a.Answered():
		return "no answer"
	case len(a.Body) == 0:
		return fmt.Sprintf("empty %d", a.Status)
	}
	head, _ := s.hideHead(a.Body, 4096)
	body := cutAt(strings.Join(strings.Fields(head), " "), 60)
	return fmt.Sprintf("%d %s", a.Status, body)
}
