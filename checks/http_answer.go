package checks

import (
	"context"
	"errors"
	"io"
	"slices"
	"syscall"

	"belay/simulator/payload"
)

// httpAnswer asks whether what listens answers in HTTP.
var httpAnswer = Check{
	ID: "http.answer", Title: "the app answers in HTTP", Needs: []string{"tcp.connect"},
	Problems: []string{"http.closed", "http.malformed", "http.truncated"},
	Run: func(ctx context.Context, s *Session) Result {
		if tls := s.done["tls.handshake"]; s.URL.Scheme == "https" && tls.Status != Pass && tls.Status != Warn {
			return skip("not asked after tls.handshake: %s", orText(tls.Saw, tls.Reason))
		}
		i := s.talk(ctx)
		if len(i.asked) == 0 {
			return skip("%s", i.why(qForged))
		}
		for _, a := range i.proper() {
			if r := judgeBroken(s, a); r.Status != "" {
				return r.with(s, a)
			}
		}
		return i.answeredAtAll()
	},
}

// proper are the requests that say how the URL treats what it is for: the controls
// and, where there is none, the forged one.
func (i *interview) proper() []asked {
	var all []asked
	for _, a := range i.asked {
		switch a.question {
		case qChallenge, qProbe, qNamed, qForged:
			all = append(all, a)
		}
	}
	return all
}

// judgeBroken names an answer that came and is not whole HTTP. The zero result
// means that nothing is wrong with it.
func judgeBroken(s *Session, a asked) Result {
	err := a.answer.Err
	switch {
	case errors.Is(err, payload.ErrHeadTooLarge):
		return found("http.malformed", "the head is larger than 256 KiB%s", s.interview.toWhich(a.question))
	case errors.Is(err, payload.ErrMalformed):
		return found("http.malformed", "%s%s", cutAt(s.hide(err.Error()), 160), s.interview.toWhich(a.question))
	case a.answer.Reached == payload.PhaseBody && !a.answer.GaveUp && !errors.Is(err, context.Canceled):
		return found("http.truncated", "the body ends after %d bytes: %v", len(a.answer.Body), err)
	}
	return Result{}
}

// toWhich names the request that an answer belongs to, where there are several.
func (i *interview) toWhich(question string) string {
	if i.alone {
		return ""
	}
	return ", to the " + question + " request"
}

// answeredAtAll tells an app that says nothing to anybody, or nothing to what was
// named, from one that drops what it cannot accept.
func (i *interview) answeredAtAll() Result {
	dropped, ok := i.dropped()
	switch {
	case !ok || errors.Is(dropped.answer.Err, context.Canceled) && i.saidAnything():
		return i.firstAnswer()
	case errors.Is(dropped.answer.Err, context.Canceled):
		return skip("%s", i.stopped)
	case i.diedAfter != "" && !i.cameBack && !i.saidAnything():
		return inconclusive("the app died before it answered: see app.alive")
	case i.diedAfter == dropped.question:
		return i.firstAnswer()
	}
	saw := "the connection ends without an answer" + howEnded(dropped.answer.Err)
	if i.alone {
		return found("http.closed", "%s", saw).with(i.s, dropped)
	}
	if dropped.question == qNamed {
		return found("http.closed", "%s, to the named request (%s)", saw, i.s.Target.named()).with(i.s, dropped)
	}
	if i.s.Target.Secret == "" {
		return inconclusive("%s, to everything belay can send without the signing secret; an app may drop what it cannot verify: %s", saw, secretHint).with(i.s, dropped)
	}
	return found("http.closed", "%s, to %s", saw, plural(len(i.asked), "request", "requests")).with(i.s, dropped)
}

// dropped is what was named, if it was dropped, else the first request where all
// were.
func (i *interview) dropped() (asked, bool) {
	if a, ok := i.answer(qNamed); ok && i.classOf(a) == classDropped && !neverSent(a) {
		return asked{qNamed, a}, true
	}
	if len(i.asked) == 0 || i.saidAnything() {
		return asked{}, false
	}
	return i.asked[0], true
}

// saidAnything reports whether one request was answered, or kept waiting.
func (i *interview) saidAnything() bool {
	return slices.ContainsFunc(i.asked, func(a asked) bool { return i.classOf(a.answer) != classDropped })
}

// firstAnswer is the passing result, unless nothing came in time.
func (i *interview) firstAnswer() Result {
	for _, a := range i.asked {
		if a.answer.Answered() {
			return pass("%s", i.s.inShort(a.answer))
		}
	}
	return pass("it takes requests, and answered none in time")
}

func howEnded(err error) string {
	switch {
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return " (reset)"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return " (closed)"
	}
	return ""
}

// with adds an exchange to a result's evidence.
func (r Result) with(s *Session, all ...asked) Result {
	if r.Evidence == nil {
		r.Evidence = &Evidence{}
	}
	for _, a := range all {
		r.Evidence.Exchanges = append(r.Evidence.Exchanges, s.exchangeOf(a.question, a.answer))
	}
	return r
}
