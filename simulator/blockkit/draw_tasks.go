package blockkit

func drawPlan(d *drawer, b placedBlock) {
	d.textObject(b.object["title"])
	for _, value := range listOf(b.object["tasks"]) {
		if d.full() {
			return
		}
		d.task(objectOf(value))
	}
}

// task draws a task after the sign of how far it is.
func (d *drawer) task(task map[string]any) {
	d.nested(d.status(stringOf(task["status"])), "    "[:d.signWidth()], func(d *drawer) {
		d.textObject(task["title"])
		for _, name := range []string{"details", "output"} {
			if rich := objectOf(task[name]); rich["type"] == "rich_text" {
				d.richText(rich)
			} else {
				d.textObject(task[name])
			}
		}
		for _, value := range listOf(task["sources"]) {
			source := objectOf(value)
			d.text(clean(link(stringOf(source["url"]), textIn(source["text"]))))
		}
	})
}

func (d *drawer) status(status string) string {
	switch status {
	case "complete":
		return d.mark("✓ ", "[x] ")
	case "in_progress":
		return d.mark("◐ ", "[~] ")
	case "error":
		return d.mark("✗ ", "[!] ")
	}
	return d.mark("○ ", "[ ] ")
}

// signWidth is the width of a status.
func (d *drawer) signWidth() int { return width(d.status("")) }
