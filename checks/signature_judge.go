package checks

import (
	"context"
	"strings"
)

// judgeBad runs a check that asks whether bad requests are refused: the first that
// is served decides.
func (s *Session) judgeBad(ctx context.Context, id string, questions ...string) Result {
	i := s.talk(ctx)
	var refused, unknown []string
	for _, question := range questions {
		judged, why := i.judge(question)
		switch judged {
		case judgedServed:
			return i.served(id, question, why)
		case judgedRefused, judgedAlike:
			refused = append(refused, question+": "+why)
		default:
			if _, ok := i.answer(question); ok {
				unknown = append(unknown, why)
			}
		}
	}
	switch {
	case len(refused) > 0:
		return pass("%s", strings.Join(refused, ", "))
	case len(unknown) > 0:
		a, _ := i.answer(questions[0])
		return inconclusive("%s", unknown[0]).with(s, asked{questions[0], a})
	}
	return skip("%s", i.why(questions[0]))
}

// served is a bad request that was treated as a good one. An empty answer, or one
// with nothing to compare it with, does not prove it: an app may queue first and
// verify later.
func (i *interview) served(id, question, why string) Result {
	a, _ := i.answer(question)
	result := found(id, "%s: %s", question, why).with(i.s, asked{question, a})
	if i.s.Target.Secret != "" {
		result = result.steps(i.s, a)
	}
	if len(a.Body) == 0 || !i.controlled() || i.class(i.good()) != classAccepted {
		return result.probable()
	}
	return result
}

// signatureNeeds are what every question about signatures rests on.
var signatureNeeds = []string{"http.answer", "http.direct", "http.route"}
