package report

import (
	"fmt"
	"strings"

	"belay/checks"
)

// lead explains the finding that the verdict is about.
func (t *textReport) lead(r checks.Result) {
	p := r.Problem
	t.shows(p.Shows)
	saw, where := placed(r), "on the wire"
	if p.Probable {
		saw += " (probable: nothing proves it)"
	}
	if r.Place != nil {
		where = "in the file"
	}
	t.row(where, saw)
	t.evidence(r)
	why := p.Why
	if p.ID == "cert.chain-incomplete" {
		why = "it works in your browser: " + lowerFirst(why)
	}
	t.row("why", why)
	if p.ID == "dns.private-address" {
		t.choices()
	} else {
		t.row("fix", p.Fix)
	}
	if t.asksAgain() && p.ID != "dns.private-address" {
		command := t.again()
		if p.ID == "cert.chain-incomplete" {
			command += " --aia"
		}
		t.row("prove it", command)
	}
	t.row("more", "belay explain "+p.ID)
	t.row("", p.Doc)
	t.gap()
}

// placed is what was seen, with its place as compilers write it.
func placed(r checks.Result) string {
	if r.Place == nil {
		return r.Saw
	}
	return fmt.Sprintf("%s:%d:%d: %s", r.Place.File, r.Place.Line, r.Place.Column, r.Saw)
}

// lowerFirst is for a sentence that goes on after a colon.
func lowerFirst(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// shows says what becomes visible at Slack to who uses this kind of URL.
func (t *textReport) shows(s *checks.SlackShows) {
	if s == nil {
		return
	}
	if words := showsWords(t.s.Target, s); words != "" {
		t.noted("Slack shows", words, "("+s.Confidence+")")
	}
}

// showsWords is what becomes visible at Slack, worded for what the target is, or "".
func showsWords(target checks.TargetInfo, s *checks.SlackShows) string {
	surface := checks.Kind(target.Kind).Surface()
	var words []string
	switch {
	case s.User != "" && surface == checks.Command:
		words = append(words, fmt.Sprintf("%s failed with the error %q", orText(target.Named, "/command"), s.User))
	case s.RetryReason != "" && surface == checks.Events:
		words = append(words, "the event again, with X-Slack-Retry-Reason: "+s.RetryReason)
	}
	if s.Words != "" && (len(words) == 0 || surface == checks.Events) {
		words = append(words, s.Words)
	}
	return strings.Join(words, "; ")
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// evidence draws what belongs to a finding: the waterfall of what was late, the
// chain of what is not trusted.
func (t *textReport) evidence(r checks.Result) {
	switch {
	case r.Evidence == nil:
	case strings.HasPrefix(r.Check, "delivery.") && strings.HasPrefix(r.Problem.ID, "ack.") && len(r.Evidence.Exchanges) > 0:
		t.drawn(waterfall(r.Evidence.Exchanges[0], t.s.Target.Deadline, t.o, t.o.width()-labelWidth))
	case strings.HasPrefix(r.Check, "delivery.") && !strings.HasPrefix(r.Problem.ID, "cert."):
	case len(r.Evidence.Chain) > 0:
		t.chain(r.Evidence.Chain)
	case strings.HasPrefix(r.Check, "ack.") && len(r.Evidence.Exchanges) > 0:
		t.drawn(waterfall(r.Evidence.Exchanges[0], t.s.Target.Deadline, t.o, t.o.width()-labelWidth))
	}
}

// chain lists the certificates, with the one that is missing. Only there are marks:
// elsewhere a certificate that was sent is not for that a good one.
func (t *textReport) chain(all []checks.Certificate) {
	missing := false
	for _, c := range all {
		missing = missing || c.State == "missing"
	}
	for _, c := range all {
		head, width := "", 0
		if missing {
			mark := checks.Pass
			if c.State == "missing" {
				mark = checks.Fail
			}
			pad := strings.Repeat(" ", t.o.markWidth(checks.Fail)-t.o.markWidth(mark)+1)
			head, width = t.o.Mark(mark)+pad, t.o.markWidth(checks.Fail)+1
		}
		state := fmt.Sprintf("%-8s ", t.clean(c.State, 8))
		t.write(paragraph{
			head:  strings.Repeat(" ", labelWidth) + head + t.o.paint(dim, state),
			width: labelWidth + width + len(state),
			text:  t.clean(certificate(c), 0),
		})
	}
}

func certificate(c checks.Certificate) string {
	switch {
	case c.State == "missing" && c.From != "":
		return c.Subject + ", to be had from " + c.From
	case c.State == "known":
		return c.Subject + ", in the list of roots"
	case c.State == "sent":
		return c.Subject + ", until " + c.NotAfter.Format("2006-01-02") + ", issued by " + c.Issuer
	}
	return c.Subject
}
