package report

func (w htmlWriter) result(r htmlResult) {
	w.raw("<li", attr(class, "result "+r.Mark.Status), attr("id", r.ID), attr("data-status", r.Mark.Status), ">")
	if r.Detail == nil {
		w.raw(`<div class="head">`)
		w.head(r)
		w.raw("</div></li>\n")
		return
	}
	w.raw("<details", open(r.Open), `><summary class="head">`)
	w.head(r)
	w.raw("</summary>")
	w.detail(*r.Detail)
	w.raw("</details></li>\n")
}

// open is the attribute of details that are unfolded, or "".
func open(unfolded bool) string {
	if unfolded {
		return " open"
	}
	return ""
}

func (w htmlWriter) head(r htmlResult) {
	w.mark(r.Mark)
	w.raw("<span", attr(class, "title"), ">")
	w.text(r.Title)
	if r.Saw != "" {
		w.raw(" ")
		w.element("span", attr(class, "saw"), r.Saw)
	}
	w.raw("</span>")
	w.element("span", attr(class, "took"), r.Took)
}

func (w htmlWriter) detail(d htmlDetail) {
	w.raw(`<div class="detail">`)
	if d.Problem != nil {
		w.problem(*d.Problem)
	}
	for _, note := range d.Notes {
		w.element("p", "", note)
	}
	if len(d.Exchanges) > 0 {
		w.element("h3", "", d.ExchangesTitle)
		for _, x := range d.Exchanges {
			w.exchange(x)
		}
	}
	for _, table := range d.Tables {
		w.element("h3", "", table.Title)
		w.pairs("pairs", table.Rows)
	}
	if len(d.Chain) > 0 {
		w.chain(d.Chain)
	}
	if len(d.Steps) > 0 {
		w.element("h3", "", "How the signature comes about")
		w.raw("<ol>")
		for _, step := range d.Steps {
			w.raw("<li>")
			w.text(step.Name)
			w.block(step.Name, step.Value)
			w.raw("</li>")
		}
		w.raw("</ol>")
	}
	w.optional("p", attr(class, "faint"), "", d.LeftOut)
	w.raw("\n</div>")
}

// block is a text as it is, which is reached by the keyboard where it is scrolled.
func (w htmlWriter) block(label, text string) {
	w.element("pre", ` tabindex="0" role="group"`+attr("aria-label", label), text)
}

// pairs is a table of names and values.
func (w htmlWriter) pairs(of string, rows []htmlPair) {
	w.raw("<table", attr(class, of), "><tbody>")
	for _, row := range rows {
		w.raw("<tr>")
		w.element("th", ` scope="row"`, row.Name)
		w.element("td", "", row.Value)
		w.raw("</tr>")
	}
	w.raw("</tbody></table>")
}

func (w htmlWriter) problem(p htmlProblem) {
	w.raw("<div class=\"problem\">\n<p>")
	w.element("strong", "", p.Title)
	w.raw(" ")
	w.element("span", attr(class, "code"), p.ID)
	if p.Probable {
		w.raw(" ")
		w.element("span", attr(class, "faint"), "(probable: nothing proves it)")
	}
	w.raw("</p>")
	w.optional("p", "", "Slack shows: ", p.Shows)
	w.raw("\n")
	w.element("p", "", p.Why)
	w.raw("\n<p class=\"fix\"><strong>Fix:</strong> ")
	w.text(p.Fix)
	w.raw("</p>\n<p>More: ")
	w.element("span", attr(class, "code"), "belay explain "+p.ID)
	if p.Doc != "" {
		w.raw(" · ")
		w.element("a", attr("href", p.Doc)+` rel="noreferrer"`, p.Doc)
	}
	w.raw("</p>\n</div>")
}

func (w htmlWriter) chain(all []htmlCertificate) {
	w.element("h3", "", "Certificate chain")
	w.raw(`<div class="chain scroll" role="group" aria-label="Certificate chain" tabindex="0"><table>`, "\n<thead><tr>")
	for _, name := range []string{"State", "Subject", "Issuer", "Valid", "Details"} {
		w.column(name, "")
	}
	w.raw("</tr></thead>\n<tbody>")
	for _, c := range all {
		w.raw("<tr><td>")
		w.mark(c.Mark)
		w.raw("</td>")
		w.element("th", ` scope="row"`, c.Subject)
		w.element("td", "", c.Issuer)
		w.element("td", attr(class, "valid"), c.Valid)
		w.element("td", attr(class, "details"), c.Details)
		w.raw("</tr>")
	}
	w.raw("</tbody></table>\n</div>")
}

func (w htmlWriter) exchange(x htmlExchange) {
	w.raw(`<details class="exchange"`, open(x.Open), ">")
	w.element("summary", "", x.Title)
	w.optional("p", "", "", x.Error)
	if x.Waterfall != nil {
		w.raw(`<div class="waterfall">`)
		w.waterfall(*x.Waterfall)
		w.raw("</div>")
	}
	if len(x.Stages) > 0 {
		w.raw(`<table class="pairs"><caption class="faint">Stages</caption><tbody>`)
		for _, s := range x.Stages {
			w.raw(`<tr><th scope="row">`)
			w.swatch(s.Class)
			w.text(s.Name)
			w.raw("</th>")
			w.element("td", attr(class, "number"), s.Took)
			w.raw("</tr>")
		}
		w.raw("</tbody></table>")
	}
	w.message(x.Request)
	if x.Response != nil {
		w.message(*x.Response)
	}
	w.raw("</details>")
}

// swatch shows a colour that is used in a chart.
func (w htmlWriter) swatch(of string) {
	w.element("span", attr(class, "swatch "+of)+` aria-hidden="true"`, "")
}

func (w htmlWriter) message(m htmlMessage) {
	w.element("h4", "", m.Title)
	w.element("p", attr(class, "code"), m.First)
	if len(m.Headers) > 0 {
		w.pairs("headers code", m.Headers)
	}
	if m.Body != "" {
		w.block("Body", m.Body)
	} else {
		w.element("p", attr(class, "faint"), "No body.")
	}
	w.optional("p", attr(class, "faint"), "", m.Cut)
	if m.Read != "" {
		w.raw(`<details class="more">`)
		w.element("summary", "", m.ReadTitle)
		w.block("Body, decoded", m.Read)
		w.raw("</details>")
	}
}
