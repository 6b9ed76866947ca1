package checks

import "context"

// verificationToken asks what the deprecated token is worth to the app.
var verificationToken = Check{
	ID: "verification-token.guard", Title: "the verification token is checked, or not needed", Needs: signatureNeeds,
	Problems: []string{"verification-token.accepts-wrong", "verification-token.rejects-valid"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if s.Target.Token == "" {
			return skip("needs --verification-token")
		}
		good, ok := i.answer(i.good())
		if !ok {
			return skip("%s", i.why(i.good()))
		}
		if s.Target.Secret == "" && i.classOf(good) == classRefused {
			return found("verification-token.rejects-valid", "%s to a request with your token; the app holds another, or verifies the signature, for which belay needs the signing secret", s.inShort(good)).with(s, asked{i.good(), good})
		}
		return i.judgeToken()
	},
}

func (i *interview) judgeToken() Result {
	wrong, ok := i.answer(qWrongToken)
	if !ok {
		return skip("%s", i.why(qWrongToken))
	}
	judged, why := i.judge(qWrongToken)
	verifies, _ := i.judge(qForged)
	switch {
	case judged == judgedServed && verifies == judgedRefused:
		return pass("a wrong one is ignored").
			remark("", "the app verifies the signature and ignores the token, which Slack deprecates: as it should")
	case judged == judgedServed:
		return found("verification-token.accepts-wrong", "a wrong token is served: %s", why).with(i.s, asked{qWrongToken, wrong})
	case judged == judgedUnknown:
		return inconclusive("%s", why)
	}
	return pass("a wrong one is refused: %s", why)
}
