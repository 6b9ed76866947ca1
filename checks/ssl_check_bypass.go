package checks

import (
	"bytes"
	"context"
	"strings"

	"belay/simulator/payload"
)

// sslCheckBypass asks whether ssl_check opens a way around the verification.
var sslCheckBypass = Check{
	ID: "ssl-check.guard", Title: "ssl_check lets nothing in unsigned", Needs: signatureNeeds,
	Problems: []string{"ssl-check.bypass"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if judged, _ := i.judge(qUnsigned); judged == judgedServed {
			return skip("unsigned requests are served anyway")
		}
		last := skip("%s", i.why(qBypass))
		for _, a := range i.asked {
			if !strings.HasPrefix(a.question, qBypass) {
				continue
			}
			last = i.judgeBypass(a)
			if last.Status == Fail {
				return last
			}
		}
		return last
	},
}

func (i *interview) judgeBypass(a asked) Result {
	r, _ := i.s.meaning(a.answer)
	plain, hasPlain := i.answer(qSSLCheck)
	good, hasGood := i.answer(i.good())
	alikePlain := hasPlain && plain.Status == a.answer.Status && bytes.Equal(plain.Body, a.answer.Body)
	switch {
	case i.stopped != "" && i.stoppedAt == a.question:
		return inconclusive("%s", i.stopped)
	case neverSent(a.answer):
		return inconclusive("nothing listened when it was sent")
	case i.trusted() != "":
		return inconclusive("%s", i.trusted())
	case r.Means == MeansNoListener:
		return i.bypassed(a, true)
	case i.classOf(a.answer) != classAccepted:
		return pass("refused: %s", i.s.inShort(a.answer))
	case alikePlain, len(a.answer.Body) == 0:
		return skip("%s, as to a plain ssl_check: it cannot be told from outside whether the rest was served", i.s.inShort(a.answer))
	case hasGood && i.classOf(good) == classAccepted && !i.differs(good, a.answer):
		return i.bypassed(a, i.sure(good))
	}
	return skip("%s, which is neither the answer to ssl_check nor that to a signed request", i.s.inShort(a.answer))
}

func (i *interview) bypassed(a asked, sure bool) Result {
	result := found("ssl-check.bypass", "an unsigned request beside %s is served: %s", strings.TrimPrefix(a.question, qBypass+": "), i.s.inShort(a.answer)).with(i.s, a)
	if sure {
		return result
	}
	return result.probable()
}

// sure reports whether the good answer has a body to know it by.
func (i *interview) sure(good payload.Answer) bool { return len(good.Body) > 0 && i.steadyBody(good) }
