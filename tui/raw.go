package tui

import (
	"encoding/json"
	"fmt"
	"strings"

	"belay/checks"
)

// raw shows what went over the wire as it was, and without an exchange the result as
// the report has it.
func (a about) raw(p *page) {
	x, ok := a.shown()
	if !ok {
		text, err := json.MarshalIndent(a.result, "", "  ")
		if err != nil {
			text = []byte(err.Error())
		}
		p.raw(plain, string(text))
		return
	}
	if p.width < wideFrom {
		p.raw(plain, rawRequest(x.Request))
		p.gap()
		p.raw(plain, rawResponse(x))
		return
	}
	left, right := p.halves(50)
	left.raw(plain, rawRequest(x.Request))
	right.raw(plain, rawResponse(x))
	p.beside(left, right)
}

func rawRequest(r checks.Request) string {
	var b strings.Builder
	b.WriteString(r.Method + " " + r.URL + "\n")
	for _, h := range r.Header {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	return b.String() + "\n" + r.Body
}

func rawResponse(x checks.Exchange) string {
	if x.Response == nil {
		return strings.TrimSpace(outcome(x) + " " + x.Error)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d\n", x.Response.Proto, x.Response.Status)
	for _, h := range x.Response.Header {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	return b.String() + "\n" + x.Response.Body
}
