package report_test

import (
	"slices"
	"time"

	"belay/checks"
	"belay/checks/problem"
)

const (
	events   = "https://bot.example.com/slack/events"
	commands = "https://bot.example.com/slack/commands"
)

// ms are milliseconds.
func ms(n float64) checks.Millis { return checks.Millis(n * float64(time.Millisecond)) }

// row is the result of a check, with the check's own title.
func row(status checks.Status, id, said string) checks.Result {
	all := checks.All()
	i := slices.IndexFunc(all, func(c checks.Check) bool { return c.ID == id })
	r := checks.Result{Check: id, Title: all[i].Title, Status: status, Remarks: []checks.Remark{}, Took: ms(1)}
	if status == checks.Skip || status == checks.Inconclusive {
		r.Reason = said
	} else {
		r.Saw = said
	}
	return r
}

func passed(id, saw string) checks.Result { return row(checks.Pass, id, saw) }

func skipped(id, reason string) checks.Result { return row(checks.Skip, id, reason) }

// finding is a result with a problem of the catalogue, its fix worded for who
// answered.
func finding(status checks.Status, check, id, saw, answerer string) checks.Result {
	p, ok := problem.Find(id)
	if !ok {
		panic("no problem " + id)
	}
	r := row(status, check, "")
	r.Saw = saw
	r.Problem = &checks.Finding{ID: p.ID, Title: p.Title, Why: p.Why, Fix: p.FixFor(answerer), Doc: p.Doc}
	if answerer != "" {
		r.Problem.Fix = answerer + ": " + r.Problem.Fix
	}
	if p.Shows != (problem.Shows{}) {
		r.Problem.Shows = &checks.SlackShows{
			User: p.Shows.User, RetryReason: p.Shows.RetryReason, Words: p.Shows.Words, Confidence: string(p.Shows.Confidence),
		}
	}
	return r
}

// remarked adds a remark to a result.
func remarked(r checks.Result, id, text string) checks.Result {
	r.Remarks = append(r.Remarks, checks.Remark{Problem: id, Text: text})
	return r
}

// roadTo is what is seen of a public host with everything in order.
func roadTo(url string) []checks.Result {
	return []checks.Result{
		passed("url.valid", url), passed("url.scheme", "https"), passed("url.host", "bot.example.com"),
		passed("dns.resolve", "203.0.113.7"), passed("dns.public", "public"), passed("dns.speed", "18 ms"),
		passed("tcp.connect", "1 of 1 addresses on 443"), passed("tls.handshake", "TLS 1.3"),
		passed("cert.chain", "complete chain to ISRG Root X1, Internet Security Research Group"),
		passed("cert.validity", "61 days left"), passed("cert.hostname", "for *.example.com"),
		passed("http.answer", "empty 401"),
		passed("http.direct", "Bolt for JavaScript (empty 401 to a forged signature, empty 404 after 3.0 s)"),
	}
}

// verified is what is seen of an app that verifies, asked with its secret.
func verified() []checks.Result {
	return []checks.Result{
		passed("signature.valid", "empty 404"), passed("signature.forged", "forged: empty 401"),
		passed("signature.tampered", "tampered: empty 401"), passed("signature.stale", "stale: empty 401"),
		skipped("signature.unsigned", "needs --probes all"),
	}
}

func punctual() checks.Result {
	r := passed("ack.deadline", "45 ms of Slack's 3.0 s to url_verification, worst of 5, from this machine")
	r.Evidence = &checks.Evidence{Samples: &checks.Samples{
		Question: "url_verification", Times: []checks.Millis{ms(45), ms(31), ms(30), ms(30), ms(33)},
		First: ms(45), P50: ms(31), P95: ms(45), Worst: ms(45), Deadline: ms(3000),
	}}
	return r
}

// without leaves results out.
func without(results []checks.Result, ids ...string) []checks.Result {
	return slices.DeleteFunc(slices.Clone(results), func(r checks.Result) bool { return slices.Contains(ids, r.Check) })
}

// with puts results in place of those of the same checks.
func with(results []checks.Result, others ...checks.Result) []checks.Result {
	results = slices.Clone(results)
	for _, other := range others {
		i := slices.IndexFunc(results, func(r checks.Result) bool { return r.Check == other.Check })
		if i < 0 {
			results = append(results, other)
			continue
		}
		results[i] = other
	}
	return results
}

// target is one that was asked with its secret.
func target(url string) checks.TargetInfo {
	return checks.TargetInfo{URL: url, Kind: "command", Signed: true, Probes: "safe", Deadline: ms(3000)}
}

// sectionOf sums up what the results say.
func sectionOf(t checks.TargetInfo, v checks.Verdict, results []checks.Result) checks.Section {
	s := checks.Section{
		Name: t.URL, Target: t, Verdict: v, NotAsked: []string{}, Results: results,
		Sent: checks.Sent{Requests: 12, Refusals: 5, Team: "TBELAY00000", User: "UBELAY00000"},
	}
	for _, r := range results {
		switch r.Status {
		case checks.Pass:
			s.Counts.Pass++
		case checks.Warn:
			s.Counts.Warn++
		case checks.Fail:
			s.Counts.Fail++
		case checks.Inconclusive:
			s.Counts.Inconclusive++
		case checks.Skip:
			s.Counts.Skip++
		}
	}
	return s
}

// blamed is the verdict that a failure gives.
func blamed(r checks.Result) checks.Verdict {
	return checks.Verdict{Status: checks.Fail, Cause: r.Problem.ID, Summary: r.Problem.Title + ".", SlackShows: r.Problem.Shows}
}

func reportOf(sections ...checks.Section) checks.Report {
	r := checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: checks.Tool{Name: "belay", Version: "0.1.0"}, Command: "check",
		StartedAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), Duration: ms(812), Sections: sections,
	}
	order := []checks.Status{checks.Pass, checks.Inconclusive, checks.Warn, checks.Fail}
	for _, s := range sections {
		c := &r.Counts
		c.Pass, c.Warn, c.Fail = c.Pass+s.Counts.Pass, c.Warn+s.Counts.Warn, c.Fail+s.Counts.Fail
		c.Inconclusive, c.Skip = c.Inconclusive+s.Counts.Inconclusive, c.Skip+s.Counts.Skip
		if slices.Index(order, s.Verdict.Status) > slices.Index(order, r.Verdict.Status) {
			r.Verdict = s.Verdict
		}
	}
	return r
}
