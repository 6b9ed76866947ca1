package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"belay/simulator/payload"
)

// A comparison lists what Slack would have sent otherwise.
type comparison struct {
	r   Recording
	is  identity
	all []string
}

func (c *comparison) say(format string, a ...any) { c.all = append(c.all, fmt.Sprintf(format, a...)) }

// differences compares a recording with what Slack sends of its kind. Where the body is
// not whole, the signature over it is not looked at.
func (r Recording) differences(t Terms, whole bool) []string {
	is, err := r.identify()
	if err != nil {
		return nil
	}
	c := &comparison{r: r, is: is}
	c.headers()
	if is.encoding != payload.Query {
		c.encoded()
		c.fields()
		c.signature(t, whole)
	}
	return c.all
}

// headers compares those that Slack sends, and names those that it does not.
func (c *comparison) headers() {
	if c.is.encoding != payload.Query {
		c.own()
	}
	var proxies, others []string
	for _, h := range c.r.Header {
		switch name := strings.ToLower(h.Name); {
		case isOwn(name):
		case strings.HasPrefix(name, "x-slack-retry-"):
			if c.is.kind.Encoding != payload.JSON {
				c.say("it had %s; Slack retries events alone", names([]string{h.Name}))
			}
		case isSlacks(name):
		case isProxys(name):
			proxies = append(proxies, h.Name)
		default:
			others = append(others, h.Name)
		}
	}
	if len(proxies) > 0 {
		c.say("a proxy on the way added %s, which is not sent again", names(proxies))
	}
	if len(others) > 0 && c.is.encoding != payload.Query {
		c.say("Slack does not send %s, and it is not sent again", names(others))
	}
}

// own compares the headers of Slack's own.
func (c *comparison) own() {
	var missing []string
	check := func(name, want string, also ...string) {
		got := c.r.header(name)
		switch {
		case !c.r.hasHeader(name):
			missing = append(missing, name)
		case got != want && !slices.Contains(also, got):
			c.say("%s was %s; Slack sends %q%s", name, show(got), want, because(name, got, want))
		}
	}
	check("User-Agent", payload.UserAgent)
	// Which of the two goes with which kind is not documented.
	check("Accept", c.is.kind.Accept, "*/*", "application/json,*/*")
	check("Accept-Encoding", "gzip,deflate")
	check("Content-Type", c.is.kind.Encoding.ContentType())
	if len(missing) > 0 {
		c.say("without %s, which Slack sends", strings.Join(missing, ", "))
	}
}

// because says what a difference does.
func because(name, got, want string) string {
	if name == "Content-Type" && strings.HasPrefix(strings.ToLower(got), want+";") {
		return ", without a parameter: Bolt for JavaScript takes a form with one for JSON"
	}
	return ""
}

// isOwn reports the headers that Slack sends, and those of the connection.
func isOwn(name string) bool {
	return slices.Contains([]string{
		"user-agent", "accept", "accept-encoding", "content-type", "content-length", "host", "connection", "keep-alive",
		"transfer-encoding", "te", "trailer", "upgrade", strings.ToLower(payload.SignatureHeader), strings.ToLower(payload.TimestampHeader),
	}, name)
}

// isProxys reports the headers that tunnels, balancers and platforms add.
func isProxys(name string) bool {
	for _, prefix := range []string{
		"x-forwarded-", "forwarded", "x-real-ip", "via", "cf-", "cdn-", "x-amzn-", "x-amz-", "x-envoy-", "x-request-", "x-cloud-trace",
		"traceparent", "tracestate", "true-client-ip", "ngrok-", "fly-", "x-vercel-", "x-railway-", "x-original-", "x-scheme", "x-client-",
		"x-azure-", "x-arr-", "x-appengine-", "x-google-", "x-b3-", "x-datadog-", "proxy-", "x-proxy", "x-cluster-", "x-heroku-", "x-nf-",
		"x-render-", "render-", "rndr-", "function-execution-id", "disguised-host", "was-default-hostname", "max-forwards", "x-site-",
	} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// encoded compares how the body is written.
func (c *comparison) encoded() {
	if c.is.encoding != c.is.kind.Encoding {
		c.say("the body was %s; Slack sends %s as %s", describe(c.is.encoding), c.is.kind.Title, describe(c.is.kind.Encoding))
		return
	}
	if len(c.is.others) > 0 {
		c.say("Slack's form has the field payload alone, and this has %s as well", names(c.is.others))
	}
	body := bytes.TrimRight(c.r.Body, "\r\n")
	if len(body) < len(c.r.Body) {
		c.say("the body ended with a line break; Slack's does not")
	}
	switch c.is.encoding {
	case payload.JSON:
		c.json(body)
	default:
		c.form(body)
	}
}

func describe(e payload.Encoding) string {
	switch e {
	case payload.JSON:
		return "JSON"
	case payload.FormPayload:
		return "a form with the field payload"
	}
	return "a form"
}

// form compares how the values of a form are escaped.
func (c *comparison) form(body []byte) {
	all, err := pairs(body)
	if err != nil {
		return
	}
	spaces, lower, marks := false, false, false
	for _, p := range all {
		raw, value := string(body[p.start:p.end]), p.value(body)
		if p.name == payloadField && c.is.encoding == payload.FormPayload {
			c.json([]byte(value))
		}
		if raw == escaped(value) {
			continue
		}
		plus := strings.ReplaceAll(raw, "%20", "+")
		spaces = spaces || plus != raw
		upper := percentEscape().ReplaceAllStringFunc(plus, strings.ToUpper)
		lower = lower || upper != plus
		marks = marks || upper != escaped(value)
	}
	if spaces {
		c.say("spaces were %%20; Slack writes +: the body was encoded anew on its way, or by hand")
	}
	if lower {
		c.say("percent escapes were in lower case; Slack's are in upper case")
	}
	if marks {
		c.say("the form was escaped otherwise: of the marks, Slack leaves - _ . alone as they are")
	}
}

var percentEscape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%[0-9A-Fa-f]{2}`) })

// json compares how JSON is written: Slack's has no spaces, escaped slashes, and \u
// escapes for all beyond ASCII.
func (c *comparison) json(text []byte) {
	object, ok := bodyObject(text)
	if !ok || bytes.Equal(text, payload.Encode(payload.JSON, object)) {
		return
	}
	before := len(c.all)
	var compact bytes.Buffer
	if json.Compact(&compact, text) == nil && !bytes.Equal(compact.Bytes(), text) {
		c.say("the JSON had white space between its parts; Slack's has none: it was parsed and written anew, or by hand")
	}
	if unescapedSlash().Match(text) {
		c.say(`the JSON had plain slashes; Slack writes \/: it was parsed and written anew`)
	}
	if bytes.ContainsFunc(text, func(r rune) bool { return r > 0x7f }) {
		c.say(`the JSON had letters beyond ASCII as they are; Slack writes \u escapes`)
	}
	if len(c.all) == before {
		c.say("the JSON was escaped otherwise than Slack does")
	}
}

var unescapedSlash = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\\]/`) })

// fields compares which there are at the top, and their order.
func (c *comparison) fields() {
	scenes := []payload.Scene{{}, {View: payload.Object{{Name: "type", Value: "modal"}, {Name: "blocks", Value: payload.List{}}}}, {Persona: payload.PersonaEnterprise}}
	like := c.is.kind.Fields(payload.Scene{})
	var missing, unknown []string
	for _, m := range like {
		always := !slices.ContainsFunc(scenes, func(s payload.Scene) bool { return !c.is.kind.Fields(s).Has(m.Name) })
		if always && !c.is.fields.Has(m.Name) {
			missing = append(missing, m.Name)
		}
	}
	for _, m := range c.is.fields {
		sent := slices.ContainsFunc(scenes, func(s payload.Scene) bool { return c.is.kind.Fields(s).Has(m.Name) })
		if !sent && !documented(like, m.Name) {
			unknown = append(unknown, m.Name)
		}
	}
	if len(missing) > 0 {
		c.say("without the field%s %s, which Slack sends", plural(missing), names(missing))
	}
	if len(unknown) > 0 {
		c.say("Slack is not known to send the field%s %s", plural(unknown), names(unknown))
	}
	c.order(like)
}

// documented reports a field that Slack sends at times: those that are not refused.
func documented(like payload.Object, name string) bool {
	if !plainName().MatchString(name) {
		return false
	}
	_, err := like.Set(name, "x")
	return err == nil
}

var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z_]+$`) })

// order compares that of the fields which both have.
func (c *comparison) order(like payload.Object) {
	rank := map[string]int{}
	for i, m := range like {
		rank[m.Name] = i
	}
	var recorded []string
	for _, m := range c.is.fields {
		if _, ok := rank[m.Name]; ok {
			recorded = append(recorded, m.Name)
		}
	}
	inOrder := slices.IsSortedFunc(recorded, func(a, b string) int { return rank[a] - rank[b] })
	switch {
	case inOrder:
	case slices.IsSorted(recorded):
		c.say("the fields were in alphabetical order; Slack's are not: the body was parsed and written anew")
	default:
		for i := 1; i < len(recorded); i++ {
			if rank[recorded[i]] < rank[recorded[i-1]] {
				c.say("the fields were in another order: Slack sends %s before %s", recorded[i], recorded[i-1])
				return
			}
		}
	}
}

// signature looks at the recorded one.
func (c *comparison) signature(t Terms, whole bool) {
	signature, timestamp := c.r.header(payload.SignatureHeader), c.r.header(payload.TimestampHeader)
	switch {
	case c.is.kind.Unsigned && signature != "":
		c.say("Slack does not sign %s", c.is.kind.Title)
		return
	case c.is.kind.Unsigned:
		return
	case signature == "" && timestamp == "":
		c.say("it was not signed")
		return
	case timestamp == "":
		c.say("it had a signature and no %s", payload.TimestampHeader)
		return
	}
	at := c.r.At
	if at.IsZero() {
		at = t.Now
	}
	for _, m := range payload.Diagnose(t.Secret, signature, timestamp, c.r.Body, at) {
		switch m.Part {
		case payload.PartTimestamp:
			c.time(timestamp, clean(m.Text))
		case payload.PartHeader:
			c.say("its signature: %s", clean(m.Text))
		default:
			if t.Secret != "" && whole {
				c.say("its signature: %s", clean(m.Text))
			}
		}
	}
}

// time says when a signature was made that an app refuses for its age.
func (c *comparison) time(timestamp, wrong string) {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || seconds < 0 || seconds > 1e11 {
		c.say("its signature: %s", wrong)
		return
	}
	signed := time.Unix(seconds, 0).UTC()
	switch age := c.r.At.Sub(signed).Round(time.Second); {
	case c.r.At.IsZero():
		c.say("signed at %s, which apps refuse after five minutes", signed.Format(time.RFC3339))
	case age > 0:
		c.say("signed %s before it was sent, which apps refuse after five minutes", age)
	default:
		c.say("signed %s ahead of the time at which it was sent", -age)
	}
}

// clean is a text that may hold a recorded one, on one line and bounded.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return '�'
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
	if runes := []rune(text); len(runes) > 300 {
		return string(runes[:300]) + "…"
	}
	return text
}

// show is a recorded value in quotation marks, bounded.
func show(value string) string { return fmt.Sprintf("%.120q", value) }

// names lists recorded names, bounded.
func names(all []string) string {
	const most = 12
	var shown []string
	for _, name := range all[:min(len(all), most)] {
		if !headerName().MatchString(name) {
			name = fmt.Sprintf("%.60q", name)
		}
		if !slices.Contains(shown, name) {
			shown = append(shown, name)
		}
	}
	if len(all) > most {
		shown = append(shown, fmt.Sprintf("%d more", len(all)-most))
	}
	return strings.Join(shown, ", ")
}

var headerName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}$`) })

func plural(all []string) string {
	if len(all) == 1 {
		return ""
	}
	return "s"
}
