package report

import (
	"fmt"
	"strings"

	"belay/checks"
)

// result is the one of a check, when it was asked.
func (t *textReport) result(id string) (checks.Result, bool) {
	for _, r := range t.s.Results {
		if r.Check == id {
			return r, r.Status != checks.Skip
		}
	}
	return checks.Result{}, false
}

// sawOf is what a check saw, where it passed or warned.
func (t *textReport) sawOf(id string) string {
	r, ok := t.result(id)
	if !ok || r.Status == checks.Fail || r.Status == checks.Inconclusive {
		return ""
	}
	return r.Saw
}

// rows sum up what is well: how far the road leads, and what stands at its end.
func (t *textReport) rows(cause *checks.Result) {
	t.rowOf("reached", "", t.prefixed("DNS ", "dns.speed"), t.sawOf("tcp.connect"), t.sawOf("tls.handshake"))
	t.rowOf("certificate", "", t.sawOf("cert.hostname"), t.sawOf("cert.chain"), t.sawOf("cert.validity"))
	t.rowOf("answered", "", t.sawOf("http.direct"))
	t.inTime(cause)
	t.verified()
	t.remarks()
}

func (t *textReport) prefixed(prefix, id string) string {
	saw := t.sawOf(id)
	if saw == "" {
		return ""
	}
	return prefix + saw
}

func (t *textReport) rowOf(label, before string, parts ...string) {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	if len(said) > 0 {
		t.row(label, before+strings.Join(said, " · "))
	}
}

// inTime gives the time and draws it, unless the cause drew it already.
func (t *textReport) inTime(cause *checks.Result) {
	r, ok := t.result("ack.deadline")
	if !ok || r.Status != checks.Pass && r.Status != checks.Warn {
		return
	}
	t.row("in time", r.Saw)
	if cause == nil && r.Evidence != nil && len(r.Evidence.Exchanges) > 0 {
		t.drawn("", waterfall(r.Evidence.Exchanges[0], t.s.Target.Deadline, t.o, t.o.width()-labelWidth))
	}
}

// verified says in one row what the app refuses and whether it accepts Slack.
func (t *textReport) verified() {
	forged, ok := t.result("signature.forged")
	if !ok || forged.Status != checks.Pass {
		return
	}
	if !t.s.Target.Signed {
		t.row("verified", forged.Saw)
		return
	}
	var refused []string
	for _, bad := range []struct{ id, what string }{
		{"signature.forged", "a forged"}, {"signature.tampered", "a tampered"},
		{"signature.stale", "a 10-minute-old"}, {"signature.unsigned", "an unsigned"},
	} {
		if r, ok := t.result(bad.id); ok && r.Status == checks.Pass {
			refused = append(refused, bad.what)
		}
	}
	text := "refuses " + enumerate(refused) + " request"
	if r, ok := t.result("signature.valid"); ok && (r.Status == checks.Pass || r.Status == checks.Warn) {
		text += "; accepts ours"
	}
	t.row("verified", text)
}

// remarks are true and no defect.
func (t *textReport) remarks() {
	label := "remarks"
	for _, r := range t.s.Results {
		for _, remark := range r.Remarks {
			text := remark.Text
			if remark.Problem != "" {
				text += " [" + remark.Problem + "]"
			}
			t.row(label, text)
			label = ""
		}
	}
}

func (t *textReport) notAsked() {
	label := "not asked"
	for _, text := range t.s.NotAsked {
		t.row(label, text)
		label = ""
	}
	if t.s.Verdict.Status == checks.Pass && !t.s.Target.Local {
		t.row("still silent?", "Not visible from here: Socket Mode switched on (then no URL is called), another URL in the app's settings, the app not reinstalled after a change")
	}
}

// end says what was sent, and counts.
func (t *textReport) end() {
	if t.s.Sent.Requests > 0 {
		text := fmt.Sprintf("%s as user %s of team %s", plural(t.s.Sent.Requests, "request"), t.s.Sent.User, t.s.Sent.Team)
		if t.s.Sent.MayHaveRunAHandler > 0 {
			text += fmt.Sprintf("; %d may have run a handler", t.s.Sent.MayHaveRunAHandler)
		} else {
			text += "; none names anything real"
		}
		if t.s.Sent.Refusals > 0 {
			text += fmt.Sprintf("; your log will show %s", plural(t.s.Sent.Refusals, "refusal"))
		}
		t.row("sent", text)
	}
	t.line("  ", t.counts())
}

func (t *textReport) counts() string {
	c := t.s.Counts
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{c.Fail, "failed"}, {c.Warn, "warned"}, {c.Inconclusive, "unknown"}, {c.Pass, "passed"}, {c.Skip, "skipped"}} {
		if part.n > 0 || part.word == "failed" {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	status := 0
	if c.Fail > 0 || t.o.FailOnWarn && c.Warn > 0 {
		status = 1
	}
	return fmt.Sprintf("%s · exit status %d", strings.Join(parts, ", "), status)
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
