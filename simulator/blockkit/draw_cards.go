package blockkit

// bar is what stands left of what belongs together.
func (d *drawer) bar() string { return d.mark("│ ", "| ") }

func drawCard(d *drawer, b placedBlock) {
	d.indented(d.bar(), func(d *drawer) {
		if image := objectOf(b.object["hero_image"]); image != nil {
			d.text(d.picture(image))
		}
		for _, name := range []string{"title", "subtitle", "body", "subtext"} {
			d.textObject(b.object[name])
		}
		d.actions(b)
	})
}

func drawCarousel(d *drawer, b placedBlock) {
	for i, value := range listOf(b.object["elements"]) {
		if d.full() {
			return
		}
		if i > 0 {
			d.add(Line{})
		}
		card := b
		card.holder, card.object, card.pointer = b.blockID(), objectOf(value), member(b.pointer+"/elements", i)
		if card.object != nil {
			drawCard(d, card)
		}
	}
}

func drawContainer(d *drawer, b placedBlock) {
	if rich := objectOf(b.object["rich_text_title"]); rich != nil {
		d.richText(rich)
	} else {
		d.textObject(b.object["title"])
	}
	d.textObject(b.object["subtitle"])
	inner := b
	inner.holder = b.blockID()
	d.indented(d.bar(), func(d *drawer) {
		d.blocks(inner, b.pointer+"/child_blocks", listOf(b.object["child_blocks"]))
	})
}
