package checks_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

// refusals are the ways in which real apps refuse what is not signed.
var refusals = []struct {
	how    string
	refuse checkstest.Handler
}{
	{"a bare 401", checkstest.Answer(401, "")},
	{"401 in JSON", checkstest.Answer(401, `{"error":"invalid signature"}`, "Content-Type: application/json")},
	{"401 as Bolt for Python", checkstest.Answer(401, `{"error": "invalid request"}`)},
	{"403", checkstest.Answer(403, "Forbidden")},
	{"404 as @slack/events-api", checkstest.Answer(404, "")},
	{"500 as slack-go's example", checkstest.Answer(500, "")},
	{"400", checkstest.Answer(400, "bad request")},
	{"a dropped connection", checkstest.Drop},
}

func refusalEntries() []TableEntry {
	var entries []TableEntry
	for _, r := range refusals {
		entries = append(entries, Entry(r.how, r.refuse))
	}
	return entries
}

var _ = DescribeTable("a healthy app that refuses forgeries is clean, by", func(refuse checkstest.Handler) {
	bot := healthy()
	bot.Refuse = refuse
	for _, kind := range checks.Kinds() {
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
		if dropsAll := kind.Surface() == checks.Action || kind.Surface() == checks.Options; !dropsAll || !drops(refuse) {
			Expect(d).To(beClean(), "%s: %s", kind, d)
		}
		d = diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return named(kind, local(a)) })
		Expect(d).To(beClean(), "%s, named: %s", kind, d)
	}
}, refusalEntries())

var _ = DescribeTable("without a secret, a healthy app is clean that refuses by", func(refuse checkstest.Handler) {
	bot := healthy()
	bot.Refuse = refuse
	for _, kind := range checks.Kinds() {
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return unsigned(ofKind(kind, local(a))) })
		if drops(refuse) {
			Expect(d.told()).To(HaveEach(HavePrefix("inconclusive")), "%s: %s", kind, d)
			continue
		}
		Expect(d).To(beClean(), "%s: %s", kind, d)
		Expect(d.of("signature.forged").Saw).To(ContainSubstring("refuses what belay cannot sign"))
	}
}, refusalEntries())

// drops tells the refusal that is no answer.
func drops(refuse checkstest.Handler) (dropped bool) {
	defer func() { dropped = recover() != nil }()
	refuse(discard{}, checkstest.Call{})
	return false
}

type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}

var _ = DescribeTable("an app is clean that answers what it does not know by",
	func(unknown checkstest.Handler) {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			bot := healthy()
			bot.Unknown = unknown
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return ofKind(kind, local(a)) })
			Expect(d).To(beClean(), "%s: %s", kind, d)
			d = diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return named(kind, local(a)) })
			Expect(d).To(beClean(), "%s, named: %s", kind, d)
		}
	},
	Entry("an empty 404", checkstest.Answer(404, "")),
	Entry("404 in words", checkstest.Answer(404, "unknown command")),
	Entry("404 as Bolt for Python", checkstest.Answer(404, `{"error": "unhandled request"}`)),
	Entry("404 as Bolt for Java", checkstest.Answer(404, `{"error":"no handler found"}`)),
	Entry("a bare 401, for want of an installation", checkstest.Answer(401, "")),
	Entry("401 in words, for want of an installation", checkstest.Answer(401, "No installation found")),
	Entry("401 as the signature's", checkstest.Answer(401, "not signed by Slack")),
	Entry("an empty 500", checkstest.Answer(500, "")),
	Entry("500 in words", checkstest.Answer(500, "boom")),
	Entry("400", checkstest.Answer(400, "what?")),
	Entry("201", checkstest.Answer(201, "")),
	Entry("204", checkstest.Answer(204, "")),
	Entry("ok as text/html", checkstest.Answer(200, "ok", "Content-Type: text/html")),
)
