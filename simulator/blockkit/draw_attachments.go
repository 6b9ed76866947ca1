package blockkit

import "strings"

// attachment draws a secondary attachment: its text above, and the rest behind a bar. See
// https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments.
func (d *drawer) attachment(a map[string]any, at string, number int) {
	if number > 1 {
		d.add(Line{})
	}
	d.mrkdwn(stringOf(a["pretext"]))
	from := len(d.lines)
	d.indented(d.mark("┃ ", "| "), func(d *drawer) {
		base := placedBlock{attachment: number, callbackID: stringOf(a["callback_id"])}
		d.text(linked(a, "author_name", "author_link"))
		d.text(linked(a, "title", "title_link"))
		d.mrkdwn(stringOf(a["text"]))
		d.legacyFields(listOf(a["fields"]))
		d.blocks(base, at+"/blocks", listOf(a["blocks"]))
		d.legacyActions(a, at, number)
		for _, name := range []string{"image_url", "thumb_url"} {
			if address := textIn(a[name]); address != "" {
				d.text("[image: " + address + "]")
			}
		}
		d.text(footer(a))
	})
	if len(d.lines) == from {
		d.indented(d.mark("┃ ", "| "), func(d *drawer) { d.mrkdwn(stringOf(a["fallback"])) })
	}
}

// linked is a text with the address behind it.
func linked(a map[string]any, text, address string) string {
	label := textIn(a[text])
	if target := textIn(a[address]); target != "" && label != "" {
		return link(target, label)
	}
	return label
}

// legacyFields draws the fields of an attachment, short ones in pairs.
func (d *drawer) legacyFields(fields []any) {
	var short []string
	for _, value := range fields {
		field := objectOf(value)
		title, content := textIn(field["title"]), readable(stringOf(field["value"]), d.o.Name)
		text := strings.TrimPrefix(title+"\n"+firstOf(content, scalar(field["value"])), "\n")
		if field["short"] == true {
			short = append(short, text)
			continue
		}
		d.pairs(short)
		short = nil
		d.text(text)
	}
	d.pairs(short)
}

func (d *drawer) legacyActions(a map[string]any, at string, number int) {
	var row []piece
	for _, i := range attachmentActions(a, at, number) {
		label := i.Label
		if i.Type == "select" {
			label = d.legacyChoice(i) + d.mark(" ▾", " v")
		}
		row = append(row, d.button(label, i, -1))
	}
	d.row(row...)
}

func (d *drawer) legacyChoice(i Interactive) string {
	for _, o := range i.Options {
		if o.Selected {
			return o.Label
		}
	}
	return firstOf(i.Label, placeholders[i.Type])
}

// footer is the line under an attachment, with its time.
func footer(a map[string]any) string {
	text := textIn(a["footer"])
	seconds, ok := numberOf(a["ts"])
	if !ok {
		return text
	}
	return strings.TrimLeft(text+"  "+moment(seconds), " ")
}
