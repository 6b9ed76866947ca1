package checks

import (
	"context"
	"errors"
	"io"
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
		return found("http.malformed", "the head is larger than 256 KiB, to the %s request", a.question)
	case errors.Is(err, payload.ErrMalformed):
		return found("http.malformed", "%s, to the %s request", cutAt(s.hide(err.Error()), 160), a.question)
	case a.answer.Reached == payload.PhaseBody && !a.answer.GaveUp && !errors.Is(err, context.Canceled):
		return found("http.truncated", "the body ends after %d bytes: %v", len(a.answer.Body), err)
	}
	return Result{}
}

// answeredAtAll tells an app that says nothing to anybody from one that drops what
// it cannot accept.
func (i *interview) answeredAtAll() Result {
	var dropped *asked
	for n, a := range i.asked {
		if a.answer.Answered() || a.answer.GaveUp {
			if a.question == qNamed || dropped == nil || dropped.question != qNamed {
				return i.firstAnswer()
			}
			continue
		}
		if dropped == nil || a.question == qNamed {
			dropped = &i.asked[n]
		}
	}
	if dropped == nil || errors.Is(dropped.answer.Err, context.Canceled) {
		return i.firstAnswer()
	}
	if i.diedAfter != "" && !i.cameBack {
		return inconclusive("the app died before it answered: see app.alive")
	}
	saw := "the connection ends without an answer" + howEnded(dropped.answer.Err)
	if i.s.Target.Secret == "" && dropped.question != qNamed {
		return inconclusive("%s, to everything belay can send without the signing secret; an app may drop what it cannot verify: %s", saw, secretHint).with(i.s, *dropped)
	}
	return found("http.closed", "%s, to %s", saw, plural(len(i.asked), "request", "requests")).with(i.s, *dropped)
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
