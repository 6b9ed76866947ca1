package blockkit

// The two tables. `table` is https://docs.slack.dev/reference/block-kit/blocks/table-block,
// `data_table` the one that sorts and turns pages, .../data-table-block.

var table = shape{fields: []field{
	required("rows", array(1, 100, array(0, 20, cell))),
	optional("column_settings", array(0, 20, orNull(object(shape{fields: []field{
		optional("align", word("left", "center", "right")),
	}})))),
}}

// dataTable holds a header and up to 200 rows: the higher of the two limits that Slack
// has documented. The refused properties were seen to be.
var dataTable = shape{
	fields: []field{
		required("caption", text(1, longText)),
		required("rows", array(2, 201, array(1, 20, cell))),
		optional("page_size", number(1, 100)),
		optional("row_header_column_index", number(0, 19)),
	},
	refused: []string{"columns", "column_settings"},
	rules:   []rule{plainHeader, equalRows},
}

// cells are the sorts of cell that Slack documents. More exist, so that others pass.
var cells = map[string]shape{
	"raw_text": {fields: []field{required("text", text(1, 1<<30))}},
	// Slack asks for both, though its page calls the text optional.
	"raw_number": {fields: []field{required("value", anyNumber), required("text", text(1, 1<<30))}},
	"rich_text":  richText,
}

func cell(in *inspection, at string, value any) {
	object, name, ok := in.typeOf(at, value)
	if s, known := cells[name]; ok && known {
		s.judge(in, at, object)
	}
}

// plainHeader is the rule that the first row holds no rich text.
func plainHeader(in *inspection, at string, object map[string]any) {
	for i, value := range rowOf(object, 0) {
		if cell, _ := value.(map[string]any); cell["type"] == "rich_text" && !in.full() {
			in.unsupported(member(at+"/rows/0", i), "rich_text")
		}
	}
}

// equalRows is the rule that all rows are as long as the first. The words are ours.
func equalRows(in *inspection, at string, object map[string]any) {
	rows, _ := object["rows"].([]any)
	for i := range rows {
		if len(rowOf(object, i)) != len(rowOf(object, 0)) {
			in.report(member(at+"/rows", i), "all rows must have the same number of cells")
			return
		}
	}
}

// rowOf is a row of a table, or nothing.
func rowOf(object map[string]any, index int) []any {
	rows, _ := object["rows"].([]any)
	if index >= len(rows) {
		return nil
	}
	cells, _ := rows[index].([]any)
	return cells
}
