package report

import (
	"fmt"
	"strings"

	"belay/checks"
)

// outlook is what was not asked, the command that asks more, and what no question
// from outside can tell.
func (t *textReport) outlook() {
	passed := t.s.Verdict.Status == checks.Pass && t.s.Sent.Requests > 0 && !t.r.Interrupted
	next := ""
	switch {
	case !passed || !t.asksAgain():
	case !t.s.Target.Signed:
		next = "SLACK_SIGNING_SECRET=… " + t.command(t.s.Target.Local)
	case t.s.Target.Local:
		next = t.tunnel()
	}
	label := "not asked"
	for _, text := range t.s.NotAsked {
		// The next command says it already.
		if next != "" && strings.Contains(text, "SLACK_SIGNING_SECRET") {
			continue
		}
		t.row(label, text)
		label = ""
	}
	if next != "" {
		note := ""
		if !t.s.Target.Signed {
			note = "(Basic Information → App Credentials)"
		}
		t.noted("next", next, note)
	}
	if passed && !t.s.Target.Local {
		t.write(paragraph{head: "  ", width: 2, text: t.clean("Slack still silent? Not visible from here: "+
			"Socket Mode switched on (then no URL is called), another URL in the app's settings, "+
			"the app not reinstalled after a change: --manifest FILE", 0)})
	}
}

// sent says what the app got, and what its log shows of it.
func (t *textReport) sent() {
	s := t.s.Sent
	if s.Requests == 0 {
		return
	}
	text := fmt.Sprintf("%s as user %s of team %s", plural(s.Requests, "request"), s.User, s.Team)
	switch {
	case s.MayHaveRunAHandler == 0:
		text += "; none names anything real"
	case t.s.Target.Named != "":
		text += fmt.Sprintf("; %d may have run %s", s.MayHaveRunAHandler, t.s.Target.Named)
	default:
		text += fmt.Sprintf("; %d may have run a handler", s.MayHaveRunAHandler)
	}
	if s.Refusals > 0 {
		text += "; your log will show " + plural(s.Refusals, "refusal")
	}
	t.row("sent", text)
}

// counts is the last line. A run that was interrupted, or that is a demonstration,
// does not exit with the verdict's status.
func (t *textReport) counts(c checks.Counts) {
	var parts []string
	part := func(n int, word string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, word))
		}
	}
	if c.Fail == 0 {
		parts = []string{fmt.Sprintf("%d passed", c.Pass), "0 failed"}
	}
	part(c.Fail, "failed")
	part(c.Warn, "warned")
	part(c.Inconclusive, "unknown")
	if c.Fail > 0 {
		part(c.Pass, "passed")
	}
	part(c.Skip, "skipped")
	text := strings.Join(parts, ", ")
	switch {
	case t.r.Interrupted:
		text += " · interrupted: this is what was found so far"
	case t.tellsStatus():
		text += fmt.Sprintf(" · exit status %d", t.exitStatus(c))
	}
	t.write(paragraph{head: "  ", width: 2, text: t.clean(text, 0)})
}

// exitStatus is the one that belay exits with. A delivery has to be seen to be
// acknowledged.
func (t *textReport) exitStatus(c checks.Counts) int {
	if c.Fail > 0 || t.o.FailOnWarn && c.Warn > 0 {
		return 1
	}
	for _, s := range t.r.Sections {
		if isDelivery(s) && s.Results[0].Status != checks.Pass {
			return 1
		}
	}
	return 0
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
