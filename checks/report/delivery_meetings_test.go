package report_test

import (
	"strings"
	"time"

	"belay/checks"
	"belay/checks/problem"
	"belay/simulator/payload"
)

// posted is an exchange with an app, at that time after the first.
func posted(body string, after time.Duration, total float64, response *checks.Response) checks.Exchange {
	return checks.Exchange{
		Question: "command", SentAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC).Add(after),
		Request: checks.Request{
			Method: "POST", URL: commands, Body: body,
			Header: []payload.HeaderField{
				{Name: "User-Agent", Value: payload.UserAgent},
				{Name: "Content-Type", Value: "application/x-www-form-urlencoded"},
				{Name: "X-Slack-Signature", Value: "v0=" + strings.Repeat("a2", 32)},
				{Name: "X-Slack-Request-Timestamp", Value: "1795456800"},
			},
		},
		Response: response, Reached: "done", TotalMS: ms(total),
		Stages: checks.StagesMS{DNS: ms(1), Connect: ms(12), TLS: ms(25), Write: ms(1), FirstByte: ms(max(total-40, 0)), Body: ms(1)},
	}
}

func responded(status int, contentType, body string) *checks.Response {
	return &checks.Response{
		Proto: "HTTP/1.1", Status: status, Body: body, BodyBytes: len(body),
		Header: []payload.HeaderField{{Name: "Content-Type", Value: contentType}, {Name: "Date", Value: "Mon, 23 Nov 2026 18:00:00 GMT"}},
	}
}

// deploying is a command's form as Slack posts it, but for most of its fields.
const deploying = "token=belay-stand-in-verification-token&user_id=UBELAY00000&command=%2Fdeploy&text=prod+%26+eu"

// deliveryOf is the result of a delivery.
func deliveryOf(status checks.Status, saw string, exchanges ...checks.Exchange) checks.Result {
	return checks.Result{
		Check: "delivery.acknowledged", Title: "the app acknowledges /deploy", Status: status, Saw: saw,
		Remarks: []checks.Remark{}, Took: ms(45), Evidence: &checks.Evidence{Exchanges: exchanges},
	}
}

func failing(id, saw string, exchanges ...checks.Exchange) checks.Result {
	p, _ := problem.Find(id)
	r := deliveryOf(checks.Fail, saw, exchanges...)
	r.Problem = &checks.Finding{ID: p.ID, Title: p.Title, Why: p.Why, Fix: p.Fix, Doc: p.Doc}
	if p.Shows != (problem.Shows{}) {
		r.Problem.Shows = &checks.SlackShows{User: p.Shows.User, RetryReason: p.Shows.RetryReason, Confidence: string(p.Shows.Confidence)}
	}
	return r
}

// sending is a report of belay send.
func sending(v checks.Verdict, results ...checks.Result) checks.Report {
	t := target(commands)
	t.Named, t.Probes = "/deploy", ""
	s := sectionOf(t, v, results)
	s.Name = "/deploy prod"
	s.Sent = checks.Sent{Requests: 1, MayHaveRunAHandler: 1, Team: "TBELAY00000", User: "UBELAY00000"}
	r := reportOf(s)
	r.Command = "send"
	return r
}

func delivered() checks.Report {
	return sending(
		checks.Verdict{
			Status: checks.Pass, Summary: "The app acknowledges /deploy in 45 ms.",
			SlackShows: &checks.SlackShows{Words: `to the user alone: "Deploying."`, Confidence: "confirmed"},
		},
		deliveryOf(checks.Pass, "200 in 45 ms", posted(deploying, 0, 45, responded(200, "application/json", `{"text":"Deploying."}`))))
}

func deliveredLate() checks.Report {
	r := failing("ack.timeout", "the app answers /deploy after 4.1 s; Slack stops waiting at 3.0 s",
		posted(deploying, 0, 4100, responded(200, "text/plain", "")))
	return sending(blamed(r), r)
}

func retried() checks.Report {
	first := posted(`{"type":"event_callback"}`, 0, 12, responded(500, "text/plain", "oops"))
	second := posted(`{"type":"event_callback"}`, 12*time.Millisecond, 9, responded(500, "text/plain", "oops"))
	second.Request.Header = append(second.Request.Header,
		payload.HeaderField{Name: "X-Slack-Retry-Num", Value: "1"}, payload.HeaderField{Name: "X-Slack-Retry-Reason", Value: "http_error"})
	third := posted(`{"type":"event_callback"}`, time.Minute, 9, responded(200, "text/plain", ""))
	third.Request.Header = append(third.Request.Header,
		payload.HeaderField{Name: "X-Slack-Retry-Num", Value: "2"}, payload.HeaderField{Name: "X-Slack-Retry-Reason", Value: "http_error"})
	late := failing("http.server-error", "app_mention gets 500 oops", first)
	late.Check, late.Title, late.Status = "delivery.first-attempt", "the app acknowledges the event app_mention at the first attempt", checks.Warn
	r := sending(
		checks.Verdict{Status: checks.Warn, Summary: "The app acknowledges the event app_mention, but only at the third attempt."},
		deliveryOf(checks.Pass, "200 in 9 ms, at the third attempt", first, second, third), late)
	r.Sections[0].Target.Kind, r.Sections[0].Target.Named = "event", "app_mention"
	return r
}

func repeated() checks.Report {
	r := deliveryOf(checks.Pass, "3 of 3 acknowledged; min 31 ms, median 33 ms, p95 45 ms, max 45 ms",
		posted(deploying, 0, 45, responded(200, "text/plain", strings.Repeat("la ", 400))))
	r.Evidence.Samples = punctual().Evidence.Samples
	return sending(checks.Verdict{Status: checks.Pass, Summary: "The app acknowledges /deploy, 3 times out of 3, within 45 ms."}, r)
}

func unsent() checks.Report {
	x := posted(deploying, 0, 12, nil)
	x.Reached, x.Error = "connect", "dial tcp 203.0.113.7:443: connect: connection refused"
	r := failing("tcp.refused", "nothing listens on 203.0.113.7:443", x)
	return sending(blamed(r), r)
}

func deliveredUnsigned() checks.Report {
	r := deliveryOf(checks.Inconclusive, "", posted(deploying, 0, 45, responded(401, "text/plain", "no")))
	r.Reason = "401 no, as it should be: without the signing secret the signature cannot be right"
	s := sending(checks.Verdict{Status: checks.Inconclusive, Summary: "The app refuses /deploy, which belay could not sign."}, r)
	s.Sections[0].Target.Signed = false
	return s
}

func deliveries() checks.Report {
	good, bad := delivered(), deliveredLate()
	good.Sections[0].Name, bad.Sections[0].Name = "monday.json", "tuesday.har, the second"
	r := reportOf(good.Sections[0], bad.Sections[0])
	r.Command = "replay"
	return r
}
