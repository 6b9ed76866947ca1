package report

import (
	"bufio"
	"html"
	"strconv"
)

// An htmlWriter writes markup. Every text of a report goes through text or attr, which
// escape it; markup is the writer's own. (html/template would do so too, and would make
// the program a fifth larger.)
type htmlWriter struct{ out *bufio.Writer }

// raw writes markup. An error is kept by the writer below, and told by Flush.
func (w htmlWriter) raw(parts ...string) {
	for _, p := range parts {
		_, _ = w.out.WriteString(p)
	}
}

// text writes a text between tags.
func (w htmlWriter) text(text string) { w.raw(html.EscapeString(text)) }

// attr is an attribute with its value.
func attr(name, value string) string { return " " + name + `="` + html.EscapeString(value) + `"` }

// element writes a text in an element, whose tag may have attributes.
func (w htmlWriter) element(tag, attributes, text string) {
	w.raw("<", tag, attributes, ">")
	w.text(text)
	w.raw("</", tag, ">")
}

// optional writes an element, unless its text is "".
func (w htmlWriter) optional(tag, attributes, before, text string) {
	if text != "" {
		w.element(tag, attributes, before+text)
	}
}

const class = "class"

func (w htmlWriter) page(p htmlPage) {
	w.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		"<meta http-equiv=\"Content-Security-Policy\"", attr("content", p.Policy), ">\n",
		"<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
		"<link rel=\"icon\" href=\"data:,\">\n")
	w.element("title", "", p.Title)
	w.raw("\n<style>", htmlStyle, "</style>\n</head>\n<body")
	if p.Many {
		w.raw(attr(class, "many"))
	}
	w.raw(">\n<a class=\"away\" href=\"#results\">To the results</a>\n", htmlHatch, "\n")
	w.header(p)
	w.controls(p)
	if p.Several {
		w.contents(p)
	}
	w.raw("<main id=\"results\">\n")
	for _, s := range p.Sections {
		w.section(s)
	}
	w.raw("</main>\n<footer>")
	w.element("p", "", "Written by belay "+p.Version+". The same as data: belay … -o json. In this file nothing is loaded from elsewhere.")
	w.raw("</footer>\n<script>", htmlScript, "</script>\n</body>\n</html>\n")
}

// htmlHatch is what of a bar is late.
const htmlHatch = `<svg width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs></svg>`

func (w htmlWriter) header(p htmlPage) {
	w.raw("<header>\n")
	w.element("p", attr(class, "faint"), p.About)
	w.raw("\n<h1>")
	w.mark(p.Mark)
	w.text(" " + p.Headline)
	w.raw("</h1>")
	w.optional("p", attr(class, "shows"), "Slack shows: ", p.Shows)
	if p.Interrupted {
		w.element("p", attr(class, "notice"), "Interrupted: this is what was found so far.")
	}
	w.optional("p", attr(class, "notice"), "", p.LeftOut)
	w.raw("\n</header>\n")
}

func (w htmlWriter) controls(p htmlPage) {
	w.raw(`<div class="controls" role="search" aria-label="Which results are shown">`, "\n",
		`<label class="text" data-script hidden for="search">Filter by text ( / )<input type="search" id="search" autocomplete="off" placeholder="ack.timeout, certificate …"></label>`, "\n",
		"<fieldset><legend>Show</legend>")
	for _, c := range p.Counts {
		w.raw(`<label><input type="checkbox"`, attr("id", "show-"+c.Status), attr("data-status", c.Status), " checked>")
		w.text(" " + c.Symbol + " " + c.Word + " (" + strconv.Itoa(c.N) + ")")
		w.raw("</label>")
	}
	w.raw("</fieldset>\n<fieldset><legend>Colours</legend>\n")
	for n, theme := range []struct{ id, label string }{{"auto", "as the system"}, {"light", "light"}, {"dark", "dark"}} {
		checked := ""
		if n == 0 {
			checked = " checked"
		}
		w.raw(`<label><input type="radio" name="theme"`, attr("id", "theme-"+theme.id), checked, "> ", theme.label, "</label>\n")
	}
	w.raw("</fieldset>\n",
		`<span data-script hidden><button type="button" id="open">Open all</button> <button type="button" id="close">Close all</button></span>`, "\n",
		`<p class="told" id="told" role="status"></p>`, "\n</div>\n")
}

// contents is the table of what is on the page.
func (w htmlWriter) contents(p htmlPage) {
	w.raw("<nav aria-labelledby=\"sections\">\n<div class=\"section sections\">")
	w.element("h2", attr("id", "sections"), p.SectionsTitle)
	w.raw("\n<div class=\"scroll\"><table>\n<thead><tr>")
	for _, column := range []struct{ name, class string }{
		{"Verdict", ""}, {"Name", ""}, {"Summary", "summary"}, {"Failed", "number"}, {"Warned", "number"}, {"Passed", "number"},
	} {
		w.column(column.name, column.class)
	}
	w.raw("</tr></thead>\n<tbody>")
	for _, s := range p.Sections {
		w.raw("\n<tr><td>")
		w.mark(s.Mark)
		w.raw(`</td><th scope="row"><a`, attr("href", "#"+s.ID), ">")
		w.text(s.Name)
		w.raw("</a></th>")
		w.element("td", attr(class, "summary"), s.Brief)
		for _, n := range []int{s.Counts.Fail, s.Counts.Warn, s.Counts.Pass} {
			w.element("td", attr(class, "number"), strconv.Itoa(n))
		}
		w.raw("</tr>")
	}
	w.raw("\n</tbody></table></div></div>\n</nav>\n")
}

// column is the head of one.
func (w htmlWriter) column(name, of string) {
	attributes := ` scope="col"`
	if of != "" {
		attributes += attr(class, of)
	}
	w.element("th", attributes, name)
}

func (w htmlWriter) mark(m htmlMark) {
	w.raw("<span", attr(class, "mark "+m.Status), `><span aria-hidden="true">`)
	w.text(m.Symbol + " ")
	w.raw("</span>")
	w.text(m.Word)
	w.raw("</span>")
}

func (w htmlWriter) section(s htmlSection) {
	w.raw("\n<section class=\"section\"", attr("id", s.ID), attr("aria-labelledby", s.ID+"-name"), ">\n<header>\n")
	w.element("h2", attr("id", s.ID+"-name"), s.Name)
	if s.Verdict != "" {
		w.raw("<p>")
		w.mark(s.Mark)
		w.raw(" ")
		w.element("strong", "", s.Verdict)
		w.raw("</p>")
	}
	w.optional("p", "", "Slack shows: ", s.Shows)
	w.optional("p", "", "", s.Note)
	w.list(attr(class, "facts"), s.Facts)
	w.raw("\n</header>")
	if s.Timeline != nil {
		w.timeline(*s.Timeline)
	}
	if len(s.Results) > 0 {
		w.element("h3", "", s.ResultsTitle)
		w.raw("\n<ul class=\"results\">\n")
		for _, r := range s.Results {
			w.result(r)
		}
		w.raw("</ul>")
	}
	w.optional("p", attr(class, "notice"), "", s.LeftOut)
	if len(s.NotAsked) > 0 {
		w.element("h3", "", "Not asked")
		w.list("", s.NotAsked)
	}
	w.raw("\n</section>\n")
}

func (w htmlWriter) list(attributes string, items []string) {
	if len(items) == 0 {
		return
	}
	w.raw("<ul", attributes, ">")
	for _, item := range items {
		w.element("li", "", item)
	}
	w.raw("</ul>")
}
