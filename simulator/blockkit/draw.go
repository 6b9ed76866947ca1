package blockkit

import "strings"

// DrawOptions say how blocks are drawn. The zero value is fine.
type DrawOptions struct {
	Width int  // columns of a line; 0 means 80, and fewer than 20 mean 20
	ASCII bool // boxes and marks of ASCII alone; the app's own words stay as they are

	// Name is the name of a user, a channel or a user group, without @ or #, or "" if it
	// is not known. It may be nil.
	Name func(id string) string
}

// A Drawing is how a person would see blocks on a terminal without colours.
type Drawing []Line

// A Line of a drawing is never wider than the drawing, and holds no control characters.
type Line struct {
	Text  string
	Spots []Spot // what a person may act upon in this line, from left to right
}

// A Spot is where something interactive stands in a line.
type Spot struct {
	Column, Width int // in columns of the terminal, counted from 0
	Element       Interactive
	Option        int // the choice that stands here, as an index of Element.Options; -1 is the element itself
}

// String is the text of the drawing, without a line feed at its end.
func (d Drawing) String() string {
	var out strings.Builder
	for i, line := range d {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(line.Text)
	}
	return out.String()
}

// Draw draws blocks (a list), a message or a view (an object): JSON, or what was decoded
// from it. A message's text is drawn where it has no blocks, as in Slack. What is not
// valid is drawn as far as it makes sense. A drawing has 2000 lines at most.
func Draw(what any, o DrawOptions) Drawing {
	value, err := valueOf(what)
	if err != nil {
		return nil
	}
	d := newDrawer(o)
	switch value := value.(type) {
	case []any:
		d.blocks(placedBlock{}, "/blocks", value)
	case map[string]any:
		if isView(value) {
			d.view(value)
		} else {
			d.message(value)
		}
	}
	return d.finish()
}

// message draws a message: its blocks, or its text, and its attachments.
func (d *drawer) message(message map[string]any) {
	blocks, _ := ParseBlocks(message["blocks"])
	switch {
	case len(blocks) > 0:
		d.blocks(placedBlock{}, "/blocks", blocks)
	case message["mrkdwn"] == false:
		d.text(d.plain(stringOf(message["text"])))
	default:
		d.mrkdwn(stringOf(message["text"]))
		d.text(clean(stringOf(message["markdown_text"])))
	}
	attachments, _ := ParseAttachments(message["attachments"])
	for i, value := range attachments {
		if d.full() {
			return
		}
		d.attachment(objectOf(value), member("/attachments", i), i+1)
	}
}

// view draws a view: its title, its blocks and the buttons under them.
func (d *drawer) view(view map[string]any) {
	if title := textIn(view["title"]); title != "" {
		d.text(title)
		d.rule("═", "=")
	}
	d.blocks(placedBlock{callbackID: stringOf(view["callback_id"])}, "/view/blocks", listOf(view["blocks"]))
	buttons := viewButtons(view)
	if len(buttons) == 0 {
		return
	}
	d.rule("─", "-")
	var row []piece
	for _, b := range buttons {
		row = append(row, d.button(b.Label, b, -1))
	}
	d.row(row...)
}

// blocks draws blocks, one under the other.
func (d *drawer) blocks(base placedBlock, at string, blocks []any) {
	for i, value := range blocks {
		b := base
		b.object, b.pointer = objectOf(value), member(at, i)
		if b.object == nil || d.full() {
			continue
		}
		d.block(b)
	}
}

// block draws one block. One that is not known is named, and its text drawn.
func (d *drawer) block(b placedBlock) {
	kind := stringOf(b.object["type"])
	if draw, known := d.kinds[kind]; known {
		draw(d, b)
		return
	}
	d.text("[" + clip(oneLine(clean(kind))) + "]")
	d.textObject(b.object["text"])
}
