package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("A chart", func() {
	visualization := `{"type":"data_visualization","title":"a","chart":%}`
	slice := `{"label":"a","value":1}`
	plotted := `{"type":"line","series":%,"axis_config":{"categories":["a"]}}`

	It("passes as it is documented", func() {
		clean(blockkit.Message, within(visualization, `{"type":"pie","segments":`+copies(12, slice)+`}`),
			within(visualization, within(plotted, copies(12, `{"name":"a","data":`+copies(20, slice)+`}`))))
		clean(blockkit.Message, within(visualization, bars))
	})

	DescribeTable("keeps its limits", func(chart, message, pointer string) {
		refused(within(visualization, chart), message, pointer)
	},
		Entry("four kinds", `{"type":"radar"}`, "unsupported type: radar", "/blocks/0/chart/type"),
		Entry("12 segments", `{"type":"pie","segments":`+copies(13, slice)+`}`, "no more than 12 items allowed", "/blocks/0/chart/segments"),
		Entry("one segment", `{"type":"pie","segments":[]}`, "must provide at least 1 items", "/blocks/0/chart/segments"),
		Entry("20 characters of a label", `{"type":"pie","segments":[{"label":"`+long(21)+`","value":1}]}`,
			"must be less than 21 characters", "/blocks/0/chart/segments/0/label"),
		Entry("numbers for values", `{"type":"pie","segments":[{"label":"a","value":[]}]}`, "must provide a number", "/blocks/0/chart/segments/0/value"),
		Entry("12 series", within(plotted, copies(13, `{}`)), "no more than 12 items allowed", "/blocks/0/chart/series"),
		Entry("20 points", within(plotted, `[{"name":"a","data":`+copies(21, slice)+`}]`), "no more than 20 items allowed", "/blocks/0/chart/series/0/data"),
		Entry("20 characters of a name", within(plotted, `[{"name":"`+long(21)+`","data":[`+slice+`]}]`),
			"must be less than 21 characters", "/blocks/0/chart/series/0/name"),
		Entry("axes", `{"type":"bar","series":[]}`, "missing required field: axis_config", "/blocks/0/chart"),
		Entry("20 characters of a category", `{"type":"bar","series":[{"name":"a","data":[`+slice+`]}],"axis_config":{"categories":["`+long(21)+`"]}}`,
			"must be less than 21 characters", "/blocks/0/chart/axis_config/categories/0"),
		Entry("50 characters of an axis's label", `{"type":"bar","series":[{"name":"a","data":[`+slice+`]}],"axis_config":{"categories":["a"],"x_label":"`+long(51)+`"}}`,
			"must be less than 51 characters", "/blocks/0/chart/axis_config/x_label"),
	)

	It("has a title of 50 characters", func() {
		refused(`{"type":"data_visualization","title":"`+long(51)+`","chart":`+bars+`}`, "must be less than 51 characters", "/blocks/0/title")
	})

	It("comes twice in a message at most", func() {
		one := within(visualization, bars)
		Expect(judge(blockkit.Message, list(one, one, one, one))).To(ConsistOf("too many data_visualization blocks [json-pointer:/blocks]"))
	})
})
