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

// ofManifest has a section for the file, for two names with one URL, and for what is
// not asked.
func ofManifest() checks.Report {
	socket := checks.Result{
		Check: "manifest.transport", Title: "the app's URLs are called", Status: checks.Warn, Remarks: []checks.Remark{},
		Saw:   "Socket Mode is on: Slack calls none of the URLs (/deploy, /rollback) until it is off",
		Place: &checks.Place{File: "manifest.json", Line: 41, Column: 5},
		Problem: &checks.Finding{
			ID: "manifest.socket-mode", Title: "Socket Mode is on, so Slack calls no URL",
			Why: "The URLs wait unused until it is off.", Fix: "Set settings.socket_mode_enabled to false.", Doc: "https://docs.slack.dev/apis/events-api/using-socket-mode",
		},
	}
	stale := socket
	stale.Check, stale.Title, stale.Saw = "manifest.hosts", "all URLs lead to the same tunnel", "https://old.ngrok.app is another tunnel than https://new.ngrok.app"
	stale.Place = &checks.Place{File: "manifest.json", Line: 12, Column: 9}
	stale.Problem = &checks.Finding{ID: "manifest.url-stale", Title: "Some URLs lead to another tunnel", Why: "Why.", Fix: "Change them.", Doc: "https://docs.slack.dev/faq"}
	file := sectionOf(checks.TargetInfo{Kind: "manifest"}, checks.Verdict{Status: checks.Warn, Summary: socket.Problem.Title + "."}, []checks.Result{socket, stale})
	file.Name, file.Sent = "manifest.json", checks.Sent{}
	deploy := healthy().Sections[0]
	deploy.Name = "/deploy " + commands
	same := sectionOf(checks.TargetInfo{URL: commands, Kind: "command"}, deploy.Verdict, []checks.Result{})
	same.Name, same.SameAs, same.Sent = "/rollback "+commands, deploy.Name, checks.Sent{}
	offline := tunnelOffline().Sections[0]
	offline.Name = "events " + events
	redirect := sectionOf(checks.TargetInfo{URL: "https://bot.example.com/slack/oauth_redirect", Kind: "redirect"}, checks.Verdict{Status: checks.Pass}, []checks.Result{})
	redirect.Name, redirect.Note, redirect.Sent = "redirect "+redirect.Name, "for browsers, not called", checks.Sent{}
	return reportOf(file, deploy, same, offline, redirect)
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
