package checks_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

// tokened is the target with the verification token.
func tokened(t checks.Target) checks.Target {
	t.Token = token
	return t
}

func hasToken(c checkstest.Call) bool { return c.Token() == string(token) }

var _ = Describe("verification-token.guard", func() {
	It("is skipped without a token, and says how to give it", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("verification-token.guard")).To(skips("--verification-token"))
	})

	It("passes an app that verifies the signature and ignores the token", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := diagnoseApp(healthy().Serve, func(a *checkstest.App) checks.Target { return tokened(ofKind(kind, local(a))) })
			Expect(d).To(beClean(), d.String)
			Expect(d.of("verification-token.guard")).To(passesRemarking("", "which Slack deprecates"))
		}
	})

	It("passes an app that verifies both", func() {
		for _, t := range []func(checks.Target) checks.Target{unchanged, asEvents, func(t checks.Target) checks.Target { return named(checks.Action, t) }} {
			bot := verifying(func(c checkstest.Call) bool { return isSigned(c) && hasToken(c) })
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return tokened(t(local(a))) })
			Expect(d).To(beClean(), d.String)
			Expect(d.of("verification-token.guard")).To(passes("a wrong one is refused: 401"))
		}
	})

	It("passes an app that has only the token, which takes in what is unsigned", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := diagnoseApp(verifying(hasToken).Serve, func(a *checkstest.App) checks.Target { return unsigned(tokened(ofKind(kind, local(a)))) })
			Expect(d.of("verification-token.guard")).To(passes("a wrong one is refused"), d.String)
			Expect(d.of("signature.unsigned")).To(found(checks.Fail, "signature.accepts-unsigned", ""))
			Expect(d).To(failFor("signature.accepts-unsigned"))
		}
	})

	It("fails an app that takes any token, and nothing else guards it", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			bot := carefree()
			bot.Known = checkstest.Answer(200, "done")
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return unsigned(tokened(ofKind(kind, local(a)))) })
			Expect(d.of("verification-token.guard")).To(found(checks.Fail, "verification-token.accepts-wrong", "200 done"), d.String)
		}
	})

	It("fails an app that refuses the right token", func() {
		bot := verifying(func(c checkstest.Call) bool { return c.Token() == "another" })
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return unsigned(tokened(local(a))) })
		Expect(d).To(tell("fail verification-token.rejects-valid"), d.String)
		Expect(d).To(failFor("verification-token.rejects-valid"))
	})

	It("is not judged by a token where the signature is refused", func() {
		bot := healthy()
		bot.Secret = "another"
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return tokened(local(a)) })
		Expect(d).To(tell("fail signature.rejects-valid"), d.String)
	})
})
