package checks

import "context"

// signatureForged asks for the refusal of signatures that are not Slack's. It needs
// no secret.
var signatureForged = Check{
	ID: "signature.forged", Title: "a forged signature is refused", Needs: signatureNeeds,
	Problems: []string{"signature.accepts-forged"},
	Run: func(ctx context.Context, s *Session) Result {
		result := s.judgeBad(ctx, "signature.accepts-forged", qForged, qEmptySecret, qVersion, qTruncated)
		if result.Status == Pass && s.Target.Secret == "" {
			a, _ := s.interview.answer(qForged)
			result.Saw = "refuses what belay cannot sign (" + s.inShort(a) + "). As it should"
		}
		if i := s.interview; i.class(qForgedChallenge) == classAccepted && !i.challengeIsVerified() && result.Status == Pass {
			return result.remark("", "url_verification is answered whatever its signature, which gives nothing away")
		}
		return result
	},
}
