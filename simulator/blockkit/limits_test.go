package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"

	"belay/simulator/blockkit"
)

var _ = Describe("A limit", func() {
	header := `{"type":"header","text":{"type":"plain_text","text":%}}`
	input := `{"type":"input","label":` + plain("a") + `,"element":{"type":"file_input","max_files":%}}`

	It("counts characters, not bytes", func() {
		clean(blockkit.Message, within(header, `"`+long(150)+`"`))
		refused(within(header, `"`+long(151)+`"`), "must be less than 151 characters", "/blocks/0/text/text")
	})

	DescribeTable("of a value's kind", func(template, value, message, pointer string) {
		refused(within(template, value), message, pointer)
	},
		Entry("a list is no string", header, `["a"]`, "must provide a string", "/blocks/0/text/text"),
		Entry("null is no string", header, `null`, "must provide a string", "/blocks/0/text/text"),
		Entry("a list is no number", input, `[1]`, "must provide a number", "/blocks/0/element/max_files"),
		Entry("a number can be too small", input, `0`, "must be greater than 1", "/blocks/0/element/max_files"),
		Entry("a number can be too large", input, `11`, "must be less than 10", "/blocks/0/element/max_files"),
		Entry("a number can be beyond all range", input, `1e999`, "must be less than 10", "/blocks/0/element/max_files"),
		Entry("an object is no list", `{"type":"context","elements":%}`, `{}`, "must provide an array", "/blocks/0/elements"),
		Entry("a list is no object", `{"type":"header","text":%}`, `[]`, "must provide an object", "/blocks/0/text"),
		Entry("a list is no word", `{"type":"container","title":`+plain("a")+`,"child_blocks":[{"type":"divider"}],"width":%}`, `[]`,
			"must provide a string", "/blocks/0/width"),
	)

	DescribeTable("leaves what Slack may read", func(template, value string) {
		clean(blockkit.Message, within(template, value))
	},
		Entry("a number for a text", header, `5`),
		Entry("a boolean for a text", header, `true`),
		Entry("a number in a string", input, `"5"`),
		Entry("null for a number", input, `null`),
	)
})
