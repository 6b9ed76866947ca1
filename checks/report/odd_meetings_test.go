package report_test

import (
	"slices"
	"strings"

	"belay/checks"
)

func inconclusive() checks.Report {
	const why = "the good request and the bad one get the same answer (200 ok), which neither accepts nor refuses: name a real one with --command /name"
	s := sectionOf(target(commands),
		checks.Verdict{Status: checks.Inconclusive, Summary: "Nothing failed, but what matters could not be told: " + why},
		with(slices.Concat(roadTo(commands), []checks.Result{punctual()}, verified()),
			row(checks.Inconclusive, "signature.valid", why), row(checks.Inconclusive, "signature.forged", why)))
	return reportOf(s)
}

// inspected is inconclusive with a problem.
func inspected() checks.Report {
	r := finding(checks.Inconclusive, "cert.chain", "vantage.inspected", "the chain ends in Zscaler Root CA, which inspects TLS", "")
	r.Reason = r.Problem.Fix
	return reportOf(sectionOf(target(events),
		checks.Verdict{Status: checks.Inconclusive, Summary: "Nothing failed, but what matters could not be told: run" + strings.TrimPrefix(r.Reason, "Run")},
		with(slices.Concat(roadTo(events), []checks.Result{punctual()}, verified()), r)))
}

func several() checks.Report {
	return reportOf(
		healthy().Sections[0], late().Sections[0],
		refused().Sections[0], coldStart().Sections[0],
	)
}

func interrupted() checks.Report {
	s := sectionOf(target(events), checks.Verdict{Status: checks.Pass, Summary: "Slack can reach this URL, and it refuses what is not signed by Slack."},
		append(roadTo(events), skipped("ack.deadline", "interrupted"), skipped("signature.valid", "interrupted")))
	s.Sent.Requests = 1
	r := reportOf(s)
	r.Interrupted = true
	return r
}

// evil is what a certificate, a header or a body may hold.
const evil = "\x1b[2J\x1b]0;owned\x07\u009b31m\u202egnp.\u2066\u200b\x00\x7f\xff\xfe\r\n漢字🦜\U000e0041"

// hostileReport has evil words wherever an app, or whoever wrote a report that is
// read back, can put them.
func hostileReport() checks.Report {
	r := finding(checks.Fail, "cert.chain", "cert.chain-incomplete", evil+" "+evil, "")
	r.Problem.ID, r.Problem.Why, r.Problem.Fix, r.Problem.Doc = evil, evil, evil, evil
	r.Problem.Shows = &checks.SlackShows{User: evil, RetryReason: evil, Words: evil, Confidence: evil}
	r.Evidence = &checks.Evidence{Chain: []checks.Certificate{
		{State: evil, Subject: evil, Issuer: evil, From: evil},
		{State: "missing", Subject: evil, Issuer: evil, From: evil},
	}}
	slow := late().Sections[0].Results[len(roadTo(""))]
	slow.Evidence.Exchanges[0].Response.Body = evil
	results := with(roadTo(commands), passed("http.direct", evil), r, slow)
	for n := range results {
		results[n] = remarked(results[n], evil, evil)
	}
	results = append(results, row(checks.Inconclusive, "reply.form", evil), row(checks.Status(evil), "reply.message", evil))
	t := target(commands)
	t.URL, t.Named, t.Kind = commands+"?"+evil, evil, "command"
	s := sectionOf(t, checks.Verdict{Status: checks.Fail, Cause: evil, Summary: evil, SlackShows: r.Problem.Shows}, results)
	s.Name, s.NotAsked, s.Sent.Team, s.Sent.User = evil, []string{evil}, evil, evil
	s.Sent.MayHaveRunAHandler = 1
	return reportOf(s)
}

// demonstration is about an app that is gone when the report is read.
func demonstration() checks.Report {
	r := localhost()
	r.Command = "demo"
	return r
}
