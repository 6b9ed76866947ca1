package blockkit

import (
	"encoding/json"
	"strconv"
	"strings"
)

// drawChart draws the values of a chart: bars for one row of them, else a table.
func drawChart(d *drawer, b placedBlock) {
	d.text(textIn(b.object["title"]))
	chart := objectOf(b.object["chart"])
	series := listOf(chart["series"])
	switch {
	case chart["segments"] != nil:
		d.bars(listOf(chart["segments"]))
	case len(series) == 1:
		d.bars(listOf(objectOf(series[0])["data"]))
	default:
		d.series(series)
	}
}

const (
	maxBar    = 20   // columns
	maxPoints = 1000 // of a chart
)

// bars draws a line for each point: its label, its share of the greatest value, its value.
func (d *drawer) bars(points []any) {
	points = points[:min(len(points), maxPoints)]
	longest, greatest := 0, 0.0
	for _, value := range points {
		point := objectOf(value)
		n, _ := numberOf(point["value"])
		greatest = max(greatest, n)
		longest = max(longest, width(textIn(point["label"])))
	}
	longest = min(longest, d.width/3)
	for _, value := range points {
		point := objectOf(value)
		length := 0
		if n, _ := numberOf(point["value"]); n > 0 {
			length = int(n / greatest * float64(min(maxBar, d.width/3)))
		}
		bar := strings.Repeat(d.mark("█", "#"), max(0, min(length, maxBar)))
		d.add(Line{Text: pad(d.cut(textIn(point["label"]), longest), longest, false) + " " + bar + " " + scalar(point["value"])})
	}
}

// series draws a table with a row for each label of the first series.
func (d *drawer) series(series []any) {
	series = series[:min(len(series), maxColumns)]
	head := []string{""}
	var rows [][]string
	for column, value := range series {
		s := objectOf(value)
		head = append(head, textIn(s["name"]))
		points := listOf(s["data"])
		for i, value := range points[:min(len(points), maxPoints)] {
			point := objectOf(value)
			if i == len(rows) {
				rows = append(rows, append([]string{textIn(point["label"])}, make([]string, len(series))...))
			}
			rows[i][column+1] = scalar(point["value"])
		}
	}
	right := make([]bool, len(head))
	for i := range right {
		right[i] = i > 0
	}
	d.table(append([][]string{head}, rows...), right)
}

// maxColumns is how many series are drawn.
const maxColumns = 20

// scalar is a value of JSON that is one word.
func scalar(value any) string {
	switch value := value.(type) {
	case string:
		return textIn(value)
	case json.Number:
		return textIn(value.String())
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(value)
	}
	return ""
}
