package checks

import "context"

// signatureStale asks for the refusal of a replayed request.
var signatureStale = Check{
	ID: "signature.stale", Title: "a request that is 10 minutes old is refused", Needs: signatureNeeds,
	Problems: []string{"signature.accepts-stale"},
	Run: func(ctx context.Context, s *Session) Result {
		result := s.judgeBad(ctx, "signature.accepts-stale", qStale)
		if judged, why := s.interview.judge(qFuture); judged == judgedServed && result.Status == Pass {
			return result.remark("", "a request 10 minutes ahead is accepted (%s), as Bolt for JavaScript and Java do", why)
		}
		return result
	},
}
