package blockkit

import "strings"

// drawings are how blocks are drawn, by their type. A block is added here.
var drawings = map[string]func(*drawer, placedBlock){
	"section":  drawSection,
	"header":   drawHeader,
	"divider":  func(d *drawer, _ placedBlock) { d.rule("─", "-") },
	"image":    drawImage,
	"context":  drawContext,
	"actions":  func(d *drawer, b placedBlock) { d.actions(b) },
	"input":    drawInput,
	"file":     func(d *drawer, b placedBlock) { d.text("[file: " + textIn(b.object["external_id"]) + "]") },
	"video":    drawVideo,
	"markdown": func(d *drawer, b placedBlock) { d.text(clean(stringOf(b.object["text"]))) },
	"alert":    drawAlert,

	"context_actions": func(d *drawer, b placedBlock) { d.actions(b) },
	"rich_text":       func(d *drawer, b placedBlock) { d.richText(b.object) },

	"card":      drawCard,
	"carousel":  drawCarousel,
	"container": drawContainer,

	"table":              drawTable,
	"data_table":         drawDataTable,
	"data_visualization": drawChart,

	"plan":      drawPlan,
	"task_card": func(d *drawer, b placedBlock) { d.task(b.object) },
}

// plain is a plain text, of several lines perhaps.
func (d *drawer) plain(text string) string { return clean(unescape(text)) }

// textObject draws a text object, or a bare string.
func (d *drawer) textObject(value any) {
	object := objectOf(value)
	switch {
	case object == nil:
		d.text(d.plain(stringOf(value)))
	case object["type"] == "mrkdwn":
		d.mrkdwn(stringOf(object["text"]))
	default:
		d.text(d.plain(stringOf(object["text"])))
	}
}

// mrkdwn draws a formatted text, its quotes behind a bar.
func (d *drawer) mrkdwn(text string) {
	if !strings.Contains(text, ">") && !strings.Contains(text, "&gt;") {
		d.text(readable(text, d.o.Name))
		return
	}
	var run []string
	quoted := false
	flush := func() {
		text := readable(strings.Join(run, "\n"), d.o.Name)
		if quoted {
			d.indented(d.bar(), func(d *drawer) { d.text(text) })
		} else {
			d.text(text)
		}
		run = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		rest, found := cutQuote(line)
		if found != quoted && run != nil {
			flush()
		}
		quoted, run = found, append(run, rest)
	}
	flush()
}

// cutQuote takes the mark of a quote from a line.
func cutQuote(line string) (rest string, found bool) {
	for _, mark := range []string{">", "&gt;"} {
		if rest, found := strings.CutPrefix(line, mark); found {
			return strings.TrimPrefix(rest, " "), true
		}
	}
	return line, false
}

// label is the readable text of a text object on one line, with names.
func (d *drawer) label(value any) string {
	object := objectOf(value)
	if object["type"] == "mrkdwn" {
		return oneLine(readable(stringOf(object["text"]), d.o.Name))
	}
	return textIn(value)
}

func drawSection(d *drawer, b placedBlock) {
	d.textObject(b.object["text"])
	d.fields(listOf(b.object["fields"]))
	accessory := objectOf(b.object["accessory"])
	if accessory["type"] == "image" {
		d.text(d.picture(accessory))
		return
	}
	d.actions(b)
}

// twoColumns is the least width at which fields stand in two columns.
const twoColumns = 40

// fields draws texts in two columns, or one under the other where there is no room.
func (d *drawer) fields(fields []any) {
	var texts []string
	for _, value := range fields {
		object := objectOf(value)
		text := d.plain(stringOf(object["text"]))
		if object["type"] == "mrkdwn" {
			text = readable(stringOf(object["text"]), d.o.Name)
		}
		if text != "" {
			texts = append(texts, text)
		}
	}
	d.pairs(texts)
}

func (d *drawer) pairs(texts []string) {
	for len(texts) > 0 && !d.full() {
		if len(texts) == 1 || d.width < twoColumns {
			d.text(texts[0])
			texts = texts[1:]
			continue
		}
		half := (d.width - 2) / 2
		d.columns(texts[:2], []int{half, half}, nil, "  ")
		texts = texts[2:]
	}
}

func drawHeader(d *drawer, b placedBlock) {
	text := d.label(b.object["text"])
	if text == "" {
		return
	}
	d.text(text)
	d.add(Line{Text: strings.Repeat(d.mark("═", "="), min(width(text), d.width))})
}

// picture is what stands for an image, whose alt_text is for those who cannot see it.
func (d *drawer) picture(image map[string]any) string {
	return "[image: " + firstOf(textIn(image["alt_text"]), "no alt_text") + "]"
}

func drawImage(d *drawer, b placedBlock) {
	d.textObject(b.object["title"])
	d.text(d.picture(b.object))
}

// drawContext draws small texts on lines that are set in.
func drawContext(d *drawer, b placedBlock) {
	var row []piece
	for _, value := range listOf(b.object["elements"]) {
		element := objectOf(value)
		if element["type"] == "image" {
			row = append(row, piece{text: d.picture(element)})
		} else {
			row = append(row, piece{text: d.label(value)})
		}
	}
	d.indented("  ", func(d *drawer) { d.flow(row) })
}

// flow draws pieces side by side; one that is wider than a line is wrapped.
func (d *drawer) flow(pieces []piece) {
	var row []piece
	for _, p := range pieces {
		if width(p.text) <= d.width {
			row = append(row, p)
			continue
		}
		d.row(row...)
		row = nil
		d.text(p.text)
	}
	d.row(row...)
}

func drawInput(d *drawer, b placedBlock) {
	label := d.label(b.object["label"])
	if b.object["optional"] == true {
		label += " (optional)"
	}
	d.text(label)
	d.actions(b)
	d.indented("  ", func(d *drawer) { d.textObject(b.object["hint"]) })
}

func drawVideo(d *drawer, b placedBlock) {
	title := firstOf(d.label(b.object["title"]), textIn(b.object["alt_text"]))
	if author := textIn(b.object["author_name"]); author != "" {
		title += " (" + author + ")"
	}
	d.nested(d.mark("▶ ", "> "), "  ", func(d *drawer) {
		d.text(title)
		d.textObject(b.object["description"])
	})
}

// drawAlert draws a text after the word for how grave it is.
func drawAlert(d *drawer, b placedBlock) {
	level := "[alert] "
	switch word := stringOf(b.object["level"]); word {
	case "info", "warning", "error", "success":
		level = "[" + word + "] "
	}
	d.nested(level, strings.Repeat(" ", len(level)), func(d *drawer) { d.textObject(b.object["text"]) })
}
