package main

import (
	"fmt"
	"io"
	"time"

	"belay/checks"
	formats "belay/checks/report"
)

// formatsFigure is how long a large report takes in the slowest of its formats.
var formatsFigure = figure{
	name:  "formats",
	belay: "a report of 10,000 results in its slowest format",
	unit:  "ms", atMost: 1000,
	measure: measureFormats,
}

func measureFormats(w *workshop) (measurement, error) {
	large := largeReport(100, 100)
	writers := []func(io.Writer, checks.Report) error{
		formats.JSON, formats.Lines, formats.JUnit, formats.Markdown, formats.GitHub, formats.TAP, formats.SARIF, formats.HTML,
		func(w io.Writer, r checks.Report) error { return formats.Text(w, r, formats.TextOptions{}) },
	}
	var m measurement
	for range min(w.pairs, 5) {
		var slowest time.Duration
		for _, write := range writers {
			began := time.Now()
			if err := write(io.Discard, large); err != nil {
				return m, fmt.Errorf("write a report: %w", err)
			}
			slowest = max(slowest, time.Since(began))
		}
		m.belay = append(m.belay, slowest.Seconds()*1000)
	}
	return m, nil
}

// largeReport has that many sections of that many results, of which every third
// failed, with an exchange for evidence.
func largeReport(sections, results int) checks.Report {
	r := checks.Report{SchemaVersion: checks.SchemaVersion, Tool: checks.Tool{Name: "belay"}, Command: "check"}
	for n := range sections {
		section := checks.Section{
			Name:    fmt.Sprintf("https://bot.example.com/slack/commands/%d", n),
			Target:  checks.TargetInfo{URL: "https://bot.example.com/slack/commands", Kind: "command", Deadline: checks.Millis(3 * time.Second)},
			Verdict: checks.Verdict{Status: checks.Fail, Cause: "ack.timeout", Summary: "The app acknowledges after Slack has stopped waiting."},
		}
		for i := range results {
			section.Results = append(section.Results, oneResult(i))
		}
		r.Sections = append(r.Sections, section)
	}
	return r
}

func oneResult(i int) checks.Result {
	result := checks.Result{
		Check: "ack.deadline", Title: "the app acknowledges in time", Status: checks.Pass, Saw: "45 ms of Slack's 3 s",
		Evidence: &checks.Evidence{Exchanges: []checks.Exchange{{
			Question: "named", Reached: "done",
			Request:  checks.Request{Method: "POST", URL: "https://bot.example.com/slack/commands", Body: "token=x&command=%2Fdeploy&text="},
			Response: &checks.Response{Proto: "HTTP/1.1", Status: 200, Body: `{"response_type":"ephemeral","text":"Deploying."}`},
		}}},
	}
	if i%3 == 0 {
		result.Status = checks.Fail
		result.Problem = &checks.Finding{
			ID: "ack.timeout", Title: "The app acknowledges after Slack has stopped waiting",
			Why: "The work is done twice.", Fix: "Answer first.", Doc: "https://docs.slack.dev/faq",
		}
	}
	return result
}
