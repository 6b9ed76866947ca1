package report

import (
	"fmt"
	"strings"

	"belay/checks"
	"belay/checks/problem"
)

// others lists what else was found, with its fix, and what could not be told.
func (t *textReport) others(all []checks.Result) {
	for n, r := range all {
		if r.Problem == nil {
			t.found(r, "whether "+r.Title, r.Check)
			// Questions that share a reason share the line that tells it.
			if n+1 == len(all) || all[n+1].Reason != r.Reason {
				t.row("", r.Reason)
			}
			continue
		}
		t.found(r, r.Problem.Title, r.Problem.ID)
		if r.Saw != "" {
			t.row("", placed(r))
		}
		if r.Status == checks.Inconclusive {
			t.row("", r.Reason)
		} else {
			t.row("", "fix: "+r.Problem.Fix)
		}
	}
	if len(all) > 0 {
		t.gap()
	}
}

// found writes one finding with its mark and id.
func (t *textReport) found(r checks.Result, text, id string) {
	word := string(r.Status)
	if r.Status == checks.Inconclusive {
		word = "unknown"
	}
	label := t.o.Mark(r.Status) + " " + t.o.paint(dim, fmt.Sprintf("%-*s", labelWidth-4, word))
	if t.o.ASCII {
		label = t.o.paint(marks[r.Status].color, fmt.Sprintf("%-*s", labelWidth-2, word))
	}
	t.write(paragraph{head: "  " + label, width: labelWidth, text: t.clean(text, 0), note: "[" + id + "]"})
}

// rest says what became of the other questions where something was found.
func (t *textReport) rest(lead *checks.Result, others int) {
	if lead == nil || t.isManifest() {
		return
	}
	text := ""
	family, _, _ := strings.Cut(lead.Problem.ID, ".")
	switch {
	case t.waiting() > 0:
		t.row("the rest", plural(t.waiting(), "question")+" cannot be asked before this is mended")
		return
	case family == "cert":
		text = "asked all the same, without trust"
	case lead.Status == checks.Fail && problem.CauseRank(lead.Problem.ID) < problem.CauseRank("http.auth-required"):
		text = "asked all the same"
	}
	if others == 0 {
		text = strings.TrimPrefix(text+": nothing else to mend", ": ")
	}
	if text != "" {
		t.row("the rest", text)
	}
}

// waiting counts the questions that could not be asked because of what was found.
func (t *textReport) waiting() int {
	n := 0
	for _, r := range t.s.Results {
		if r.Status == checks.Skip && strings.HasPrefix(r.Reason, "not asked after ") {
			n++
		}
	}
	return n
}

// result is the one of a check, when it was asked.
func (t *textReport) result(id string) (checks.Result, bool) {
	for _, r := range t.s.Results {
		if r.Check == id {
			return r, r.Status != checks.Skip
		}
	}
	return checks.Result{}, false
}

// well is what a check saw, where it passed or warned.
func (t *textReport) well(before, id string) string {
	r, ok := t.result(id)
	if !ok || r.Saw == "" || r.Status != checks.Pass && r.Status != checks.Warn {
		return ""
	}
	return before + r.Saw
}

// rows sum up what is well: how far the road leads, and what stands at its end.
func (t *textReport) rows(lead *checks.Result) {
	if connected := t.well("", "tcp.connect"); connected != "" {
		t.rowOf("reached", t.well("DNS ", "dns.speed"), connected, t.well("", "tls.handshake"))
	}
	t.rowOf("certificate", t.well("", "cert.hostname"), t.well("", "cert.chain"), t.well("", "cert.validity"))
	t.rowOf("answered", t.well("", "http.direct"))
	if lead == nil || lead.Check != "ack.deadline" {
		t.rowOf("in time", t.well("", "ack.deadline"))
	}
	if r, ok := t.result("ack.deadline"); lead == nil && ok && t.well("", "ack.deadline") != "" && r.Evidence != nil && len(r.Evidence.Exchanges) > 0 {
		t.drawn(waterfall(r.Evidence.Exchanges[0], t.s.Target.Deadline, t.o, t.o.width()-labelWidth))
	}
	t.verified()
}

func (t *textReport) rowOf(label string, parts ...string) {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	if len(said) > 0 {
		t.row(label, strings.Join(said, " · "))
	}
}

// verified says in one row what the app refuses and whether it accepts Slack. Of one
// that refuses everything it says nothing.
func (t *textReport) verified() {
	forged, ok := t.result("signature.forged")
	valid, asked := t.result("signature.valid")
	switch {
	case !ok || forged.Status != checks.Pass || asked && valid.Status == checks.Fail:
		return
	case !t.s.Target.Signed:
		t.row("verified", strings.TrimSuffix(forged.Saw, ".")+".")
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
	if asked && (valid.Status == checks.Pass || valid.Status == checks.Warn) {
		text += "; accepts ours"
	}
	t.row("verified", text)
}

// remarks are true and no defect.
func (t *textReport) remarks() {
	label := "remarks"
	for _, r := range t.s.Results {
		for _, remark := range r.Remarks {
			note := ""
			if remark.Problem != "" {
				note = "[" + remark.Problem + "]"
			}
			t.noted(label, remark.Text, note)
			label = ""
		}
	}
}
