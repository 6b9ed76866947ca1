package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("An object", func() {
	It("is not judged further when it lacks a field, as in Slack", func() {
		Expect(judge(blockkit.Message, `[{"type":"image","title":`+plain("")+`},{"type":"header"}]`)).To(Equal([]string{
			"missing required field: alt_text [json-pointer:/blocks/0]",
			"missing required field: text [json-pointer:/blocks/1]",
		}))
	})

	It("reports its mistakes in order", func() {
		Expect(judge(blockkit.Message, `[{"type":"section","text":`+mrkdwn("")+`,"accessory":{"type":"nope"}}]`)).To(Equal([]string{
			"must be more than 0 characters [json-pointer:/blocks/0/text/text]",
			"unsupported type: nope [json-pointer:/blocks/0/accessory/type]",
		}))
	})

	DescribeTable("refuses the properties that Slack was seen to refuse", func(block, name, pointer string) {
		refused(block, "invalid additional property: "+name, pointer)
	},
		Entry("emoji of mrkdwn", `{"type":"section","text":{"type":"mrkdwn","text":"a","emoji":true}}`, "emoji", "/blocks/0/text"),
		Entry("emoji of mrkdwn in a context", `{"type":"context","elements":[{"type":"mrkdwn","text":"a","emoji":false}]}`, "emoji", "/blocks/0/elements/0"),
		Entry("text of a divider", `{"type":"divider","text":"a"}`, "text", "/blocks/0"),
		Entry("text of a context", `{"type":"context","text":"a","elements":[`+plain("a")+`]}`, "text", "/blocks/0"),
		Entry("text of actions", `{"type":"actions","text":"a","elements":[{"type":"users_select"}]}`, "text", "/blocks/0"),
		Entry("a block_id of an element", `{"type":"actions","elements":[{"type":"users_select","block_id":"a"}]}`, "block_id", "/blocks/0/elements/0"),
		Entry("columns of a data_table", `{"type":"data_table","caption":"a","columns":[],"rows":`+copies(2, `[{"type":"raw_text","text":"a"}]`)+`}`, "columns", "/blocks/0"),
	)

	It("passes null for what is optional", func() {
		clean(blockkit.Message, `{"type":"section","text":`+mrkdwn("a")+`,"fields":null,"accessory":null,"block_id":null}`)
	})
})
