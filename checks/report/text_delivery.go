package report

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"belay/checks"
)

// isDelivery reports whether the section is about one payload that was sent, and not
// about all that can be asked of a URL.
func isDelivery(s checks.Section) bool {
	return len(s.Results) > 0 && strings.HasPrefix(s.Results[0].Check, "delivery.")
}

// delivery tells of one payload: what came of it and why, what was sent, and what
// came back.
func (t *textReport) delivery() {
	t.verdict()
	lead, others := t.split()
	first := &t.s.Results[0]
	others = slices.DeleteFunc(others, func(r checks.Result) bool { return r.Check == first.Check })
	if lead != nil {
		t.lead(*lead)
	} else if t.s.Verdict.SlackShows != nil {
		t.shows(t.s.Verdict.SlackShows)
	}
	if first.Status == checks.Inconclusive {
		t.row("why", first.Reason)
	}
	t.exchanged(*first, lead == first)
	t.gap()
	t.others(others)
	t.remarks()
	if t.s.Verdict.Status == checks.Fail && t.s.Target.Kind != string(checks.Redirect) {
		t.row("next", t.command(t.s.Target.Local))
	}
}

// exchanged shows the request that tells most, and its answer.
func (t *textReport) exchanged(r checks.Result, drawn bool) {
	if r.Evidence == nil || len(r.Evidence.Exchanges) == 0 {
		return
	}
	all := r.Evidence.Exchanges
	x := all[len(all)-1]
	if r.Evidence.Samples != nil {
		x = all[0]
		if !drawn {
			t.row("repeated", r.Saw)
		}
	} else if len(all) > 1 {
		t.tries(all)
	}
	if unsent(x) {
		t.row("not sent", x.Request.Method+" "+x.Request.URL)
		return
	}
	t.requested(x.Request)
	t.answered(x)
	// The lead has drawn it already.
	if !drawn || !strings.HasPrefix(r.Problem.ID, "ack.") {
		t.drawn(waterfall(x, t.s.Target.Deadline, t.o, t.o.width()-labelWidth))
	}
}

// tries lists the attempts at an event, or the redirects on the way.
func (t *textReport) tries(all []checks.Exchange) {
	label := "tries"
	for _, x := range all {
		text := "+" + span(x.SentAt.Sub(all[0].SentAt)) + ": " + ended(x)
		if reason := requestValue(x, "X-Slack-Retry-Reason"); reason != "" {
			text += fmt.Sprintf(" (retry %s, %s)", requestValue(x, "X-Slack-Retry-Num"), reason)
		}
		if to := responseValue(x, "Location"); to != "" {
			text += ", to " + Clean(to, 200)
		}
		t.row(label, text)
		label = ""
	}
}

// unsent reports a request that found nobody to take it.
func unsent(x checks.Exchange) bool {
	return x.Reached == "dns" || x.Reached == "connect" || x.Reached == "tls"
}

// span is a time of Slack's clock.
func span(d time.Duration) string {
	if d < time.Minute {
		return briefly(d)
	}
	return fmt.Sprintf("%.0f min", d.Minutes())
}

// ended is how an exchange ended, in a few words.
func ended(x checks.Exchange) string {
	switch {
	case x.Response != nil && x.GaveUp:
		return fmt.Sprintf("%d, and no end within %s", x.Response.Status, briefly(time.Duration(x.TotalMS)))
	case x.Response != nil:
		return fmt.Sprintf("%s in %s", status(x.Response.Status), briefly(time.Duration(x.TotalMS)))
	case x.GaveUp:
		return "no answer within " + briefly(time.Duration(x.TotalMS))
	case x.Error == "context canceled":
		return "no answer before the interruption"
	case x.Error == "EOF":
		return "no answer: the connection was closed"
	case x.Error != "":
		return "no answer: " + x.Error
	}
	return "no answer"
}

func status(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

// The most of a body that is shown, in characters. JSON has all of it.
const shownBody = 600

// requested shows the request. A form is shown decoded.
func (t *textReport) requested(r checks.Request) {
	t.row("sent", r.Method+" "+r.URL)
	for _, h := range r.Header {
		t.row("", h.Name+": "+h.Value)
	}
	t.body(readable(r.Body), len(r.Body), false)
}

// readable is a form as a person reads it; anything else stays as it is.
func readable(body string) string {
	if strings.HasPrefix(strings.TrimSpace(body), "{") {
		return body
	}
	var pairs []string
	for _, pair := range strings.Split(body, "&") {
		plain, err := url.QueryUnescape(pair)
		if err != nil {
			plain = pair
		}
		pairs = append(pairs, plain)
	}
	return strings.Join(pairs, " & ")
}

// interesting are the headers of an answer that say something.
var interesting = []string{
	"Content-Type", "Content-Encoding", "Location", "Retry-After", "X-Slack-No-Retry", "Www-Authenticate", "Allow", "Server", "X-Powered-By", "Via",
}

// answered shows the answer.
func (t *textReport) answered(x checks.Exchange) {
	t.row("answered", ended(x))
	if x.Response == nil {
		return
	}
	for _, h := range x.Response.Header {
		if slices.Contains(interesting, http.CanonicalHeaderKey(h.Name)) {
			t.row("", h.Name+": "+h.Value)
		}
	}
	if x.Response.Body == "" {
		t.row("", "an empty body")
		return
	}
	t.body(x.Response.Body, x.Response.BodyBytes, x.Response.Cut)
}

// body shows the beginning of a body, and says how long it is where that is not all.
func (t *textReport) body(text string, size int, cut bool) {
	if text == "" {
		return
	}
	shown := Clean(text, shownBody)
	note := ""
	if cut || len([]rune(text)) > shownBody {
		note = fmt.Sprintf("(%s bytes in all: -o json)", thousands(int64(size)))
	}
	t.noted("", shown, note)
}

func requestValue(x checks.Exchange, name string) string {
	for _, h := range x.Request.Header {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

func responseValue(x checks.Exchange, name string) string {
	if x.Response == nil {
		return ""
	}
	for _, h := range x.Response.Header {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

// overallDeliveries counts several payloads by how they came out.
func overallDeliveries(r checks.Report) string {
	good := 0
	for _, s := range r.Sections {
		if s.Verdict.Status == checks.Pass || s.Verdict.Status == checks.Warn {
			good++
		}
	}
	if all := len(r.Sections); good < all {
		return fmt.Sprintf("%d of %d requests did not go as they should.", all-good, all)
	}
	return fmt.Sprintf("All %d requests went as they should.", len(r.Sections))
}
