package checks

import (
	"context"

	"belay/simulator/payload"
)

// A question is one thing that an app is asked by a request, or by a few.
type question struct {
	name string
	// title says what is being done, for the progress line.
	title string
	// set is ProbesAll for what is asked only then.
	set string
	// when says why the question is left out, or "".
	when func(i *interview) string
	ask  func(ctx context.Context, i *interview)
}

// The questions, by name.
const (
	qChallenge       = "url_verification"
	qHops            = "redirects"
	qSSLCheck        = "ssl_check"
	qProbe           = "probe"
	qForged          = "forged"
	qTampered        = "tampered"
	qStale           = "stale"
	qForgedChallenge = "forged-url_verification"
	qRewritten       = "rewritten-url_verification"
	qReencoded       = "re-encoded"
	qSibling         = "sibling-path"
	qGet             = "get"
	qNearby          = "nearby-path"
	qNamed           = "named"
	qSecrets         = "other-secrets"
	qOffsets         = "other-clocks"
	qFuture          = "future"
	qVersion         = "version-v1"
	qTruncated       = "truncated"
	qEmptySecret     = "empty-secret"
	qEdges           = "accepted-timestamps"
	qWrongToken      = "wrong-token"
	qBypass          = "ssl_check-bypass"
	qNoTimestamp     = "no-timestamp"
	qNoSignature     = "no-signature"
	qUnsigned        = "unsigned"
	qAgain           = "probe-again"
)

// questions are in the order of asking: what judges the rest first, what a handler
// may run on late, what ended real apps' processes last, and then the control once
// more.
func questions() []question {
	return []question{
		{qChallenge, "sending url_verification", "", notInteractive, askChallenge},
		{qSSLCheck, "sending an unsigned ssl_check", "", onlyCommands, askOnce(qSSLCheck, payload.SSLCheck)},
		{qProbe, "sending a request that Slack could have signed", "", canSignProbe, askProbe(qProbe)},
		{qNamed, "running what was named", "", namedAction, askNamed},
		{qForged, "forging a signature", "", always, askSpoilt(qForged, payload.Forged)},
		{qTampered, "tampering with a signed body", "", signed, askSpoilt(qTampered, payload.TamperedBody)},
		{qStale, "sending an old request", "", signed, askSpoilt(qStale, payload.Stale(staleAge))},
		{qForgedChallenge, "forging a url_verification", "", challengeAlone, askForgedChallenge},
		{qRewritten, "sending url_verification in other bytes", "", challengeVerified, askRewritten},
		{qReencoded, "looking why a valid signature is refused", "", refusedAlike, askReencoded},
		{qSibling, "asking at a path that does not exist", "", soundsLost, askSibling},
		{qGet, "looking with GET", "", soundsLost, askGet},
		{qNearby, "looking for the right path", "", noRouteHere, askNearby},
		{qNamed, "running what was named", "", namedNotYet, askNamed},
		{qEmptySecret, "signing with an empty secret", ProbesAll, always, askSpoilt(qEmptySecret, payload.SignedWith("", "an empty secret"))},
		{qOffsets, "looking for the app's clock", ProbesAll, stillRefused, askOffsets},
		{qSecrets, "trying other spellings of the secret", ProbesAll, stillRefused, askSecrets},
		{qFuture, "sending a request of the future", ProbesAll, signedAndTaken, askSpoilt(qFuture, payload.Future(staleAge))},
		{qEdges, "finding which timestamps are accepted", ProbesAll, challengeAccepted, askEdges},
		{qVersion, "sending signature version v1", ProbesAll, signedAndTaken, askSpoilt(qVersion, payload.VersionOne)},
		{qTruncated, "sending half a signature", ProbesAll, takesValid, askSpoilt(qTruncated, payload.Truncated)},
		{qWrongToken, "sending a wrong verification token", ProbesAll, hasToken, askWrongToken},
		{qBypass, "smuggling a request past ssl_check", ProbesAll, always, askBypass},
		{qNoTimestamp, "leaving the timestamp out", ProbesAll, takesValid, askSpoilt(qNoTimestamp, payload.NoTimestamp)},
		{qNoSignature, "leaving the signature out", ProbesAll, always, askSpoilt(qNoSignature, payload.NoSignature)},
		{qUnsigned, "leaving both headers out", ProbesAll, always, askSpoilt(qUnsigned, payload.Unsigned)},
		{qAgain, "asking the first request again", "", canSignProbe, askProbe(qAgain)},
	}
}

func always(*interview) string { return "" }

func notInteractive(i *interview) string {
	if i.s.Target.Kind.interactive() {
		return "an interactivity URL gets no url_verification from Slack"
	}
	return ""
}

func onlyCommands(i *interview) string {
	if i.s.Target.Kind.Surface() != Command {
		return "Slack sends ssl_check to command URLs only"
	}
	return ""
}

// mayBeAccepted reports whether belay can send what the app should accept.
func (i *interview) mayBeAccepted() bool { return i.s.Target.Secret != "" || i.s.Target.Token != "" }

func canSignProbe(i *interview) string {
	switch {
	case !i.mayBeAccepted():
		return secretHint
	case i.s.Target.Kind.interactive():
		return "unknown actions crash some apps: name one with --action"
	}
	return ""
}

// namedAction is for the kinds whose only control is what was named: it has to come
// before what is compared with it.
func namedAction(i *interview) string {
	if !i.s.Target.Kind.interactive() {
		return "comes later"
	}
	return namedNotYet(i)
}

func namedNotYet(i *interview) string {
	switch {
	case i.s.Target.named() == "":
		return "nothing was named"
	case !i.mayBeAccepted():
		return secretHint
	case len(i.answers(qNamed)) > 0:
		return "was asked before"
	}
	return ""
}

func signed(i *interview) string {
	switch {
	case i.s.Target.Secret == "":
		return secretHint
	case i.s.Target.Kind.interactive() && i.s.Target.named() == "":
		return "needs a request to compare with: --action ID"
	}
	return ""
}

// takesValid spares what shows no more than a forged signature where the valid one
// is refused as well.
func takesValid(i *interview) string {
	if i.s.Target.Secret != "" && i.refusesValid() {
		return "the valid signature is refused as well"
	}
	return ""
}

func signedAndTaken(i *interview) string {
	if reason := signed(i); reason != "" {
		return reason
	}
	return takesValid(i)
}

func hasToken(i *interview) string {
	if i.s.Target.Token == "" {
		return "needs --verification-token"
	}
	if i.s.Target.Kind.interactive() && i.s.Target.named() == "" {
		return "needs a request to compare with: --action ID"
	}
	return ""
}

// challengeAlone is when url_verification has to judge the signature, because the
// probe was not accepted, or is going to be used for it.
func challengeAlone(i *interview) string {
	if reason := challengeAccepted(i); reason != "" {
		return reason
	}
	if i.class(qProbe) == classAccepted && i.s.probes() != ProbesAll {
		return "the probe was accepted"
	}
	return ""
}

func challengeAccepted(i *interview) string {
	if i.s.Target.Secret == "" {
		return secretHint
	}
	if i.class(qChallenge) != classAccepted {
		return "url_verification was not accepted"
	}
	return ""
}

// challengeVerified is when url_verification is accepted only with its signature,
// and the probe is not accepted at all.
func challengeVerified(i *interview) string {
	if reason := challengeAccepted(i); reason != "" {
		return reason
	}
	if i.class(qProbe) == classAccepted {
		return "the probe was accepted"
	}
	if !i.challengeIsVerified() {
		return "url_verification is answered without its signature"
	}
	return ""
}

// refusedAlike is when the good request and the forged one get the same refusal,
// whatever url_verification says: some apps verify JSON rightly and forms not.
func refusedAlike(i *interview) string {
	if i.s.Target.Secret == "" {
		return secretHint
	}
	if !i.refusesAlike() {
		return "the valid signature was not refused"
	}
	return ""
}

func refusedValid(i *interview) string {
	if i.s.Target.Secret == "" {
		return secretHint
	}
	if !i.refusesValid() {
		return "the valid signature was not refused"
	}
	return ""
}

func stillRefused(i *interview) string {
	if reason := refusedValid(i); reason != "" {
		return reason
	}
	if _, known := i.acceptedSecret(); known {
		return "the reason is known"
	}
	if _, known := i.acceptedEncoding(); known || i.edges != (edges{}) {
		return "the reason is known"
	}
	return ""
}
