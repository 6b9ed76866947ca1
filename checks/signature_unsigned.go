package checks

import "context"

// signatureUnsigned asks for the refusal of requests without Slack's headers.
var signatureUnsigned = Check{
	ID: "signature.unsigned", Title: "an unsigned request is refused", Needs: signatureNeeds,
	Problems: []string{"signature.accepts-unsigned"},
	Run: func(ctx context.Context, s *Session) Result {
		return s.judgeBad(ctx, "signature.accepts-unsigned", qNoSignature, qUnsigned, qNoTimestamp)
	},
}
