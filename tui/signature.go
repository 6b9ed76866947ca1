package tui

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"belay/checks"
)

// tolerance is how far a timestamp may be from an app's clock.
//
// https://docs.slack.dev/authentication/verifying-requests-from-slack
const tolerance = 5 * time.Minute

// signatureLabel is the width of a step's name.
const signatureLabel = 16

// signature tells step by step how the signature of the shown request comes about,
// and where it departs from the right one or from that of a request that was taken.
func (a about) signature(p *page) {
	x, ok := a.shown()
	if !ok {
		if a.result.Evidence != nil {
			p.steps(a.result.Evidence.SignatureSteps)
		}
		if len(p.lines) == 0 {
			p.wrapped(faint, "No exchange is kept of this question.")
		}
		return
	}
	if x.Direction == checks.ToSlack {
		p.wrapped(faint, "The app asked this of Slack: such calls have a token, and no signature.")
		return
	}
	p.label = signatureLabel
	sent := headerOf(x.Request, "X-Slack-Signature")
	timestamp := headerOf(x.Request, "X-Slack-Request-Timestamp")
	p.add(span{strong, "How the signature comes about"}, span{faint, "  " + x.Question})
	p.gap()
	version, _, _ := strings.Cut(sent, "=")
	p.step(1, "version", orNone(version), verdictIf(version != "v0" && sent != "", "Slack signs with v0"))
	p.step(2, "timestamp", describeTime(timestamp, x.SentAt), age(timestamp, x.SentAt))
	base := "v0:" + timestamp + ":" + x.Request.Body
	start := fit(base, 2*p.width, p.more)
	p.step(3, "base string", fmt.Sprintf("%s   %d bytes", start, len(base)), verdictIf(strings.Contains(base, redacted), "holds a secret that is not shown"))
	p.step(4, "HMAC-SHA256", "of the base string, with the signing secret as the key"+a.fingerprint(), nil)
	right, known := a.rightSignature(sent)
	p.step(5, "the header", orNone(sent), headerVerdict(sent, right, known))
	p.step(6, "the app", strings.TrimSpace(outcome(x)+" "+x.Error), nil)
	if known && sent != "" && sent != right {
		p.compared("sent", sent, "right", right)
	}
	if a.result.Problem != nil && a.result.Problem.ID == parsedBody && outcome(x) != "200" {
		p.anew(x)
	}
	if other, ok := a.reference(x); ok {
		p.heading(fmt.Sprintf("Beside %q, which got %s", other.Question, outcome(other)))
		p.bodies(x, other)
	}
}

// redacted stands in a report for what is secret.
const redacted = "[redacted]"

func orNone(text string) string {
	if text == "" {
		return "none was sent"
	}
	return text
}

// verdictIf is an objection, where there is one.
func verdictIf(wrong bool, text string) *span {
	if !wrong {
		return nil
	}
	return &span{hurting, text}
}

func headerVerdict(sent, right string, known bool) *span {
	switch {
	case sent == "" || !known:
		return nil
	case sent == right:
		return &span{good, "right"}
	}
	return &span{bad, "wrong"}
}

// step adds one step, with what is to be said of it below.
func (p *page) step(n int, name, text string, verdict *span) {
	p.field(fmt.Sprintf("%d %s", n, name), text)
	if verdict != nil {
		p.fieldAs(verdict.role, " ", verdict.text)
	}
}

// describeTime is a timestamp as a date, beside when it was sent.
func describeTime(timestamp string, sent time.Time) string {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	switch {
	case timestamp == "":
		return "none was sent"
	case err != nil:
		return timestamp + " is no number of seconds"
	}
	return timestamp + " = " + time.Unix(seconds, 0).UTC().Format("2006-01-02 15:04:05 MST") + distance(seconds, sent)
}

// distance is how far a timestamp is from when the request was sent.
func distance(seconds int64, sent time.Time) string {
	off := seconds - sent.Unix()
	switch {
	case sent.IsZero():
		return ""
	case off < -1:
		return fmt.Sprintf(", %d s before it was sent", -off)
	case off > 1:
		return fmt.Sprintf(", %d s after it was sent", off)
	}
	return ", when it was sent"
}

// age objects to a timestamp that an app has to refuse.
func age(timestamp string, sent time.Time) *span {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || sent.IsZero() {
		return nil
	}
	limit := int64(tolerance / time.Second)
	off := sent.Unix() - seconds
	return verdictIf(off > limit || off < -limit, fmt.Sprintf("more than %d s: an app has to refuse it, however well it is signed", limit))
}

// The steps that checks store, by name.
const (
	secretStep    = "secret (SHA-256, first 8 digits)"
	signatureStep = "signature"
	rightStep     = "right signature"
)

func (a about) stored(name string) string {
	if a.result.Evidence == nil {
		return ""
	}
	for _, step := range a.result.Evidence.SignatureSteps {
		if step.Name == name {
			return step.Value
		}
	}
	return ""
}

func (a about) fingerprint() string {
	if digits := a.stored(secretStep); digits != "" {
		return ", whose SHA-256 starts with " + digits
	}
	return ""
}

// rightSignature is the one that the request should have, where the report has it.
func (a about) rightSignature(sent string) (string, bool) {
	right := a.stored(rightStep)
	return right, right != "" && a.stored(signatureStep) == sent
}

// reference is an exchange to compare with: of the same result with another outcome,
// else, for what was spoilt on purpose, the request of the section that it was made of.
func (a about) reference(x checks.Exchange) (checks.Exchange, bool) {
	differs := func(other checks.Exchange) bool {
		return other.Request.URL == x.Request.URL && other.Request.Method == x.Request.Method && other.Request.Body != x.Request.Body
	}
	for _, other := range exchanges(a.result) {
		if differs(other) && outcome(other) != outcome(x) {
			return other, true
		}
	}
	for _, r := range a.section.Results {
		for _, other := range exchanges(r) {
			if differs(other) && other.Question == "probe" && x.Question == "tampered" {
				return other, true
			}
		}
	}
	return checks.Exchange{}, false
}

// parsedBody is the problem of an app that signs what it parsed, not what it received.
const parsedBody = "signature.parsed-body"

// anew shows where the body departs from itself after it was parsed and written anew.
func (p *page) anew(x checks.Exchange) {
	again := rewritten(x.Request.Body)
	if again == x.Request.Body {
		return
	}
	p.heading("Beside the same body, parsed and written anew")
	p.compared("as sent", x.Request.Body, "anew", again)
}

// rewritten is a form as a library writes it, with its fields in their order.
func rewritten(form string) string {
	pairs := strings.Split(form, "&")
	for n, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		pairs[n] = url.QueryEscape(decoded(name)) + "=" + url.QueryEscape(decoded(value))
	}
	return strings.Join(pairs, "&")
}

// bodies compares what was signed in two exchanges, which differ.
func (p *page) bodies(x, other checks.Exchange) {
	p.compared("this body", x.Request.Body, "that body", other.Request.Body)
	if sameForm(x.Request.Body, other.Request.Body) {
		p.gap()
		p.wrapped(hurting, "Both say the same in other bytes: an app that signs what it parsed, not what it received, finds another signature.")
	}
}

// sameForm tells whether two bodies are forms of the same fields.
func sameForm(a, b string) bool {
	first, err := url.ParseQuery(a)
	second, other := url.ParseQuery(b)
	return err == nil && other == nil && len(first) > 1 && first.Encode() == second.Encode()
}

// compared shows two texts from shortly before the first byte that differs, which is
// marked below them.
func (p *page) compared(label, text, otherLabel, other string) {
	at := firstDifference(text, other)
	if at < 0 {
		return
	}
	width := max(p.width-p.labels()-6, 8)
	// Both texts are the same until there, so that one mark fits both.
	from := max(at-width/2, 0)
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	before := columns(clean(text[from:min(at, len(text))]))
	p.gap()
	for _, side := range []struct{ label, text string }{{label, text}, {otherLabel, other}} {
		p.excerpt(side.label, side.text, from, at, width)
	}
	label = ""
	if p.width >= roomy {
		label = p.column("", p.labels())
	}
	p.add(say(label+strings.Repeat(" ", before)), span{bad, p.arrow}, span{bad, fmt.Sprintf(" byte %d is the first that differs", at+1)})
}

// excerpt is a part of a text, with the byte that differs marked.
func (p *page) excerpt(label, text string, from, at, width int) {
	if p.width < roomy {
		p.add(span{faint, label})
		label = ""
	} else {
		label = p.column(label, p.labels())
	}
	if at >= len(text) {
		p.add(span{faint, label}, say(text[from:]), span{bad, " ends here"})
		return
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	p.add(span{faint, label}, say(text[from:at]), span{hit, text[at : at+size]}, say(head(text[at+size:], width)))
}

// firstDifference is the first byte in which two texts differ, at the start of its
// character, or -1.
func firstDifference(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n == len(a) && n == len(b) {
		return -1
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	return n
}
