package checks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// hashing is an app that computes the signature over what it made of the body.
func hashing(remade func(c checkstest.Call) []byte) checkstest.Bot {
	return verifying(func(c checkstest.Call) bool { return c.SignedOver(secret, remade(c), time.Now()) })
}

// stringified is JSON.stringify over JSON that was parsed: it keeps the order and
// escapes next to nothing.
func stringified(raw []byte) []byte {
	var compact, plain bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		return raw
	}
	text := strings.ReplaceAll(compact.String(), `\/`, "/")
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], `\u`) {
			end := i + 6
			if strings.HasPrefix(text[end:], `\ud`) {
				end += 6
			}
			var s string
			_ = json.Unmarshal([]byte(`"`+text[i:end]+`"`), &s)
			plain.WriteString(s)
			i = end - 1
			continue
		}
		plain.WriteByte(text[i])
	}
	return plain.Bytes()
}

// dumped is Python's json.dumps: a space after each comma and colon, and no
// escaped slash.
func dumped(raw []byte) []byte {
	var b bytes.Buffer
	quoted := false
	text := bytes.ReplaceAll(raw, []byte(`\/`), []byte("/"))
	var compact bytes.Buffer
	if json.Compact(&compact, text) != nil {
		return raw
	}
	text = compact.Bytes()
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		switch {
		case quoted && text[i] == '\\':
			i++
			b.WriteByte(text[i])
		case text[i] == '"':
			quoted = !quoted
		case !quoted && (text[i] == ',' || text[i] == ':'):
			b.WriteByte(' ')
		}
	}
	return b.Bytes()
}

// pairs are the fields of a form in their order, decoded.
func pairs(raw []byte) [][2]string {
	var all [][2]string
	for _, field := range strings.Split(string(raw), "&") {
		name, value, _ := strings.Cut(field, "=")
		name, _ = url.QueryUnescape(name)
		value, _ = url.QueryUnescape(value)
		all = append(all, [2]string{name, value})
	}
	return all
}

// qs is the form as Node's qs.stringify writes it, by encodeURIComponent.
func qs(raw []byte) []byte {
	component := func(s string) string {
		s = strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
		return strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(s)
	}
	var fields []string
	for _, p := range pairs(raw) {
		fields = append(fields, component(p[0])+"="+component(p[1]))
	}
	return []byte(strings.Join(fields, "&"))
}

// sorted is the form as Go's url.Values writes it.
func sorted(raw []byte) []byte {
	values, _ := url.ParseQuery(string(raw))
	return []byte(values.Encode())
}

// objectOf is the form as JSON.stringify writes it once it was parsed.
func objectOf(raw []byte) []byte {
	var members []string
	for _, p := range pairs(raw) {
		var value bytes.Buffer
		encoder := json.NewEncoder(&value)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(p[1])
		members = append(members, fmt.Sprintf("%q:%s", p[0], strings.TrimSpace(value.String())))
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

var _ = DescribeTable("an app that hashes a parsed body is told so",
	func(kind checks.Kind, remake func(raw []byte) []byte, words string) {
		isForm := func(c checkstest.Call) bool { return len(c.Form()) > 0 }
		bot := hashing(func(c checkstest.Call) []byte {
			if isForm(c) == (kind == checks.Events) {
				return c.Raw
			}
			return remake(c.Raw)
		})
		for _, known := range []func(checks.Kind, checks.Target) checks.Target{ofKind, named} {
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return known(kind, local(a)) })
			Expect(d).To(failFor("signature.parsed-body"), d.String)
			Expect(d.of("signature.valid").Saw).To(ContainSubstring(words))
			Expect(d.of("signature.valid").Evidence.Exchanges).NotTo(BeEmpty())
		}
	},
	Entry("with JSON.stringify, of JSON", checks.Events, stringified, "in other bytes"),
	Entry("with json.dumps, of JSON", checks.Events, dumped, "json.dumps"),
	Entry("with qs, of a form", checks.Command, qs, "the same when written again"),
	Entry("with url.Values, of a form", checks.Command, sorted, "in alphabetical order"),
	Entry("with JSON.stringify, of a form", checks.Command, objectOf, "JSON.stringify of the parsed form"),
)

var _ = Describe("an app that hashes a parsed body alone", func() {
	It("is told so where JSON and forms go the same way", func() {
		bot := hashing(func(c checkstest.Call) []byte {
			if len(c.Form()) > 0 {
				return objectOf(c.Raw)
			}
			return stringified(c.Raw)
		})
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d).To(failFor("signature.parsed-body"), d.String)
		}
	})

	It("is told so among the safe probes, and of an action that is named", func() {
		bot := hashing(func(c checkstest.Call) []byte { return qs(c.Raw) })
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return safely(local(a)) })
		Expect(d).To(failFor("signature.parsed-body"), d.String)
	})
})

var _ = DescribeTable("an app that holds another secret is told which",
	func(given, held payload.Secret, words string) {
		bot := healthy()
		bot.Secret = held
		others := map[string]payload.Secret{"SLACK_CLIENT_SECRET": "c1ie47c1ie47c1ie47c1ie47"}
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target {
				return with(ofKind(kind, local(a)), func(t *checks.Target) { t.Secret, t.OtherSecrets = given, others })
			})
			Expect(d).To(failFor("signature.rejects-valid"), d.String)
			Expect(d.of("signature.valid").Saw).To(ContainSubstring(words))
		}
	},
	Entry("without white space", " "+secret+"\n", secret, "without the white space around it"),
	Entry("with a line break", secret, secret+"\n", "with a line break at its end"),
	Entry("quoted", secret, `"`+secret+`"`, "in double quotes"),
	Entry("unquoted", `"`+secret+`"`, secret, "without the quotes around it"),
	Entry("pasted twice", secret, secret+secret, "pasted twice"),
	Entry("pasted once", secret+secret, secret, "pasted once"),
	Entry("another of the environment", secret, payload.Secret("c1ie47c1ie47c1ie47c1ie47"), "the value of SLACK_CLIENT_SECRET"),
	Entry("empty", secret, payload.Secret(""), "empty"),
	Entry("something else", secret, payload.Secret("0bad5ec4e7f00d5ba5eba11c0ffee0ff"), secret.Fingerprint()),
)

var _ = Describe("an app that refuses the valid signature", func() {
	It("is not asked for other secrets among the safe probes", func() {
		bot := healthy()
		bot.Secret = secret + secret
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return safely(local(a)) })
		Expect(d).To(tell("fail signature.rejects-valid"), d.String)
		Expect(d.of("signature.valid").Saw).To(ContainSubstring(secret.Fingerprint()))
	})

	It("is told of an empty secret also that it lets anybody in", func() {
		bot := healthy()
		bot.Secret = ""
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(tell("fail signature.rejects-valid", "fail signature.accepts-forged"), d.String)
	})

	It("is told also that it takes in what is not signed at all", func() {
		bot := verifying(func(c checkstest.Call) bool { return c.Signature() == "" })
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(tell("fail signature.rejects-valid", "fail signature.accepts-unsigned"), d.String)
	})

	It("is told so too where url_verification is answered before anything is verified", func() {
		bot := healthy()
		bot.Secret, bot.ChallengeFirst = "another", true
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d).To(tell("fail signature.rejects-valid"), d.String)
		}
	})

	It("is told so of an action that is named", func() {
		bot := healthy()
		bot.Secret = "another"
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return named(checks.Action, local(a)) })
		Expect(d).To(tell("fail signature.rejects-valid"), d.String)
	})
})

var _ = Describe("an app that verifies", func() {
	It("is clean where it answers url_verification before", func() {
		bot := healthy()
		bot.ChallengeFirst = true
		for _, kind := range checks.Kinds() {
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d).To(beClean(), d.String)
		}
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(checks.Events, local(a)) })
		Expect(d.of("signature.forged")).To(passesRemarking("", "whatever its signature"))
	})

	It("is clean where it refuses url_verification because it is JSON", func() {
		bot := healthy()
		bot.Challenge = checkstest.Answer(401, "")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(beClean(), d.String)
	})

	It("leaves a question open whose bad request is answered as an unclear good one", func() {
		bot := verifying(mac)
		bot.Unknown = checkstest.Answer(404, "unknown command")
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d.of("signature.forged").Status).To(Equal(checks.Pass))
		Expect(d.of("signature.stale")).To(isInconclusive("--command /name"), d.String)
	})
})

// clockOff is an app whose clock is off by that.
func clockOff(by time.Duration) checkstest.Bot {
	return verifying(func(c checkstest.Call) bool { return c.SignedOver(secret, c.Raw, time.Now().Add(by)) })
}

var _ = DescribeTable("an app's clock", func(by time.Duration, status checks.Status, words string) {
	for _, kind := range []checks.Kind{checks.Command, checks.Events} {
		d := diagnoseApp(clockOff(by).Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
		if status == checks.Pass {
			Expect(d).To(beClean(), d.String)
			continue
		}
		Expect(d).To(Or(tell(string(status)+" clock.skew"), tell(string(status)+" clock.skew", "inconclusive signature.stale")), d.String)
		saw := d.of("signature.valid").Saw
		Expect(saw).To(ContainSubstring(words))
		about := regexp.MustCompile(`about (\d+) s`).FindStringSubmatch(saw)
		Expect(about).To(HaveLen(2), saw)
		seconds, _ := strconv.Atoi(about[1])
		Expect(seconds).To(BeNumerically("~", by.Abs().Seconds(), 45))
	}
},
	Entry("is right", time.Duration(0), checks.Pass, ""),
	Entry("is half a minute fast", 30*time.Second, checks.Pass, ""),
	Entry("is half a minute slow", -30*time.Second, checks.Pass, ""),
	Entry("is two minutes fast", 120*time.Second, checks.Warn, "fast"),
	Entry("is two minutes slow", -120*time.Second, checks.Warn, "slow"),
	Entry("is 500 s fast, and refuses Slack", 500*time.Second, checks.Fail, "fast"),
	Entry("is 500 s slow, and refuses Slack", -500*time.Second, checks.Fail, "slow"),
	Entry("is an hour fast, and refuses Slack", time.Hour, checks.Fail, "fast"),
	Entry("is two hours slow, and refuses Slack", -2*time.Hour, checks.Fail, "slow"),
)

var _ = Describe("an app's window", func() {
	It("gives a wrong clock away even where it is open to the future", func() {
		bolt := verifying(func(c checkstest.Call) bool {
			return mac(c) && c.Timestamp() >= payload.Timestamp(time.Now().Add(500*time.Second-payload.Tolerance))
		})
		d := diagnoseApp(bolt.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(failFor("signature.rejects-valid"), d.String)
		Expect(d.of("signature.valid").Saw).To(ContainSubstring("accepted when dated +500 s"))
		Expect(d.of("signature.valid").Saw).NotTo(ContainSubstring("sha256sum"), "the secret is right")
		Expect(d.remarks()).To(ContainElement(HavePrefix("clock.skew")))
	})

	It("is no finding where it is narrower than Slack's", func() {
		narrow := verifying(func(c checkstest.Call) bool {
			return mac(c) && (c.SignedOver(secret, c.Raw, time.Now().Add(200*time.Second)) && c.SignedOver(secret, c.Raw, time.Now().Add(-200*time.Second)))
		})
		d := diagnoseApp(narrow.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(beClean(), d.String)
		Expect(d.remarks()).To(ContainElement(HavePrefix("clock.skew the oldest timestamp it accepts is")))
	})

	It("is a remark where the Date header alone is off", func() {
		bot := healthy()
		bot.Known = checkstest.Answer(200, "", "Date: "+time.Now().Add(-time.Hour).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"))
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return named(checks.Action, local(a)) })
		Expect(d).To(beClean(), d.String)
		Expect(d.of("signature.valid")).To(passesRemarking("clock.skew", "may be a proxy's"))
	})
})
