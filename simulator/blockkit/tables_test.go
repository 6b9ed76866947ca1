package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"

	"belay/simulator/blockkit"
)

var _ = Describe("A table", func() {
	table := `{"type":"table","rows":%}`
	data := `{"type":"data_table","caption":"a","rows":%}`
	row := `[` + rawText + `]`

	It("passes as it is documented", func() {
		clean(blockkit.Message, within(data, copies(201, copies(20, rawText))), within(table, `[[{"type":"a_cell_from_the_future"}]]`))
	})

	DescribeTable("keeps its limits", func(block, message, pointer string) {
		refused(block, message, pointer)
	},
		Entry("100 rows", within(table, copies(101, row)), "no more than 100 items allowed", "/blocks/0/rows"),
		Entry("20 cells", within(table, list(copies(21, rawText))), "no more than 20 items allowed", "/blocks/0/rows/0"),
		Entry("20 column settings", `{"type":"table","rows":[`+row+`],"column_settings":`+copies(21, `{}`)+`}`,
			"no more than 20 items allowed", "/blocks/0/column_settings"),
		Entry("three alignments", `{"type":"table","rows":[`+row+`],"column_settings":[{"align":"top"}]}`,
			"must be a valid enum value", "/blocks/0/column_settings/0/align"),
		Entry("cells that say something", within(table, `[[{"type":"raw_text","text":""}]]`), "must be more than 0 characters", "/blocks/0/rows/0/0/text"),
		Entry("cells that are objects", within(table, `[["a"]]`), "must provide an object", "/blocks/0/rows/0/0"),
		Entry("a number's text", within(data, list(row, `[{"type":"raw_number","value":1}]`)), "missing required field: text", "/blocks/0/rows/1/0"),
		Entry("a number's value", within(data, list(row, `[{"type":"raw_number","text":"1"}]`)), "missing required field: value", "/blocks/0/rows/1/0"),

		Entry("a data table's header and a row", within(data, list(row)), "must provide at least 2 items", "/blocks/0/rows"),
		Entry("a data table's 200 rows under its header", within(data, copies(202, row)), "no more than 201 items allowed", "/blocks/0/rows"),
		Entry("a data table's caption", `{"type":"data_table","rows":`+copies(2, row)+`}`, "missing required field: caption", "/blocks/0"),
		Entry("a data table's page of 100", `{"type":"data_table","caption":"a","page_size":101,"rows":`+copies(2, row)+`}`,
			"must be less than 100", "/blocks/0/page_size"),
		Entry("a data table's plain header", within(data, list(`[`+rich+`]`, row)), "unsupported type: rich_text", "/blocks/0/rows/0/0/type"),
		Entry("a data table's rows of one length", within(data, list(row, copies(2, rawText))),
			"all rows must have the same number of cells", "/blocks/0/rows/1"),
	)
})
