package checks

import (
	"context"
	"strings"
)

// signatureRefusal says whether bad requests are refused with a status that says so.
var signatureRefusal = Check{
	ID: "signature.refusal", Title: "bad requests are refused with 401 or 403", Needs: signatureNeeds,
	Problems: []string{"signature.refuses-badly"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		var badly []string
		refused := 0
		for _, question := range []string{qForged, qTampered, qStale, qEmptySecret, qVersion, qTruncated, qNoTimestamp, qNoSignature, qUnsigned} {
			a, ok := i.answer(question)
			judged, _ := i.judge(question)
			if !ok || judged != judgedRefused {
				continue
			}
			refused++
			if a.Status >= 500 || !a.Answered() && !a.GaveUp {
				badly = append(badly, question+" by "+s.inShort(a))
			}
		}
		switch {
		case refused == 0:
			return skip("nothing was seen to be refused")
		case len(badly) == 0:
			return pass("%s", plural(refused, "refusal", "refusals"))
		}
		return pass("%s", plural(refused, "refusal", "refusals")).
			remark("signature.refuses-badly", "refuses %s; 401 or 403 would say why", strings.Join(badly, ", "))
	},
}
