package report_test

import (
	"time"

	"belay/checks"
	"belay/simulator/payload"
)

// called is an exchange of a scenario, that long after its beginning.
func called(question string, direction checks.Direction, after, took float64, status int, request, response string) checks.Exchange {
	kind := "application/x-www-form-urlencoded"
	if len(request) > 0 && request[0] == '{' {
		kind = "application/json"
	}
	url := "http://127.0.0.1:3000/slack/commands"
	if direction == checks.ToSlack {
		url = "https://slack.com/api/" + question
	}
	x := checks.Exchange{
		Question: question, Direction: direction,
		SentAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC).Add(time.Duration(after * float64(time.Millisecond))),
		Request: checks.Request{
			Method: "POST", URL: url, Body: request,
			Header: []payload.HeaderField{{Name: "User-Agent", Value: "Slackbot 1.0 (+https://api.slack.com/robots)"}, {Name: "Content-Type", Value: kind}},
		},
		Stages: checks.StagesMS{Connect: ms(0.3), Write: ms(0.1), FirstByte: ms(took - 0.5), Body: ms(0.1)}, TotalMS: ms(took), Reached: "done",
	}
	if status > 0 {
		x.Response = responded(status, "application/json", response)
	}
	return x
}

// step is a result of a scenario.
func step(status checks.Status, check, title, saw string, exchanges ...checks.Exchange) checks.Result {
	r := checks.Result{Check: check, Title: title, Status: status, Saw: saw, Remarks: []checks.Remark{}, Took: ms(12)}
	for _, x := range exchanges {
		r.Took = x.TotalMS
	}
	if len(exchanges) > 0 {
		r.Evidence = &checks.Evidence{Exchanges: exchanges}
	}
	return r
}

// scenarios is a report of belay test: one scenario passes, in one the app is too late,
// and one was not played.
func scenarios() checks.Report {
	t := checks.TargetInfo{URL: "http://127.0.0.1:3000/slack/commands", Kind: "command", Named: "/deploy", Signed: true, Local: true, Deadline: ms(3000)}
	const form = "token=x&command=%2Fdeploy&text=prod+%26+eu&trigger_id=1.2.3"
	passing := sectionOf(t, checks.Verdict{Status: checks.Pass, Summary: "All 4 steps passed."}, []checks.Result{
		step(checks.Pass, "step.command", "anna types /deploy prod & eu", "200 in 46 ms", called("/deploy", checks.ToApp, 0, 46, 200, form, `{"text":"On it."}`)),
		step(checks.Pass, "step.calls", "the app opens a modal", "views.open", called("views.open", checks.ToSlack, 61, 8, 200, `{"trigger_id":"1.2.3","view":{"type":"modal"}}`, `{"ok":true}`)),
		step(checks.Pass, "step.submit", "anna submits it", "200 in 31 ms", called("view_submission", checks.ToApp, 820, 31, 200, "payload=%7B%22type%22%3A%22view_submission%22%7D", "")),
		step(checks.Pass, "step.calls", "the app posts to #ops", "chat.postMessage", called("chat.postMessage", checks.ToSlack, 1204, 12, 200, `{"channel":"C1","text":"Deployed."}`, `{"ok":true}`)),
	})
	passing.Name = "deploying opens a modal and reports to the channel"
	late := step(checks.Fail, "step.command", "anna types /deploy slow", "the app answers after 4.2 s; Slack stops waiting at 3.0 s",
		called("/deploy", checks.ToApp, 0, 4200, 200, form, `{"text":"Done."}`))
	late.Problem = failing("ack.timeout", "").Problem
	late.Place = &checks.Place{File: "belay/deploy.yaml", Line: 21, Column: 7}
	posted := step(checks.Pass, "step.calls", "the app posts to #ops", "chat.postMessage", called("chat.postMessage", checks.ToSlack, 3900, 9, 200, `{"channel":"C1","text":"Deployed."}`, `{"ok":true}`))
	failed := sectionOf(t, blamed(late), []checks.Result{late, posted, step(checks.Skip, "step.expect", "nothing else is posted", "")})
	failed.Results[2].Reason = "not asked after step.command"
	failed.Name = "a slow deployment is acknowledged all the same"
	skipped := sectionOf(t, checks.Verdict{Status: checks.Inconclusive, Summary: "Nothing was played: the tag slow is left out."},
		[]checks.Result{row(checks.Inconclusive, "app.alive", "left out by --tags")})
	skipped.Name = "the night shift"
	r := reportOf(passing, failed, skipped)
	r.Command, r.Duration = "test", ms(5421)
	for i := range r.Sections {
		r.Sections[i].Sent = checks.Sent{}
	}
	return r
}
