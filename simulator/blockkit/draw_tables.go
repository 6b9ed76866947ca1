package blockkit

import (
	"slices"
	"strings"
)

func drawTable(d *drawer, b placedBlock) {
	var right []bool
	for _, value := range listOf(b.object["column_settings"]) {
		right = append(right, objectOf(value)["align"] == "right")
	}
	d.table(d.cells(listOf(b.object["rows"])), right)
}

func drawDataTable(d *drawer, b placedBlock) {
	d.text(textIn(b.object["caption"]))
	rows := d.cells(listOf(b.object["rows"]))
	d.table(rows, numeric(listOf(b.object["rows"])))
}

// numeric tells which columns hold numbers, by the second row.
func numeric(rows []any) (right []bool) {
	if len(rows) < 2 {
		return nil
	}
	for _, value := range listOf(rows[1]) {
		right = append(right, objectOf(value)["type"] == "raw_number")
	}
	return right
}

// cells are the texts of a table's cells.
func (d *drawer) cells(rows []any) (texts [][]string) {
	for _, row := range rows[:min(len(rows), *d.left)] {
		var line []string
		for _, value := range listOf(row) {
			line = append(line, d.cell(objectOf(value)))
		}
		texts = append(texts, line)
	}
	return texts
}

func (d *drawer) cell(cell map[string]any) string {
	if cell["type"] == "rich_text" {
		return d.richLine(cell)
	}
	return firstOf(textIn(cell["text"]), scalar(cell["value"]))
}

// leastColumn is the least width of a column. Where columns do not fit, the cells of a
// row follow each other.
const leastColumn = 3

// table draws rows in columns, the first set off from the others.
func (d *drawer) table(rows [][]string, right []bool) {
	separator := d.mark(" │ ", " | ")
	widths := natural(rows)
	room := d.width - 3*(len(widths)-1)
	if len(widths) == 0 {
		return
	}
	if room < leastColumn*len(widths) {
		for _, row := range rows {
			d.text(strings.Join(row, separator))
		}
		return
	}
	shrink(widths, room)
	for i, row := range rows {
		if d.full() {
			return
		}
		for len(row) < len(widths) {
			row = append(row, "")
		}
		d.columns(row, widths, right, separator)
		if i == 0 && len(rows) > 1 {
			var rule []string
			for _, w := range widths {
				rule = append(rule, strings.Repeat(d.mark("─", "-"), w))
			}
			d.add(Line{Text: strings.Join(rule, d.mark("─┼─", "-+-"))})
		}
	}
}

// natural are the widths of columns that hold every cell on one line.
func natural(rows [][]string) (widths []int) {
	for _, row := range rows {
		for i, text := range row {
			if i == len(widths) {
				widths = append(widths, 1)
			}
			widths[i] = max(widths[i], width(text))
		}
	}
	return widths
}

// shrink narrows the widest columns until all have room.
func shrink(widths []int, room int) {
	most := slices.Max(widths)
	for total(widths, most) > room {
		// As wide as a column may be if all were as wide, or a little more.
		most = min(most-1, max(room/len(widths), most*room/total(widths, most)))
	}
	for i := range widths {
		widths[i] = min(widths[i], most)
	}
}

func total(widths []int, most int) (sum int) {
	for _, w := range widths {
		sum += min(w, most)
	}
	return sum
}
