package tui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"belay/checks"
)

// request shows what was sent: the head as it was, the body decoded, and a form's
// body as it was, too.
func (p *page) request(x checks.Exchange) {
	p.wrapped(strong, x.Request.Method+" "+x.Request.URL)
	kind := ""
	for _, h := range x.Request.Header {
		p.header(h.Name, h.Value)
		if strings.EqualFold(h.Name, "Content-Type") {
			kind = h.Value
		}
	}
	p.gap()
	switch {
	case x.Request.Body == "":
		p.add(span{faint, "no body"})
	case strings.HasPrefix(kind, "application/x-www-form-urlencoded"):
		p.form(x.Request.Body)
	default:
		p.body(x.Request.Body)
	}
}

// response shows what was answered, or why nothing was.
func (p *page) response(x checks.Exchange) {
	if x.Response == nil {
		p.fieldAs(bad, "no answer", strings.TrimSpace(outcome(x)+" "+x.Error))
		p.field("got as far as", x.Reached)
		p.field("after", short(x.TotalMS))
		return
	}
	r := x.Response
	p.wrapped(strong, fmt.Sprintf("%s %d   %s   %d bytes", r.Proto, r.Status, short(x.TotalMS), r.BodyBytes))
	for _, h := range r.Header {
		p.header(h.Name, h.Value)
	}
	p.gap()
	if r.Body == "" {
		p.add(span{faint, "no body"})
		return
	}
	p.body(r.Body)
	if r.Cut {
		p.gap()
		p.wrapped(faint, fmt.Sprintf("The body of %d bytes was cut here.", r.BodyBytes))
	}
}

// header shows one line of a head.
func (p *page) header(name, value string) {
	name = fit(name, p.width/2, p.more) + ": "
	value, rest := bounded(value)
	for _, part := range broken(clean(value), max(p.width-2-columns(name), 8)) {
		p.add(span{faint, name}, say(part))
		name = strings.Repeat(" ", columns(name))
	}
	p.rest(rest)
}

// body shows JSON with its indents and anything else as it is.
func (p *page) body(text string) {
	var b bytes.Buffer
	trimmed := strings.TrimSpace(text)
	if strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		if json.Indent(&b, []byte(trimmed), "", "  ") == nil {
			text = b.String()
		}
	}
	p.raw(plain, text)
}

// form shows the fields of a form, decoded, and then the body as it was sent.
func (p *page) form(body string) {
	n := 0
	for pair := range strings.SplitSeq(body, "&") {
		if n++; n > mostLines {
			break
		}
		name, value, _ := strings.Cut(pair, "=")
		p.formField(decoded(name), decoded(value))
	}
	p.heading("As sent")
	p.raw(faint, body)
}

func (p *page) formField(name, value string) {
	if strings.HasPrefix(value, "{") && json.Valid([]byte(value)) {
		p.add(span{accent, name}, span{faint, " ="})
		p.body(value)
		return
	}
	label := fit(name, p.width/2, p.more) + " = "
	value, rest := bounded(value)
	for _, part := range broken(clean(value), max(p.width-2-columns(label), 8)) {
		p.add(span{accent, label}, say(part))
		label = strings.Repeat(" ", columns(label))
	}
	p.rest(rest)
}

// decoded is a part of a form as it was meant, or as it is when it is no form.
func decoded(text string) string {
	if plainText, err := url.QueryUnescape(text); err == nil {
		return plainText
	}
	return text
}
