package checks

import (
	"context"

	"belay/checks/problem"
)

// ackHandler asks whether what was named has a handler.
var ackHandler = Check{
	ID: "ack.handler", Title: "a handler answers", Needs: []string{"http.answer", "http.direct"},
	Problems: []string{"ack.no-handler"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if a, ok := i.answer(qNamed); ok {
			r, _ := s.meaning(a)
			switch {
			case !a.Answered():
				return skip("no handler was seen to answer: %s", s.inShort(a))
			case i.classOf(a) == classRefused:
				return skip("refused before a handler could answer: %s", s.inShort(a))
			case r.Means != MeansNoListener:
				return pass("%s: %s", s.Target.named(), s.inShort(a))
			}
			result := found("ack.no-handler", "%s knows no listener for %s (%s)", r.Who, s.Target.named(), r.Evidence).with(s, asked{qNamed, a})
			p, _ := problem.Find("ack.no-handler")
			result.Problem.Shows = showsOf(p.ShowsFor(a.Status, i.isLate(a)))
			return result
		}
		if a, ok := i.answer(qProbe); ok {
			if r, _ := s.meaning(a); r.Means == MeansNoListener {
				return pass("%s", s.inShort(a)).
					remark("ack.no-handler", "%s knows no listener for belay's probe, as it should not (%s)", r.Who, r.Evidence)
			}
		}
		if s.Target.named() == "" {
			return skip("name a real one with %s", s.nameFlag())
		}
		return skip("%s", i.why(qNamed))
	},
}
