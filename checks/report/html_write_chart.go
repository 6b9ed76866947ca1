package report

func (w htmlWriter) waterfall(f htmlWaterfall) {
	w.raw(`<svg height="48" role="img"`, attr("aria-label", f.Label), ">")
	for _, t := range f.Ticks {
		w.upright("axis", t.At, "16", "40")
		w.element("text", attr("x", t.At)+` y="11"`+attr("text-anchor", t.Anchor), t.Label)
	}
	for _, b := range f.Bars {
		w.bar(b, "20", "16")
	}
	if f.Late != nil {
		w.late(*f.Late, "20", "16")
	}
	if d := f.Deadline; d != nil {
		w.upright("deadline", d.At, "14", "42")
		w.raw(`<text class="deadline"`, attr("x", d.At), ` y="11"`, attr("text-anchor", d.Anchor), ">")
		w.text(d.Label)
		w.raw(`<tspan class="words">: Slack stops waiting</tspan></text>`)
	}
	w.raw("</svg>")
}

// upright is a vertical line.
func (w htmlWriter) upright(of, x, from, to string) {
	w.raw("<line", attr(class, of), attr("x1", x), attr("x2", x), attr("y1", from), attr("y2", to), "/>")
}

func (w htmlWriter) bar(b htmlBar, y, height string) {
	w.raw("<rect", attr(class, b.Class), attr("x", b.At), attr("width", b.Width), attr("y", y), attr("height", height), "/>")
}

// late is what of a bar comes after the deadline.
func (w htmlWriter) late(b htmlBar, y, height string) {
	w.raw(`<rect fill="url(#hatch)"`, attr("x", b.At), attr("width", b.Width), attr("y", y), attr("height", height), "/>")
}

func (w htmlWriter) timeline(t htmlTimeline) {
	w.element("h3", "", "Who called whom")
	w.raw("\n<div class=\"timeline scroll\" role=\"group\" aria-label=\"Timeline\" tabindex=\"0\"><table>\n")
	w.element("caption", attr(class, "away"), "The calls between Slack and the app, in the order of their beginning. Each bar is drawn on one axis of "+t.Span+"; a dashed line is where Slack stops waiting.")
	w.raw("\n<thead><tr>")
	for _, column := range []struct{ name, class string }{
		{"Begins", "number"}, {"Who", ""}, {"What", ""}, {"Answer", "aside"}, {"Took", "number aside"},
	} {
		w.column(column.name, column.class)
	}
	w.raw(`<th scope="col" class="chart"><span class="away">Chart</span><svg height="16" aria-hidden="true">`)
	for _, tick := range t.Ticks {
		w.element("text", attr("x", tick.At)+` y="12"`+attr("text-anchor", tick.Anchor), tick.Label)
	}
	w.raw("</svg></th></tr></thead>\n<tbody>")
	for _, row := range t.Rows {
		w.call(row)
	}
	w.raw("\n</tbody></table></div>")
	if t.Deadline != "" {
		w.raw(`<p class="faint"><svg class="key" aria-hidden="true">`)
		w.upright("deadline", "50%", "0", "16")
		w.raw("</svg>")
		w.text(" where Slack stops waiting: " + t.Deadline + " after its call")
		w.raw("</p>")
	}
	w.optional("p", attr(class, "faint"), "", t.LeftOut)
}

// call is a row of the timeline.
func (w htmlWriter) call(c htmlCall) {
	w.raw("\n<tr>")
	w.element("td", attr(class, "number"), c.Begins)
	w.raw("<td>")
	w.swatch(c.Class)
	w.text(c.Who)
	w.raw(`</td><td class="what">`)
	w.element("a", attr("href", "#"+c.Result), c.What)
	w.raw("</td>")
	w.element("td", attr(class, "aside"), c.Answer)
	w.element("td", attr(class, "number aside"), c.Took)
	w.raw(`<td class="chart"><svg height="18" aria-hidden="true">`)
	w.bar(htmlBar{c.Class, c.At, c.Width}, "3", "12")
	if c.Late != nil {
		w.late(*c.Late, "3", "12")
	}
	if c.Deadline != "" {
		w.upright("deadline", c.Deadline, "0", "18")
	}
	w.raw("</svg></td></tr>")
}
