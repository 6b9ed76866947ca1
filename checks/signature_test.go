package checks_test

import (
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// verifying is an app that takes for Slack's what the func says.
func verifying(verify func(c checkstest.Call) bool) checkstest.Bot {
	bot := healthy()
	bot.Verify = verify
	return bot
}

// isSigned is what Slack documents, at the app's own time.
func isSigned(c checkstest.Call) bool { return c.SignedOver(secret, c.Raw, time.Now()) }

// mac reports a right signature, whatever the timestamp.
func mac(c checkstest.Call) bool {
	return c.Timestamp() != "" && payload.Sign(secret, c.Timestamp(), c.Raw) == c.Signature()
}

// carefree is an app that serves every call.
func carefree() checkstest.Bot { return verifying(func(checkstest.Call) bool { return true }) }

var _ = DescribeTable("an app that takes in a bad request fails",
	func(cause string, verify func(c checkstest.Call) bool, also ...string) {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			bot := verifying(verify)
			bot.Known = checkstest.Answer(200, "done")
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			rows := []string{"fail " + cause}
			for _, id := range also {
				rows = append(rows, "fail "+id)
			}
			Expect(d).To(tell(rows...), d.String)
			Expect(d).To(failFor(cause))
		}
	},
	Entry("where it asks for no headers", "signature.accepts-unsigned", func(c checkstest.Call) bool {
		return c.Signature() == "" || isSigned(c)
	}),
	Entry("where it asks for a signature only if there is a timestamp", "signature.accepts-unsigned", func(c checkstest.Call) bool {
		return c.Timestamp() == "" || isSigned(c)
	}),
	Entry("where it compares a prefix of the signature", "signature.accepts-forged", func(c checkstest.Call) bool {
		signature := payload.Sign(secret, c.Timestamp(), c.Raw)
		return isSigned(c) || c.Signature() != "" && !old(c) && strings.HasPrefix(signature, c.Signature())
	}),
	Entry("where it does not look at the version", "signature.accepts-forged", func(c checkstest.Call) bool {
		signature := payload.Sign(secret, c.Timestamp(), c.Raw)
		return isSigned(c) || strings.TrimPrefix(c.Signature(), "v1") == strings.TrimPrefix(signature, "v0")
	}),
	Entry("where it falls back to an empty secret", "signature.accepts-forged", func(c checkstest.Call) bool {
		return isSigned(c) || c.SignedOver("", c.Raw, time.Now())
	}),
	Entry("where it looks only whether there is a signature", "signature.accepts-forged", func(c checkstest.Call) bool {
		return c.Signature() != "" && c.Timestamp() != "" && !old(c)
	}, "signature.accepts-tampered"),
	Entry("where it does not look at the body", "signature.accepts-tampered", func(c checkstest.Call) bool {
		return isSigned(c) || strings.Contains(string(c.Raw), "tampered") && c.Timestamp() != "" && !old(c)
	}),
	Entry("where it does not look at the timestamp", "signature.accepts-stale", mac),
	Entry("where it verifies nothing", "signature.accepts-unsigned", func(checkstest.Call) bool { return true },
		"signature.accepts-forged", "signature.accepts-tampered", "signature.accepts-stale"),
)

// old reports a timestamp beyond Slack's five minutes.
func old(c checkstest.Call) bool {
	return !payload.Verify("", payload.Sign("", c.Timestamp(), nil), c.Timestamp(), nil, time.Now())
}

var _ = Describe("bad requests", func() {
	It("are held against an app as probable only, where nothing shows that they were served", func() {
		bot := carefree()
		bot.Known = checkstest.Answer(200, "")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(failFor("signature.accepts-unsigned"))
		Expect(d.of("signature.forged")).To(found(checks.Fail, "signature.accepts-forged", "forged: empty 200"))
		Expect(d.of("signature.forged").Problem.Probable).To(BeTrue())
		steps := d.of("signature.forged").Evidence.SignatureSteps
		Expect(steps[4].Value).To(HavePrefix("v0="))
		Expect(steps[4].Value).NotTo(Equal(steps[3].Value))
	})

	It("are held against an app with more certainty, where they get what a good one gets", func() {
		d := diagnoseApp(carefree().Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("signature.forged").Problem.Probable).To(BeFalse())
	})

	It("are recognised without a secret, and then probable", func() {
		for _, kind := range checks.Kinds() {
			d := diagnoseApp(carefree().Serve, func(a *checkstest.App) checks.Target { return safely(unsigned(ofKind(kind, local(a)))) })
			Expect(d).To(tell("fail signature.accepts-forged"), "%s: %s", kind, d)
			Expect(d.of("signature.forged").Problem.Probable).To(BeTrue())
		}
	})

	It("have reached the router where a framework knows no listener for them", func() {
		bot := carefree()
		bot.Known = checkstest.Answer(404, `{"error": "unhandled request"}`)
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return safely(unsigned(local(a))) })
		Expect(d).To(failFor("signature.accepts-forged"), d.String)
	})

	It("may be refused badly, which is only a remark", func() {
		for _, refuse := range []checkstest.Handler{checkstest.Answer(500, "no"), checkstest.Drop} {
			bot := healthy()
			bot.Refuse = refuse
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
			Expect(d).To(beClean(), d.String)
			Expect(d.of("signature.refusal")).To(passesRemarking("signature.refuses-badly", "401 or 403"))
		}
	})

	It("may be of the future, which is only a remark", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			bot := verifying(func(c checkstest.Call) bool { return mac(c) && (isSigned(c) || future(c)) })
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d).To(beClean(), d.String)
			Expect(d.of("signature.stale")).To(passesRemarking("", "ahead is accepted"))
		}
	})

	It("are told from good ones by the body too, where the good ones get the same twice", func() {
		bot := healthy()
		bot.Refuse = checkstest.Answer(200, "Sorry, who are you?")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(beClean(), d.String)
	})
})

var _ = Describe("bad requests about an action that is named", func() {
	It("are told from good ones by the body too, where it was asked twice", func() {
		bot := healthy()
		bot.Refuse = checkstest.Answer(200, "Sorry, who are you?")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target {
			return with(named(checks.Action, local(a)), func(t *checks.Target) { t.NamedSamples = 2 })
		})
		Expect(d).To(beClean(), d.String)
	})
})

func future(c checkstest.Call) bool {
	return old(c) && c.Timestamp() > payload.Timestamp(time.Now())
}

var _ = Describe("an app that answers everything alike", func() {
	alike := func(kind checks.Kind, h checkstest.Handler) diagnosis {
		return diagnoseApp(h, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
	}

	It("with 200 accepts forgeries, probably", func() {
		d := alike(checks.Command, checkstest.Answer(200, ""))
		Expect(d).To(failFor("signature.accepts-unsigned"), d.String)
		Expect(d.of("signature.forged")).To(found(checks.Fail, "signature.accepts-forged", ""))
		Expect(d.of("signature.forged").Problem.Probable).To(BeTrue())
	})

	It("with 401 refuses the valid signature, and the secret's fingerprint is told", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := alike(kind, checkstest.Answer(401, "no"))
			Expect(d).To(tell("fail signature.rejects-valid"), d.String)
			saw := d.of("signature.valid").Saw
			Expect(saw).To(ContainSubstring(secret.Fingerprint()))
			Expect(saw).To(ContainSubstring("sha256sum | cut -c1-8"))
			steps := d.of("signature.valid").Evidence.SignatureSteps
			Expect(steps).To(HaveLen(5))
			Expect(steps[4]).To(Equal(checks.SignatureStep{Name: "right signature", Value: steps[3].Value}))
		}
	})

	It("with 404 has no such route", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := alike(kind, checkstest.Answer(404, ""))
			Expect(d).To(tell("fail http.not-found"), d.String)
		}
	})

	It("with 500 cannot be told about", func() {
		d := alike(checks.Command, checkstest.Answer(500, ""))
		Expect(d.Verdict).To(SatisfyAll(HaveField("Status", checks.Inconclusive), HaveField("Cause", "")), d.String)
		Expect(d.of("signature.valid")).To(isInconclusive("--command /name"))
	})

	It("with 500 has an error at an events URL", func() {
		Expect(alike(checks.Events, checkstest.Answer(500, ""))).To(failFor("http.server-error"))
	})
})

var _ = Describe("a control that is answered otherwise at the end", func() {
	It("makes nothing in between count", func() {
		h := func(w http.ResponseWriter, c checkstest.Call) {
			bot := carefree()
			if c.Number > 12 {
				bot.Known = checkstest.Answer(400, "gone")
			}
			bot.Serve(w, c)
		}
		d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.told()).To(HaveEach(HavePrefix("inconclusive")), d.String)
		Expect(d.of("signature.forged")).To(isInconclusive("when it was repeated at the end"))
		Expect(d.Verdict.Status).To(Equal(checks.Inconclusive))
	})
})
