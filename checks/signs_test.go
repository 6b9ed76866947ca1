package checks_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/payload"
)

const slackDeadline = 3 * time.Second

// A sighting is an answer whose giver is known.
type sighting struct {
	answer payload.Answer
	who    string
	means  checks.Meaning
	// evidence is part of what the report shows; "" leaves it open.
	evidence string
}

// answered is a complete answer; the headers are lines as on the wire.
func answered(status int, body string, headers ...string) payload.Answer {
	a := payload.Answer{
		Request: payload.Request{Method: "POST", Host: "app.example", Target: "/slack/events"},
		Proto:   "HTTP/1.1", Status: status, Body: []byte(body), Header: http.Header{},
		Stages: payload.Stages{FirstByte: 40 * time.Millisecond}, Reached: payload.PhaseDone,
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		a.Header.Add(name, value)
	}
	return a
}

// late is an answer whose head came after that time.
func late(took time.Duration, a payload.Answer) payload.Answer {
	a.Stages = payload.Stages{Connect: 20 * time.Millisecond, FirstByte: took - 20*time.Millisecond, Body: time.Second}
	return a
}

func sightings() []sighting {
	var all []sighting
	for _, group := range [][]sighting{
		guardSightings(), tunnelSightings(), platformSightings(), boltSightings(),
		frameworkSightings(), serverSightings(), nameSightings(), appSightings(),
	} {
		all = append(all, group...)
	}
	return all
}

// label tells one sighting from another in a failure.
func label(s sighting) string {
	body := string(s.answer.Body[:min(len(s.answer.Body), 60)])
	return fmt.Sprintf("%s, %q: %d %q %v", s.who, s.means, s.answer.Status, body, s.answer.Header)
}

func sightingEntries() []TableEntry {
	var entries []TableEntry
	for _, s := range sightings() {
		entries = append(entries, Entry(label(s), s))
	}
	return entries
}

// firstMeaning is what an answer means.
func firstMeaning(a payload.Answer) (checks.Recognition, bool) {
	for _, r := range checks.Recognise(a, slackDeadline) {
		if r.Means != checks.MeansNothing {
			return r, true
		}
	}
	return checks.Recognition{}, false
}

var _ = Describe("Signs", func() {
	DescribeTable("tells who answered and what they mean", func(s sighting) {
		met := checks.Recognise(s.answer, slackDeadline)
		first, means := firstMeaning(s.answer)
		if s.means == checks.MeansNothing {
			Expect(means).To(BeFalse(), "means something: %v", first)
			Expect(met).NotTo(BeEmpty())
			var names []string
			for _, r := range met {
				names = append(names, r.Who)
			}
			Expect(names).To(ContainElement(s.who))
			return
		}
		Expect(first.Who).To(Equal(s.who))
		Expect(first.Means).To(Equal(s.means))
		Expect(first.Evidence).To(ContainSubstring(s.evidence))
	}, sightingEntries())

	It("has a sighting for each of them", func() {
		seen := map[int]bool{}
		for _, s := range sightings() {
			for i, sign := range checks.Signs() {
				if sign.Who == s.who && sign.Means == s.means && sign.Match(s.answer, slackDeadline) != "" {
					seen[i] = true
				}
			}
		}
		for i, sign := range checks.Signs() {
			Expect(seen).To(HaveKey(i), "sign %d: %s, %q, sure %v", i, sign.Who, sign.Means, sign.Sure)
		}
	})

	It("gives evidence in one short line of printable text", func() {
		hostile := "<!DOCTYPE html>\n<title>Error</title>\n<pre>Cannot POST /\x1b[31m\u202e\xff" + strings.Repeat("é", 500) + "</pre>"
		answers := []payload.Answer{
			answered(404, hostile),
			answered(401, "", "WWW-Authenticate: Basic realm=\"\x1b]0;x\x07"+strings.Repeat("a", 5000)+"\""),
			answered(401, `{"error": "invalid request"}`),
		}
		for _, s := range sightings() {
			answers = append(answers, s.answer)
		}
		for _, a := range answers {
			for _, r := range checks.Recognise(a, slackDeadline) {
				Expect(len(r.Evidence)).To(And(BeNumerically(">", 0), BeNumerically("<=", 130)), r.Evidence)
				Expect(strings.IndexFunc(r.Evidence, func(c rune) bool { return !unicode.IsPrint(c) })).To(Equal(-1), "%q", r.Evidence)
				Expect([]string{"body \"\"", "body"}).NotTo(ContainElement(r.Evidence), r.Who)
			}
		}
	})

	It("tells neither a cookie's value nor a redirect's query", func() {
		met := checks.Recognise(answered(302, "", "Location: https://team.cloudflareaccess.com/cdn-cgi/access/login?token=secret",
			"Set-Cookie: _oauth2_proxy=secret; Path=/"), slackDeadline)
		Expect(met).To(HaveLen(2))
		Expect(fmt.Sprint(met)).NotTo(ContainSubstring("secret"))
	})

	It("searches no more than the first 64 KiB of a body", func() {
		far := "<!DOCTYPE html>" + strings.Repeat(" ", 64<<10) + "<title>Error</title><pre>Cannot POST /x</pre>"
		_, means := firstMeaning(answered(404, far))
		Expect(means).To(BeFalse())
	})

	It("recognises nobody without an answer", func() {
		Expect(checks.Recognise(payload.Answer{}, slackDeadline)).To(BeEmpty())
		Expect(checks.Recognise(payload.Answer{Err: http.ErrHandlerTimeout}, 0)).To(BeEmpty())
	})

	It("hands out a copy of the table", func() {
		checks.Signs()[0].Who = "nobody"
		Expect(checks.Signs()[0].Who).NotTo(Equal("nobody"))
	})
})
