package checks

import (
	"bytes"
	"strings"

	"belay/simulator/payload"
)

// A class is what an answer to a well-made request says of the verification.
type class int

const (
	// classNone is a question that was not asked.
	classNone class = iota
	// classAccepted passed the verification: 2xx, or a framework that knows no
	// listener for what it verified.
	classAccepted
	// classRefused is 401, 403 or a framework's own refusal.
	classRefused
	// classUnclear is any other status.
	classUnclear
	// classDropped is an end without an answer.
	classDropped
	// classLate was not complete when the waiting ended.
	classLate
)

func (i *interview) classOf(a payload.Answer) class {
	r, _ := i.s.meaning(a)
	switch {
	case r.Means == MeansNoListener:
		return classAccepted
	case a.GaveUp:
		return classLate
	case !a.Answered():
		return classDropped
	case a.OK():
		return classAccepted
	case a.Status == 401, a.Status == 403, r.Means == MeansRefused:
		return classRefused
	}
	return classUnclear
}

func (i *interview) class(question string) class {
	a, ok := i.answer(question)
	if !ok {
		return classNone
	}
	return i.classOf(a)
}

// good is the question whose answer shows what an accepted request looks like.
func (i *interview) good() string {
	if i.s.Target.Kind.interactive() {
		return qNamed
	}
	return qProbe
}

// controlled reports whether a request was sent that the app should accept.
func (i *interview) controlled() bool { return i.mayBeAccepted() && i.class(i.good()) != classNone }

// differs reports whether an app told two requests apart: by the status, by
// answering at all, or by the body where the same request gets the same body
// twice.
func (i *interview) differs(good, bad payload.Answer) bool {
	a, b := i.classOf(good), i.classOf(bad)
	if a != b || good.Status != bad.Status {
		return true
	}
	return i.steadyBody(good) && !bytes.Equal(good.Body, bad.Body)
}

// steadyBody reports whether the question that got this answer got the same body
// again.
func (i *interview) steadyBody(a payload.Answer) bool {
	same := 0
	for _, other := range i.asked {
		if other.question != qChallenge && other.question != i.good() && other.question != qAgain {
			continue
		}
		alike := other.answer.Status == a.Status && bytes.Equal(other.answer.Body, a.Body)
		if sameKind(other.answer, a) && !alike {
			return false
		}
		if sameKind(other.answer, a) && alike {
			same++
		}
	}
	return same >= 2
}

// sameKind reports whether two requests are of one payload kind.
func sameKind(a, b payload.Answer) bool { return isChallenge(a) == isChallenge(b) }

func isChallenge(a payload.Answer) bool {
	return bytes.Contains(a.Request.Body, []byte(`rl_verification"`)) && bytes.Contains(a.Request.Body, []byte(`"challenge"`))
}

// trusted says why the answers between the first control and the last cannot be
// compared, or "".
func (i *interview) trusted() string {
	again, ok := i.answer(qAgain)
	first, asked := i.answer(qProbe)
	if !ok || !asked || i.classOf(again) == i.classOf(first) && again.Status == first.Status {
		return ""
	}
	return "the first request was answered otherwise when it was repeated at the end (" +
		i.s.inShort(first) + ", then " + i.s.inShort(again) + "): nothing in between can be trusted"
}

// challengeIsVerified reports whether a forged url_verification was refused.
func (i *interview) challengeIsVerified() bool {
	good, ok := i.answer(qChallenge)
	bad, asked := i.answer(qForgedChallenge)
	return ok && asked && i.classOf(good) == classAccepted && i.differs(good, bad)
}

// refusesAlike reports whether the control is refused, and as a forged one is.
func (i *interview) refusesAlike() bool {
	good, ok := i.answer(i.good())
	bad, asked := i.answer(qForged)
	return ok && asked && i.classOf(good) == classRefused && !i.differs(good, bad)
}

// refusesValid reports whether the rightly signed control is refused as a forged
// one is, and not for want of an installation: an app that verifies
// url_verification and refuses every other request does not know belay's team.
func (i *interview) refusesValid() bool {
	if !i.refusesAlike() {
		return false
	}
	if i.s.Target.Kind.interactive() || !i.challengeIsVerified() {
		return true
	}
	_, parsed := i.acceptedEncoding()
	return parsed || i.refusesRewritten()
}

// refusesRewritten reports an app that accepts url_verification as Slack writes it
// and refuses it in other bytes, rightly signed both.
func (i *interview) refusesRewritten() bool {
	rewritten, ok := i.answer(qRewritten)
	challenge, _ := i.answer(qChallenge)
	return ok && i.stoppedAt != qRewritten && i.differs(challenge, rewritten)
}

// acceptedAfterAll reports whether a variant of the refused control is accepted.
func (i *interview) acceptedAfterAll(a payload.Answer) bool {
	refused, ok := i.answer(i.good())
	return ok && a.Answered() && i.classOf(a) != classRefused && i.differs(refused, a)
}

// acceptedEncoding is the re-encoding that was accepted in place of the body as
// sent.
func (i *interview) acceptedEncoding() (string, bool) { return i.acceptedVariant(qReencoded) }

// acceptedSecret is the spelling of the secret that the app holds.
func (i *interview) acceptedSecret() (string, bool) {
	if a, ok := i.answer(qEmptySecret); ok && i.acceptedAfterAll(a) {
		return "empty", true
	}
	return i.acceptedVariant(qSecrets)
}

func (i *interview) acceptedVariant(question string) (string, bool) {
	a, ok := i.acceptedAnswer(question)
	return strings.TrimPrefix(a.question, question+": "), ok
}

// acceptedAnswer is the request among the variants of a question that was accepted.
func (i *interview) acceptedAnswer(question string) (asked, bool) {
	for _, a := range i.asked {
		if strings.HasPrefix(a.question, question+": ") && i.acceptedAfterAll(a.answer) {
			return a, true
		}
	}
	return asked{}, false
}
