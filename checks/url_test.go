package checks_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("url.valid names what is wrong", func(text, words string) {
	d := diagnose(checks.Target{URL: text})
	Expect(d.of("url.valid")).To(found(checks.Fail, "url.invalid", words), d.String)
	Expect(d).To(failFor("url.invalid"))
	Expect(d.told()).To(HaveLen(1), "the rest cannot be asked")
	Expect(d.section().Sent.Requests).To(BeZero())
	Expect(d.section().NotAsked).NotTo(BeNil())
},
	Entry("nothing", "", "empty"),
	Entry("white space alone", " \t", "empty"),
	Entry("no scheme", "bot.example.com/slack/events", "no scheme"),
	Entry("a scheme without slashes", "https:bot.example.com", "no scheme"),
	Entry("another scheme", "ftp://bot.example.com/", "its scheme is ftp"),
	Entry("white space inside", "https://bot.example.com/slack events", "white space"),
	Entry("a line break at the end", "https://bot.example.com/slack\n", "white space"),
	Entry("no host", "https:///slack/events", "no host"),
	Entry("a port for a host", "https://:443/slack", "no host"),
	Entry("a password", "https://me:hunter2hunter2@bot.example.com/", "user name or password"),
	Entry("a fragment", "https://bot.example.com/slack#events", "fragment"),
	Entry("an empty fragment", "https://bot.example.com/slack#", "fragment"),
	Entry("a port that is too high", "https://bot.example.com:99999/", "65535"),
	Entry("a port that is none", "https://bot.example.com:/", "65535"),
	Entry("a port in words", "https://bot.example.com:slack/", "port"),
	Entry("an escape that is none", "https://bot.example.com/%zz", "escape"),
	Entry("a label too few", "https://bot..example.com/", "not a host name"),
	Entry("a control character", "https://bot.example.com/\x01", "control character"),
)

// aside is a target whose name leads to loopback, as with --resolve.
func aside(app *checkstest.App) checks.Target {
	t := at(host, addressOf(app))
	t.Secret, t.Pace = secret, -1
	t.URL = "http" + t.URL[len("https"):]
	return t
}

var _ = Describe("url.scheme", func() {
	It("passes with https", func() {
		Expect(diagnose(checks.Target{URL: "https://127.0.0.1:1/x"}).of("url.scheme")).To(passes("https"))
	})

	It("warns of plain http", func() {
		d := diagnose(aside(start(healthy().Serve)))
		Expect(d).To(tell("warn url.scheme"), d.String)
		Expect(d.Verdict.Status).To(Equal(checks.Warn))
	})

	It("fails a distributed app", func() {
		d := diagnose(with(aside(start(healthy().Serve)), func(t *checks.Target) { t.Distributed = true }))
		Expect(d).To(failFor("url.scheme"), d.String)
		Expect(d).To(tell("fail url.scheme"))
	})

	It("does not mind a local target", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("url.scheme")).To(passes("fine for a local target"))
	})
})

var _ = Describe("url.host", func() {
	It("passes with a name", func() {
		Expect(diagnose(aside(start(healthy().Serve))).of("url.host")).To(passes(host))
	})

	It("warns of an address", func() {
		t := local(start(healthy().Serve))
		t.Local = false
		Expect(diagnose(t).of("url.host")).To(found(checks.Warn, "url.ip-literal", "127.0.0.1"))
		t.URL = "http://[2001:db8::1]/x"
		t.Dial = refuseDial
		Expect(diagnose(t).of("url.host")).To(found(checks.Warn, "url.ip-literal", "2001:db8::1"))
	})

	It("does not mind a local target", func() {
		Expect(diagnose(local(start(healthy().Serve))).of("url.host")).To(passes("fine for a local target"))
	})
})

var _ = Describe("url.kind", func() {
	It("passes", func() {
		for _, kind := range checks.Kinds() {
			Expect(diagnose(ofKind(kind, local(start(healthy().Serve)))).of("url.kind")).To(passes("nothing"))
		}
	})

	It("warns of the page that starts an installation", func() {
		for _, answer := range []checkstest.Handler{
			checkstest.Answer(200, `<html><a href="https://slack.com/oauth/v2/authorize?client_id=1">Add to Slack</a>`),
			checkstest.Answer(302, "", "Location: https://slack.com/oauth/v2/authorize?client_id=1"),
		} {
			d := diagnose(local(start(answer)))
			Expect(d.of("url.kind")).To(found(checks.Warn, "url.wrong-kind", "installation"), d.String)
		}
	})

	It("warns of a page that starts an installation, and takes GET alone", func() {
		h := func(w httpWriter, c checkstest.Call) {
			if c.Method == "GET" {
				checkstest.Answer(302, "", "Location: https://slack.com/oauth/v2/authorize?client_id=1")(w, c)
				return
			}
			checkstest.Answer(405, "", "Allow: GET")(w, c)
		}
		Expect(diagnose(local(start(h))).of("url.kind")).To(found(checks.Warn, "url.wrong-kind", "installation"))
	})

	It("warns of an events URL that is given for commands", func() {
		for _, answer := range []checkstest.Handler{
			checkstest.Answer(415, "Unsupported Media Type"),
			checkstest.Answer(400, `SyntaxError: Unexpected token 'o', "token=bela" is not valid JSON`),
			checkstest.Answer(500, "invalid character 'o' in literal true"),
		} {
			bot := healthy()
			bot.Unknown = answer
			d := diagnose(local(start(bot.Serve)))
			Expect(d.of("url.kind")).To(found(checks.Warn, "url.wrong-kind", "reads JSON only"), d.String)
		}
	})

	It("does not judge a command that is refused for another reason", func() {
		bot := healthy()
		bot.Unknown = checkstest.Answer(400, "unknown command")
		Expect(diagnose(local(start(bot.Serve)))).To(beClean())
	})
})
