package checks

import (
	"fmt"
	"slices"
)

// ordinals of the attempts at an event.
var ordinals = []string{"first", "second", "third", "fourth"}

func ordinalOf(n int) string {
	if n < len(ordinals) {
		return ordinals[n]
	}
	return fmt.Sprintf("%dth", n+1)
}

// sumRetries is the section of one event and all attempts at it. The last decides; a
// first that failed is a warning, because whoever acts on both acts twice.
func sumRetries(name, heldBack string, all []judgedDelivery) Section {
	last := all[len(all)-1]
	section := sumDeliveries(name, []judgedDelivery{last})
	first := &section.Results[0]
	var exchanges []Exchange
	section.Sent.Requests, section.Sent.MayHaveRunAHandler, section.Sent.Refusals = 0, 0, 0
	for _, j := range all {
		exchanges = append(exchanges, j.results[0].Evidence.Exchanges...)
		sent := sumDeliveries(name, []judgedDelivery{j}).Sent
		section.Sent.Requests += sent.Requests
		section.Sent.MayHaveRunAHandler += sent.MayHaveRunAHandler
		section.Sent.Refusals += sent.Refusals
	}
	first.Evidence.Exchanges = exchanges
	what := named(last.sent.Delivery)
	switch {
	case last.acknowledged && len(all) > 1:
		first.Saw += fmt.Sprintf(", at the %s attempt", ordinalOf(len(all)-1))
		section.Results = append(section.Results, late(all[0]))
	case !last.acknowledged && heldBack != "":
		first.Saw = orText(first.Saw, first.Reason) + "; " + heldBack
		stop(first, "nothing more: the event is "+heldBack)
	case !last.acknowledged && len(all) > 1:
		first.Saw = orText(first.Saw, first.Reason) + fmt.Sprintf("; so ended the last of %d attempts", len(all))
		stop(first, "nothing more: after this attempt Slack gives the event up")
	}
	section.Counts = count(section.Results)
	section.Verdict = last.verdict(section, 1)
	if first.Problem != nil {
		section.Verdict.SlackShows = first.Problem.Shows
	}
	if last.acknowledged && len(all) > 1 && section.Verdict.Status != Fail {
		section.Verdict.Summary = fmt.Sprintf("The app acknowledges %s, but only at the %s attempt.", what, ordinalOf(len(all)-1))
	}
	return section
}

// stop says that Slack does not try again.
func stop(r *Result, words string) {
	if r.Problem == nil || r.Problem.Shows == nil {
		return
	}
	shows := *r.Problem.Shows
	shows.RetryReason, shows.Words = "", words
	r.Problem.Shows = &shows
}

// late is the warning that an event was not acknowledged at first.
func late(j judgedDelivery) Result {
	r := j.results[0]
	r.Check, r.Title = "delivery.first-attempt", "the app acknowledges "+named(j.sent.Delivery)+" at the first attempt"
	r.Status = Warn
	if r.Problem == nil {
		r.Saw, r.Reason = orText(r.Saw, r.Reason), ""
	}
	evidence := *r.Evidence
	evidence.Exchanges = slices.Clone(evidence.Exchanges)
	r.Evidence = &evidence
	return r
}
