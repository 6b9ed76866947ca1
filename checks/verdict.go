package checks

import (
	"fmt"
	"strings"

	"belay/checks/problem"
)

// verdict is the first failing problem in the order of causes, else the worst
// status.
func (s *Session) verdict(section Section) Verdict {
	if cause := firstCause(section.Results, Fail); cause != nil {
		return Verdict{Status: Fail, Cause: cause.Problem.ID, Summary: s.summary(*cause), SlackShows: cause.Problem.Shows}
	}
	if first := firstCause(section.Results, Warn); first != nil {
		return Verdict{Status: Warn, Summary: s.summary(*first)}
	}
	for _, r := range section.Results {
		if r.Status == Inconclusive {
			return Verdict{Status: Inconclusive, Summary: "Nothing failed, but what matters could not be told: " + lowerFirst(r.Reason)}
		}
	}
	if reason := cutShort(section.Results); reason != "" && s.interview == nil {
		return Verdict{Status: Inconclusive, Summary: "Nothing failed, but the app was not asked: " + reason + "."}
	}
	return Verdict{Status: Pass, Summary: s.goodNews(section)}
}

// firstCause is the result of that status whose problem comes first in the order
// of causes.
func firstCause(results []Result, status Status) *Result {
	var first *Result
	for i := range results {
		r := &results[i]
		if r.Status != status || r.Problem == nil {
			continue
		}
		if first == nil || problem.CauseRank(r.Problem.ID) < problem.CauseRank(first.Problem.ID) {
			first = r
		}
	}
	return first
}

// summary is one sentence: what was seen, as a person says it.
func (s *Session) summary(r Result) string {
	p, _ := problem.Find(r.Problem.ID)
	return sentence(p.Title)
}

func (s *Session) goodNews(section Section) string {
	if reason := cutShort(section.Results); reason != "" {
		return "Nothing is wrong in what was asked; the rest was " + reason + "."
	}
	switch {
	case s.interview == nil:
		return "Nothing is wrong with this URL."
	case section.Target.Signed && !s.interview.controlled():
		return "Slack can reach this URL, and it refuses what is not signed by Slack."
	case section.Target.Signed:
		return "Slack can reach this URL, and it answers as a Slack app should."
	}
	return "Slack can reach this URL. Whether it accepts Slack's signature needs your signing secret."
}

// cutShort is why a diagnosis ended before it was through, or "".
func cutShort(results []Result) string {
	for _, r := range results {
		if r.Status == Skip && (r.Reason == "interrupted" || strings.HasPrefix(r.Reason, "not reached within")) {
			return r.Reason
		}
	}
	return ""
}

func sentence(title string) string { return strings.TrimSuffix(upperFirst(title), ".") + "." }

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// lowerFirst keeps words such as TLS and DNS.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
