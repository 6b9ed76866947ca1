package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
)

var _ = Describe("Rich text", func() {
	DescribeTable("keeps its outer rules", func(elements, message, pointer string) {
		refused(`{"type":"rich_text","elements":`+elements+`}`, message, pointer)
	},
		Entry("a list of parts", `{}`, "must provide an array", "/blocks/0/elements"),
		Entry("four kinds of part", `[{"type":"rich_text_table"}]`, "unsupported type: rich_text_table", "/blocks/0/elements/0/type"),
		Entry("a part's elements", `[{"type":"rich_text_section"}]`, "missing required field: elements", "/blocks/0/elements/0"),
		Entry("an element's type", `[{"type":"rich_text_section","elements":[{"text":"a","type":null}]}]`, "must provide a string", "/blocks/0/elements/0/elements/0/type"),
		Entry("a list's style", `[{"type":"rich_text_list","elements":[],"style":"round"}]`, "must be a valid enum value", "/blocks/0/elements/0/style"),
	)
})
