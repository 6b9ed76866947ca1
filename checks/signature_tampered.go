package checks

import "context"

// signatureTampered asks for the refusal of a signature over another body.
var signatureTampered = Check{
	ID: "signature.tampered", Title: "a tampered body is refused", Needs: signatureNeeds,
	Problems: []string{"signature.accepts-tampered"},
	Run: func(ctx context.Context, s *Session) Result {
		return s.judgeBad(ctx, "signature.accepts-tampered", qTampered)
	},
}
