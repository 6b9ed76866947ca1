package checks

import (
	"context"

	"belay/checks/problem"
)

// httpStatus asks whether the app itself is content with what it is for.
var httpStatus = Check{
	ID: "http.status", Title: "the app answers with status 200", Needs: []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"http.server-error", "http.client-error", "http.status"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if a, ok := i.answer(qNamed); ok {
			return i.judgeNamed(asked{qNamed, a})
		}
		if a, ok := i.answer(qChallenge); ok && s.Target.Kind.Surface() == Events && s.Target.Secret != "" && a.Status >= 500 {
			return found("http.server-error", "url_verification gets %s", s.inShort(a)).with(s, asked{qChallenge, a})
		}
		if a, ok := i.answer(qProbe); ok {
			if r, _ := s.meaning(a); r.Means == MeansCrash {
				return found("http.server-error", "a crash page: %s", r.Evidence).with(s, asked{qProbe, a})
			}
		}
		if s.Target.named() == "" {
			return skip("what the app answers to something it does not know is no finding: name a real one with %s", s.nameFlag())
		}
		return skip("%s", i.why(qNamed))
	},
}

// judgeNamed judges the status of what was named. What Bolt says for want of a
// listener, and a refused signature, belong to other checks.
func (i *interview) judgeNamed(a asked) Result {
	r, _ := i.s.meaning(a.answer)
	status := a.answer.Status
	switch {
	case !a.answer.Answered():
		return skip("%s to %s", i.s.inShort(a.answer), i.s.Target.named())
	case r.Means == MeansNoListener:
		return skip("nothing listens for %s: see ack.handler", i.s.Target.named())
	case i.classOf(a.answer) == classRefused && i.refusesValid():
		return skip("refused for its signature: see signature.valid")
	case r.Means == MeansNotInstalled, status == 401 && i.tellsApart():
		return skip("verified, and refused for its team: see team.installed")
	case isRedirect(a.answer):
		return skip("%s: see http.redirect", i.s.inShort(a.answer))
	case status >= 500:
		r := found("http.server-error", "%s gets %s", i.s.Target.named(), i.s.inShort(a.answer)).with(i.s, a)
		if sent(a.answer).standsIn() {
			return r.probable().remark("", "the view that was sent is belay's own: a handler that reads its own inputs fails on it; send yours with --view FILE")
		}
		return r
	case status >= 400:
		return found("http.client-error", "%s gets %s", i.s.Target.named(), i.s.inShort(a.answer)).with(i.s, a)
	case status > 200 && status < 300 && i.s.Target.Kind.Surface() != Events:
		return found("http.status", "%s gets %s, not 200", i.s.Target.named(), i.s.inShort(a.answer)).at(problem.Warn).with(i.s, a)
	}
	return pass("%d to %s", status, i.s.Target.named())
}

// tellsApart reports an app that verifies and refuses belay's team, which never
// installed it.
func (i *interview) tellsApart() bool {
	judged, _ := i.judge(qForged)
	return judged == judgedRefused
}
