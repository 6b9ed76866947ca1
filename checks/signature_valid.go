package checks

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"belay/checks/problem"
	"belay/simulator/payload"
)

// signatureValid asks whether what Slack signs is accepted, and if not, why.
var signatureValid = Check{
	ID: "signature.valid", Title: "a request signed with your secret is accepted",
	Needs:    []string{"http.answer", "http.direct", "http.route"},
	Problems: []string{"signature.rejects-valid", "signature.parsed-body", "clock.skew"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if s.Target.Secret == "" {
			return skip("%s", secretHint)
		}
		a, ok := i.answer(i.good())
		if !ok {
			return skip("%s", i.why(i.good()))
		}
		result := i.judgeValid(a)
		return i.dateRemark(result)
	},
}

func (i *interview) judgeValid(a payload.Answer) Result {
	if reason := i.trusted(); reason != "" {
		return inconclusive("%s", reason)
	}
	if i.refusesRewritten() {
		challenge, _ := i.answer(qChallenge)
		rewritten, _ := i.answer(qRewritten)
		return found("signature.parsed-body", "the same url_verification is accepted as Slack writes it (%s) and refused in other bytes (%s), rightly signed both", i.s.inShort(challenge), i.s.inShort(rewritten)).
			with(i.s, asked{qRewritten, rewritten}, asked{qChallenge, challenge})
	}
	switch {
	case i.refusesValid():
		r := i.whyRefused(a).with(i.s, asked{i.good(), a}).steps(i.s, a)
		if taken, ok := i.acceptedAnswer(qReencoded); ok {
			// Beside each other they show which bytes the app takes for others.
			r = r.with(i.s, taken)
		}
		return r
	case i.classOf(a) == classAccepted:
		return i.judgeClock(pass("%s", i.s.inShort(a)))
	}
	judged, why := i.judge(qForged)
	if judged == judgedRefused {
		saw := fmt.Sprintf("%s, and otherwise to a forged one", i.s.inShort(a))
		if i.challengeIsVerified() {
			saw = "url_verification is accepted, and refused with a forged signature"
		}
		return i.judgeClock(pass("%s", saw))
	}
	return inconclusive("%s", why).with(i.s, asked{i.good(), a})
}

// whyRefused names the reason where the app gave it away.
func (i *interview) whyRefused(a payload.Answer) Result {
	if how, ok := i.acceptedEncoding(); ok {
		return found("signature.parsed-body", "refused as sent, and accepted with %s: the app hashes what it parsed, not the bytes", how)
	}
	if spelling, ok := i.acceptedSecret(); ok {
		return found("signature.rejects-valid", "refused (%s) with your secret, and accepted with it %s: the app holds that", i.s.inShort(a), spelling)
	}
	if skew, ok := i.edges.skew(); ok && skew.Abs() > time.Minute {
		return found("clock.skew", "%s", describeSkew(skew)).at(problem.Fail)
	}
	if when, ok := i.acceptedVariant(qOffsets); ok {
		return found("signature.rejects-valid", "refused (%s) with a timestamp of this moment, and accepted when dated %s: the secret is right", i.s.inShort(a), when).
			remark("clock.skew", "the app's clock or time zone is off, as far as its answers tell")
	}
	fingerprint := i.s.Target.Secret.Fingerprint()
	return found("signature.rejects-valid",
		`%s to a request signed with your secret, as to a forged one. Your secret's SHA-256 starts with %s; compare, where the app runs: printf %%s "$SLACK_SIGNING_SECRET" | sha256sum | cut -c1-8`,
		i.s.inShort(a), fingerprint)
}

// judgeClock adds what is known of the app's clock to a passing result.
func (i *interview) judgeClock(r Result) Result {
	e := i.edges
	skew, known := e.skew()
	switch {
	case known && skew.Abs() > time.Minute:
		return found("clock.skew", "accepts timestamps from %+.0f s to %+.0f s: %s", e.oldest.Seconds(), e.newest.Seconds(), describeSkew(skew)).at(problem.Warn)
	case !known && (e.oldest != 0 || e.newest != 0) && e.oldest > -staleAge && (e.oldest+payload.Tolerance).Abs() > precision && e.oldest != 0:
		r = r.remark("clock.skew", "the oldest timestamp it accepts is %.0f s old, not 300 s: its clock may be off, or its window another", -e.oldest.Seconds())
	}
	return r
}

func describeSkew(skew time.Duration) string {
	direction := "slow"
	if skew > 0 {
		direction = "fast"
	}
	return fmt.Sprintf("the app's clock is about %.0f s %s", skew.Abs().Seconds(), direction)
}

// dateRemark compares the answer's Date header with belay's clock. It may be a
// proxy's, so it is never more than a remark.
func (i *interview) dateRemark(r Result) Result {
	for _, a := range i.asked {
		date, err := http.ParseTime(a.answer.Header.Get("Date"))
		if err != nil {
			continue
		}
		off := date.Sub(a.answer.Started)
		if off.Abs() > time.Minute {
			return r.remark("clock.skew", "the Date header is %.0f s off belay's clock (%s); it may be a proxy's", off.Seconds(), date.Format(time.RFC3339))
		}
		return r
	}
	return r
}

// steps shows how the signature of a request came about, and which it should have,
// with nothing secret in it.
func (r Result) steps(s *Session, a payload.Answer) Result {
	timestamp := a.Request.HeaderValue(payload.TimestampHeader)
	base, _ := cutText([]byte(s.hide(string(payload.BaseString(timestamp, a.Request.Body)))), 2048)
	r.Evidence.SignatureSteps = []SignatureStep{
		{"timestamp", timestamp},
		{"base string", base},
		{"secret (SHA-256, first 8 digits)", s.Target.Secret.Fingerprint()},
		{"signature", a.Request.HeaderValue(payload.SignatureHeader)},
		{"right signature", payload.Sign(s.Target.Secret, timestamp, a.Request.Body)},
	}
	return r
}
