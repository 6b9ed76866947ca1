package report_test

import (
	"slices"
	"time"

	"belay/checks"
	"belay/simulator/payload"
)

// meetings are the reports that people meet first, by name.
func meetings() map[string]checks.Report {
	return map[string]checks.Report{
		"healthy": healthy(), "no-secret": noSecret(), "local": locally(),
		"chain-incomplete": chainIncomplete(), "expired": expired(),
		"late": late(), "body-stalled": bodyStalled(), "no-answer": noAnswer(), "cold-start": coldStart(),
		"localhost": localhost(), "refused": refused(), "tunnel-offline": tunnelOffline(),
		"unsigned": acceptsUnsigned(), "challenge": challenge(), "redirect": redirect(),
		"inconclusive": inconclusive(), "inspected": inspected(),
		"several": several(), "manifest": ofManifest(), "interrupted": interrupted(), "hostile": hostileReport(), "demo": demonstration(),
		"delivered": delivered(), "delivery-late": deliveredLate(), "delivery-retried": retried(), "delivery-repeated": repeated(),
		"delivery-unsent": unsent(), "delivery-unsigned": deliveredUnsigned(), "deliveries": deliveries(),
	}
}

func healthy() checks.Report {
	s := sectionOf(target(events),
		checks.Verdict{Status: checks.Pass, Summary: "Slack can reach this URL, and it answers as a Slack app should."},
		slices.Concat(roadTo(events), []checks.Result{punctual()}, verified()))
	s.NotAsked = []string{
		"unsigned and malformed requests, which end some apps' process: --probes all",
		"how long your own handler takes: --command /deploy (runs /deploy once)",
	}
	return reportOf(s)
}

func noSecret() checks.Report {
	const hint = "needs the signing secret: SLACK_SIGNING_SECRET=… (Basic Information → App Credentials)"
	t := target(events)
	t.Signed = false
	s := sectionOf(t,
		checks.Verdict{Status: checks.Pass, Summary: "Slack can reach this URL. Whether it accepts Slack's signature needs your signing secret."},
		slices.Concat(roadTo(events), []checks.Result{
			punctual(), skipped("signature.valid", hint), skipped("signature.tampered", hint), skipped("signature.stale", hint),
			passed("signature.forged", "refuses what belay cannot sign (empty 401: Bolt for JavaScript). As it should"),
		}))
	s.NotAsked = []string{
		"whether it accepts Slack's signature: " + hint,
		"unsigned and malformed requests, which end some apps' process: --probes all",
		"how long your own handler takes: --command /deploy (runs /deploy once)",
	}
	return reportOf(s)
}

func locally() checks.Report {
	r := healthy()
	s := &r.Sections[0]
	s.Name = "http://localhost:3000/slack/events"
	s.Target.URL, s.Target.Local, s.Target.Probes = s.Name, true, "all"
	s.NotAsked = s.NotAsked[1:]
	s.Results = with(without(s.Results, "tls.handshake", "cert.chain", "cert.validity", "cert.hostname"),
		remarked(passed("tcp.connect", "1 of 2 addresses on 3000"), "", "not on ::1 (connect: connection refused)"))
	return r
}

func chain(missing bool) []checks.Certificate {
	all := []checks.Certificate{{
		State: "sent", Subject: "bot.example.com", Issuer: "R13, Let's Encrypt", Names: []string{"bot.example.com"},
		NotBefore: time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC),
		Key: "ECDSA P-256", Signature: "SHA256-RSA", Serial: "3f", SHA256: "00ff",
	}}
	if missing {
		all = append(all,
			checks.Certificate{State: "missing", Subject: "R13, Let's Encrypt", From: "http://r13.i.lencr.org/"},
			checks.Certificate{State: "known", Subject: "ISRG Root X1, Internet Security Research Group", NotAfter: time.Date(2035, 6, 4, 0, 0, 0, 0, time.UTC)})
	}
	return all
}

func chainIncomplete() checks.Report {
	r := finding(checks.Fail, "cert.chain", "cert.chain-incomplete", "the server sent 1 certificate, 2 are needed: R13, Let's Encrypt, is missing", "nginx")
	r.Evidence = &checks.Evidence{Chain: chain(true)}
	t := target(commands)
	t.Named = "/deploy"
	s := sectionOf(t, blamed(r), with(slices.Concat(roadTo(commands), []checks.Result{punctual()}, verified()), r))
	s.Sent.MayHaveRunAHandler = 1
	return reportOf(s)
}

// expired has a second thing to mend.
func expired() checks.Report {
	r := finding(checks.Fail, "cert.validity", "cert.expired", "it expired 2 days ago, on 2026-11-21T21:23:59Z", "")
	r.Evidence = &checks.Evidence{Chain: chain(false)}
	second := finding(checks.Fail, "http.status", "http.server-error", "500 Internal Server Error to url_verification", "")
	third := finding(checks.Warn, "url.scheme", "url.scheme", "plain http: Slack takes it only for an app of one workspace", "")
	return reportOf(sectionOf(target(commands), blamed(r), with(roadTo(commands), third, r, second)))
}

// exchange took that long at each stage, and got that status, or none for 0.
func exchange(status int, dns, connect, tls, write, first, body float64) checks.Exchange {
	x := checks.Exchange{
		Question: "named", SentAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), Reached: "done",
		Request: checks.Request{Method: "POST", URL: commands, Header: []payload.HeaderField{}, Body: "command=%2Fdeploy"},
		Stages:  checks.StagesMS{DNS: ms(dns), Connect: ms(connect), TLS: ms(tls), Write: ms(write), FirstByte: ms(first), Body: ms(body)},
		TotalMS: ms(dns + connect + tls + write + first + body),
	}
	if status > 0 {
		x.Response = &checks.Response{Proto: "HTTP/1.1", Status: status, Header: []payload.HeaderField{}}
	}
	return x
}

// timed is a report about an exchange that was too slow, or nearly.
func timed(r checks.Result, x checks.Exchange) checks.Report {
	r.Evidence = &checks.Evidence{Exchanges: []checks.Exchange{x}}
	t := target(commands)
	t.Named = "/deploy"
	v := blamed(r)
	if r.Status == checks.Warn {
		v = checks.Verdict{Status: checks.Warn, Summary: r.Problem.Title + "."}
	}
	s := sectionOf(t, v, slices.Concat(roadTo(commands), []checks.Result{r}, verified()))
	s.Sent.MayHaveRunAHandler = 1
	return reportOf(s)
}

func late() checks.Report {
	r := finding(checks.Fail, "ack.deadline", "ack.timeout", "the app answers /deploy after 4.1 s; Slack stops waiting at 3.0 s", "Bolt for JavaScript")
	return timed(r, exchange(200, 18, 24, 54, 1, 4003, 1))
}

func bodyStalled() checks.Report {
	r := finding(checks.Fail, "ack.deadline", "ack.body-stalled", "the head of the answer to /deploy came after 120 ms, its body had not ended after 10.0 s", "Express")
	x := exchange(200, 18, 24, 54, 1, 23, 9880)
	x.GaveUp, x.Reached = true, "body"
	return timed(r, x)
}

func noAnswer() checks.Report {
	r := finding(checks.Fail, "ack.deadline", "ack.timeout", "no answer to /deploy within 10.0 s; Slack stops waiting at 3.0 s", "")
	x := exchange(0, 18, 24, 54, 1, 9903, 0)
	x.Stages.FirstByte, x.GaveUp, x.Reached = 0, true, "head"
	return timed(r, x)
}

func coldStart() checks.Report {
	r := finding(checks.Warn, "ack.deadline", "ack.cold-start", "the first request took 2.1 s, the others 45 ms", "AWS Lambda")
	return timed(r, exchange(200, 18, 24, 54, 1, 2003, 1))
}

func localhost() checks.Report {
	const url = "http://localhost:3000/slack/events"
	r := finding(checks.Fail, "dns.public", "dns.private-address", "localhost is this machine: Slack's servers call your app, not the Slack client on your desk", "")
	scheme := finding(checks.Warn, "url.scheme", "url.scheme", "plain http: Slack takes it only for an app of one workspace", "")
	t := target(url)
	t.Signed, t.Probes = false, "all"
	results := with(without(noSecret().Sections[0].Results, "tls.handshake", "cert.chain", "cert.validity", "cert.hostname"),
		scheme, r, remarked(passed("tcp.connect", "1 of 2 addresses on 3000"), "", "not on ::1 (connect: connection refused)"))
	s := sectionOf(t, blamed(r), results)
	s.NotAsked = noSecret().Sections[0].NotAsked[:1]
	return reportOf(s)
}

func refused() checks.Report {
	r := finding(checks.Fail, "tcp.connect", "tcp.refused", "nothing listens on 203.0.113.7:443", "")
	const why = "not asked after tcp.connect: nothing listens on 203.0.113.7:443"
	s := sectionOf(target(events), blamed(r), slices.Concat(roadTo(events)[:6], []checks.Result{r},
		[]checks.Result{skipped("tls.handshake", why), skipped("cert.chain", why), skipped("http.answer", why), skipped("ack.deadline", why)}))
	s.Sent = checks.Sent{Team: "TBELAY00000", User: "UBELAY00000"}
	return reportOf(s)
}

func tunnelOffline() checks.Report {
	r := finding(checks.Fail, "http.direct", "http.tunnel-offline", "ngrok answered: header ngrok-error-code: ERR_NGROK_3200", "ngrok")
	const why = "not asked after http.direct: ngrok answered: header ngrok-error-code: ERR_NGROK_3200"
	return reportOf(sectionOf(target(events), blamed(r), with(roadTo(events), r,
		skipped("http.route", why), skipped("ack.deadline", why), skipped("signature.valid", why))))
}

func acceptsUnsigned() checks.Report {
	const saw = ": 200 {\"response_type\":\"ephemeral\",\"text\":\"I do not know this comm…"
	r := finding(checks.Fail, "signature.unsigned", "signature.accepts-unsigned", "no-signature"+saw, "")
	r.Problem.Probable = true
	forged := finding(checks.Fail, "signature.forged", "signature.accepts-forged", "forged"+saw, "Bolt for Python")
	return reportOf(sectionOf(target(commands), blamed(r),
		with(slices.Concat(roadTo(commands), []checks.Result{punctual()}, verified()), forged, r)))
}

func challenge() checks.Report {
	r := finding(checks.Fail, "events.challenge", "events.challenge", `200 {"ok":true} in place of the challenge`, "")
	t := target(events)
	t.Kind, t.Named = "event", "app_mention"
	return reportOf(sectionOf(t, blamed(r), slices.Concat(roadTo(events), []checks.Result{punctual()}, verified(), []checks.Result{r})))
}

// redirect is an events URL whose retries show at Slack.
func redirect() checks.Report {
	r := finding(checks.Fail, "http.redirect", "http.redirect", "301 to /slack/events/; the POST and its body are lost on the way", "")
	t := target(events)
	t.Kind = "event"
	return reportOf(sectionOf(t, blamed(r), slices.Concat(roadTo(events), []checks.Result{r}, verified())))
}
