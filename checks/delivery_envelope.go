package checks

import (
	"fmt"
	"time"

	"belay/checks/problem"
	"belay/simulator/payload"
)

// An Enveloped is a payload that a fake Slack sent elsewhere, over Socket Mode or to
// the URL that it knows, and what it says came of it.
type Enveloped struct {
	Delivery payload.Delivery
	SentAt   time.Time
	Took     time.Duration
	// Acknowledged is set when the app did, and Reply is what it said with that.
	Acknowledged bool
	Reply        string
	// Failure and Detail are why not, Shows what Slack's user reads then.
	Failure, Detail, Shows string
	// Attempts are how often it was sent.
	Attempts int
}

// JudgeEnveloped says what became of a payload that a fake Slack sent.
func JudgeEnveloped(name, by string, e Enveloped) Section {
	r := Result{Status: Pass, Saw: fmt.Sprintf("acknowledged after %s", e.Took.Round(time.Millisecond))}
	if !e.Acknowledged {
		r = found(failedEnvelope(e), "%s", orText(e.Detail, e.Failure))
	}
	if e.Attempts > 1 {
		r.Saw += fmt.Sprintf(", at the %s attempt", ordinalOf(e.Attempts-1))
	}
	r.Check, r.Title, r.Took, r.Remarks = "delivery.acknowledged", "the app acknowledges "+named(e.Delivery), Millis(e.Took), []Remark{}
	if e.Acknowledged && e.Reply != "" {
		r.Remarks = append(r.Remarks, Remark{Text: "replied: " + e.Reply})
	}
	body := payload.Encode(payload.JSON, withoutToken(e.Delivery.Fields))
	r.Evidence = &Evidence{Exchanges: []Exchange{{
		Question: e.Delivery.Kind.Name, SentAt: e.SentAt, TotalMS: Millis(e.Took), Reached: "done",
		Request: Request{Method: "SEND", URL: by, Header: []payload.HeaderField{}, Body: string(body)},
	}}}
	section := Section{Name: name, NotAsked: []string{}, Results: []Result{r}, Counts: count([]Result{r})}
	section.Target = TargetInfo{URL: by, Kind: string(kindOf(e.Delivery))}
	section.Sent = Sent{Requests: e.Attempts, MayHaveRunAHandler: e.Attempts}
	section.Verdict = Verdict{Status: r.Status, Summary: "The app acknowledges " + named(e.Delivery) + "."}
	if r.Problem != nil {
		section.Verdict.Summary, section.Verdict.Cause = r.Problem.Title+".", r.Problem.ID
		if e.Shows != "" {
			section.Verdict.SlackShows = &SlackShows{User: e.Shows, Confidence: string(problem.Confirmed)}
		}
	}
	return section
}

// failedEnvelope is the problem that a fake Slack's word for a failure stands for.
func failedEnvelope(e Enveloped) string {
	if e.Delivery.URL != nil {
		switch e.Failure {
		case "http_timeout":
			return "ack.timeout"
		case "http_error":
			return "http.status"
		}
	}
	return "socket.no-ack"
}

// withoutToken is a payload without the verification token.
func withoutToken(fields payload.Object) payload.Object {
	if fields.Has("token") {
		return fields.With("token", "[redacted]")
	}
	return fields
}
